// Estimates as numbers and as a forest plot in the same rows, each section over an axis of its own.

import Plots
import TerminalCore

/// A table whose rows end in a forest plot.
struct ForestTable: Drawable {
  var sections: [EstimateSection]
  var columns: [EstimateColumn]
  var isSampled: Bool
  /// The name of the row in front.
  var selected: String?
  /// The names of the rows that carry the mark of a pin.
  var pinned: Set<String> = []
  /// The room for the plot comes before that for numbers.
  var prefersPlot: Bool

  /// A line on the screen: the head of a section, or a row.
  private enum Line {
    case head(Int)
    case row(section: Int, Estimate)
  }

  private var lines: [Line] {
    sections.enumerated().flatMap { place, section in
      [.head(place)] + section.estimates.map { .row(section: place, $0) }
    }
  }

  /// Whether the priors have lines of their own.
  func hasPriorLines(rows: Int) -> Bool {
    let estimates = sections.flatMap(\.estimates)
    return estimates.contains { $0.priorInterval != nil }
      && sections.count + 2 * estimates.count <= rows
  }

  /// The names of the rows in view.
  func namesInView(rows: Int) -> [String] {
    let lines = lines
    let first = firstLine(lines, rows: rows)
    return lines.dropFirst(first).prefix(rows).compactMap {
      if case .row(_, let row) = $0 { row.name } else { nil }
    }
  }

  /// The name of the row at a point of the area that it is drawn in.
  func name(at point: Point, in area: Rect) -> String? {
    let lines = lines
    let isDouble = hasPriorLines(rows: area.rows - 1)
    let body = area.inset(top: 1)
    guard body.contains(point) else { return nil }
    var top = body.row
    for line in lines.dropFirst(isDouble ? 0 : firstLine(lines, rows: body.rows)) {
      switch line {
      case .head: top += 1
      case .row(_, let row):
        let end = top + (isDouble ? 2 : 1)
        if point.row >= top, point.row < end { return row.name }
        top = end
      }
    }
    return nil
  }

  private func firstLine(_ lines: [Line], rows: Int) -> Int {
    let place = lines.firstIndex {
      if case .row(_, let row) = $0 { row.name == selected } else { false }
    }
    // The head of the first section comes into view with its first row.
    let wanted = place.map { $0 <= 1 ? 0 : $0 } ?? 0
    return centredFirstRow(wanted, visible: rows, of: lines.count)
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let charset = buffer.charset
    let plan = layout(columns: area.columns, charset)
    let isDouble = hasPriorLines(rows: area.rows - 1)
    drawHeader(plan, into: &buffer, in: area.splitTop(1).top)
    let body = area.inset(top: 1)
    let lines = lines
    let first = isDouble ? 0 : firstLine(lines, rows: body.rows)
    var top = body.row
    for line in lines.dropFirst(first) {
      guard top < body.endRow else { return }
      switch line {
      case .head(let section):
        drawHead(
          sections[section], plan, into: &buffer,
          in: Rect(column: area.column, row: top, columns: area.columns, rows: 1))
        top += 1
      case .row(let section, let row):
        let height = isDouble ? 2 : 1
        drawRow(
          row, of: sections[section], plan, into: &buffer,
          in: Rect(
            column: area.column, row: top, columns: area.columns,
            rows: min(height, body.endRow - top)))
        top += height
      }
    }
  }

  // MARK: - Layout

  private struct Layout {
    var label = 0
    var columns: [(column: EstimateColumn, left: Int, width: Int)] = []
    var plot: Range<Int>?
  }

  private static let leastPlot = 20

  private func layout(columns room: Int, _ charset: Charset) -> Layout {
    let all = sections.flatMap(\.estimates)
    let longest = all.map { displayWidth(of: $0.label, in: charset) }.max() ?? 0
    var plan = Layout()
    plan.label = min(longest, max(8, room / 3))
    var used = 2 + plan.label
    let plot = prefersPlot ? max(Self.leastPlot, room / 3) : 0
    var chosen: [(EstimateColumn, Int)] = []
    for column in columns {
      let cells = all.map { displayWidth(of: column.cell($0, charset).text, in: charset) }
      let title = displayWidth(of: column.title(isSampled: isSampled), in: charset)
      let width = max(title, cells.max() ?? 0)
      guard used + 2 + width + (plot > 0 ? plot + 3 : 0) <= room else { continue }
      chosen.append((column, width))
      used += 2 + width
    }
    // On the screen they stand in the order that people know from tables.
    let order = EstimateColumn.allCases
    chosen.sort {
      (order.firstIndex(of: $0.0) ?? 0) < (order.firstIndex(of: $1.0) ?? 0)
    }
    var left = 2 + plan.label
    for (column, width) in chosen {
      plan.columns.append((column, left + 2, width))
      left += 2 + width
    }
    if room - left - 3 >= Self.leastPlot || (prefersPlot && room - left - 3 >= 8) {
      plan.plot = (left + 3)..<room
    }
    return plan
  }

  // MARK: - Lines

  private func drawHeader(_ plan: Layout, into buffer: inout CellBuffer, in area: Rect) {
    for (column, left, width) in plan.columns {
      buffer.write(
        column.title(isSampled: isSampled),
        in: Rect(column: area.column + left, row: area.row, columns: width, rows: 1),
        Style(.heading), aligned: .right)
    }
    guard let plot = plan.plot else { return }
    let hasPriors = sections.contains { $0.estimates.contains { $0.priorInterval != nil } }
    let faint = buffer.charset == .ascii ? "..." : "┈┈┈"
    let words = hasPriors ? "50% and 95% intervals, \(faint) prior" : "50% and 95% intervals"
    buffer.write(
      words,
      in: Rect(
        column: area.column + plot.lowerBound, row: area.row, columns: plot.count, rows: 1),
      Style(.muted))
  }

  private func drawHead(
    _ section: EstimateSection, _ plan: Layout, into buffer: inout CellBuffer, in area: Rect
  ) {
    let room = plan.plot.map { $0.lowerBound - 1 } ?? area.columns
    buffer.write(
      section.title, in: area.splitLeft(room).left, Style(.title, .bold))
    guard let plot = plan.plot else { return }
    let scale = scale(of: section)
    let ticks = Ticks(on: scale, atMost: max(2, plot.count / 12))
    var free = area.column + plot.lowerBound
    for (value, label) in zip(ticks.values, ticks.labels) {
      guard let place = scale.position(of: value), (-1e-6...1.000001).contains(place) else {
        continue
      }
      let width = displayWidth(of: label)
      let middle = plot.lowerBound + Int((place * Double(plot.count - 1)).rounded())
      let start =
        area.column + min(max(plot.lowerBound, middle - width / 2), plot.upperBound - width)
      guard start >= free else { continue }
      buffer.write(label, at: Point(column: start, row: area.row), Style(.axis))
      free = start + width + 1
    }
  }

  private func drawRow(
    _ row: Estimate, of section: EstimateSection, _ plan: Layout, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let isSelected = row.name == selected
    let ground: ThemeRole = isSelected ? .selectionBackground : .background
    let line = area.splitTop(1).top
    if isSelected {
      buffer.fill(line, with: .blank(.selected))
      buffer.set(Cell(buffer.charset.pointer, .selected), at: line.origin)
    }
    func style(_ own: Style) -> Style {
      guard isSelected else { return own }
      return own.foreground == .text ? Style.selected : own.on(.selectionBackground)
    }
    buffer.write(
      (pinned.contains(row.name) ? "\(buffer.charset.pin) " : "")
        + shortened(
          row.label, columns: plan.label - (pinned.contains(row.name) ? 2 : 0),
          charset: buffer.charset),
      in: Rect(column: line.column + 2, row: line.row, columns: plan.label, rows: 1),
      style(.plain))
    for (column, left, width) in plan.columns {
      let cell = column.cell(row, buffer.charset)
      buffer.write(
        cell.text, in: Rect(column: line.column + left, row: line.row, columns: width, rows: 1),
        style(cell.style), aligned: .right)
    }
    guard let plot = plan.plot else { return }
    let room = Rect(
      column: area.column + plot.lowerBound, row: area.row, columns: plot.count, rows: area.rows)
    let scale = scale(of: section)
    var interval = IntervalRow(
      row.label, point: row.point, inner: row.inner, outer: row.outer, faint: row.priorInterval,
      role: excludesZero(row) ? .chain(1) : .chain(2))
    if row.isFixed { (interval.inner, interval.outer) = (nil, nil) }
    let below = area.rows > 1 ? room.inset(top: 1) : nil
    IntervalBar(interval, on: scale, reference: 0, ground: ground).draw(
      into: &buffer, in: room)
    // The ground of the selection is that of the row alone.
    if isSelected, let below { buffer.restyle(below) { $0 = $0.on(.background) } }
  }

  private func excludesZero(_ row: Estimate) -> Bool {
    guard let outer = row.outer else { return true }
    return outer.lowerBound > 0 || outer.upperBound < 0
  }

  /// The axis of a section: room for all rows and zero; an intercept or a dispersion far from the
  /// others would leave them no room, and ends in an arrow.
  private func scale(of section: EstimateSection) -> Scale {
    if let range = section.range { return Scale(from: range.lowerBound, to: range.upperBound) }
    func ends(_ rows: [Estimate]) -> [Double] {
      rows.flatMap { row in
        [row.point, row.outer?.lowerBound, row.outer?.upperBound].compactMap { $0 }
          .filter(\.isFinite)
      }
    }
    let near = ends(section.estimates.filter(\.isOnScale))
    let far = section.estimates.filter { !$0.isOnScale }
    guard !near.isEmpty else { return Scale(covering: ends(far), including: [0], margin: 0.03) }
    let low = min(near.min() ?? 0, 0)
    let high = max(near.max() ?? 0, 0)
    let width = high - low
    let kept = far.filter { row in
      ends([row]).allSatisfy { $0 >= low - width && $0 <= high + width }
    }
    return Scale(covering: near + ends(kept), including: [0], margin: 0.03)
  }
}
