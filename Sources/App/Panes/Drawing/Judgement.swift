// Good, doubtful or bad, always said by a mark as well as by a colour.

import TerminalCore

/// What is thought of a number.
package enum Judgement: Int, Comparable, Sendable {
  /// There is nothing to judge.
  case none
  case good
  case doubtful
  case bad

  package static func < (left: Judgement, right: Judgement) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The colour that goes with it.
  package var role: ThemeRole {
    switch self {
    case .none: .muted
    case .good: .ok
    case .doubtful: .warning
    case .bad: .bad
    }
  }

  /// The mark that says the same without colour.
  package func mark(in charset: Charset) -> String {
    switch self {
    case .none: " "
    case .good: String(charset.check)
    case .doubtful: "!"
    case .bad: String(charset.cross)
    }
  }
}

extension StyledText {
  /// A number with its mark before it, if it is not good; plain otherwise.
  static func judged(_ text: String, _ judgement: Judgement, _ charset: Charset) -> StyledText {
    guard judgement >= .doubtful else { return StyledText(text) }
    return StyledText("\(judgement.mark(in: charset)) \(text)", Style(judgement.role, .bold))
  }
}
