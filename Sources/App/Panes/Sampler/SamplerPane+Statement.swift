// What the pane of the sampler says of itself.

import Diagnostics
import RunFolder
import TerminalCore

extension SamplerPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let title = view.title.prefix(1).lowercased() + view.title.dropFirst()
    let run = snapshot.run
    let hasEnough = view == .adaptation ? snapshot.hasDraws : snapshot.hasKeptDraws
    guard hasEnough else {
      return .empty(title, view == .adaptation ? .draws : .keptDraws, snapshot)
    }
    var statement = PaneStatement(shows: title + priorWords(snapshot))
    if let needed = view.neededColumn, run.chains.allSatisfy({ $0.index(of: needed.name) == nil }) {
      statement.add(["this sampler reports no \(needed.words)"], .none)
      return statement.ended(snapshot)
    }
    switch view {
    case .adaptation:
      statement.basis = counted(run.chains.reduce(0) { $0 + $1.count }, "iteration")
    case .pairs: statement.basis = counted(snapshot.keptDraws, "draw")
    case .energy, .parallel, .transitions:
      if let detail = snapshot.diagnostics.samplerDetail {
        statement.basis = snapshot.basis(of: detail.draws)
      } else {
        statement.add(["not computed yet"], .none)
      }
    }
    for verdict in Verdict.mostSeriousFirst(snapshot.diagnostics.samplerVerdicts)
    where verdict.level >= .warning {
      statement.add([OverviewLine(verdict).sentence], Judgement(verdict.level))
    }
    return statement.ended(snapshot)
  }
}
