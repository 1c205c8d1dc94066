// Mixed models of simulated data for the tests of residuals: a design, a truth, and data from it.

import Fitting
import Foundation
import Laplace
import MixedModel
import Predictive
import Probability
import RunFolder

/// A model whose data were drawn from it.
struct ResidualModel: Sendable {
  let model: MixedModel
  let prepared: PreparedModel
  /// The estimate from the first data, which serves as the truth of all others.
  let truth: PredictivePoint

  /// Groups of so many rows with a covariate `x`, a category `kind` and a time.
  ///
  /// - Parameter response: a response from its row's covariate and its group's effect.
  init(
    _ formula: String, groups: Int, rows: Int = 10, spread: Double,
    seed: UInt64 = 1,
    _ response: (inout RandomStream, Double, Double) -> String
  ) throws {
    var stream = RandomStream(seed: seed)
    var text = "y,x,g,kind,time\n"
    for group in 0..<groups {
      let effect = spread * stream.nextNormal()
      for row in 0..<rows {
        let x = stream.nextNormal()
        let y = response(&stream, x, effect)
        text += "\(y),\(x),g\(group),\(["a", "b", "c"][row % 3]),\(group * rows + row)\n"
      }
    }
    let folder = try TemporaryFolder()
    let path = folder.path + "/data.csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    var request = RunRequest()
    request.dataPath = path
    request.formulas = [formula]
    prepared = try PreparedModel(request)
    model = prepared.model
    truth = try Self.estimate(model)
  }

  /// The maximum likelihood estimate as a point.
  static func estimate(_ model: MixedModel) throws -> PredictivePoint {
    let fit = try LikelihoodRun(model, sink: NullSink()).fit
    return PredictivePoint(psi: fit.optimum.psi, effects: fit.modes)
  }

  /// The model with new data from the truth.
  func simulated(seed: UInt64) -> MixedModel {
    model.replacing(
      responses: model.outcomes.indices.map {
        ResponseSimulator(model: model, outcome: $0).simulate(
          1, from: [truth], kind: .unconditional, seed: seed)
      })
  }

  func study(
    _ model: MixedModel, _ point: PredictivePoint, simulations: Int = 250, seed: UInt64 = 1
  ) throws -> ResidualStudy {
    try ResidualStudy(
      model: model, table: prepared.table, points: [point], simulations: simulations, seed: seed)
  }

  static func poisson(groups: Int = 30, rows: Int = 10) throws -> ResidualModel {
    try ResidualModel(
      "bf(y ~ x + kind + (1 | g), family = poisson)", groups: groups, rows: rows,
      spread: 0.7
    ) { stream, x, effect in
      "\(Int(stream.nextPoisson(mean: exp(0.7 + 0.4 * x + effect))))"
    }
  }

  static func bernoulli(groups: Int = 40) throws -> ResidualModel {
    try ResidualModel(
      "bf(y ~ x + kind + (1 | g), family = bernoulli)", groups: groups, spread: 1
    ) { stream, x, effect in
      stream.nextUniform() < 1 / (1 + exp(-0.3 - 0.5 * x - effect)) ? "1" : "0"
    }
  }

  static func gaussian(groups: Int = 25) throws -> ResidualModel {
    try ResidualModel(
      "bf(y ~ x + kind + (1 | g), family = gaussian)", groups: groups, spread: 1
    ) { stream, x, effect in "\(1 + 0.5 * x + effect + stream.nextNormal())" }
  }

  static func negativeBinomial(groups: Int = 30) throws -> ResidualModel {
    try ResidualModel(
      "bf(y ~ x + kind + (1 | g), family = negbinomial)", groups: groups, spread: 0.7
    ) { stream, x, effect in
      "\(Int(stream.nextNegativeBinomial(mean: exp(1 + 0.4 * x + effect), shape: 2)))"
    }
  }
}
