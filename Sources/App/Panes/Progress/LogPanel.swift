// The end of the worker's log, where a run has nothing else to show.

import RunFolder
import TerminalCore

/// The last lines of log.txt.
struct LogPanel: Drawable {
  var run: RunSnapshot

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let inside = buffer.drawPanel(area, title: "Log", note: "log.txt").inset(left: 1, right: 1)
    let lines = run.logTail.flatMap { wrapped($0, columns: inside.columns) }
    guard !lines.isEmpty else {
      let words =
        run.state == .foreign ? "Draws of another program have no log." : "The log is empty."
      return buffer.drawNotice(words, in: inside)
    }
    for (index, line) in lines.suffix(inside.rows).enumerated() {
      let row = Rect(
        column: inside.column, row: inside.row + index, columns: inside.columns, rows: 1)
      buffer.write(line, in: row, Style(.muted))
    }
  }
}
