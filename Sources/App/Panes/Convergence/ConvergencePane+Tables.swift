// The convergence statistics of all parameters as a table; the estimates of a fit without draws.

import Diagnostics
import RunFolder

extension ConvergencePane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    if showsEstimates(snapshot) {
      return snapshot.run.fitReport.map { [Self.estimates($0)] } ?? []
    }
    guard snapshot.hasKeptDraws else { return [] }
    let report = snapshot.diagnostics
    return [
      PaneTable(
        name: "convergence",
        columns: [
          "parameter", "mean", "sd", "q2.5", "q50", "q97.5", "rhat", "ess_bulk", "ess_tail",
          "mcse_mean", "mcse_sd", "chains", "draws_per_chain", "judgement",
        ],
        rows: sortedNames(snapshot, browsing).map { name in
          // A parameter whose turn has not come has no numbers of this kind yet.
          guard let known = report.parameters[name] else {
            return [.text(name)] + Array(repeating: .missing, count: 13)
          }
          let summary = known.summary
          return [
            .text(name), .init(summary.mean), .init(summary.sd), .init(summary.q2_5),
            .init(summary.median), .init(summary.q97_5), .init(summary.rHat),
            .init(summary.essBulk), .init(summary.essTail), .init(summary.mcseMean),
            .init(summary.mcseSD), .init(summary.chains), .init(known.drawsPerChain),
            .init(known.judgements.worst),
          ]
        })
    ]
  }

  /// Fixed effects and dispersions with their standard errors.
  private static func estimates(_ fit: FitReport) -> PaneTable {
    PaneTable(
      name: "estimates", columns: ["outcome", "dpar", "term", "estimate", "se", "z", "p"],
      rows: fit.fixed.map { effect in
        [
          .text(effect.name.outcome), .text(effect.name.parameter), .text(effect.name.term),
          .number(effect.estimate), .number(effect.standardError), .number(effect.z),
          .number(effect.p),
        ]
      }
        + fit.dispersion.map { entry in
          [
            .text(entry.outcome), .text(entry.parameter), .missing, .number(entry.estimate),
            entry.isFixed ? .missing : .number(entry.standardError), .missing, .missing,
          ]
        })
  }
}
