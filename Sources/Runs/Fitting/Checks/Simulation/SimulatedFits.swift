// The fitted model simulated anew and its conditional modes found again: what chance does to statistics.

import Laplace
import MixedModel
import Predictive

/// Statistics of data simulated from a fit, its random effects drawn anew and their modes found at the fitted parameters.
///
/// Parameters are not fitted again: for statistics of modes and residuals their uncertainty is of lower order, and a Newton
/// solve costs a small part of a fit.
struct SimulatedFits: Sendable {
  /// The statistics of the data.
  let observed: [Double]
  /// The statistics of each simulated data set whose modes were found.
  let replicates: [[Double]]

  /// The statistics that `body` makes of a model with its data and its modes.
  init(
    _ fit: MaximumLikelihoodFit, count: Int, seed: UInt64,
    _ body: (_ model: MixedModel, _ point: PredictivePoint) -> [Double]
  ) {
    let model = fit.model
    let psi = fit.optimum.psi
    observed = body(model, PredictivePoint(psi: psi, effects: fit.modes))
    let approximation = LaplaceApproximation(model: model)
    var workspace = approximation.makeWorkspace()
    var replicates: [[Double]] = []
    let simulators = model.outcomes.indices.map { ResponseSimulator(model: model, outcome: $0) }
    for replicate in 0..<count {
      let data = model.replacing(
        responses: simulators.map {
          $0.simulate(
            1, from: [PredictivePoint(psi: psi, effects: fit.modes)], kind: .unconditional,
            seed: seed &+ UInt64(replicate + 1) &* 0xA076_1D64_78BD_642F)
        })
      // Data whose modes cannot be found say nothing; enough of the others are needed later.
      guard (try? LaplaceApproximation(model: data).value(at: psi, &workspace)) != nil else {
        workspace = approximation.makeWorkspace()
        continue
      }
      replicates.append(body(data, PredictivePoint(psi: psi, effects: workspace.effects)))
    }
    self.replicates = replicates
  }

  /// One statistic over the replicates.
  func column(_ index: Int) -> [Double] { replicates.map { $0[index] } }

  /// As many replicates as a model of so many values can afford in about a fifth of a second.
  static func affordable(_ values: Int) -> Int { min(200, max(40, 1_000_000 / max(values, 1))) }
}
