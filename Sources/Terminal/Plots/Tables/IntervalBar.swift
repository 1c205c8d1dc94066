// One estimate with its intervals on a scale: a row of a forest, a caterpillar or a table.

import TerminalCore

/// An estimate with its intervals along a scale.
///
/// In one row, a fainter interval such as the prior's lies behind the others; where there is a second
/// row it lies there alone. What goes on beyond the scale ends in an arrow.
package struct IntervalBar: Drawable, Sendable {
  package var row: IntervalRow
  package var scale: Scale
  /// A value to compare with, marked by a dashed line; none if `nil`.
  package var reference: Double?
  /// What it is drawn on.
  package var ground: ThemeRole

  /// A bar along a scale.
  package init(
    _ row: IntervalRow, on scale: Scale, reference: Double? = nil,
    ground: ThemeRole = .background
  ) {
    self.row = row
    self.scale = scale
    self.reference = reference
    self.ground = ground
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    if let reference, let column = column(of: reference, in: area) {
      let glyph = buffer.charset.lines.dashedVertical
      buffer.fill(
        Rect(column: column, row: area.row, columns: 1, rows: area.rows),
        with: Cell(glyph, Style(.grid, on: ground)))
    }
    let faint: Unicode.Scalar = buffer.charset == .ascii ? "." : "┈"
    let glyphs = buffer.charset.lines
    let top = area.row
    bar(
      row.faint, faint, .muted, at: area.rows > 1 ? top + 1 : top, in: area, &buffer)
    bar(row.outer, glyphs.horizontal, row.role, at: top, in: area, &buffer)
    bar(row.inner, glyphs.heavyHorizontal, row.role, at: top, in: area, &buffer)
    if let column = column(of: row.point, in: area) {
      buffer.set(
        Cell(buffer.charset.point, Style(row.role, on: ground, .bold)),
        at: Point(column: column, row: top))
    } else if row.point.isFinite {
      let isLow = (scale.position(of: row.point) ?? 0) < 0
      arrow(isLow: isLow, row.role, at: top, in: area, &buffer)
    } else if row.outer == nil {
      buffer.write(
        Format.notAvailable,
        in: Rect(column: area.column, row: top, columns: area.columns, rows: 1),
        Style(.muted, on: ground), aligned: .center)
    }
  }

  private func bar(
    _ interval: ClosedRange<Double>?, _ glyph: Unicode.Scalar, _ role: ThemeRole, at line: Int,
    in area: Rect, _ buffer: inout CellBuffer
  ) {
    guard let interval, let low = scale.position(of: interval.lowerBound),
      let high = scale.position(of: interval.upperBound)
    else { return }
    if high >= 0, low <= 1 {
      let last = Double(area.columns - 1)
      let start = area.column + Int((min(max(low, 0), 1) * last).rounded())
      let end = area.column + Int((min(max(high, 0), 1) * last).rounded())
      buffer.fill(
        Rect(column: start, row: line, columns: end - start + 1, rows: 1),
        with: Cell(glyph, Style(role, on: ground)))
    }
    if low < 0 { arrow(isLow: true, role, at: line, in: area, &buffer) }
    if high > 1 { arrow(isLow: false, role, at: line, in: area, &buffer) }
  }

  private func arrow(
    isLow: Bool, _ role: ThemeRole, at line: Int, in area: Rect, _ buffer: inout CellBuffer
  ) {
    let glyph: Unicode.Scalar
    switch (buffer.charset, isLow) {
    case (.ascii, true): glyph = "<"
    case (.ascii, false): glyph = ">"
    case (_, true): glyph = "◂"
    case (_, false): glyph = "▸"
    }
    buffer.set(
      Cell(glyph, Style(role, on: ground)),
      at: Point(column: isLow ? area.column : area.endColumn - 1, row: line))
  }

  /// The column of a value; `nil` if it is off the scale.
  private func column(of value: Double, in area: Rect) -> Int? {
    guard let place = scale.position(of: value), (0...1).contains(place) else { return nil }
    return area.column + Int((place * Double(area.columns - 1)).rounded())
  }
}
