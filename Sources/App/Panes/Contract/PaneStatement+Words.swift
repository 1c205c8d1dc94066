// A pane's statement as one line: what it shows, on what, how old, and what is wrong.

import TerminalCore

extension PaneStatement {
  /// The statement in pieces with their styles: `trace of b_SES, 4 × 812 draws, 2 s old, ! R-hat ...`.
  ///
  /// - Parameter most: how many problems are told; of the others only their number.
  package func words(
    now: Double, charset: Charset = .braille, problems most: Int = 1
  ) -> [StyledText] {
    var pieces = [StyledText(shows)]
    if !basis.isEmpty { pieces.append(StyledText(", \(basis)", Style(.muted))) }
    if let age = age(now: now) { pieces.append(StyledText(", \(age)", Style(.muted))) }
    let mark = judgement >= .doubtful ? "\(judgement.mark(in: charset)) " : ""
    for (place, problem) in problems.prefix(most).enumerated() {
      pieces.append(StyledText(place == 0 ? ", " : "; ", Style(.muted)))
      let style = judgement >= .doubtful ? Style(judgement.role, .bold) : Style(.muted)
      pieces.append(StyledText((place == 0 ? mark : "") + problem, style))
    }
    let others = problems.count - most
    if others > 0 { pieces.append(StyledText(" (+\(others))", Style(.muted))) }
    return pieces
  }

  /// The same as plain text.
  package func text(
    now: Double, charset: Charset = .braille, problems most: Int = 1
  ) -> String {
    words(now: now, charset: charset, problems: most).map(\.text).joined()
  }

  /// How old what is shown is, in words; `nil` if it is as new as the screen.
  package func age(now: Double) -> String? {
    computed.map { Self.age(seconds: now - $0) }
  }

  /// An age in words: `now`, `12 s old`, `3 min old`, `5 h old`, `4 days old`.
  package static func age(seconds: Double) -> String {
    switch seconds {
    case ..<1.5: "now"
    case ..<90: "\(Int(seconds.rounded())) s old"
    case ..<5400: "\(Int((seconds / 60).rounded())) min old"
    case ..<172_800: "\(Int((seconds / 3600).rounded())) h old"
    case ..<1e10: "\(Int(seconds / 86_400)) days old"
    default: "of unknown age"
    }
  }
}
