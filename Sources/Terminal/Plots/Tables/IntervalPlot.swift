// Estimates with their intervals, a row for each: a forest or caterpillar plot.

import TerminalCore

/// One estimate with its intervals.
package struct IntervalRow: Hashable, Sendable {
  package var label: String
  /// The point: a mean, median or mode.
  package var point: Double
  /// The narrow interval, such as 50%; none if `nil`.
  package var inner: ClosedRange<Double>?
  /// The wide interval, such as 95%; none if `nil`.
  package var outer: ClosedRange<Double>?
  /// A wider interval to compare with, such as the prior's; drawn faintly, and the scale makes no room
  /// for it.
  package var faint: ClosedRange<Double>?
  package var role: ThemeRole
  /// Text at the right end, such as the numbers.
  package var note: String

  /// An estimate with a narrow and a wide interval.
  package init(
    _ label: String, point: Double, inner: ClosedRange<Double>? = nil,
    outer: ClosedRange<Double>? = nil, faint: ClosedRange<Double>? = nil,
    role: ThemeRole = .chain(1), note: String = ""
  ) {
    self.label = label
    self.point = point
    self.inner = inner
    self.outer = outer
    self.faint = faint
    self.role = role
    self.note = note
  }
}

/// Estimates with their intervals over a common axis.
package struct IntervalPlot: Drawable, Sendable {
  package var rows: [IntervalRow]
  /// The first row shown, when there are more than fit.
  package var firstRow = 0
  /// The selected row, if any.
  package var selected: Int?
  /// A value to compare with, such as zero; none if `nil`.
  package var reference: Double? = 0
  package var range: ClosedRange<Double>?

  /// A plot of estimates, from the top.
  package init(_ rows: [IntervalRow]) { self.rows = rows }

  /// How many rows an area has room for.
  package func visibleCount(in area: Rect) -> Int {
    min(rows.count, area.rows >= 4 ? area.rows - 2 : area.rows)
  }

  /// The row at a point; `nil` where there is none.
  package func row(at point: Point, in area: Rect) -> Int? {
    let visible = visibleCount(in: area)
    let first = min(max(0, firstRow), max(0, rows.count - visible))
    let line = point.row - area.row
    guard area.contains(point), line < visible, first + line < rows.count else { return nil }
    return first + line
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !rows.isEmpty else { return drawNotice("no estimates yet", into: &buffer, in: area) }
    let first = min(max(0, firstRow), max(0, rows.count - visibleCount(in: area)))
    let visible = first..<min(rows.count, first + visibleCount(in: area))
    let charset = buffer.charset
    func width(_ text: String) -> Int { displayWidth(of: text, in: charset) }
    let labels = min(rows[visible].map { width($0.label) }.max() ?? 0, area.columns / 3)
    let noteWidth = rows[visible].map { width($0.note) }.max() ?? 0
    let notes = noteWidth + labels + 12 <= area.columns ? noteWidth : 0
    let middle = area.inset(
      left: labels > 0 ? labels + 1 : 0, right: notes > 0 ? notes + 1 : 0)
    let ends = rows.lazy.flatMap { row in
      [row.point]
        + [row.inner, row.outer].flatMap { $0.map { [$0.lowerBound, $0.upperBound] } ?? [] }
    }
    let scale =
      range.map { Scale(from: $0.lowerBound, to: $0.upperBound) }
      ?? Scale(covering: ends, including: reference.map { [$0] } ?? [], margin: 0.02)
    let region = drawAxis(scale, under: visible.count, in: middle, &buffer)
    for index in visible {
      let row = area.row + index - first
      let line = Rect(column: area.column, row: row, columns: area.columns, rows: 1)
      if index == selected {
        buffer.restyle(line) { $0 = $0.on(.selectionBackground) }
      }
      let ground: ThemeRole = index == selected ? .selectionBackground : .background
      let ink: ThemeRole = index == selected ? .selection : .text
      buffer.write(
        rows[index].label, in: Rect(column: area.column, row: row, columns: labels, rows: 1),
        Style(ink, on: ground))
      if notes > 0 {
        buffer.write(
          rows[index].note,
          in: Rect(column: area.endColumn - notes, row: row, columns: notes, rows: 1),
          Style(ink, on: ground), aligned: .right)
      }
      IntervalBar(rows[index], on: scale, reference: reference, ground: ground).draw(
        into: &buffer,
        in: Rect(
          column: region.area.column, row: row, columns: region.area.columns, rows: 1))
    }
  }

  private func drawAxis(
    _ scale: Scale, under count: Int, in middle: Rect, _ buffer: inout CellBuffer
  ) -> PlotRegion {
    let hasAxis = middle.rows >= 4
    let area = Rect(
      column: middle.column, row: middle.row, columns: middle.columns,
      rows: min(middle.rows, hasAxis ? max(count + 2, 5) : middle.rows))
    let axes = Axes(x: Axis(scale, isShown: hasAxis), y: Axis(scale, isShown: false))
    let region = axes.draw(into: &buffer, in: area)
    if let reference, let column = region.column(of: reference) {
      buffer.drawVerticalRule(
        column: column, from: area.row, to: min(area.row + count, area.endRow), Style(.grid),
        dashed: true)
    }
    return region
  }
}
