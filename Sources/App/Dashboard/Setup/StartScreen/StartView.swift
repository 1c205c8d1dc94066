// The start screen: runs on the left, files and demonstrations on the right, or one under the other.

import Panes
import Plots
import RunFolder
import TerminalCore

extension StartState {
  /// The screen as it should look now.
  package func frame() -> CellBuffer {
    var buffer = CellBuffer(size: size, charset: charset)
    buffer.draw(StartView(state: self), in: Rect(size))
    return buffer
  }
}

/// Where the lists stand.
struct StartLayout {
  var header = Rect(.zero)
  var footer = Rect(.zero)
  /// The lists that are shown; on a small screen only the one in front.
  var areas: [(section: StartSection, area: Rect)] = []
  /// Where more is said of the row in front; empty where there is no room.
  var detail = Rect(.zero)
  /// Whether lists have frames.
  var hasFrames = true

  init(state: StartState) {
    var rest = Rect(state.size)
    if rest.rows >= 4 { (header, rest) = rest.splitTop(1) }
    if rest.rows >= 3 { (rest, footer) = rest.splitBottom(1) }
    let demoRows = DemoRun.all.count + 3
    if rest.columns >= 100, rest.rows >= 16 {
      let sides = rest.splitLeft(rest.columns * 58 / 100)
      let right = sides.rest.splitBottom(demoRows)
      let left = sides.left.splitBottom(rest.rows >= 26 ? 11 : 0)
      detail = left.bottom
      areas = [(.runs, left.rest), (.files, right.rest), (.demos, right.bottom)]
    } else if rest.rows >= 18, rest.columns >= 30 {
      if rest.rows >= 40 { (rest, detail) = rest.splitBottom(11) }
      let open = rest.rows - demoRows
      let wanted = [state.count(.runs), state.count(.files)].map { max($0, 1) + 3 }
      // Each list gets what it needs; where that is too much, at least its half.
      let runs =
        wanted[0] + wanted[1] <= open
        ? open - wanted[1] : min(wanted[0], max(open / 2, open - wanted[1]))
      let parts = rest.rows([.fixed(runs), .rest, .fixed(demoRows)])
      areas = [(.runs, parts[0]), (.files, parts[1]), (.demos, parts[2])]
    } else {
      hasFrames = rest.rows >= 9
      areas = [(state.section, rest)]
    }
  }

  /// The first row to show of a list.
  static func firstRow(showing place: Int, visible: Int, of count: Int) -> Int {
    Plots.Table.firstRow(showing: place, from: 0, visible: visible, of: count)
  }
}

/// The whole start screen.
struct StartView: Drawable {
  var state: StartState

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let layout = StartLayout(state: state)
    drawHeader(into: &buffer, in: layout.header)
    for (section, place) in layout.areas {
      drawList(section, hasFrame: layout.hasFrames, into: &buffer, in: place)
    }
    if !layout.detail.isEmpty {
      let inside = buffer.drawBox(layout.detail, title: "Selected").inset(left: 1, right: 1)
      buffer.draw(StartDetail(state: state), in: inside)
    }
    drawFooter(into: &buffer, in: layout.footer)
    switch state.mode {
    case .help(let scroll):
      buffer.draw(SetupHelp(title: "Help: start", lines: StartKeys.help, scroll: scroll), in: area)
    case .confirmRemove(let folder):
      buffer.draw(
        SetupQuestion(
          title: "Remove the run?",
          text: "\(folder.name) with all its draws; this cannot be undone.",
          yes: "remove"), in: area)
    case .confirmStop(let folder):
      buffer.draw(
        SetupQuestion(
          title: "Stop the fit?",
          text: "The worker of \(folder.name) saves its state and ends; it can be resumed later.",
          yes: "stop"), in: area)
    default: break
    }
  }

  private func drawHeader(into buffer: inout CellBuffer, in area: Rect) {
    let room = area.inset(left: area.columns > 2 ? 1 : 0, right: area.columns > 2 ? 1 : 0)
    let used = buffer.write(
      [
        StyledText("mglmm-tui", Style(.title, .bold)),
        StyledText(
          area.columns >= 70 ? "  multivariate mixed models, fitted and watched" : "",
          Style(.muted)),
      ], in: room)
    let live = state.runs?.entries.count { $0.state.isLive } ?? 0
    let tabs = StartSection.allCases.map { section in
      section == state.section ? "[\(title(section))]" : title(section)
    }.joined(separator: " ")
    let right = StartLayout(state: state).areas.count == 1 ? tabs : live == 0 ? "" : "\(live) live"
    buffer.write(
      right, in: room.inset(left: used + 1), Style(live > 0 ? .accent : .muted), aligned: .right)
  }

  private func title(_ section: StartSection) -> String {
    switch section {
    case .runs: "Runs"
    case .files: "Files here"
    case .demos: "Demos"
    }
  }

  private func note(_ section: StartSection) -> String {
    switch section {
    case .runs:
      guard let runs = state.runs else { return "" }
      if runs.isCut { return "the place holds more" }
      return runs.older > 0 ? "and \(Format.grouped(runs.older)) older: mglmm-tui ls" : ""
    case .files: return state.files?.isCut == true ? "the folder holds more" : ""
    case .demos: return ""
    }
  }

  private func drawList(
    _ section: StartSection, hasFrame: Bool, into buffer: inout CellBuffer, in area: Rect
  ) {
    guard !area.isEmpty else { return }
    let isFront = section == state.section
    let count = state.count(section)
    var inside = area
    if hasFrame {
      inside = buffer.drawBox(
        area, title: count == 0 ? title(section) : "\(title(section)) (\(count))",
        note: note(section), style: Style(isFront ? .borderFocused : .border)
      ).inset(left: 1, right: 1)
    }
    var table = table(section, buffer.charset, columns: inside.columns)
    table.selected = isFront && count > 0 ? state.place(section) : nil
    table.firstRow = StartLayout.firstRow(
      showing: state.place(section), visible: table.visibleCount(in: inside), of: count)
    table.draw(into: &buffer, in: SetupText.listArea(inside, isFront: table.selected != nil))
  }

  // MARK: - Lists

  private func table(
    _ section: StartSection, _ charset: Charset, columns: Int
  ) -> Plots.Table {
    switch section {
    case .runs: runTable(charset, columns: columns)
    case .files: fileTable(charset)
    case .demos: demoTable()
    }
  }

  private func runTable(_ charset: Charset, columns: Int) -> Plots.Table {
    let runs = state.shownRuns
    let names = SetupText.width(runs.map(\.name), in: charset)
    let nameRoom = max(3, min(names, columns < 60 ? columns - 30 : columns * 2 / 5))
    let states = SetupText.width(runs.map(\.state.word), in: charset) + 2
    let ages = SetupText.width(runs.map { RunListing.age(state.now - $0.created) }, in: charset)
    // What state, name, age, method and the gaps leave of a row.
    let modelRoom = columns - nameRoom - max(5, states) - max(5, ages) - 16
    var table = Plots.Table(
      columns: [
        TableColumn("state", alignment: .left, rank: 0),
        TableColumn("run", alignment: .left, rank: 0),
        TableColumn("begun", rank: 1),
        TableColumn(modelRoom >= 10 ? "method" : "", alignment: .left, rank: 3),
        TableColumn(modelRoom >= 10 ? "model" : "", alignment: .left, rank: 2),
      ], rowCount: runs.count
    ) { row in
      let run = runs[row]
      return [
        StyledText("\(run.state.sign(in: charset)) \(run.state.word)", Style(run.state.role)),
        StyledText(
          SetupText.cut(run.name, columns: nameRoom, in: charset),
          run.state.isLive ? .plain.bold : .plain),
        StyledText(RunListing.age(state.now - run.created), Style(.muted)),
        StyledText(modelRoom >= 10 ? run.request?.method.rawValue ?? "?" : "", Style(.muted)),
        StyledText(
          modelRoom >= 10 ? SetupText.elided(run.model, columns: modelRoom, in: charset) : "",
          Style(.muted)),
      ]
    }
    table.emptyNotice =
      state.runs == nil
      ? "reading ..."
      : state.runs?.entries.isEmpty == true
        ? "no runs yet: start one from a file or a demo" : "no run matches the filter"
    return table
  }

  private func fileTable(_ charset: Charset) -> Plots.Table {
    let files = state.shownFiles
    var table = Plots.Table(
      columns: [
        TableColumn("file", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("size", rank: 0), TableColumn("opens", alignment: .left, rank: 1),
      ], rowCount: files.count
    ) { row in
      let file = files[row]
      return [
        StyledText(file.name, .plain),
        StyledText(Format.compact(Double(file.bytes), digits: 3) + "B", Style(.muted)),
        file.holdsDraws
          ? StyledText("draws, to watch", Style(.accent))
          : StyledText("a new model", Style(.muted)),
      ]
    }
    table.emptyNotice =
      state.files == nil
      ? "reading ..."
      : state.files?.files.isEmpty == true
        ? state.files?.problem ?? "no csv, tsv, txt or dat here" : "no file matches the filter"
    return table
  }

  private func demoTable() -> Plots.Table {
    let demos = state.shownDemos
    var table = Plots.Table(
      columns: [
        TableColumn("demo", alignment: .left, rank: 0),
        TableColumn("about", alignment: .left, rank: 0, isFlexible: true),
      ],
      rows: demos.map { [StyledText($0.name, .plain), StyledText($0.about, Style(.muted))] })
    table.emptyNotice = "no demo matches the filter"
    return table
  }

  private func drawFooter(into buffer: inout CellBuffer, in area: Rect) {
    let room = area.inset(left: area.columns > 2 ? 1 : 0)
    if case .filter(let line) = state.mode {
      let count = StartSection.allCases.reduce(0) { $0 + state.count($1) }
      return BottomLine.draw(
        "filter /", line, hint: state.filter.problem ?? "\(count) match  Enter keeps, Esc clears",
        isProblem: state.filter.problem != nil, into: &buffer, in: room)
    }
    if let message = state.message {
      BottomLine.draw(message, into: &buffer, in: room)
    } else {
      SetupLine.drawKeys(StartKeys.footer(state.section), into: &buffer, in: room)
    }
  }
}
