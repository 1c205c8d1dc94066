// Simulated-quantile residuals of many rows with all their tests, beside DHARMa.

import Diagnostics
import Families
import Fitting
import MixedModel
import Predictive
import Probability
import Tables

/// Simulations, residuals and tests of 10,000 rows.
enum ResidualSection {
  /// DHARMa 0.5's processor seconds on 10,000 rows for 250 simulations with residuals, and for its bootstrapped outliers
  /// and quantile tests beside them; measured with R 4.2 on two cores, not in this run.
  private static let dharma = (residuals: 1.3, bootstrap: 5.3, all: 28.0)

  static func table(_ settings: BenchSettings) throws -> BenchTable {
    var table = BenchTable(
      "Residuals of 10000 rows: median seconds on one thread",
      columns: ["work", "simulations", "seconds", "processor"])
    let model = try SimulatedModel.poisson(rows: 10_000, groups: 200)
    let point = PredictivePoint(
      psi: model.startingValues(), effects: Array(repeating: 0, count: model.effects.count))
    // Other points for each simulation, as draws of a posterior are.
    var stream = RandomStream(seed: 3)
    let draws = (0..<100).map { _ in
      PredictivePoint(
        psi: point.psi.map { $0 + 0.01 * stream.nextNormal() }, effects: point.effects)
    }
    for simulations in settings.choose([250, 1000], quick: [100]) {
      for (name, points, kind) in [
        ("estimate, random effects found", [point], SimulationKind.conditional),
        ("draws, random effects found", draws, .conditional),
        ("draws, new random effects", draws, .unconditional),
      ] {
        let study = try ResidualStudy(
          model: model, table: Table(rowCount: 10_000, columns: []), points: points,
          simulations: simulations, seed: 1)
        let cost = try Stopwatch.medianCost(repetitions: settings.choose(5, quick: 1)) {
          try run(study, kind)
        }
        table.rows.append([
          .text(name), .count(simulations), .number(cost.wall), .number(cost.processor),
        ])
      }
    }
    table.remarks.append(
      "simulations, residuals, uniformity, dispersion, outliers (binomial and 100 bootstraps), zeros, quantiles"
    )
    table.remarks.append(
      "DHARMa, processor seconds measured elsewhere: 250 simulations \(dharma.residuals), bootstrapped outliers "
        + "\(dharma.bootstrap), 1000 simulations with both and quantile tests \(dharma.all); skipped here without R"
    )
    return table
  }

  /// Simulates, scales and tests, as the programs do it, with bootstrapped outliers too.
  private static func run(_ study: ResidualStudy, _ kind: SimulationKind) throws {
    let input = try study.input(outcome: 0, kind)
    let residuals = study.residuals(input, outcome: 0, kind)
    var stream = RandomStream(seed: 1)
    let bootstrap = OutlierTest.bootstrap(residuals, input: input, using: &stream)
    guard ResidualTests(residuals, input: input).uniformity != nil, bootstrap.p >= 0 else {
      throw BenchError("the residuals could not be tested")
    }
  }
}
