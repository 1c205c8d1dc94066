// What the pane of residuals says of itself.

import RunFolder
import TerminalCore

extension ResidualsPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    guard
      let view = snapshot.run.residualReport.flatMap({
        ResidualView($0, outcome: outcome, showsOtherKind: showsOtherKind, against: against)
      })
    else { return .empty("residuals", .residuals, snapshot) }
    let count =
      if case .group(let group) = view.against {
        counted(group.scaled.count, "group")
      } else { counted(view.shown.observations, "observation") }
    var statement = PaneStatement(
      shows: "residuals of \(view.shown.name), \(view.against.name)",
      basis: "\(count), \(view.simulationWords)", computed: snapshot.age(of: .residuals))
    for level in [Judgement.bad, .doubtful] {
      statement.add(
        view.tests.filter { $0.judgement == level }.map {
          "\($0.name): \($0.words)" + ($0.p.map { ", p \(Format.pValue($0))" } ?? "")
        }, level)
    }
    return statement.ended(snapshot)
  }
}
