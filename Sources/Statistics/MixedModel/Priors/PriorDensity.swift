// The joint prior of a model's parameters ψ: one term for each parameter, correlation or covariance matrix.

import Families
import Glibc

/// The log prior of ψ = (β, θ), on the unconstrained scale.
///
/// With `includesJacobian` it is the density of ψ itself, as a sampler needs; without, the prior is evaluated at the
/// natural parameters (coefficients, standard deviations, correlations, dispersions) and added as a penalty, whose
/// maximum does not depend on the parametrisation of the scale.
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
    /// Whether it has a finite integral, so that draws can be made from it.
    package let isProper: Bool
    /// What stands before `~` in a statement on just this: `b[passed, SES]`.
    package let address: String
  }

  enum Term: Sendable {
    /// On β_i.
    case coefficient(Int, PriorDistribution)
    /// On Σ w_i β_i: the intercept, which comes first, at the means of the predictors.
    case centredIntercept([(index: Int, weight: Double)], PriorDistribution)
    /// On the parameter whose linear predictor, through the link, is ψ_i: a standard deviation or a dispersion.
    case parameter(Int, Link, PriorDistribution)
    /// On the correlation matrix whose rows of Cholesky parameters start at `start`.
    case correlation(start: Int, size: Int, eta: Double)
    /// On the covariance matrix of a block.
    case covariance(CovariancePrior)
  }

  let terms: [Term]
  /// The table of priors.
  package let entries: [Entry]
  /// Whether the change of variables is part of the density.
  package let includesJacobian: Bool
  /// The weight of a logarithmic barrier at the hard edges of priors; 0 where there is none.
  let barrier: Double

  init(terms: [Term], entries: [Entry], includesJacobian: Bool, barrier: Double = 0) {
    self.terms = terms
    self.entries = entries
    self.includesJacobian = includesJacobian
    self.barrier = barrier
  }

  /// The same priors with or without the change of variables.
  package func including(jacobian: Bool) -> PriorDensity {
    PriorDensity(terms: terms, entries: entries, includesJacobian: jacobian, barrier: barrier)
  }

  /// Returns log π(ψ) and adds its gradient to `gradient`, whose first element belongs to ψ_0 at `offset`.
  package func addLogDensity(
    at psi: [Double], gradient: inout MutableSpan<Double>, offset: Int
  ) -> Double {
    var total = 0.0
    for term in terms {
      switch term {
      case .coefficient(let index, let prior):
        let (value, derivative) = logDensity(prior, psi[index], .identity)
        total += value
        gradient[offset + index] += derivative
      case .centredIntercept(let parts, let prior):
        var x = 0.0
        for part in parts { x += part.weight * psi[part.index] }
        let (value, derivative) = logDensity(prior, x, .identity)
        total += value
        for part in parts { gradient[offset + part.index] += part.weight * derivative }
      case .parameter(let index, let link, let prior):
        let x = link.mean(at: psi[index])
        let slope = link == .log ? x : link.slope(at: psi[index])
        let (value, derivative) = logDensity(prior, x, link)
        total += value
        gradient[offset + index] += derivative * slope
        if includesJacobian {
          total += link == .log ? psi[index] : log(abs(slope))
          gradient[offset + index] += link.logSlopeDerivative(at: psi[index])
        }
      case .correlation(let start, let size, let eta):
        total += addCorrelation(psi, &gradient, offset, start, size, eta)
      case .covariance(let prior):
        total += prior.addLogDensity(
          at: psi.span, gradient: &gradient, offset: offset, includesJacobian: includesJacobian)
      }
    }
    return total.isNaN ? -.infinity : total
  }

  /// LKJ(η) of C C': (η − 1) log|R| = −(η − 1) Σ_i log(1 + |t_i|²), and with the Jacobian of t ↦ R the exponent is
  /// (k + 2η − 1)/2 in every row.
  private func addCorrelation(
    _ psi: [Double], _ gradient: inout MutableSpan<Double>, _ offset: Int, _ start: Int,
    _ size: Int, _ eta: Double
  ) -> Double {
    let power = includesJacobian ? (Double(size) + 2 * eta - 1) / 2 : eta - 1
    var total = 0.0
    var next = start
    for row in 1..<max(size, 1) {
      var norm = 1.0
      for l in 0..<row { norm += psi[next + l] * psi[next + l] }
      total -= power * log(norm)
      for l in 0..<row { gradient[offset + next + l] -= 2 * power * psi[next + l] / norm }
      next += row
    }
    return total
  }

  /// A prior with its barrier.
  @inline(__always)
  private func logDensity(_ prior: PriorDistribution, _ x: Double, _ link: Link) -> (Double, Double)
  {
    var (value, derivative) = prior.logDensity(x)
    guard barrier > 0, value.isFinite else { return (value, derivative) }
    let (support, edge) = (prior.support, prior.hasEdge(within: link))
    if edge.low {
      value += barrier * log(x - support.low)
      derivative += barrier / (x - support.low)
    }
    if edge.high {
      value += barrier * log(support.high - x)
      derivative -= barrier / (support.high - x)
    }
    return (value, derivative)
  }

  /// Returns log π(ψ) and adds its gradient.
  package func addLogDensity(at psi: [Double], gradient: inout [Double]) -> Double {
    var span = gradient.mutableSpan
    return addLogDensity(at: psi, gradient: &span, offset: 0)
  }

  /// log π(ψ).
  package func logDensity(at psi: [Double]) -> Double {
    var unused = [Double](repeating: 0, count: psi.count)
    return addLogDensity(at: psi, gradient: &unused)
  }
}

extension Link {
  /// d log |dμ/dη| / dη at the linear predictor η.
  func logSlopeDerivative(at eta: Double) -> Double {
    switch self {
    case .identity: 0
    case .log: 1
    case .logit: 1 - 2 * mean(at: eta)
    case .probit: -eta
    case .cloglog: 1 - exp(eta)
    case .inverse: -2 / eta
    case .sqrt: 1 / eta
    }
  }

  /// The values that the inverse link takes.
  var range: (low: Double, high: Double) {
    switch self {
    case .identity, .inverse: (-.infinity, .infinity)
    case .log, .sqrt: (0, .infinity)
    case .logit, .probit, .cloglog: (0, 1)
    }
  }
}
