// The Laplace approximation of the marginal log likelihood, with its exact gradient.

import LinearAlgebra
import MixedModel

/// The marginal log likelihood of a model by Laplace's method.
///
/// ```
/// ℓ(ψ) = log f(y | β, Λû) − û'û/2 − ½ log |H|      H = Λ'Z'WZΛ + I
/// ```
/// (Tierney & Kadane 1986; the observed information W, as TMB has it: Kristensen et al. 2016). It is exact when the
/// joint density is Gaussian in u. A `penalty` (a log prior of ψ) may be added.
package struct LaplaceApproximation: MarginalObjective {
  /// The model.
  package let model: MixedModel
  /// The log prior that is added to ℓ, if any.
  package let penalty: (any ParameterPenalty)?

  /// The approximation of a model's log likelihood, penalised by a log prior if one is given.
  package init(model: MixedModel, penalty: (any ParameterPenalty)? = nil) {
    precondition(model.residualCorrelation == nil, "rows with correlated residuals are no product")
    self.model = model
    self.penalty = penalty
  }

  package func makeWorkspace() -> LaplaceWorkspace { LaplaceWorkspace(model: model) }

  /// ℓ(ψ), leaving modes and factor in `workspace`.
  package func value(at psi: [Double], _ workspace: inout LaplaceWorkspace) throws(LaplaceFailure)
    -> Double
  {
    let joint = try workspace.findModes(of: model, at: psi)
    let value = joint - 0.5 * workspace.factor.logDeterminant
    guard value.isFinite else { throw .notFinite }
    return value
  }

  /// ℓ(ψ) and ∇ℓ(ψ), by the implicit function theorem: no differences are taken.
  package func valueAndGradient(
    at psi: [Double], into gradient: inout [Double], _ workspace: inout LaplaceWorkspace
  ) throws(LaplaceFailure) -> Double {
    var value = try value(at: psi, &workspace)
    workspace.differentiate(model, at: psi, into: &gradient)
    if let penalty {
      value += penalty.addLogDensity(at: psi, gradient: &gradient)
    }
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else { throw .notFinite }
    return value
  }
}

/// A log density of the parameters ψ that is added to the log likelihood.
package protocol ParameterPenalty: Sendable {
  /// Returns the log density at `psi` and adds its gradient to `gradient`.
  func addLogDensity(at psi: [Double], gradient: inout [Double]) -> Double
}

extension LaplaceWorkspace {
  /// ∇ℓ at the modes that `findModes` left.
  ///
  /// With h = ∂(−½ log|H|)/∂η and the adjoint v = H⁻¹Λ'Z'h of the modes,
  /// ```
  /// ∂ℓ/∂β = X'(∂ + h) + X'∂²ZΛv       ∂ℓ/∂Λ = Z'(∂ + h − WZΛv) û' + Z'∂ v' − Z'WZΛH⁻¹
  /// ```
  fileprivate mutating func differentiate(
    _ model: MixedModel, at psi: [Double], into gradient: inout [Double]
  ) {
    factor.selectedInverse(into: &curvature, scratch: &scratch)
    curvature.fillUpperTriangles()
    rows.fillCurvature()
    factors.leftProduct(of: curvature, into: &product, lower: &lower)
    factors.effectInverse(of: product, into: &inverse)
    model.thirdOrderPass(
      coefficients: psi, effects: effects, inverse: inverse, adjoint: &adjoint, &rows)
    vector.copyElements(of: adjoint)
    factors.pullBack(&vector)
    factor.solveInPlace(&vector)
    factors.effects(of: vector, into: &vectorEffects)
    model.adjointPass(vectorEffects, &rows)
    passCount += 2
    for i in gradient.indices { gradient[i] = 0 }
    for i in rows.coefficientGradient.indices { gradient[i] = rows.coefficientGradient[i] }
    guard !modes.isEmpty else { return }
    // r = Z'(∂ + h) − Z'WZ Λ v
    rows.curvature.multiply(vectorEffects, into: &residual)
    for i in residual.indices { residual[i] = rows.effectGradient[i] + adjoint[i] - residual[i] }
    model.addThetaGradient(
      psi: psi, factors: factors, u: modes, v: vector, r: residual, g: rows.effectGradient,
      curvature: rows.curvature, product: product, lower: lower, to: &gradient)
  }
}
