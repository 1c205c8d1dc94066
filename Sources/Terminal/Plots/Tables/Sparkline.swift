// A whole series in one row, for a first impression.

import TerminalCore

/// A series as one row of bars, or as a line of dots where there are more rows.
package struct Sparkline: Drawable, Sendable {
  package var values: [Double]
  package var role: ThemeRole
  /// The values from an empty to a full bar; those of the series if `nil`.
  package var range: ClosedRange<Double>?

  /// A series from left to right; each bar is the mean of its share of the values.
  package init(_ values: [Double], role: ThemeRole = .chain(1), range: ClosedRange<Double>? = nil) {
    self.values = values
    self.role = role
    self.range = range
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty, values.contains(where: \.isFinite) else { return }
    let width = min(area.columns, values.count)
    let means: [Double] = (0..<width).map { column in
      let part = values[column * values.count / width..<(column + 1) * values.count / width]
        .filter(\.isFinite)
      return part.isEmpty ? .nan : part.reduce(0) { $0 + $1 / Double(part.count) }
    }
    let scale =
      range.map { Scale(from: $0.lowerBound, to: $0.upperBound) } ?? Scale(covering: means)
    let glyphs = buffer.charset.verticalBars
    let parts = glyphs.count - 1
    for (column, mean) in means.enumerated() {
      guard let place = scale.position(of: mean) else { continue }
      var left = 1 + Int((min(max(place, 0), 1) * Double(area.rows * parts - 1)).rounded())
      var row = area.endRow - 1
      while left > 0, row >= area.row {
        buffer.set(
          Cell(glyphs[min(left, parts)], Style(role)),
          at: Point(column: area.column + column, row: row))
        left -= parts
        row -= 1
      }
    }
  }
}
