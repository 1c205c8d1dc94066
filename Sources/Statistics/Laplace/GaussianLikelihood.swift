// The exact likelihood of a Gaussian model, and its restricted likelihood, for an optimizer.

import LinearAlgebra
import MixedModel

/// The log likelihood of a Gaussian model, or its restricted log likelihood; a log prior may be added to the first.
///
/// The optimizer's parameters are those that the marginal density keeps: all of ψ, or all but the coefficients of means.
package struct GaussianLikelihood: MarginalObjective {
  /// The marginal density.
  package let marginal: GaussianMarginal
  /// The log prior that is added, if any.
  package let penalty: (any ParameterPenalty)?
  private let parameters: [Int]

  /// Slots and memory of an evaluation; there are no modes to start from.
  package struct Workspace: MarginalWorkspace {
    package var modes: [Double] = []
    fileprivate var gaussian: GaussianWorkspace
    fileprivate var slots: [Double]
    fileprivate var gradient: [Double]
  }

  /// The log likelihood of `model`, penalised by a log prior if one is given.
  package init(model: MixedModel, penalty: (any ParameterPenalty)? = nil) {
    marginal = GaussianMarginal(likelihoodOf: model)
    self.penalty = penalty
    parameters = marginal.parameters
  }

  /// The restricted log likelihood of `model`.
  package init(restricted model: MixedModel) {
    marginal = GaussianMarginal(restrictedLikelihoodOf: model)
    penalty = nil
    parameters = marginal.parameters
  }

  /// The optimizer's parameters of ψ.
  package func start(from psi: [Double]) -> [Double] { parameters.map { psi[$0] } }

  package func makeWorkspace() -> Workspace {
    let count = marginal.model.layout.count
    return Workspace(
      gaussian: GaussianWorkspace(marginal), slots: Array(repeating: 0, count: count),
      gradient: Array(repeating: 0, count: count))
  }

  package func valueAndGradient(
    at psi: [Double], into gradient: inout [Double], _ workspace: inout Workspace
  ) throws(LaplaceFailure) -> Double {
    for (place, index) in parameters.enumerated() { workspace.slots[index] = psi[place] }
    var value = marginal.logDensity(
      at: workspace.slots, gradient: &workspace.gradient, &workspace.gaussian)
    guard value.isFinite else { throw .notFinite }
    if let penalty {
      value += penalty.addLogDensity(at: workspace.slots, gradient: &workspace.gradient)
    }
    for (place, index) in parameters.enumerated() { gradient[place] = workspace.gradient[index] }
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else { throw .notFinite }
    return value
  }
}

extension MaximumLikelihoodFit {
  /// Assembles the result of an optimization of a Gaussian model's likelihood.
  ///
  /// Coefficients that a restricted likelihood integrates out get their conditional means, and as Hessian the inverse of
  /// their conditional covariance.
  ///
  /// - Throws: `LaplaceFailure` when the likelihood cannot be recomputed at the optimum.
  package init(_ likelihood: GaussianLikelihood, _ optimum: Optimum) throws(LaplaceFailure) {
    let marginal = likelihood.marginal
    let model = marginal.model
    var slots = [Double](repeating: 0, count: model.layout.count)
    for (place, index) in marginal.parameters.enumerated() { slots[index] = optimum.psi[place] }
    var draws = ConditionalDraws(marginal)
    guard draws.mean(at: slots) else { throw .notFinite }
    let spread = draws.spread()
    var workspace = GaussianWorkspace(marginal)
    let value = marginal.logDensity(at: slots, &workspace)
    guard value.isFinite else { throw .notFinite }
    let whole = try Self.whole(optimum, marginal, draws.psi, spread.coefficients)
    var factors = CovarianceFactors(layout: model.effects)
    factors.update(draws.psi)
    self.init(
      model: model, optimum: whole, logLikelihood: value,
      modes: (draws.standardEffects, draws.effects, spread.effects.map { $0.squareRoot() }),
      lambdas: factors.lambdas, precisions: spread.precisions)
  }

  /// The optimum in all of ψ.
  private static func whole(
    _ optimum: Optimum, _ marginal: GaussianMarginal, _ psi: [Double], _ covariance: [Double]
  ) throws(LaplaceFailure) -> Optimum {
    let n = psi.count
    let (kept, integrated) = (marginal.parameters, marginal.integrated)
    let (k, p) = (kept.count, integrated.count)
    var precision = covariance
    do { try Dense.choleskyFactor(&precision, order: p) } catch { throw .indefinite }
    Dense.invertFactored(&precision, order: p)
    var gradient = [Double](repeating: 0, count: n)
    var hessian = [Double](repeating: 0, count: n * n)
    for c in 0..<k {
      gradient[kept[c]] = optimum.gradient[c]
      for r in 0..<k { hessian[kept[r] + kept[c] * n] = optimum.hessian[r + c * k] }
    }
    for c in 0..<p {
      for r in 0..<p { hessian[integrated[r] + integrated[c] * n] = precision[r + c * p] }
    }
    return Optimum(
      psi: psi, value: optimum.value, gradient: gradient, hessian: hessian,
      iterations: optimum.iterations, evaluations: optimum.evaluations,
      hasConverged: optimum.hasConverged)
  }
}
