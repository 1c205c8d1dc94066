// What the bottom line of every screen shows: a line that is being typed, or what happened.

import Panes
import TerminalCore

/// The bottom line.
enum BottomLine {
  /// A line that is being typed, with its cursor and a hint.
  static func draw(
    _ prompt: String, _ line: LineEditor, hint: String, isProblem: Bool = false,
    into buffer: inout CellBuffer, in area: Rect
  ) {
    let used = buffer.write(prompt, at: area.origin, Style(.key, .bold), limit: area.columns)
    let room = area.inset(left: used)
    guard !room.isEmpty else { return }
    // A long line is shown from where its cursor is still in view.
    var head = String(line.text.prefix(line.cursor))
    while displayWidth(of: head, in: buffer.charset) >= room.columns, !head.isEmpty {
      head.removeFirst()
    }
    let before = buffer.write(head, at: room.origin, limit: room.columns)
    let tail = String(line.text.dropFirst(line.cursor))
    let after = buffer.write(
      tail.isEmpty ? " " : tail, at: Point(column: room.column + before, row: room.row),
      limit: room.columns - before)
    buffer.restyle(Rect(column: room.column + before, row: room.row, columns: 1, rows: 1)) {
      $0 = $0.reversed
    }
    let rest = room.inset(left: before + after + 2)
    if rest.columns >= 8 {
      buffer.write(hint, in: rest, Style(isProblem ? .warning : .muted), aligned: .right)
    }
  }

  /// What happened.
  static func draw(_ message: DashboardMessage, into buffer: inout CellBuffer, in area: Rect) {
    let mark = message.judgement.mark(in: buffer.charset)
    let isPlain = message.judgement == .none
    buffer.write(
      isPlain ? message.text : "\(mark) \(message.text)", in: area,
      Style(isPlain ? .text : message.judgement.role, .bold))
  }
}
