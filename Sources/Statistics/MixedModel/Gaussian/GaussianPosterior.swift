// The posterior of a Gaussian model's variances and correlations: what the sampler sees of it.

import LinearAlgebra
import Probability

/// log π(ψ_c | y) up to a constant, ψ_c being the parameters that are not integrated out (see `GaussianMarginal`).
///
/// Nothing is allocated by `evaluate`.
package struct GaussianPosterior: LogDensity, Sendable {
  /// The marginal density of the data.
  package let marginal: GaussianMarginal
  /// The coordinates.
  package let coordinates: GaussianCoordinates

  private let prior: PriorDensity
  private var workspace: GaussianWorkspace
  private var slots: [Double]
  private var slotGradient: [Double]

  /// The posterior of `model` under `prior`.
  package init(model: MixedModel, prior: PriorDensity) {
    let (marginal, rest) = GaussianMarginal.posterior(model, prior.including(jacobian: true))
    self.marginal = marginal
    self.prior = rest
    coordinates = GaussianCoordinates(marginal)
    workspace = GaussianWorkspace(marginal)
    slots = Array(repeating: 0, count: model.layout.count)
    slotGradient = slots
  }

  package var dimension: Int { coordinates.parameters.count }

  package mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    coordinates.write(position, into: &slots)
    var value = marginal.logDensity(at: slots, gradient: &slotGradient, &workspace)
    guard value.isFinite else { return -.infinity }
    value += prior.addLogDensity(at: slots, gradient: &slotGradient)
    value += coordinates.pullBack(slotGradient, at: position, into: &gradient)
    return value.isFinite ? value : -.infinity
  }
}
