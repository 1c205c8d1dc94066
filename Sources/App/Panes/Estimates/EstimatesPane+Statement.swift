// What the pane of estimates says of itself.

import RunFolder
import TerminalCore

extension EstimatesPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let run = snapshot.run
    guard snapshot.hasKeptDraws || run.fitReport != nil else {
      return .empty("estimates", .estimates, snapshot)
    }
    let rows = sections(snapshot, browsing).flatMap(\.estimates)
    let order = order.title(isSampled: snapshot.hasKeptDraws) + (isReversed ? ", reversed" : "")
    var shows = "\(counted(rows.count, "estimate")) \(order)"
    if browsing.filter.isActive { shows += ", filter \(browsing.filter.pattern)" }
    var statement = PaneStatement(shows: shows + priorWords(snapshot))
    if snapshot.hasKeptDraws {
      let names = rows.map(\.name)
      let basis = StatedBasis(names, snapshot)
      statement.basis = "posterior means, \(basis.words)"
      statement.computed = basis.computed
      let passed = snapshot.limitsPassed(among: names)
      statement.add(passed.words, passed.judgement)
      statement.add(basis.missing, .none)
    } else if let fit = run.fitReport {
      let intervals = "Wald intervals (\(fit.approximation))"
      statement.basis = snapshot.isSampled ? "before sampling, \(intervals)" : intervals
      if !fit.converged { statement.add(["the optimizer has not converged"], .bad) }
      let without = rows.count { $0.outer == nil && !$0.isFixed }
      if without > 0 {
        statement.add(["\(counted(without, "estimate")) without an interval"], .doubtful)
      }
    }
    return statement.ended(snapshot)
  }
}
