// A formula over several rows, with its cursor and with a caret under the place of an error.

import TerminalCore

/// A text in rows, of which the place of every character is known.
struct FormulaText: Drawable {
  var text: String
  /// The character that the cursor is on, counted from 0; none if `nil`.
  var cursor: Int?
  /// The first character that is wrong, and how many are.
  var fault: (offset: Int, length: Int)?
  var style = Style.plain

  /// A row: its characters, and which of the text is its first.
  private struct Row {
    var characters: [Character]
    var start: Int
    var end: Int { start + characters.count }
  }

  /// The rows in so many columns, broken after blanks where possible.
  private func rows(columns: Int, charset: Charset) -> [Row] {
    guard columns > 0 else { return [] }
    var rows: [Row] = []
    var row = Row(characters: [], start: 0)
    var width = 0
    for character in text {
      let own = displayWidth(of: String(character), in: charset)
      if width + own > columns, !row.characters.isEmpty {
        let cut = row.characters.lastIndex(of: " ").map { $0 + 1 } ?? row.characters.count
        let rest = Array(row.characters[cut...])
        row.characters.removeSubrange(cut...)
        rows.append(row)
        row = Row(characters: rest, start: row.end)
        width = displayWidth(of: String(rest), in: charset)
      }
      row.characters.append(character)
      width += own
    }
    return rows + [row]
  }

  /// The rows that the text takes, the line of the caret included.
  func height(columns: Int, charset: Charset) -> Int {
    rows(columns: columns, charset: charset).count + (fault == nil ? 0 : 1)
  }

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    let charset = buffer.charset
    let all = rows(columns: area.columns, charset: charset)
    // What matters most stays in view where there is no room for all.
    let focus = cursor ?? fault?.offset ?? 0
    let front = all.lastIndex { $0.start <= focus } ?? 0
    let needed = all.count + (fault == nil ? 0 : 1)
    let first = needed <= area.rows ? 0 : max(0, min(front, front - (area.rows - 2)))
    var line = area.row
    for row in all[first...] {
      guard line < area.endRow else { return }
      buffer.write(
        String(row.characters), at: Point(column: area.column, row: line), style,
        limit: area.columns)
      if let cursor, row.start <= cursor, cursor < row.end || row.start == all.last?.start {
        mark(cursor - row.start, in: row, at: Point(column: area.column, row: line), &buffer)
      }
      line += 1
      if let fault, line < area.endRow, isPlace(fault.offset, of: row, last: all.last?.start) {
        drawCaret(fault, row, at: Point(column: area.column, row: line), area, &buffer)
        line += 1
      }
    }
  }

  private func isPlace(_ offset: Int, of row: Row, last: Int?) -> Bool {
    offset >= row.start && (offset < row.end || row.start == last)
  }

  /// The cell of a character of a row, turned round.
  private func mark(_ place: Int, in row: Row, at start: Point, _ buffer: inout CellBuffer) {
    let before = displayWidth(of: String(row.characters.prefix(place)), in: buffer.charset)
    let width =
      place < row.characters.count
      ? displayWidth(of: String(row.characters[place]), in: buffer.charset) : 1
    let cell = Rect(column: start.column + before, row: start.row, columns: max(1, width), rows: 1)
    buffer.restyle(cell) { $0 = $0.reversed }
  }

  private func drawCaret(
    _ fault: (offset: Int, length: Int), _ row: Row, at start: Point, _ area: Rect,
    _ buffer: inout CellBuffer
  ) {
    let place = min(fault.offset - row.start, row.characters.count)
    let before = displayWidth(of: String(row.characters.prefix(place)), in: buffer.charset)
    let wrong = row.characters.dropFirst(place).prefix(fault.length)
    let width = max(1, displayWidth(of: String(wrong), in: buffer.charset))
    buffer.write(
      "^" + String(repeating: "~", count: width - 1),
      at: Point(column: min(start.column + before, area.endColumn - 1), row: start.row),
      Style(.bad, .bold), limit: max(1, area.endColumn - start.column - before))
  }
}
