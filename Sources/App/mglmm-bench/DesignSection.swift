// Fits of large simulated designs, nested and crossed: what the storage of the effects beside the leading factor costs.

import Laplace
import LinearAlgebra
import MixedModel
import RunFolder

/// Maximum likelihood on designs with many random effects.
enum DesignSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Nested and crossed designs: maximum likelihood with standard errors, one run",
      columns: [
        "design", "rows", "effects", "beside the leading", "corner", "seconds", "processor",
        "log-likelihood", "passes", "ms a gradient",
      ])
    let rows = settings.choose(60_000, quick: 6_000)
    for family in ["poisson", "bernoulli"] {
      for isCrossed in [false, true] {
        let name = isCrossed ? "crossed-\(family)" : "nested-\(family)"
        guard settings.includes(name) else { continue }
        let model =
          isCrossed
          ? try SimulatedModel.crossed(rows: rows, rows / 30, rows / 60, family: family)
          : try SimulatedModel.nested(rows: rows, rows / 6, rows / 30, rows / 300, family: family)
        table.rows.append(try row(name, model))
      }
    }
    table.remarks = [
      "nested: (1 | a/b/c); crossed: (1 | g) + (1 | h), every row in groups drawn at random"
    ]
    return [table]
  }

  private static func row(_ name: String, _ model: MixedModel) throws -> [Cell] {
    let approximation = LaplaceApproximation(model: model)
    var optimizer = Optimizer(approximation, startingAt: model.startingValues())
    var last: (fit: MaximumLikelihoodFit, passes: Int)?
    let cost = try Stopwatch.cost {
      let (optimum, workspace) = try optimizer.run { _ in true }
      last = (try MaximumLikelihoodFit(approximation, optimum, workspace), workspace.passCount)
    }
    guard let last else { throw BenchError("\(name) was not fitted") }
    var workspace = LaplaceWorkspace(model: model)
    var gradient = last.fit.optimum.psi
    let slope = try Stopwatch.medianCost(repetitions: 5) {
      _ = try approximation.valueAndGradient(
        at: last.fit.optimum.psi, into: &gradient, &workspace)
    }
    let isDense = model.effects.arrow.corner == .dense
    return [
      .text(name), .count(model.observationCount), .count(model.effects.count),
      .count(model.effects.arrow.cornerSize), .text(isDense ? "dense" : "sparse"),
      .number(cost.wall), .number(cost.processor),
      .text(NumberText.fixed(last.fit.logLikelihood, decimals: 5)), .count(last.passes),
      .number(slope.processor * 1e3),
    ]
  }
}
