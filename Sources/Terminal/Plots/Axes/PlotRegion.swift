// The inside of a plot: values to dots, lines and marks.

import TerminalCore

/// The inside of a plot, on which values are drawn by their coordinates.
package struct PlotRegion: Sendable {
  /// The cells of the region, in the coordinates of the buffer's view.
  package let area: Rect
  package let x: Scale
  package let y: Scale
  /// The dots drawn so far.
  package var canvas: DotCanvas

  /// An empty region.
  package init(area: Rect, x: Scale, y: Scale, charset: Charset) {
    self.area = area
    self.x = x
    self.y = y
    canvas = DotCanvas(size: area.size, charset: charset)
  }

  /// The column of dots of a value, possibly outside; `nil` if it has no place.
  package func dotX(_ value: Double) -> Double? {
    x.position(of: value).map { $0 * Double(canvas.dots.columns - 1) }
  }

  /// The row of dots of a value, from the top; possibly outside; `nil` if it has no place.
  package func dotY(_ value: Double) -> Double? {
    y.position(of: value).map { (1 - $0) * Double(canvas.dots.rows - 1) }
  }

  /// The cell of a value on the x axis; `nil` if outside.
  package func column(of value: Double) -> Int? {
    guard let place = x.position(of: value), (0...1).contains(place), area.columns > 0 else {
      return nil
    }
    return area.column + Int((place * Double(area.columns - 1)).rounded())
  }

  /// The cell of a value on the y axis; `nil` if outside.
  package func row(of value: Double) -> Int? {
    guard let place = y.position(of: value), (0...1).contains(place), area.rows > 0 else {
      return nil
    }
    return area.row + Int(((1 - place) * Double(area.rows - 1)).rounded())
  }

  /// Draws a dot.
  package mutating func point(_ x: Double, _ y: Double, _ style: Style) {
    guard let column = dotX(x), let row = dotY(y), abs(column) < 1e6, abs(row) < 1e6 else { return }
    canvas.set(x: Int(column.rounded()), y: Int(row.rounded()), style)
  }

  /// Draws a line between two points; the part outside is left out.
  package mutating func line(
    from start: (Double, Double), to end: (Double, Double), _ style: Style, dashed: Bool = false
  ) {
    guard let x0 = dotX(start.0), let y0 = dotY(start.1), let x1 = dotX(end.0),
      let y1 = dotY(end.1)
    else { return }
    canvas.line(from: (x0, y0), to: (x1, y1), style, dashed: dashed)
  }

  /// Draws lines from point to point; a value that is not finite leaves a gap.
  package mutating func path(
    x xs: [Double], y ys: [Double], _ style: Style, dashed: Bool = false
  ) {
    guard !dashed else { return dashedPath(x: xs, y: ys, style) }
    var last: (Double, Double)?
    for (x, y) in zip(xs, ys) {
      guard let column = dotX(x), let row = dotY(y) else {
        last = nil
        continue
      }
      if let last {
        canvas.line(from: last, to: (column, row), style)
      } else if abs(column) < 1e6, abs(row) < 1e6 {
        canvas.set(x: Int(column.rounded()), y: Int(row.rounded()), style)
      }
      last = (column, row)
    }
  }

  /// Dashes by the column of dots, so that they are even however short the segments are.
  private mutating func dashedPath(x xs: [Double], y ys: [Double], _ style: Style) {
    for index in xs.indices.dropFirst() where index < ys.count {
      guard let x0 = dotX(xs[index - 1]), let y0 = dotY(ys[index - 1]), let x1 = dotX(xs[index]),
        let y1 = dotY(ys[index]), x0.isFinite, x1.isFinite, y0.isFinite, y1.isFinite
      else { continue }
      let (left, right) = (max(0, min(x0, x1)), min(Double(canvas.dots.columns), max(x0, x1)))
      guard left <= right else { continue }
      for column in Int(left.rounded())...max(Int(left.rounded()), Int(right.rounded()))
      where (column / 3) % 2 == 0 {
        let share = x1 == x0 ? 0 : min(max((Double(column) - x0) / (x1 - x0), 0), 1)
        let row = y0 + (y1 - y0) * share
        if abs(row) < 1e6 { canvas.set(x: column, y: Int(row.rounded()), style) }
      }
    }
  }

  /// Draws a level across the whole region.
  package mutating func horizontalLine(at level: Double, _ style: Style, dashed: Bool = true) {
    line(from: (x.lower, level), to: (x.upper, level), style, dashed: dashed)
  }

  /// Draws an upright line over the whole region.
  package mutating func verticalLine(at place: Double, _ style: Style, dashed: Bool = true) {
    line(from: (place, y.lower), to: (place, y.upper), style, dashed: dashed)
  }

  /// Puts the dots into a buffer.
  package func finish(into buffer: inout CellBuffer) {
    canvas.draw(into: &buffer, at: area.origin)
  }
}

/// Says in the middle of an area that there is nothing to draw, and why.
func drawNotice(_ text: String, into buffer: inout CellBuffer, in area: Rect) {
  guard !area.isEmpty else { return }
  let row = Rect(
    column: area.column, row: area.row + (area.rows - 1) / 2, columns: area.columns, rows: 1)
  buffer.write(text, in: row, Style(.muted), aligned: .center)
}
