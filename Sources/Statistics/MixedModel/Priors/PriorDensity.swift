// The joint prior of a model's parameters ψ: one term for each parameter or correlation matrix.

import Glibc

/// The log prior of ψ = (β, θ), on the unconstrained scale.
///
/// With `includesJacobian` it is the density of ψ itself, as a sampler needs; without, the prior is evaluated at the
/// natural parameters and added as a penalty, whose maximum does not depend on the parametrisation of the scale.
package struct PriorDensity: Sendable {
  /// What a prior is on and what it is, for the user.
  package struct Entry: Sendable, Equatable {
    /// The class.
    package let parameterClass: String
    /// The parameter or the set of parameters.
    package let target: String
    /// The prior as written.
    package let prior: String
    /// Whether it is the default.
    package let isDefault: Bool
  }

  enum Term: Sendable {
    /// On β_i.
    case coefficient(Int, PriorDistribution)
    /// On Σ w_i β_i: the intercept at the means of the predictors.
    case centredIntercept([(index: Int, weight: Double)], PriorDistribution)
    /// On exp ψ_i: a standard deviation or a dispersion.
    case positive(Int, PriorDistribution)
    /// On the correlation matrix whose rows of Cholesky parameters start at `start`.
    case correlation(start: Int, size: Int, eta: Double)
  }

  let terms: [Term]
  /// The table of priors.
  package let entries: [Entry]
  /// Whether the change of variables is part of the density.
  package let includesJacobian: Bool

  init(terms: [Term], entries: [Entry], includesJacobian: Bool) {
    self.terms = terms
    self.entries = entries
    self.includesJacobian = includesJacobian
  }

  /// The same priors with or without the change of variables.
  package func including(jacobian: Bool) -> PriorDensity {
    PriorDensity(terms: terms, entries: entries, includesJacobian: jacobian)
  }

  /// Returns log π(ψ) and adds its gradient to `gradient`, whose first element belongs to ψ_0 at `offset`.
  package func addLogDensity(
    at psi: [Double], gradient: inout MutableSpan<Double>, offset: Int
  ) -> Double {
    var total = 0.0
    let jacobian = includesJacobian ? 1.0 : 0.0
    for term in terms {
      switch term {
      case .coefficient(let index, let prior):
        let (value, derivative) = prior.logDensity(psi[index])
        total += value
        gradient[offset + index] += derivative
      case .centredIntercept(let parts, let prior):
        var x = 0.0
        for part in parts { x += part.weight * psi[part.index] }
        let (value, derivative) = prior.logDensity(x)
        total += value
        for part in parts { gradient[offset + part.index] += part.weight * derivative }
      case .positive(let index, let prior):
        let x = exp(psi[index])
        let (value, derivative) = prior.logDensity(x)
        total += value + jacobian * psi[index]
        gradient[offset + index] += derivative * x + jacobian
      case .correlation(let start, let size, let eta):
        // LKJ(η) of C C': (η − 1) log|R| = −(η − 1) Σ_i log(1 + |t_i|²), and with the Jacobian of t ↦ R the exponent
        // is (k + 2η − 1)/2 in every row.
        let power = includesJacobian ? (Double(size) + 2 * eta - 1) / 2 : eta - 1
        var next = start
        for row in 1..<max(size, 1) {
          var norm = 1.0
          for l in 0..<row { norm += psi[next + l] * psi[next + l] }
          total -= power * log(norm)
          for l in 0..<row { gradient[offset + next + l] -= 2 * power * psi[next + l] / norm }
          next += row
        }
      }
    }
    return total
  }

  /// Returns log π(ψ) and adds its gradient.
  package func addLogDensity(at psi: [Double], gradient: inout [Double]) -> Double {
    var span = gradient.mutableSpan
    return addLogDensity(at: psi, gradient: &span, offset: 0)
  }
}
