// The pane of convergence at a size: sentences, the table, and how effective sample sizes grow.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The pane's content at a size, for drawing and for finding what was pressed.
struct ConvergenceView {
  private let pane: ConvergencePane
  private let snapshot: DashboardSnapshot
  private let browsing: Browsing
  private let charset: Charset
  private let words: ConvergenceWords
  private let sentences: [(text: String, judgement: Judgement)]
  /// The parameters in the order of the rows.
  let names: [String]
  private let area: Rect
  /// The frame of the table.
  let panel: Rect
  /// The frame of the plot of the parameter in front, where there is room.
  let growth: Rect?

  init(
    _ pane: ConvergencePane, _ snapshot: DashboardSnapshot, _ browsing: Browsing, _ size: Size,
    _ charset: Charset
  ) {
    self.pane = pane
    self.snapshot = snapshot
    self.browsing = browsing
    self.charset = charset
    area = Rect(size)
    words = ConvergenceWords(snapshot)
    sentences = size.rows >= 5 ? words.sentences(most: size.rows >= 12 ? 4 : 1) : []
    names = pane.sortedNames(snapshot, browsing)
    (panel, growth) = Self.parts(of: area.splitTop(sentences.count).rest, rows: names.count)
  }

  /// The table and, beside or below it, the plot.
  private static func parts(of area: Rect, rows: Int) -> (table: Rect, growth: Rect?) {
    guard rows > 0 else { return (area, nil) }
    if area.columns >= 170, area.rows >= 12 {
      let parts = area.splitRight(min(area.columns * 2 / 5, area.columns - 118))
      return (parts.rest, parts.right)
    }
    if area.rows >= 28, area.columns >= 40 {
      // A short table leaves its room to the plot, a long one has two thirds.
      let height = max(min(rows + 3, area.rows * 2 / 3), area.rows - 24)
      let parts = area.splitTop(height)
      return (parts.top, parts.rest)
    }
    if area.columns >= 100, area.rows >= 10 {
      let parts = area.splitRight(40)
      return (parts.rest, parts.right)
    }
    return (area, nil)
  }

  /// What is inside the frame of the table.
  var tableArea: Rect { panelInside(of: panel).inset(left: 1, right: 1) }

  /// The row in front.
  var selected: Int { pane.selectedRow(names, browsing) }

  /// The columns of the table; how old numbers are is told row by row only where it differs.
  var columns: [ConvergenceColumn] {
    let showsAges = pane.sort == .basis || names.contains { isBehind($0, snapshot.diagnostics) }
    return ConvergenceColumn.shown.filter { $0 != .basis || showsAges }
  }

  /// The table as drawn.
  var table: Table {
    let inside = panelInside(of: panel)
    let columns = columns
    let showsAges = columns.contains(.basis)
    let pinned = Set(browsing.pinned)
    let longest = names.map { displayWidth(of: $0, in: charset) }.max() ?? 0
    let nameWidth = max(16, inside.columns - (inside.columns >= 100 ? (showsAges ? 94 : 82) : 50))
    var table = Table(
      columns: columns.map {
        TableColumn(
          $0.title, alignment: $0 == .parameter ? .left : .right,
          minimumWidth: $0 == .parameter ? min(longest, nameWidth) : 0, rank: $0.rank,
          isFlexible: $0 == .parameter)
      }, rowCount: names.count
    ) { row in
      let mark = pinned.contains(names[row]) ? "\(charset.pin) " : ""
      let name =
        mark + shortened(names[row], columns: nameWidth - mark.count, charset: charset)
      // Numbers on less than half of the draws give way to those that running sums have of all.
      guard let known = snapshot.diagnostics.current(names[row]) else {
        let running = snapshot.diagnostics.running[names[row]]
        return columns.map { $0.cell(name, running) }
      }
      return columns.map { $0.cell(name, known, charset) }
    }
    table.emptyNotice =
      "no parameter passes the filter \(browsing.filter.pattern); Esc clears it"
    table.sortColumn = columns.firstIndex(of: pane.sort)
    table.sortsDescending = pane.isDescending
    table.selected = names.isEmpty ? nil : selected
    table.firstRow = pane.scroll.first(
      showing: selected, visible: table.visibleCount(in: tableArea), of: names.count)
    return table
  }

  /// The plot inside its frame, the legend below left out.
  private var plotArea: Rect? { growth.map { panelInside(of: $0).splitBottom(1).rest } }

  private var growthPlot: GrowthPlot? {
    guard names.indices.contains(selected), let detail = snapshot.diagnostics.drawsDetail,
      detail.parameter == names[selected]
    else { return nil }
    return GrowthPlot(detail: detail, thresholds: snapshot.diagnostics.thresholds)
  }

  /// What can be read off the plot.
  var reading: PlotReading? {
    plotArea.flatMap { growthPlot?.reading(in: $0, charset) }
  }

  func draw(into buffer: inout CellBuffer) {
    for (index, sentence) in sentences.enumerated() {
      let row = Rect(
        column: area.column + 1, row: area.row + index, columns: area.columns - 2, rows: 1)
      let mark = sentence.judgement.mark(in: buffer.charset)
      buffer.write(
        "\(mark) \(sentence.text)", in: row,
        Style(sentence.judgement == .none ? .text : sentence.judgement.role, .bold))
    }
    let filtered = browsing.filter.isActive ? ", \(names.count) of \(browsing.parameterCount)" : ""
    let order =
      "sorted by \(pane.sort.title)"
      + (pane.isDescending == pane.sort.beginsDescending ? "" : ", reversed")
    let hint = pane.cursor.isOn && growth == nil ? "r needs 100 columns or 30 rows; " : ""
    _ = buffer.drawPanel(
      panel, title: "Convergence" + priorWords(snapshot), note: order + filtered,
      footnote: hint + words.basis)
    table.draw(into: &buffer, in: tableArea)
    drawGrowth(into: &buffer)
  }

  private func drawGrowth(into buffer: inout CellBuffer) {
    guard let growth, names.indices.contains(selected) else { return }
    let title = "ESS by draws: "
    let room = max(8, growth.columns - 8 - title.count)
    let inside = buffer.drawPanel(
      growth, title: title + shortened(names[selected], columns: room, charset: charset),
      footnote: "Enter: trace")
    let parts = inside.splitBottom(1)
    guard let growthPlot else { return buffer.drawNotice("Computing.", in: parts.rest) }
    buffer.draw(growthPlot.plot, in: parts.rest)
    let line = parts.bottom.inset(left: 1, right: 1)
    if pane.cursor.isOn, let reading {
      reading.draw(pane.cursor, into: &buffer)
      buffer.write(readings: reading.words(at: pane.cursor), in: line)
    } else {
      let words = inside.columns >= 64 ? "; both should rise steadily" : ""
      buffer.write("solid: bulk, dashed: tail" + words, in: line, Style(.muted))
    }
  }
}
