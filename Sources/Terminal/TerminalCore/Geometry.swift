// Points, sizes and rectangles on a grid of character cells.

/// A place on the grid; columns grow to the right, rows grow downwards, both from zero.
package struct Point: Hashable, Sendable {
  package var column: Int
  package var row: Int

  /// A place given by its column and row, in cells.
  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }

  /// The top left corner.
  package static let zero = Point(column: 0, row: 0)
}

/// An extent in cells; never negative.
package struct Size: Hashable, Sendable {
  package let columns: Int
  package let rows: Int

  /// An extent in cells; negative numbers count as zero.
  package init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// The number of cells.
  package var area: Int { columns * rows }

  /// Nothing at all.
  package static let zero = Size(columns: 0, rows: 0)
}

/// A rectangle of cells; its extent is never negative.
package struct Rect: Hashable, Sendable {
  package var origin: Point
  package var size: Size

  /// A rectangle given by its top left corner and extent.
  package init(origin: Point, size: Size) {
    self.origin = origin
    self.size = size
  }

  /// A rectangle given by its top left corner and extent, in cells.
  package init(column: Int, row: Int, columns: Int, rows: Int) {
    origin = Point(column: column, row: row)
    size = Size(columns: columns, rows: rows)
  }

  /// The rectangle of a given extent at the origin.
  package init(_ size: Size) {
    self.init(origin: .zero, size: size)
  }

  /// The leftmost column.
  package var column: Int { origin.column }
  /// The top row.
  package var row: Int { origin.row }
  /// The width in cells.
  package var columns: Int { size.columns }
  /// The height in cells.
  package var rows: Int { size.rows }
  /// The first column to the right of the rectangle.
  package var endColumn: Int { column + columns }
  /// The first row below the rectangle.
  package var endRow: Int { row + rows }
  /// Whether the rectangle has no cells.
  package var isEmpty: Bool { columns == 0 || rows == 0 }

  /// Whether a point lies inside.
  package func contains(_ point: Point) -> Bool {
    point.column >= column && point.column < endColumn && point.row >= row && point.row < endRow
  }

  /// The part shared with another rectangle; empty if there is none.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top,
      columns: min(endColumn, other.endColumn) - left, rows: min(endRow, other.endRow) - top)
  }

  /// The rectangle without a margin on each side; empty where the margins meet.
  package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(
      column: column + min(left, columns), row: row + min(top, rows),
      columns: columns - left - right, rows: rows - top - bottom)
  }

  /// The rectangle without a margin of the same width on all four sides.
  package func inset(by margin: Int) -> Rect {
    inset(left: margin, top: margin, right: margin, bottom: margin)
  }

  /// A rectangle of at most the given size in the middle of this one.
  package func centered(_ wanted: Size) -> Rect {
    let width = min(wanted.columns, columns)
    let height = min(wanted.rows, rows)
    return Rect(
      column: column + (columns - width) / 2, row: row + (rows - height) / 2,
      columns: width, rows: height)
  }
}
