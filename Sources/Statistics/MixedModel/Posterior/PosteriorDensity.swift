// The joint posterior of random effects and parameters, with its gradient: what the sampler sees of a model.

import Families
import LinearAlgebra
import Probability

/// log π(x, ψ | y) = log f(y | β, b) − u'u/2 + log |∂u/∂x| + log π(ψ), in the coordinates (x, ψ).
///
/// The position holds the coordinates of the random effects in the order of b, then ψ. Nothing is allocated by
/// `evaluate`.
package struct PosteriorDensity: LogDensity, Sendable {
  /// The model.
  package let model: MixedModel
  /// The priors, with the change of variables.
  package let prior: PriorDensity
  /// The coordinates of the random effects.
  package let coordinates: EffectCoordinates
  /// How many gradients have been computed.
  package private(set) var evaluationCount = 0

  private var rows: RowWorkspace
  private var factors: CovarianceFactors
  private var psi: [Double]
  private var u: [Double]
  private var b: [Double]
  private var adjoint: [Double]
  private var lambdaGradients: [[Double]]

  /// The posterior of `model` under `prior`.
  package init(model: MixedModel, prior: PriorDensity, coordinates: EffectCoordinates) {
    self.model = model
    self.prior = prior.including(jacobian: true)
    self.coordinates = coordinates
    rows = RowWorkspace(model: model)
    factors = CovarianceFactors(layout: model.effects)
    psi = Array(repeating: 0, count: model.layout.count)
    u = Array(repeating: 0, count: model.effects.count)
    b = u
    adjoint = u
    lambdaGradients = model.effects.blocks.map { Array(repeating: 0, count: $0.size * $0.size) }
  }

  package var dimension: Int { u.count + psi.count }

  package mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    evaluationCount += 1
    for i in psi.indices { psi[i] = position[u.count + i] }
    factors.update(psi)
    coordinates.standardEffects(position, factors, into: &u)
    factors.effects(of: u, into: &b)
    model.pass(coefficients: psi, effects: b, order: .first, &rows)
    var value = rows.logLikelihood + coordinates.logJacobian(factors)
    for i in u.indices { value -= 0.5 * u[i] * u[i] }
    guard value.isFinite else { return -.infinity }

    for i in u.indices { adjoint[i] = rows.effectGradient[i] }
    factors.pullBack(&adjoint)
    for i in u.indices { adjoint[i] -= u[i] }
    for i in psi.indices { gradient[u.count + i] = 0 }
    for i in rows.coefficientGradient.indices {
      gradient[u.count + i] = rows.coefficientGradient[i]
    }
    for (index, block) in model.effects.blocks.enumerated() {
      pullBack(index, block, into: &gradient)
    }
    for i in u.indices { gradient[i] = adjoint[i] }
    value += prior.addLogDensity(at: psi, gradient: &gradient, offset: u.count)
    return value.isFinite ? value : -.infinity
  }

  private mutating func pullBack(
    _ index: Int, _ block: RandomEffectLayout.Block, into gradient: inout MutableSpan<Double>
  ) {
    Self.pullBackEffects(
      index, coordinates, factors, u, rows.effectGradient, &adjoint, &lambdaGradients[index])
    let lambda = factors.lambdas[index]
    let lambdaGradient = lambdaGradients[index]
    let range = block.thetaOffset..<(block.thetaOffset + block.covariance.parameterCount)
    block.covariance.pullBack(
      lambdaGradient.span, psi.span.extracting(range), lambda.span, into: &gradient,
      at: u.count + block.thetaOffset)
  }

  private static func pullBackEffects(
    _ index: Int, _ coordinates: EffectCoordinates, _ factors: CovarianceFactors, _ u: [Double],
    _ effectGradient: [Double], _ adjoint: inout [Double], _ lambdaGradient: inout [Double]
  ) {
    for i in lambdaGradient.indices { lambdaGradient[i] = 0 }
    var adjointSpan = adjoint.mutableSpan
    var lambdaSpan = lambdaGradient.mutableSpan
    coordinates.pullBack(
      block: index, adjoint: &adjointSpan, effectGradient: effectGradient.span, u: u.span, factors,
      lambdaGradient: &lambdaSpan)
  }
}
