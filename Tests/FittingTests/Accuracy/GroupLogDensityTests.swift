// Log densities of whole levels with their effects integrated out, against exact values and brute force.

import Families
import Foundation
import Laplace
import LinearAlgebra
import MixedModel
import Predictive
import TestSupport
import Testing

@Suite("The log density of a level, its random effects integrated out")
struct GroupLogDensityTests {
  private func values(_ built: BuiltCase, group: String = "g", count: Int) throws -> (
    density: GroupLogDensity, values: [[Double]], points: [PredictivePoint]
  ) {
    let drawn = DrawnColumns(built, count: count, seed: 21)
    let density = try GroupLogDensity(built.model, group: group)
    let columns = drawn.reported.columns(drawn.columns)
    var workspace = density.makeWorkspace(
      [columns], factors: [drawn.reported.leadingFactors(drawn.columns, count: count)])
    var one = [Double](repeating: 0, count: count)
    let all = density.levels.indices.map { level in
      density.write(level, into: &one, &workspace)
      return one
    }
    return (density, all, drawn.points)
  }

  @Test(
    "adds up to the exact marginal likelihood of a Gaussian model",
    arguments: [
      ModelCase("", "y ~ x + (1 | g)", families: "gaussian"),
      ModelCase("", "y ~ x + (1 | g) + (0 + x + z | g)", families: "gaussian"),
      ModelCase("", "bf(y ~ x + (1 + x | g), sigma ~ z)", families: "gaussian"),
      ModelCase("", "ym ~ x + z + (1 |i| g)", "y ~ z + (1 |i| g)", families: "gaussian,gaussian"),
    ])
  func gaussian(_ example: ModelCase) throws {
    let built = try example.build()
    let (density, values, points) = try values(built, count: 3)
    #expect(density.method == .exact)
    let laplace = LaplaceApproximation(model: built.model)
    var workspace = laplace.makeWorkspace()
    for (draw, point) in points.enumerated() {
      let expected = try laplace.value(at: point.psi, &workspace)
      let sum = values.reduce(0) { $0 + $1[draw] }
      #expect(abs(sum - expected) <= 1e-9 * abs(expected), "\(sum) instead of \(expected)")
    }
  }

  @Test(
    "equals a sum over a fine grid",
    arguments: [
      ModelCase("", "p ~ x + (1 | g)", families: "bernoulli"),
      ModelCase("", "c ~ x + (1 | g) + (1 | h)", families: "nbinom2"),
      ModelCase("", "c ~ x + (1 + x | g)", families: "poisson"),
      ModelCase("", "ym ~ x + (1 |i| g)", "pm ~ z + (1 |i| g)", families: "gaussian,bernoulli"),
    ])
  func grid(_ example: ModelCase) throws {
    let built = try example.build()
    let model = built.model
    let (density, values, points) = try values(built, count: 2)
    let q = model.effects.arrow.blockSize
    #expect(density.method == .quadrature(points: q == 1 ? 11 : 7))
    var factors = CovarianceFactors(layout: model.effects)
    let level = density.levels[2]
    for (draw, point) in points.enumerated() {
      factors.update(point.psi)
      // Standard effects from −8 to 8; the other levels' effects do not matter.
      let step = q == 1 ? 0.01 : 0.1
      let steps = Int(16 / step)
      var logs: [Double] = []
      var effects = point.effects
      for index in 0..<Int(pow(Double(steps), Double(q))) {
        let u = (0..<q).map { r in -8 + step * (Double(index / (r == 0 ? 1 : steps) % steps) + 0.5)
        }
        for r in 0..<q {
          effects[level * q + r] = (0...r).reduce(0) { $0 + factors.leading[r + $1 * q] * u[$1] }
        }
        logs.append(
          Self.logDensity(model, level, point.psi, effects)
            + u.reduce(0) { $0 - 0.5 * $1 * $1 - 0.5 * log(2 * .pi) } + Double(q) * log(step))
      }
      let greatest = logs.max() ?? 0
      let expected = greatest + log(logs.reduce(0) { $0 + exp($1 - greatest) })
      // Eleven and seven nodes leave errors below 1e-4 on levels of ten values.
      #expect(
        abs(values[2][draw] - expected) < 2e-4, "\(values[2][draw]) instead of \(expected)")
    }
  }

  /// Σ log f over the values of a level, one value after another.
  private static func logDensity(
    _ model: MixedModel, _ level: Int, _ psi: [Double], _ effects: [Double]
  ) -> Double {
    var sum = 0.0
    for outcome in model.outcomes {
      for run in outcome.runs where run.level == level {
        for row in run.start..<run.end {
          let eta = outcome.predictors.map { predictor -> Double in
            if let fixed = predictor.fixedValue { return fixed }
            var value = predictor.offset?[row] ?? 0
            for column in predictor.columnNames.indices {
              value +=
                predictor.design[column * predictor.stride + row]
                * psi[predictor.coefficientOffset + column]
            }
            for column in predictor.leadingColumns {
              value +=
                (column.values?[row] ?? 1)
                * effects[level * model.effects.arrow.blockSize + column.position]
            }
            let tail = model.effects.arrow.blockCount * model.effects.arrow.blockSize
            for column in predictor.cornerColumns {
              value += (column.values?[row] ?? 1) * effects[tail + Int(column.places[row])]
            }
            return value
          }
          sum += outcome.family.logDensity(
            y: outcome.response.y[row], trials: outcome.response.trials[row], predictors: eta)
        }
      }
    }
    return sum
  }

  @Test("says why levels cannot be left out")
  func refusals() throws {
    func message(_ formulas: String..., families: String = "gaussian", group: String) throws
      -> String
    {
      let (model, _) = try makeModel(
        SyntheticData.table(rows: 90, observed: 1), formulas, families: families)
      do throws(GroupError) {
        _ = try GroupLogDensity(model, group: group)
        return ""
      } catch { return error.message }
    }
    #expect(try message("y ~ x", group: "g").contains("no grouping factor"))
    #expect(try message("y ~ x + (1 | g)", group: "h").contains("there is 'g'"))
    #expect(
      try message("y ~ x + (1 | g) + (1 | h)", group: "h").contains("leave out levels of 'g'"))
    #expect(
      try message("y ~ x + (1 | g)", "p ~ z", families: "gaussian,bernoulli", group: "g")
        .contains("no effect on some"))
    #expect(
      try message(
        "bf(y ~ x + (1 |i| g)) + bf(v ~ z + (1 |i| g)) + set_rescor(TRUE)",
        families: "gaussian,gaussian", group: "g"
      ).contains("residual correlation"))
    #expect(try message("y ~ x + (1 | g) + (1 | h)", group: "g") == "")
  }
}
