// A comparison of runs as text, whole, without a terminal.

import Panes
import TerminalCore

/// A comparison written out.
package enum ComparisonText {
  /// The facts and the estimates of runs, line by line.
  ///
  /// - Parameter columns: the width of lines.
  package static func text(
    _ runs: [DashboardSnapshot], columns: Int = 100, charset: Charset,
    theme: Theme? = nil, depth: ColorDepth = .none
  ) -> String {
    var page = ComparisonPage(runs, columns: columns, charset: charset)
    page.addFacts()
    page.addGap()
    page.addEstimates()
    var buffer = CellBuffer(
      size: Size(columns: columns, rows: page.rows.count), charset: charset)
    page.draw(from: 0, into: &buffer, in: buffer.bounds)
    if let theme, depth > .none { return buffer.asANSI(theme, depth: depth) + "\n" }
    return buffer.asText() + "\n"
  }

  /// The same as the command line asks for it.
  package static func text(
    _ runs: [DashboardSnapshot], columns: Int, looks: Looks, depth: ColorDepth
  ) -> String {
    text(
      runs, columns: columns,
      charset: looks.charset ?? (Looks.localeHasUnicode ? .braille : .ascii),
      theme: looks.themes.theme, depth: depth)
  }
}
