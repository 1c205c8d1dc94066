// The list of runs as a box over the pane.

import Panes
import Plots
import RunFolder
import TerminalCore

/// The box with the list of runs.
struct RunListOverlay: Drawable {
  var list: RunList
  /// Seconds since 1970.
  var now: Double

  /// Where the box stands on a screen.
  static func area(in size: Size) -> Rect {
    let margin = size.rows >= 20 ? 2 : 0
    return Rect(size).inset(top: margin, bottom: margin).centered(Size(columns: 160, rows: 60))
  }

  /// The rows of a page.
  static func page(in size: Size) -> Int { max(1, area(in: size).rows - 4) }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    buffer.fill(area)
    let shown = list.shown
    let count =
      list.filter.isEmpty
      ? "\(list.entries.count)" : "\(shown.count) of \(list.entries.count)"
    let inside = buffer.drawBox(
      area, title: "Runs", note: list.order.title + (list.isReversed ? ", reversed" : ""),
      footnote: list.others > 0
        ? "\(count) newest; \(Format.grouped(list.others)) older not listed" : count,
      style: Style(.borderFocused)
    ).inset(left: 1, right: 1)
    let parts = inside.rows >= 5 ? inside.splitBottom(1) : (rest: inside, bottom: Rect(.zero))
    drawTable(shown, into: &buffer, in: parts.rest)
    drawHint(into: &buffer, in: parts.bottom)
  }

  private func drawTable(
    _ shown: [RunEntry], into buffer: inout CellBuffer, in area: Rect
  ) {
    let charset = buffer.charset
    let list = list
    let nameRoom = max(12, area.columns / 3)
    let now = now
    var table = Table(
      columns: [
        TableColumn("", alignment: .left, rank: 0),
        TableColumn("run", alignment: .left, minimumWidth: 10, rank: 0),
        TableColumn("state", alignment: .left, rank: 0), TableColumn("done", rank: 2),
        TableColumn("begun", rank: 1), TableColumn("method", alignment: .left, rank: 3),
        TableColumn("data", alignment: .left, rank: 5),
        TableColumn("model", alignment: .left, minimumWidth: 12, rank: 4, isFlexible: true),
      ], rowCount: shown.count
    ) { row in
      let entry = shown[row]
      let mark = list.marked.firstIndex(of: entry.folder.path).map { "\($0 + 1)" } ?? " "
      let isOpen = entry.folder.path == list.current
      let file = entry.request?.dataPath.split(separator: "/").last.map(String.init) ?? ""
      return [
        StyledText(mark, Style(.accent, .bold)),
        StyledText(
          Self.shortened(entry.name, columns: nameRoom, charset) + (isOpen ? " (open)" : ""),
          isOpen ? .plain.bold : .plain),
        StyledText(
          "\(entry.state.sign(in: charset)) \(entry.state.word)", Style(entry.state.role)),
        StyledText(
          entry.state.isLive ? entry.share.map { Format.percent($0) } ?? "" : "", Style(.text)),
        StyledText(RunListing.age(now - entry.created), Style(.muted)),
        StyledText(entry.methodWord), StyledText(file, Style(.muted)), StyledText(entry.model),
      ]
    }
    let selected = list.selected(shown)
    table.selected = shown.isEmpty ? nil : selected
    table.emptyNotice =
      !list.isRead
      ? "Reading the list of runs."
      : list.entries.isEmpty ? "There are no runs here." : "No run matches \(list.filter)."
    let visible = table.visibleCount(in: area)
    table.firstRow = min(max(0, selected - visible / 2), max(0, shown.count - visible))
    buffer.draw(table, in: area)
  }

  /// A name cut in its middle: runs of one day differ at the end.
  private static func shortened(_ name: String, columns: Int, _ charset: Charset) -> String {
    guard displayWidth(of: name, in: charset) > columns else { return name }
    let head = clipped(name, columns: columns / 3)
    var tail = ""
    for character in name.reversed() {
      let next = String(character) + tail
      if displayWidth(of: head + next, in: charset) >= columns { break }
      tail = next
    }
    return head + String(charset.ellipsis) + tail
  }

  private var compareWords: String {
    switch list.marked.count {
    case 0: "compare with the open one"
    case 1: "compare with the marked one"
    default: "compare \(list.marked.count)"
    }
  }

  private func drawHint(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    if let line = list.typing {
      let used = buffer.write("filter /", at: area.origin, Style(.key, .bold))
      buffer.write(line.text + "_", in: area.inset(left: used))
      return
    }
    let keys: [(String, String)] = [
      ("Enter", "open"), ("Space", "mark"),
      ("C", compareWords),
      ("/", list.filter.isEmpty ? "filter" : "filter \(list.filter)"), ("s", "sort"),
      ("Esc", list.filter.isEmpty ? "close" : "filter off"),
    ]
    var column = area.column
    for (key, text) in keys {
      let width = displayWidth(of: key) + displayWidth(of: text) + 1
      guard column + width <= area.endColumn else { continue }
      column += buffer.write(
        key, at: Point(column: column, row: area.row), Style(.key, .bold))
      column += buffer.write(" " + text, at: Point(column: column, row: area.row), Style(.muted))
      column += 2
    }
  }
}
