// The page of verdicts as lines that can be read aloud one by one.

import RunFolder
import TerminalCore

/// What the page of verdicts says, without marks, colours and columns.
package struct VerdictSentences {
  /// `1 failed, 2 warned, 9 passed`, and what that rests on.
  package let tally: String
  /// A line for each verdict, the most serious first.
  package let lines: [String]
  /// What to try, once each, the most pressing first.
  package let advice: [String]
  /// Whether a check asks for more draws.
  package let wantsMoreDraws: Bool

  /// The verdicts on a run as it is now; no lines where there is nothing to judge.
  package init(_ snapshot: DashboardSnapshot) {
    let report = OverviewReport(snapshot)
    tally = report.lines.isEmpty ? "none yet" : "\(report.tally) (\(report.basis))"
    lines = report.lines.map(Self.sentence)
    var advice: [String] = []
    for line in report.lines where line.judgement >= .doubtful && !line.advice.isEmpty {
      if !advice.contains(line.advice) { advice.append(line.advice) }
    }
    self.advice = advice
    wantsMoreDraws = report.lines.contains {
      $0.judgement >= .doubtful && ["R-hat", "bulk ESS", "tail ESS"].contains($0.check)
    }
  }

  private static func sentence(_ line: OverviewLine) -> String {
    let level =
      switch line.judgement {
      case .bad: "FAILED"
      case .doubtful: "WARNED"
      case .good: "passed"
      case .none: "not available"
      }
    var text = "\(level): \(line.check)"
    if !line.subject.isEmpty { text += " of \(line.subject)" }
    if !line.number.isEmpty { text += " is \(line.number)" }
    if !line.limit.isEmpty { text += ", limit \(line.limit)" }
    text += ". \(line.meaning)"
    if !line.advice.isEmpty { text += " Advice: \(line.advice)" }
    return text
  }
}
