// What the pane of progress says of itself.

import RunFolder
import TerminalCore

extension ProgressPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let run = snapshot.run
    let chains = ChainStatus.all(of: run)
    var statement = PaneStatement(shows: "progress")
    if chains.contains(where: { $0.phase != .waiting }) {
      let done = chains.reduce(0) { $0 + min($1.iteration, $1.total ?? $1.iteration) }
      let total = chains.reduce(0) { $0 + ($1.total ?? 0) }
      statement.shows = "progress of \(counted(chains.count, "chain"))"
      statement.basis =
        total > 0
        ? "\(Format.grouped(done)) of \(Format.grouped(total)) iterations"
        : counted(done, "iteration")
    } else if !run.optimizerSteps.isEmpty {
      statement.shows = "the optimizer's path"
      statement.basis = counted(run.optimizerSteps.count - 1, "step")
    } else {
      statement = .empty("progress", .optimizerSteps, snapshot)
    }
    // News of a live run are as old as its last event.
    if run.state.isLive { statement.computed = run.lastEventTime }
    statement.add(
      run.warnings.map { $0.message.hasSuffix(".") ? String($0.message.dropLast()) : $0.message }
        + run.problems, .doubtful)
    if let fit = run.fitReport, !fit.converged, !snapshot.isSampled {
      statement.add(["the optimizer has not converged"], .bad)
    }
    let isEmpty = statement.basis.isEmpty
    return isEmpty ? statement : statement.ended(snapshot)
  }
}
