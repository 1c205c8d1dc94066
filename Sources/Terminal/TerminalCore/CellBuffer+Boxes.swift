// Frames with titles, and rules.

extension CellBuffer {
  /// Draws a frame along the edge of an area, with titles set into its top and bottom lines, and
  /// returns what is inside.
  ///
  /// - Parameters:
  ///   - title: stands left in the top line.
  ///   - note: stands right in the top line, where there is room beside the title.
  ///   - footnote: stands right in the bottom line.
  ///   - style: the style of the lines; titles have their own.
  @discardableResult
  package mutating func drawBox(
    _ area: Rect, title: String = "", note: String = "", footnote: String = "",
    style: Style = Style(.border), titleStyle: Style = Style(.title, .bold),
    noteStyle: Style = Style(.muted)
  ) -> Rect {
    let inside = area.inset(by: 1)
    guard area.columns >= 2, area.rows >= 2 else { return inside }
    let glyphs = charset.lines
    let right = area.endColumn - 1
    let bottom = area.endRow - 1
    drawHorizontalRule(
      row: area.row, from: area.column + 1, to: right, style)
    drawHorizontalRule(row: bottom, from: area.column + 1, to: right, style)
    drawVerticalRule(column: area.column, from: area.row + 1, to: bottom, style)
    drawVerticalRule(column: right, from: area.row + 1, to: bottom, style)
    set(Cell(glyphs.topLeft, style), at: area.origin)
    set(Cell(glyphs.topRight, style), at: Point(column: right, row: area.row))
    set(Cell(glyphs.bottomLeft, style), at: Point(column: area.column, row: bottom))
    set(Cell(glyphs.bottomRight, style), at: Point(column: right, row: bottom))
    var room = Rect(column: area.column + 2, row: area.row, columns: area.columns - 4, rows: 1)
    let titleWidth = inlay(title, in: room, titleStyle, aligned: .left)
    room = room.inset(left: titleWidth == 0 ? 0 : titleWidth + 1)
    if displayWidth(of: note, in: charset) + 2 <= room.columns {
      inlay(note, in: room, noteStyle, aligned: .right)
    }
    room = Rect(column: area.column + 2, row: bottom, columns: area.columns - 4, rows: 1)
    inlay(footnote, in: room, noteStyle, aligned: .right)
    return inside
  }

  /// Writes text with a space on either side over a line, and returns the columns it took.
  @discardableResult
  private mutating func inlay(
    _ text: String, in room: Rect, _ style: Style, aligned alignment: Alignment
  ) -> Int {
    guard !text.isEmpty, room.columns >= 3 else { return 0 }
    let width = min(displayWidth(of: text, in: charset) + 2, room.columns)
    let start = alignment == .right ? room.endColumn - width : room.column
    fill(
      Rect(column: start, row: room.row, columns: width, rows: 1), with: .blank(style))
    write(
      text, in: Rect(column: start + 1, row: room.row, columns: width - 2, rows: 1), style)
    return width
  }

  /// Draws a horizontal line over the columns `from ..< to` of a row.
  package mutating func drawHorizontalRule(
    row: Int, from start: Int, to end: Int, _ style: Style = Style(.border), dashed: Bool = false
  ) {
    guard start < end else { return }
    let glyph = dashed ? charset.lines.dashedHorizontal : charset.lines.horizontal
    fill(
      Rect(column: start, row: row, columns: end - start, rows: 1), with: Cell(glyph, style))
  }

  /// Draws a vertical line over the rows `from ..< to` of a column.
  package mutating func drawVerticalRule(
    column: Int, from start: Int, to end: Int, _ style: Style = Style(.border), dashed: Bool = false
  ) {
    guard start < end else { return }
    let glyph = dashed ? charset.lines.dashedVertical : charset.lines.vertical
    fill(
      Rect(column: column, row: start, columns: 1, rows: end - start), with: Cell(glyph, style))
  }
}
