// What the pane of convergence says of itself.

import RunFolder
import TerminalCore

extension ConvergencePane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let run = snapshot.run
    if !snapshot.hasDraws, let fit = run.fitReport {
      var statement = PaneStatement(
        shows: "estimates of the optimizer",
        basis: "\(fit.approximation), \(counted(fit.observations, "observation"))")
      if !fit.converged { statement.add(["the optimizer has not converged"], .bad) }
      return statement.ended(snapshot)
    }
    guard snapshot.hasKeptDraws else { return .empty("convergence", .keptDraws, snapshot) }
    let reversed = isDescending == sort.beginsDescending ? "" : ", reversed"
    let basis = StatedBasis(run.parameterNames, snapshot)
    var statement = PaneStatement(
      shows: "convergence of \(counted(browsing.parameters.count, "parameter")), sorted by "
        + "\(sort.title)\(reversed)\(priorWords(snapshot))\(snapshot.filterWords(browsing))",
      basis: basis.words, computed: basis.computed)
    let sentences = ConvergenceWords(snapshot).sentences(most: 8)
    for level in [Judgement.bad, .doubtful] {
      statement.add(
        sentences.filter { $0.judgement == level }
          .map { $0.text.hasSuffix(".") ? String($0.text.dropLast()) : $0.text }, level)
    }
    statement.add(basis.missing, .none)
    return statement.ended(snapshot)
  }
}
