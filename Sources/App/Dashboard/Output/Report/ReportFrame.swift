// Frames of panes made fit for paper: without keys, without a selection, cut to what is wanted.

import TerminalCore

extension CellBuffer {
  /// The frame without what only makes sense at the keyboard: names of keys, and the row in front.
  func printed() -> CellBuffer {
    var frame = self
    for row in 0..<fullSize.rows {
      for column in 0..<fullSize.columns {
        let point = Point(column: column, row: row)
        guard var cell = frame[point] else { continue }
        if cell.style.foreground == .key {
          frame.set(.blank(cell.style.on(.background)), at: point)
        } else if cell.style.background == .selectionBackground {
          cell.style = Style(.text, cell.style.attributes.union(.bold))
          frame.set(cell, at: point)
        }
      }
      for hint in Self.hints { frame.blank(hint, row: row) }
    }
    return frame
  }

  /// Notes in frames that name keys.
  private static let hints = [" ([ ])", "h l: ", " (w)", " (h l)"]

  private mutating func blank(_ hint: String, row: Int) {
    let wanted = Array(hint.unicodeScalars)
    let line = (0..<fullSize.columns).map { self[Point(column: $0, row: row)]?.scalar ?? " " }
    guard line.count >= wanted.count else { return }
    for start in 0...(line.count - wanted.count)
    where Array(line[start..<start + wanted.count]) == wanted {
      for column in start..<start + wanted.count {
        let point = Point(column: column, row: row)
        if let cell = self[point] { set(.blank(cell.style), at: point) }
      }
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
