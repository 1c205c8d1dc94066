// Counts as a mixture of a count distribution and extra zeros, fitted around given means.

import Glibc

/// The distribution of counts around given linear predictors.
package enum CountKernel: Sendable, Equatable {
  /// Poisson with log link.
  case poisson
  /// Negative binomial with log link and the shape to start from.
  case negativeBinomial(shape: Double)
  /// Binomial with logit link and the trials of each row.
  case binomial(trials: [Double])
}

/// A mixture fitted by maximum likelihood: a share π of extra zeros, a shift δ of all linear predictors, and the shape.
package struct ZeroMixture: Sendable, Equatable {
  /// The maximum of the log likelihood, without the terms that depend on y alone.
  package let logLikelihood: Double
  /// The share of extra zeros, π.
  package let share: Double
  /// The shift of the linear predictors, δ.
  package let shift: Double
  /// The shape of the negative binomial, if it has one.
  package let shape: Double?

  /// Fits counts `y` around linear predictors; with `isInflated` the share of extra zeros is free, else it is zero.
  ///
  /// The shift is needed because means fitted to inflated counts are too small for those that are not extra zeros. The
  /// maximum is found by the simplex method of Nelder & Mead (1965) in at most three dimensions.
  package init(_ y: [Double], predictors: [Double], kernel: CountKernel, isInflated: Bool) {
    let zeros = Double(y.count { $0 == 0 }) / Double(max(y.count, 1))
    var start = [0.0]
    var hasShape = false
    if case .negativeBinomial(let shape) = kernel {
      start.append(log(min(max(shape, 1e-2), 1e3)))
      hasShape = true
    }
    if isInflated { start.append(log(0.3 * zeros + 0.02)) }
    func parts(_ x: [Double]) -> (shift: Double, shape: Double, share: Double) {
      (
        x[0], hasShape ? exp(min(max(x[1], -6), 9)) : 1,
        isInflated ? min(exp(x[x.count - 1]), 0.999) : 0
      )
    }
    let (x, value) = Simplex.maximize(from: start, step: 0.3) { x in
      let (shift, shape, share) = parts(x)
      return Self.sum(y, predictors, kernel, shift: shift, shape: shape, share: share)
    }
    let found = parts(x)
    logLikelihood = value
    share = found.share
    shift = found.shift
    shape = hasShape ? found.shape : nil
  }

  private static func sum(
    _ y: [Double], _ predictors: [Double], _ kernel: CountKernel, shift: Double, shape: Double,
    share: Double
  ) -> Double {
    var total = 0.0
    let atShape = lgamma(shape)
    for i in y.indices {
      let eta = predictors[i] + shift
      let density: Double
      switch kernel {
      case .poisson:
        density = y[i] * eta - exp(eta)
      case .negativeBinomial:
        let mean = exp(eta)
        density =
          (y[i] > 0 ? lgamma(y[i] + shape) - atShape : 0) - (y[i] + shape) * log1p(mean / shape)
          + y[i] * (eta - log(shape))
      case .binomial(let trials):
        let logistic = eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta))
        density = y[i] * eta - trials[i] * logistic
      }
      total += y[i] == 0 ? log(share + (1 - share) * exp(density)) : log1p(-share) + density
    }
    return total.isFinite ? total : -.greatestFiniteMagnitude
  }

  /// The expected number of zeros and its variance around given linear predictors.
  package static func zeros(
    predictors: [Double], kernel: CountKernel
  ) -> (mean: Double, variance: Double) {
    var (mean, variance) = (0.0, 0.0)
    for (i, eta) in predictors.enumerated() {
      let p: Double
      switch kernel {
      case .poisson: p = exp(-exp(eta))
      case .negativeBinomial(let shape): p = exp(-shape * log1p(exp(eta) / shape))
      case .binomial(let trials):
        p = exp(-trials[i] * (eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta))))
      }
      mean += p
      variance += p * (1 - p)
    }
    return (mean, variance)
  }
}
