// The joint posterior of random effects and parameters, with its gradient: what the sampler sees of a model.

import Families
import LinearAlgebra
import Probability

/// log π(z, s | y) = log f(y | β, b) − u'u/2 + log |∂u/∂z| + log π(ψ) + log |∂ψ/∂s|, in the coordinates (z, s).
///
/// The position holds the coordinates of the random effects in the order of b, then those of ψ. Nothing is allocated by
/// `evaluate`.
package struct PosteriorDensity: LogDensity, Sendable {
  /// The model.
  package let model: MixedModel
  /// The priors, with the change of variables.
  package let prior: PriorDensity
  /// The coordinates of the random effects.
  package let coordinates: EffectCoordinates
  /// The coordinates of the parameters.
  package let parameters: ParameterCoordinates
  /// How many gradients have been computed.
  package private(set) var evaluationCount = 0

  private var rows: RowWorkspace
  private var factors: CovarianceFactors
  private var psi: [Double]
  private var u: [Double]
  private var b: [Double]
  private var adjoint: [Double]
  private var workspace: EffectWorkspace
  private var lambdaGradients: [[Double]]

  /// The posterior of `model` under `prior`.
  package init(model: MixedModel, prior: PriorDensity, coordinates: EffectCoordinates) {
    precondition(model.residualCorrelation == nil, "rows with correlated residuals are no product")
    self.model = model
    self.prior = prior.including(jacobian: true)
    self.coordinates = coordinates
    parameters = ParameterCoordinates(model: model)
    rows = RowWorkspace(model: model)
    factors = CovarianceFactors(layout: model.effects)
    psi = Array(repeating: 0, count: model.layout.count)
    u = Array(repeating: 0, count: model.effects.count)
    b = u
    adjoint = u
    workspace = EffectWorkspace(coordinates)
    lambdaGradients = model.effects.blocks.map { Array(repeating: 0, count: $0.size * $0.size) }
  }

  package var dimension: Int { u.count + psi.count }

  package mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    evaluationCount += 1
    for i in psi.indices { psi[i] = position[u.count + i] }
    parameters.stretch(&psi)
    factors.update(psi)
    let logJacobian = coordinates.standardEffects(position, factors, into: &u, &workspace)
    factors.effects(of: u, into: &b)
    model.pass(coefficients: psi, effects: b, order: .first, &rows)
    var value = rows.logLikelihood + logJacobian
    value -= 0.5 * Self.squaredNorm(u)
    guard value.isFinite else { return -.infinity }

    adjoint.copyElements(of: rows.effectGradient)
    factors.pullBack(&adjoint)
    Self.subtract(u, from: &adjoint)
    coordinates.pullBack(
      adjoint: &adjoint, effectGradient: rows.effectGradient, u: u, factors, &workspace)
    for i in psi.indices { gradient[u.count + i] = 0 }
    for i in rows.coefficientGradient.indices {
      gradient[u.count + i] = rows.coefficientGradient[i]
    }
    for index in model.effects.blocks.indices { pullBack(index, into: &gradient) }
    let effects = adjoint.span
    var front = gradient._mutatingExtracting(0..<effects.count)
    for i in 0..<effects.count { front[i] = effects[i] }
    value += prior.addLogDensity(at: psi, gradient: &gradient, offset: u.count)
    value += parameters.pullBack(psi, gradient: &gradient, offset: u.count)
    return value.isFinite ? value : -.infinity
  }

  private static func squaredNorm(_ u: [Double]) -> Double {
    let values = u.span
    var lanes = Lanes.zero
    var i = 0
    while i &+ laneCount <= values.count {
      let part = values.lanes(at: i)
      lanes = multiplyAdd(part, part, lanes)
      i &+= laneCount
    }
    var sum = lanes.sum()
    while i < values.count {
      sum += values[i] * values[i]
      i &+= 1
    }
    return sum
  }

  private static func subtract(_ u: [Double], from adjoint: inout [Double]) {
    let values = u.span
    var all = adjoint.mutableSpan
    var target = all._mutatingExtracting(0..<values.count)
    for i in 0..<values.count { target[i] -= values[i] }
  }

  private mutating func pullBack(_ index: Int, into gradient: inout MutableSpan<Double>) {
    coordinates.copyLambdaGradient(block: index, workspace, into: &lambdaGradients[index])
    let (blocks, lambdas) = (model.effects.blocks.span, factors.lambdas.span)
    let sums = lambdaGradients.span
    let start = blocks[index].thetaOffset
    let range = start..<(start + blocks[index].covariance.parameterCount)
    blocks[index].covariance.pullBack(
      sums[index].span, psi.span.extracting(range), lambdas[index].span,
      into: &gradient, at: u.count + start)
  }
}
