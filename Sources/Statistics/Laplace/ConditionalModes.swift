// The conditional modes of the random effects, by damped Newton steps.

import LinearAlgebra
import MixedModel

/// Why a Laplace approximation could not be computed at a ψ.
package enum LaplaceFailure: Error, Sendable, Equatable {
  /// The joint density is not finite there, whatever the random effects.
  case notFinite
  /// The curvature at the modes is not positive definite.
  case indefinite
  /// The Newton steps did not settle.
  case modesNotFound
}

extension LaplaceWorkspace {
  /// Finds û = argmax_u log f(y | β, Λu) − u'u/2 from the current modes, and leaves H, its factor and ∂ at û.
  ///
  /// Returns log f(y | β, Λû) − û'û/2. Newton steps are halved until the joint density does not fall; where the curvature
  /// is not positive definite they are taken with a multiple of the identity added (Levenberg 1944).
  mutating func findModes(of model: MixedModel, at psi: [Double]) throws(LaplaceFailure) -> Double {
    factors.update(psi)
    var value = evaluateJoint(model, psi)
    if !value.isFinite {
      // Modes that suited another ψ may overflow here; zero is the safe place to start from.
      modes.fill(with: 0)
      value = evaluateJoint(model, psi)
      guard value.isFinite else { throw .notFinite }
    }
    if modes.isEmpty { return value }
    // The curvature of a Gaussian model is the same at all u: it is factored once.
    let isQuadratic = model.isGaussian
    for iteration in 0..<100 {
      let shift = isQuadratic && iteration > 0 ? 0 : try factorCurvature(shiftingUpTo: 1e12)
      vector.copyElements(of: gradient)
      factor.solveInPlace(&vector)
      var decrement = 0.0
      for i in vector.indices { decrement += vector[i] * gradient[i] }
      guard decrement.isFinite else { throw .notFinite }
      // Newton converges quadratically: once the decrement is small, one more step is exact to rounding.
      let isLast = decrement < 1e-9
      if isLast && shift > 0 { throw .indefinite }
      start.copyElements(of: modes)
      let before = value
      value = advance(length: 1, model, psi)
      if isLast && value.isFinite {
        if !isQuadratic { _ = try factorCurvature(shiftingUpTo: 0) }
        return value
      }
      var length = 1.0
      let slack = 1e-10 * (1 + abs(before))
      while !(value >= before - slack) {
        length /= 2
        if length < 1e-10 { throw .modesNotFound }
        value = advance(length: length, model, psi)
      }
    }
    throw .modesNotFound
  }

  /// Moves the modes to `start` + `length` · step and evaluates there; the step is in `vector`.
  private mutating func advance(
    length: Double, _ model: MixedModel, _ psi: [Double]
  ) -> Double {
    for i in start.indices { modes[i] = start[i] + length * vector[i] }
    return evaluateJoint(model, psi)
  }

  /// The joint log density at the modes, with its gradient in u and the curvature Z'WZ.
  private mutating func evaluateJoint(_ model: MixedModel, _ psi: [Double]) -> Double {
    factors.effects(of: modes, into: &effects)
    model.curvaturePass(coefficients: psi, effects: effects, &rows)
    passCount += 1
    gradient.copyElements(of: rows.effectGradient)
    factors.pullBack(&gradient)
    var value = rows.logLikelihood
    for i in modes.indices {
      value -= 0.5 * modes[i] * modes[i]
      gradient[i] -= modes[i]
    }
    return value
  }

  /// H = Λ'Z'WZΛ + I, and the factor of H or, where H is not positive definite, of H + τI with the first τ of
  /// 0, 1, 10, 100 … `limit` that makes it so; returns τ.
  ///
  /// Densities that are not log-concave have such points on the way to the modes; at the modes themselves τ is 0.
  private mutating func factorCurvature(shiftingUpTo limit: Double) throws(LaplaceFailure) -> Double
  {
    factors.standardCurvature(of: rows.curvature, into: &curvature)
    var shift = 0.0
    while true {
      do {
        try factor.factor(curvature)
        return shift
      } catch {
        let next = max(1, 10 * shift)
        guard next <= limit else { throw .indefinite }
        curvature.addToDiagonal(next - shift)
        shift = next
      }
    }
  }
}

extension ArrowMatrix {
  /// A ← A + τI.
  fileprivate mutating func addToDiagonal(_ shift: Double) {
    let q = structure.blockSize
    for level in 0..<structure.blockCount {
      for r in 0..<q { blocks[level * q * q + r * (q + 1)] += shift }
    }
    for r in 0..<structure.cornerSize { corner[structure.cornerDiagonal(r)] += shift }
  }
}

extension ArrowFactor {
  /// x ← H⁻¹ x.
  func solveInPlace(_ x: inout [Double]) {
    var span = x.mutableSpan
    solve(&span)
  }
}
