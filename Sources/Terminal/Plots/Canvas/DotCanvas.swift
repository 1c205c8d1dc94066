// A raster of dots finer than cells: braille, quadrants, or ASCII points.

import TerminalCore

/// A raster of dots, several to a cell, with one style to a cell.
///
/// Where two styles meet in a cell the last drawn wins with all its dots, so that the dots of one
/// series never show in the colour of another. Dots count from the top left.
package struct DotCanvas: Sendable {
  /// The extent in cells.
  package let size: Size
  /// The extent in dots.
  package let dots: Size
  private let charset: Charset
  private let perCell: Size
  private var masks: [UInt8]
  private var styles: [Style]

  /// An empty raster over so many cells.
  package init(size: Size, charset: Charset) {
    self.size = size
    self.charset = charset
    perCell = charset.dots
    dots = Size(columns: size.columns * perCell.columns, rows: size.rows * perCell.rows)
    masks = Array(repeating: 0, count: size.area)
    styles = Array(repeating: .plain, count: size.area)
  }

  /// Sets one dot; outside the raster nothing happens.
  package mutating func set(x: Int, y: Int, _ style: Style) {
    guard x >= 0, x < dots.columns, y >= 0, y < dots.rows else { return }
    let index = y / perCell.rows * size.columns + x / perCell.columns
    let bit = bit(x: x % perCell.columns, y: y % perCell.rows)
    if styles[index] == style {
      masks[index] |= bit
    } else {
      masks[index] = bit
      styles[index] = style
    }
  }

  /// Sets the dots of one column from one height to another, both included.
  package mutating func setColumn(x: Int, from first: Int, to last: Int, _ style: Style) {
    let top = max(0, min(first, last))
    let bottom = min(dots.rows - 1, max(first, last))
    guard top <= bottom else { return }
    for y in top...bottom { set(x: x, y: y, style) }
  }

  /// Draws a straight line between two places in dots, which may lie far outside; of a dashed one
  /// only every other stretch.
  package mutating func line(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ style: Style,
    dashed: Bool = false
  ) {
    guard let (a, b) = clipped(start, end) else { return }
    let (x0, y0) = (Int(a.x.rounded()), Int(a.y.rounded()))
    let (x1, y1) = (Int(b.x.rounded()), Int(b.y.rounded()))
    let steps = max(abs(x1 - x0), abs(y1 - y0))
    let dash = max(2, perCell.rows)
    for step in 0...steps where !dashed || (step / dash) % 2 == 0 {
      let share = steps == 0 ? 0 : Double(step) / Double(steps)
      set(
        x: x0 + Int((Double(x1 - x0) * share).rounded()),
        y: y0 + Int((Double(y1 - y0) * share).rounded()), style)
    }
  }

  /// Whether any dot of a cell is set.
  package func isEmpty(column: Int, row: Int) -> Bool {
    guard column >= 0, column < size.columns, row >= 0, row < size.rows else { return true }
    return masks[row * size.columns + column] == 0
  }

  /// Puts the cells that have dots into a buffer, on whatever background is there.
  package func draw(into buffer: inout CellBuffer, at origin: Point) {
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let mask = masks[row * size.columns + column]
        guard mask != 0 else { continue }
        let point = Point(column: origin.column + column, row: origin.row + row)
        guard let ground = buffer[point]?.style.background else { continue }
        let style = styles[row * size.columns + column].on(ground)
        buffer.set(Cell(glyph(mask), style), at: point)
      }
    }
  }

  private func glyph(_ mask: UInt8) -> Unicode.Scalar {
    switch charset {
    case .braille: Unicode.Scalar(0x2800 + UInt32(mask)) ?? " "
    case .block: quadrants[Int(mask)]
    case .ascii: asciiDots[Int(mask)]
    }
  }

  /// The bit of a dot: in Unicode's order for braille, else row by row.
  private func bit(x: Int, y: Int) -> UInt8 {
    guard charset == .braille else { return 1 << UInt8(y * perCell.columns + x) }
    return y == 3 ? 0x40 << UInt8(x) : 1 << UInt8(3 * x + y)
  }

  /// The part of a line inside the raster (Liang and Barsky, 1984).
  private func clipped(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
  ) -> ((x: Double, y: Double), (x: Double, y: Double))? {
    let finite = start.x.isFinite && start.y.isFinite && end.x.isFinite && end.y.isFinite
    guard finite, dots.area > 0 else { return nil }
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    guard dx.isFinite, dy.isFinite else { return nil }
    let (right, bottom) = (Double(dots.columns) - 0.501, Double(dots.rows) - 0.501)
    var (enter, leave) = (0.0, 1.0)
    for (p, q) in [
      (-dx, start.x + 0.499), (dx, right - start.x), (-dy, start.y + 0.499), (dy, bottom - start.y),
    ] {
      if p == 0 {
        if q < 0 { return nil }
      } else if p < 0 {
        enter = max(enter, q / p)
      } else {
        leave = min(leave, q / p)
      }
    }
    guard enter <= leave else { return nil }
    // From very far away the sums are not exact; they must not leave the raster for that.
    func place(_ share: Double) -> (x: Double, y: Double) {
      (
        x: min(max(start.x + share * dx, 0), Double(dots.columns - 1)),
        y: min(max(start.y + share * dy, 0), Double(dots.rows - 1))
      )
    }
    return (place(enter), place(leave))
  }
}

/// Quadrants by the bits top left, top right, bottom left, bottom right.
private let quadrants: [Unicode.Scalar] = [
  " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
]

/// An upper dot, a lower dot, both.
private let asciiDots: [Unicode.Scalar] = [" ", "'", ".", ":"]
