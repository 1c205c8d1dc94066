// Which colour and mark belongs to which name, in one row.

import TerminalCore

/// Names with their marks in one row; those that do not fit are counted.
package struct Legend: Drawable, Sendable {
  package var entries: [(name: String, role: ThemeRole)]

  /// A legend of names and the roles of their colours.
  package init(_ entries: [(name: String, role: ThemeRole)]) { self.entries = entries }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard area.rows > 0 else { return }
    var column = area.column
    for (index, entry) in entries.enumerated() {
      let width = displayWidth(of: entry.name, in: buffer.charset) + 2
      let rest = entries.count - index - 1
      let needed = width + (rest > 0 ? 5 : 0)
      guard column + needed <= area.endColumn else {
        buffer.write(
          "+\(rest + 1)", at: Point(column: column, row: area.row), Style(.muted),
          limit: area.endColumn - column)
        return
      }
      let mark = Cell(buffer.charset.lines.heavyHorizontal, Style(entry.role))
      buffer.set(mark, at: Point(column: column, row: area.row))
      buffer.write(entry.name, at: Point(column: column + 2, row: area.row))
      column += width + 2
    }
  }
}
