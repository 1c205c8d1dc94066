// A frame as plain text, and as text with the escape sequences of its colours.

extension CellBuffer {
  /// The characters of the grid, a line for each row, without spaces at the ends of lines.
  package func asText() -> String {
    var text = ""
    for row in 0..<fullSize.rows {
      var line = String.UnicodeScalarView()
      for cell in cells[row * fullSize.columns..<(row + 1) * fullSize.columns] {
        append(cell, to: &line)
      }
      while line.last == " " { line.removeLast() }
      text += String(line)
      if row + 1 < fullSize.rows { text += "\n" }
    }
    return text
  }

  /// The same with a letter for each cell's style, as `key` says; for tests that look at styles.
  package func asMap(_ key: (Style) -> Character) -> String {
    (0..<fullSize.rows).map { row in
      String(cells[row * fullSize.columns..<(row + 1) * fullSize.columns].map { key($0.style) })
    }.joined(separator: "\n")
  }

  /// The grid as lines of text with SGR escape sequences, which end with every line.
  package func asANSI(_ theme: Theme, depth: ColorDepth) -> String {
    var text = ""
    for row in 0..<fullSize.rows {
      var line = String.UnicodeScalarView()
      var current: ResolvedStyle = .plain
      var cells = self.cells[row * fullSize.columns..<(row + 1) * fullSize.columns]
      while let last = cells.last, last.scalar == " ", theme.resolve(last.style, depth) == .plain {
        cells.removeLast()
      }
      for cell in cells where !cell.isContinuation {
        let style = theme.resolve(cell.style, depth)
        if style != current {
          line.append(contentsOf: style.escapeSequence.unicodeScalars)
          current = style
        }
        append(cell, to: &line)
      }
      if current != .plain { line.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
      text += String(line)
      if row + 1 < fullSize.rows { text += "\n" }
    }
    return text
  }

  private func append(_ cell: Cell, to line: inout String.UnicodeScalarView) {
    guard !cell.isContinuation else { return }
    line.append(cell.scalar)
    if cell.hasMark { line.append(cell.mark) }
  }
}
