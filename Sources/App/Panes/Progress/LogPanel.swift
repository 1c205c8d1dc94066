// The end of the worker's log, where a run has nothing else to show.

import RunFolder
import TerminalCore

/// What went wrong, as it was said, and the last lines of log.txt.
struct LogPanel: Drawable {
  var run: RunSnapshot

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    var rest = area
    if case .failed(let message) = run.state {
      // Unbroken, because a caret may stand under a place in the line above it.
      let lines = message.split(separator: "\n").map(String.init)
      if lines.count > 1 {
        let parts = rest.splitTop(lines.count + (rest.rows >= 8 ? 2 : 1))
        write(lines, title: "Error", Style(.bad), into: &buffer, in: parts.top)
        rest = parts.rest
      }
    }
    let lines = run.logTail.flatMap { wrapped($0, columns: max(1, rest.columns - 4)) }
    guard !lines.isEmpty else {
      let inside = buffer.drawPanel(rest, title: "Log").inset(left: 1, right: 1)
      let words =
        run.state == .foreign ? "Draws of another program have no log." : "The log is empty."
      return buffer.drawNotice(words, in: inside)
    }
    let room = max(1, rest.rows - 2)
    write(Array(lines.suffix(room)), title: "Log", Style(.muted), into: &buffer, in: rest)
  }

  private func write(
    _ lines: [String], title: String, _ style: Style, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let inside = buffer.drawPanel(area, title: title, leastRows: 3).inset(left: 1, right: 1)
    for (index, line) in lines.prefix(inside.rows).enumerated() {
      let row = Rect(
        column: inside.column, row: inside.row + index, columns: inside.columns, rows: 1)
      buffer.write(line, in: row, style)
    }
  }
}
