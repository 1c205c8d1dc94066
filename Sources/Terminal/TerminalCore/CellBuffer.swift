// A grid of cells to draw on, with sub-areas that nothing can be drawn outside of.

/// A value that can draw itself into any rectangle of a buffer, however small.
package protocol Drawable {
  /// Draws inside `area`, whose coordinates are those of the buffer's current view; never outside.
  func draw(into buffer: inout CellBuffer, in area: Rect)
}

/// A grid of cells with the charset it is drawn in.
///
/// All coordinates are relative to the current view: the whole grid, or inside
/// ``withArea(_:_:)`` that area. What would fall outside the view is left out.
package struct CellBuffer: Sendable {
  /// The extent of the whole grid.
  package let fullSize: Size
  /// Which glyphs may be used; text is folded to ASCII when that is all there is.
  package let charset: Charset
  /// The cells of the whole grid, row by row.
  package private(set) var cells: [Cell]

  private var origin = Point.zero
  private var clip: Rect
  /// The extent of the current view.
  package private(set) var size: Size

  /// A grid filled with one cell, empty unless said otherwise.
  package init(size: Size, charset: Charset = .braille, filledWith cell: Cell = .blank()) {
    fullSize = size
    self.size = size
    self.charset = charset
    clip = Rect(size)
    cells = Array(repeating: cell, count: size.area)
  }

  /// The whole current view.
  package var bounds: Rect { Rect(size) }

  /// Draws in an area of the current view as if it were a buffer of its own.
  package mutating func withArea(_ area: Rect, _ body: (inout CellBuffer) -> Void) {
    let (savedOrigin, savedClip, savedSize) = (origin, clip, size)
    origin = Point(column: origin.column + area.column, row: origin.row + area.row)
    clip = clip.intersection(Rect(origin: origin, size: area.size))
    size = area.size
    body(&self)
    (origin, clip, size) = (savedOrigin, savedClip, savedSize)
  }

  /// Draws a value in an area of the current view.
  package mutating func draw(_ drawable: some Drawable, in area: Rect) {
    withArea(area) { drawable.draw(into: &$0, in: $0.bounds) }
  }

  /// The cell at a point of the current view; `nil` outside.
  package subscript(point: Point) -> Cell? {
    index(of: point).map { cells[$0] }
  }

  /// Sets the cell at a point; a wide character takes two cells, or becomes a space where there is
  /// no room for it. Its halves never get separated.
  package mutating func set(_ cell: Cell, at point: Point) {
    guard let index = index(of: point) else { return }
    releaseHalves(at: index)
    guard cell.width == 2 else {
      cells[index] = cell.isContinuation ? .blank(cell.style) : cell
      return
    }
    let next = Point(column: point.column + 1, row: point.row)
    guard let right = self.index(of: next) else {
      cells[index] = .blank(cell.style)
      return
    }
    releaseHalves(at: right)
    cells[index] = cell
    cells[right] = .continuation(cell.style)
  }

  /// Puts a combining mark on the character at a point.
  mutating func addMark(_ mark: Unicode.Scalar, at point: Point) {
    guard let index = index(of: point) else { return }
    cells[cells[index].isContinuation && index > 0 ? index - 1 : index].addMark(mark)
  }

  /// Changes the style of every cell in an area and leaves the characters.
  package mutating func restyle(_ area: Rect, _ change: (inout Style) -> Void) {
    let visible = absolute(area)
    for row in visible.row..<visible.endRow {
      for column in visible.column..<visible.endColumn {
        change(&cells[row * fullSize.columns + column].style)
      }
    }
  }

  /// Fills an area with one cell.
  package mutating func fill(_ area: Rect, with cell: Cell = .blank()) {
    let visible = area.intersection(bounds)
    for row in visible.row..<visible.endRow {
      var column = visible.column
      while column < visible.endColumn {
        set(cell, at: Point(column: column, row: row))
        column += max(1, cell.width)
      }
    }
  }

  /// Empties the current view.
  package mutating func clear(_ style: Style = .plain) {
    fill(bounds, with: .blank(style))
  }

  private func absolute(_ area: Rect) -> Rect {
    Rect(
      column: area.column + origin.column, row: area.row + origin.row,
      columns: area.columns, rows: area.rows
    ).intersection(clip)
  }

  private func index(of point: Point) -> Int? {
    let place = Point(column: point.column + origin.column, row: point.row + origin.row)
    guard clip.contains(place) else { return nil }
    return place.row * fullSize.columns + place.column
  }

  /// Blanks the other half of a wide character one half of which is about to be overwritten.
  private mutating func releaseHalves(at index: Int) {
    let column = index % fullSize.columns
    if cells[index].isContinuation {
      if column > 0 { cells[index - 1] = .blank(cells[index - 1].style) }
    } else if column + 1 < fullSize.columns, cells[index + 1].isContinuation {
      cells[index + 1] = .blank(cells[index + 1].style)
    }
  }
}
