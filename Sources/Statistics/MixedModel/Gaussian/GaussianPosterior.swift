// The posterior of a Gaussian model's variances and correlations alone: what the sampler sees of it.

import LinearAlgebra
import Probability

/// log π(ψ_c | y) up to a constant, ψ_c being the parameters that are not integrated out (see `GaussianMarginal`).
///
/// Nothing is allocated by `evaluate`.
package struct GaussianPosterior: LogDensity, Sendable {
  /// The marginal density of the data.
  package let marginal: GaussianMarginal
  /// The indices in ψ of the coordinates.
  package let parameters: [Int]

  private let prior: PriorDensity
  private var workspace: GaussianWorkspace
  private var slots: [Double]
  private var slotGradient: [Double]

  /// The posterior of `model` under `prior`.
  package init(model: MixedModel, prior: PriorDensity) {
    let (marginal, rest) = GaussianMarginal.posterior(model, prior.including(jacobian: true))
    self.marginal = marginal
    self.prior = rest
    parameters = marginal.parameters
    workspace = GaussianWorkspace(marginal)
    slots = Array(repeating: 0, count: model.layout.count)
    slotGradient = slots
  }

  package var dimension: Int { parameters.count }

  package mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    for i in parameters.indices { slots[parameters[i]] = position[i] }
    var value = marginal.logDensity(at: slots, gradient: &slotGradient, &workspace)
    guard value.isFinite else { return -.infinity }
    value += prior.addLogDensity(at: slots, gradient: &slotGradient)
    for i in parameters.indices { gradient[i] = slotGradient[parameters[i]] }
    return value.isFinite ? value : -.infinity
  }

  /// The coordinates of ψ: its elements that are not integrated out, intercepts moved to the predictors' means.
  package func position(of psi: [Double]) -> [Double] {
    var slots = psi
    for intercept in marginal.coefficients.centred {
      for other in intercept.others { slots[intercept.index] += other.mean * psi[other.index] }
    }
    return parameters.map { slots[$0] }
  }
}
