// The optimizer's path and where the chains are, as tables.

import RunFolder

extension ProgressPane {
  package func tables(_ snapshot: DashboardSnapshot, _ browsing: Browsing) -> [PaneTable] {
    [Self.steps(snapshot.run), Self.chains(snapshot)].filter { !$0.rows.isEmpty }
  }

  private static func steps(_ run: RunSnapshot) -> PaneTable {
    PaneTable(
      name: "optimizer",
      columns: ["step", "log_likelihood", "gradient_max", "step_length", "evaluations"],
      rows: run.optimizerSteps.map { step in
        [
          .init(step.iteration), .number(step.logLikelihood), .number(step.gradientMax),
          .number(step.stepLength), .init(step.evaluations),
        ]
      })
  }

  private static func chains(_ snapshot: DashboardSnapshot) -> PaneTable {
    PaneTable(
      name: "chains",
      columns: [
        "chain", "phase", "iteration", "of", "iterations_per_second", "seconds_left", "step_size",
        "divergences", "divergences_warmup",
      ],
      rows: ChainStatus.all(of: snapshot.run).map { chain in
        let rate = snapshot.rates[chain.number]
        return [
          .init(chain.number), .text(chain.phase.rawValue), .init(chain.iteration),
          .init(chain.total), .init(rate?.iterationsPerSecond), .init(rate?.secondsLeft),
          .init(chain.stepSize), .init(chain.divergences), .init(chain.warmupDivergences),
        ]
      })
  }
}
