// The line in which the pane in front says what it shows, on what, how old, and what is wrong.

import Panes
import TerminalCore

/// The line about the pane in front.
struct StatementLine: Drawable {
  var statement: PaneStatement
  /// Seconds since 1970.
  var now: Double

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard area.columns > 2, !area.isEmpty else { return }
    let charset = buffer.charset
    var pieces = [StyledText(statement.shows, Style(.text))]
    func add(_ text: String, _ style: Style) {
      pieces.append(StyledText(charset == .ascii ? " | " : " · ", Style(.muted)))
      pieces.append(StyledText(text, style))
    }
    if !statement.basis.isEmpty { add(statement.basis, Style(.muted)) }
    if let age = statement.age(now: now) { add(age, Style(.muted)) }
    if !statement.problems.isEmpty {
      let judgement = statement.judgement
      let mark = judgement == .none ? "" : judgement.mark(in: charset) + " "
      add(mark + statement.problems.joined(separator: "; "), Style(judgement.role, .bold))
    }
    buffer.write(pieces, in: area.inset(left: 1))
  }
}
