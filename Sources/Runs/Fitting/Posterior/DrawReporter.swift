// From a chain's position to the parameters that users see: computed from it, or drawn given it.

import MixedModel
import Predictive
import Probability

/// The reported parameters of a chain's draws.
///
/// Where the chain moves on a Gaussian model's variances and correlations alone, coefficients and random effects are drawn
/// from their normal distribution given these. The numbers of such a draw come from a stream of its own, which the
/// seed, the chain and the iteration determine: a resumed chain reports what an uninterrupted one does.
package struct DrawReporter: Sendable {
  /// How the chain and its reports are made, for the user.
  package let algorithm: String

  private var reported: ReportedParameters
  private var exact: ConditionalDraws?
  private var coordinates: GaussianCoordinates?
  private var slots: [Double] = []
  private let seed: UInt64

  /// The parameters of a joint density.
  package init(_ density: PosteriorDensity) {
    algorithm = "NUTS, joint-Hessian preconditioner"
    reported = ReportedParameters(model: density.model, coordinates: density.coordinates)
    seed = 0
  }

  /// The parameters of a Gaussian model's marginal density, with draws that belong to `seed`.
  package init(_ density: GaussianPosterior, seed: UInt64) {
    algorithm = "NUTS on variances and correlations, coefficients and effects drawn exactly"
    let model = density.marginal.model
    reported = ReportedParameters(
      model: model,
      coordinates: EffectCoordinates(layout: model.effects))
    exact = ConditionalDraws(density.marginal)
    coordinates = density.coordinates
    slots = Array(repeating: 0, count: model.layout.count)
    self.seed = seed
  }

  /// The names, in the order of `write`.
  package var names: [String] { reported.names }
  /// How many of them, at the end, are random effects `r_…`.
  package var randomEffectCount: Int { reported.randomEffectCount }

  /// The value of each of `names` at the position of a chain after an iteration; `values` has as many elements.
  package mutating func write(
    _ position: Span<Double>, chain: Int, iteration: Int, into values: inout [Double]
  ) {
    guard let coordinates else {
      reported.write(position, into: &values)
      return
    }
    coordinates.write(position, into: &slots)
    // The highest bit keeps these streams apart from those of chains and residuals.
    var stream = RandomStream(
      seed: seed, stream: 1 << 63 | UInt64(chain) << 40 | UInt64(iteration))
    let isDrawn = exact?.draw(at: slots, from: &stream) ?? false
    precondition(isDrawn, "a chain is where its density is zero")
    if let exact { reported.write(psi: exact.psi, effects: exact.effects, into: &values) }
  }

  /// ψ and b of one draw, from the values of `names`.
  package func point(of values: [Double]) -> (psi: [Double], effects: [Double]) {
    reported.point(of: values)
  }

  /// At most `limit` draws of `stores`, evenly spread over all chains, as points to simulate from.
  func points(of stores: [DrawStore], limit: Int) -> [PredictivePoint] {
    reported.points(of: stores, limit: limit)
  }
}
