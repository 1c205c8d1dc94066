// How far something has come, in one row.

import TerminalCore

/// A bar that fills from the left, to an eighth of a cell where the charset has eighths.
package struct ProgressBar: Drawable, Sendable {
  /// The share done, from 0 to 1; `nil` if it cannot be known.
  package var fraction: Double?
  package var role: ThemeRole = .barFilled
  /// A share at which one phase ends and the next begins, marked by a rule; none if `nil`.
  package var boundary: Double?
  /// Written after the bar, such as a percentage; left out if there is no room.
  package var label: String

  /// A bar of a share done.
  package init(_ fraction: Double?, label: String = "") {
    self.fraction = fraction
    self.label = label
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let labelWidth = displayWidth(of: label, in: buffer.charset)
    let hasLabel = labelWidth > 0 && labelWidth + 5 <= area.columns
    let bar = Rect(
      column: area.column, row: area.row,
      columns: area.columns - (hasLabel ? labelWidth + 1 : 0), rows: 1)
    if hasLabel {
      buffer.write(
        label, at: Point(column: bar.endColumn + 1, row: area.row), Style(.text))
    }
    let isASCII = buffer.charset == .ascii
    let empty: Unicode.Scalar = isASCII ? "." : "░"
    let glyphs = buffer.charset.horizontalBars
    let parts = glyphs.count - 1
    let share = fraction.flatMap { $0.isFinite ? min(max($0, 0), 1) : nil }
    let done = Int(((share ?? 0) * Double(bar.columns * parts)).rounded(.down))
    for column in 0..<bar.columns {
      let filled = min(max(done - column * parts, 0), parts)
      let glyph = filled == 0 ? (share == nil && !isASCII ? "┄" : empty) : glyphs[filled]
      let style = Style(filled == 0 ? .barEmpty : role)
      buffer.set(Cell(glyph, style), at: Point(column: bar.column + column, row: bar.row))
    }
    if let boundary, boundary > 0, boundary < 1, bar.columns > 2 {
      let column = min(Int(boundary * Double(bar.columns)), bar.columns - 1)
      buffer.set(
        Cell(buffer.charset.lines.vertical, Style(.axis)),
        at: Point(column: bar.column + column, row: bar.row))
    }
  }
}
