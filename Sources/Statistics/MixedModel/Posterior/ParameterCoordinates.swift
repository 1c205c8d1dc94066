// The coordinates of sampled parameters: those of correlations are stretched, so that their tails are light.

import Glibc

/// ψ from sampled coordinates s: ψ_i = sinh s_i for the parameters of correlations, ψ_i = s_i for all others.
///
/// A correlation near ±1 is far out in ψ, where the density of a row-normalised Cholesky parameter t falls as a power of
/// t. The density of s = arsinh t falls exponentially, which a trajectory of finite energy can explore.
package struct ParameterCoordinates: Sendable {
  private let stretched: [Int]

  /// The coordinates of a model's parameters.
  package init(model: MixedModel) {
    stretched = model.effects.blocks.flatMap { block in
      block.covariance.logStandardDeviations.enumerated().compactMap { place, member in
        member == nil ? block.thetaOffset + place : nil
      }
    }
  }

  /// Replaces s by ψ.
  func stretch(_ values: inout [Double]) {
    for i in stretched { values[i] = sinh(values[i]) }
  }

  /// s from ψ.
  package func coordinates(_ psi: [Double]) -> [Double] {
    var s = psi
    for i in stretched { s[i] = asinh(psi[i]) }
    return s
  }

  /// ∂ψ_i/∂s_i for every parameter.
  package func slopes(_ psi: [Double]) -> [Double] {
    var slopes = psi.map { _ in 1.0 }
    for i in stretched { slopes[i] = hypot(1, psi[i]) }
    return slopes
  }

  /// Replaces the derivative in ψ by that in s, the log Jacobian included, which is returned; the gradient begins at
  /// `offset`.
  func pullBack(_ psi: [Double], gradient: inout MutableSpan<Double>, offset: Int) -> Double {
    var logJacobian = 0.0
    for i in stretched {
      let slope = hypot(1, psi[i])  // cosh s
      logJacobian += log(slope)
      gradient[offset + i] = gradient[offset + i] * slope + psi[i] / slope
    }
    return logJacobian
  }

  /// log |∂ψ/∂s| as a function of ψ; its gradient in ψ is added to `gradient`.
  func addLogJacobian(at psi: [Double], gradient: inout [Double]) -> Double {
    var logJacobian = 0.0
    for i in stretched {
      let slope = hypot(1, psi[i])
      logJacobian += log(slope)
      gradient[i] += psi[i] / slope / slope
    }
    return logJacobian
  }
}

/// The log prior density of the sampled coordinates of ψ: with it as a penalty the mode is the one the sampler sees.
package struct CoordinatePrior: Sendable {
  private let prior: PriorDensity
  private let coordinates: ParameterCoordinates

  /// The prior of a model in sampled coordinates, from its density of ψ.
  ///
  /// - Precondition: `prior` includes the Jacobian of its change of variables.
  package init(_ prior: PriorDensity, model: MixedModel) {
    precondition(prior.includesJacobian, "a density of ψ")
    self.prior = prior
    coordinates = ParameterCoordinates(model: model)
  }

  /// Returns the log density and adds its gradient in ψ.
  package func addLogDensity(at psi: [Double], gradient: inout [Double]) -> Double {
    prior.addLogDensity(at: psi, gradient: &gradient)
      + coordinates.addLogJacobian(at: psi, gradient: &gradient)
  }
}
