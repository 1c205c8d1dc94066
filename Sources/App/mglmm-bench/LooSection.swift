// Leave-one-out prediction: log densities of all rows in all draws, and the smoothing of their weights.

import Diagnostics
import Fitting
import MixedModel
import Predictive
import Probability

/// PSIS-LOO of 10,000 rows in 4,000 draws of made-up posteriors.
enum LooSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    let rows = settings.choose(10_000, quick: 1000)
    let draws = settings.choose(1000, quick: 100)
    var table = BenchTable(
      "PSIS-LOO, \(rows) values x 4 chains x \(draws) draws: seconds",
      columns: ["model", "part", "seconds", "processor", "under 2 s"])
    let models = [
      ("poisson, 200 groups", try SimulatedModel.poisson(rows: rows, groups: 200)),
      (
        "gaussian + bernoulli, 200 groups",
        try SimulatedModel.bivariate(rows: rows / 2, groups: 200)
      ),
    ]
    for (name, model) in models where settings.includes(name) {
      let columns = chains(of: model, draws: draws)
      let job = try LeaveOneOut(model: model, columns: columns)
      func add(_ part: String, isJudged: Bool = false, _ body: () throws -> Void) rethrows {
        let cost = try Stopwatch.medianCost(
          repetitions: settings.choose(5, quick: 1), body)
        table.rows.append([
          .text(name), .text(part), .number(cost.wall), .number(cost.processor),
          isJudged ? settings.verdict(cost.wall < 2) : .text(""),
        ])
      }
      try add("all, two threads", isJudged: true) { _ = try job.observations() }
      let density = PointwiseLogDensity(model)
      var workspace = density.makeWorkspace(job.draws)
      var values = [Double](repeating: 0, count: job.drawCount)
      add("log densities, one thread") {
        for index in density.sweepOrder { density.write(index, into: &values, &workspace) }
      }
      var calculator = AccuracyCalculator(chainCount: 4, drawCount: job.drawCount)
      // Enough different values that nothing is remembered from one to the next.
      let sample = density.sweepOrder.prefix(50).map { index -> [Double] in
        density.write(index, into: &values, &workspace)
        return values
      }
      add("PSIS, WAIC and efficiencies, one thread") {
        for index in 0..<density.observations.count {
          let one = sample[index % sample.count]
          _ = calculator.accuracy(of: one.span)
        }
      }
    }
    return [table]
  }

  /// Draws around the starting values, as reported parameters.
  private static func chains(of model: MixedModel, draws: Int) -> [[[Double]]] {
    var reported = ReportedParameters(
      model: model, coordinates: EffectCoordinates(layout: model.effects))
    let start = model.startingValues()
    var stream = RandomStream(seed: 11)
    return (0..<4).map { _ in
      var columns = [[Double]](repeating: [], count: reported.names.count)
      var values = [Double](repeating: 0, count: reported.names.count)
      for _ in 0..<draws {
        let psi = start.map { $0 + 0.02 * stream.nextNormal() }
        let effects = (0..<model.effects.count).map { _ in 0.15 * stream.nextNormal() }
        reported.write(psi: psi, effects: effects, into: &values)
        for index in columns.indices { columns[index].append(values[index]) }
      }
      return columns
    }
  }
}
