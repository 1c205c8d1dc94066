// Frames of panes made fit for paper: without keys, without a selection, cut to what is wanted.

import TerminalCore

extension CellBuffer {
  /// The frame without what only makes sense at the keyboard: names of keys, and what is in front.
  func printed() -> CellBuffer {
    var frame = self
    for row in 0..<fullSize.rows {
      for column in 0..<fullSize.columns {
        let point = Point(column: column, row: row)
        guard let cell = frame[point], let printed = Self.printed(cell, charset) else { continue }
        frame.set(printed, at: point)
      }
      for hint in Self.hints { frame.blank(hint, row: row) }
      frame.removeView(row: row)
    }
    return frame
  }

  /// A cell without marks of selection; `nil` if it has none.
  private static func printed(_ cell: Cell, _ charset: Charset) -> Cell? {
    var cell = cell
    if cell.isContinuation { return nil }
    if cell.style.foreground == .key { return .blank(cell.style.on(.background)) }
    if cell.style.background == .selectionBackground {
      if cell.scalar == charset.pointer { return .blank() }
      cell.style = Style(.text, cell.style.attributes.union(.bold))
      return cell
    }
    // The row and column in front of a heat map are underlined.
    guard cell.style.attributes.contains(.underline) else { return nil }
    cell.style.attributes.remove(.underline)
    return cell
  }

  /// Notes in frames that name keys.
  private static let hints = ["h l: ", " (w)", " (h l)"]

  private func scalars(row: Int) -> [Unicode.Scalar] {
    (0..<fullSize.columns).map { self[Point(column: $0, row: row)]?.scalar ?? " " }
  }

  private static func place(of words: String, in line: [Unicode.Scalar], from first: Int) -> Int? {
    let wanted = Array(words.unicodeScalars)
    guard first + wanted.count <= line.count else { return nil }
    return (first...(line.count - wanted.count)).first {
      Array(line[$0..<$0 + wanted.count]) == wanted
    }
  }

  private mutating func blank(_ hint: String, row: Int) {
    let line = scalars(row: row)
    guard let start = Self.place(of: hint, in: line, from: 0) else { return }
    for column in start..<start + hint.unicodeScalars.count {
      let point = Point(column: column, row: row)
      if let cell = self[point] { set(.blank(cell.style), at: point) }
    }
  }

  /// Puts the line of the frame in the place of the note which view this is and how to go on.
  private mutating func removeView(row: Int) {
    let line = scalars(row: row)
    guard let start = Self.place(of: "view ", in: line, from: 0),
      let key = Self.place(of: "([ ])", in: line, from: start)
    else { return }
    let end = Self.place(of: " \(charset.lines.horizontal)", in: line, from: key) ?? key + 5
    // In the colour of the frame that the note stands in.
    let corner = line[..<start].lastIndex(of: charset.lines.topLeft) ?? 0
    let style = self[Point(column: corner, row: row)]?.style ?? Style(.border)
    for column in max(0, start - 1)...min(end, line.count - 1) {
      set(Cell(charset.lines.horizontal, style), at: Point(column: column, row: row))
    }
  }

  /// The first rows alone.
  func cropped(toRows rows: Int) -> CellBuffer {
    var result = CellBuffer(
      size: Size(columns: fullSize.columns, rows: min(rows, fullSize.rows)), charset: charset)
    for row in 0..<result.fullSize.rows {
      for column in 0..<fullSize.columns {
        let point = Point(column: column, row: row)
        if let cell = self[point], !cell.isContinuation { result.set(cell, at: point) }
      }
    }
    return result
  }
}
