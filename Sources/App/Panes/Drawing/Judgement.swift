// Good, doubtful or bad, always said by a mark as well as by a colour.

import Diagnostics
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

  /// What a verdict of the diagnostics comes to.
  package init(_ level: Verdict.Level) {
    switch level {
    case .ok: self = .good
    case .unavailable: self = .none
    case .warning: self = .doubtful
    case .failed: self = .bad
    }
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

/// What is thought of the convergence statistics of one parameter.
package struct ParameterJudgements: Sendable, Equatable {
  package var rHat = Judgement.none
  package var bulkESS = Judgement.none
  package var tailESS = Judgement.none

  /// The judgements that stand in the verdicts on one parameter.
  package init(_ verdicts: [Verdict]) {
    for verdict in verdicts {
      switch verdict.check {
      case "R-hat": rHat = Judgement(verdict.level)
      case "bulk ESS": bulkESS = Judgement(verdict.level)
      case "tail ESS": tailESS = Judgement(verdict.level)
      default: break
      }
    }
  }

  /// The gravest of the three.
  package var worst: Judgement { max(rHat, bulkESS, tailESS) }
}

extension StyledText {
  /// A number with its mark before it, if it is not good; plain otherwise.
  static func judged(_ text: String, _ judgement: Judgement, _ charset: Charset) -> StyledText {
    guard judgement >= .doubtful else { return StyledText(text) }
    return StyledText("\(judgement.mark(in: charset)) \(text)", Style(judgement.role, .bold))
  }
}
