// What the overview says of itself.

import RunFolder
import TerminalCore

extension OverviewPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    guard !OverviewReport.isEmpty(snapshot) else {
      return .empty(
        "verdicts", snapshot.run.state == .optimizing ? .estimates : .keptDraws, snapshot)
    }
    let run = snapshot.run
    let report = OverviewReport(snapshot)
    var statement = PaneStatement(shows: "verdicts: \(report.tally)", basis: report.basis)
    if let checks = run.checkReport {
      let now = snapshot.diagnostics.basis.draws
      if checks.draws > 0, checks.draws < now {
        statement.basis =
          "on \(Format.grouped(checks.draws)) of \(Format.grouped(now)) draws of each chain"
        statement.computed = run.resultTimes[.checks]
      } else {
        statement.computed = snapshot.age(of: .checks)
      }
    } else if snapshot.hasKeptDraws {
      statement.computed = StatedBasis(run.countedParameterNames, snapshot).computed
    }
    for level in [Judgement.bad, .doubtful] {
      statement.add(report.lines.filter { $0.judgement == level }.map(\.sentence), level)
    }
    return statement.ended(snapshot)
  }
}

extension OverviewLine {
  /// The line in a few words: `R-hat 1.225 of b_SES (limit 1.01)`.
  var sentence: String {
    guard !number.isEmpty else {
      return meaning.hasSuffix(".") ? String(meaning.dropLast()) : meaning
    }
    let about = subject.isEmpty ? "" : " of \(subject)"
    return "\(check)\(about) \(number)" + (limit.isEmpty ? "" : " (limit \(limit))")
  }
}
