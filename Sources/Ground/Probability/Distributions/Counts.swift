// The distributions of counts: log densities by saddle-point formulas, distribution functions and quantiles.

import CRmath
import Glibc

/// The binomial distribution.
package enum Binomial {
  /// log P(X = k) for whole k, given p and 1 - p, each with its own precision, and their
  /// logarithms.
  ///
  /// Loader (2000), section 4.
  package static func logDensity(
    _ k: Double, trials n: Double, p: Double, q: Double, logP: Double, logQ: Double
  ) -> Double {
    guard k >= 0, k <= n, k == k.rounded() else { return -.infinity }
    if k == 0 { return n == 0 ? 0 : n * logQ }
    if k == n { return n * logP }
    // Where a mean is subnormal the quotients of the saddle-point form have no digits left.
    guard n * p > 1e-290, n * q > 1e-290 else {
      return SpecialFunctions.logChoose(n, k) + k * logP + (n - k) * logQ
    }
    return SpecialFunctions.stirlingError(n) - SpecialFunctions.stirlingError(k)
      - SpecialFunctions.stirlingError(n - k)
      - SpecialFunctions.deviancePart(k, n * p) - SpecialFunctions.deviancePart(n - k, n * q)
      + 0.5 * (log(n / (2 * Double.pi * k)) - log(n - k))
  }

  /// log P(X = k) for whole k.
  package static func logDensity(_ k: Double, trials: Double, probability p: Double) -> Double {
    logDensity(k, trials: trials, p: p, q: 1 - p, logP: log(p), logQ: log1p(-p))
  }

  /// P(X <= k), or P(X > k) with `upperTail`.
  package static func cumulative(
    _ k: Double, trials: Double, probability: Double, upperTail: Bool = false
  ) -> Double {
    pbinom(k, trials, probability, upperTail ? 0 : 1, 0)
  }

  /// The smallest k with P(X <= k) >= p.
  package static func quantile(_ p: Double, trials: Double, probability: Double) -> Double {
    qbinom(p, trials, probability, 1, 0)
  }
}

/// The Poisson distribution.
package enum Poisson {
  /// log P(X = k) for whole k, given the mean and its logarithm (Loader 2000, section 5).
  package static func logDensity(_ k: Double, mean: Double, logMean: Double) -> Double {
    guard k >= 0, k == k.rounded() else { return -.infinity }
    if k == 0 { return -mean }
    guard mean > 1e-290, mean < .infinity else {
      return mean == .infinity
        ? -.infinity : k * logMean - mean - SpecialFunctions.logGamma(k + 1)
    }
    return -SpecialFunctions.stirlingError(k) - SpecialFunctions.deviancePart(k, mean)
      - 0.5 * log(2 * Double.pi * k)
  }

  /// log P(X = k) for whole k.
  package static func logDensity(_ k: Double, mean: Double) -> Double {
    logDensity(k, mean: mean, logMean: log(mean))
  }

  /// P(X <= k), or P(X > k) with `upperTail`.
  package static func cumulative(_ k: Double, mean: Double, upperTail: Bool = false) -> Double {
    ppois(k, mean, upperTail ? 0 : 1, 0)
  }

  /// The smallest k with P(X <= k) >= p.
  package static func quantile(_ p: Double, mean: Double) -> Double { qpois(p, mean, 1, 0) }
}

/// The negative binomial distribution with mean μ and variance μ + μ² / shape.
package enum NegativeBinomial {
  /// log P(X = k) for whole k, given the logarithms of the mean and of the shape.
  ///
  /// The saddle-point form of the binomial (Loader 2000) for shape successes in shape + k trials;
  /// the differences inside its deviance parts are written without cancellation, so that it tends
  /// to the Poisson as shape grows.
  package static func logDensity(_ k: Double, logMean: Double, logShape: Double) -> Double {
    guard k >= 0, k == k.rounded() else { return -.infinity }
    let u = logMean - logShape
    let mean = exp(logMean)
    let shape = exp(logShape)
    if k == 0 { return mean == 0 ? 0 : -shape * SpecialFunctions.softplus(u) }
    let p = SpecialFunctions.logistic(u)
    let q = SpecialFunctions.logistic(-u)
    let n = shape + k
    guard n * p > 1e-290, n * q > 1e-290, n < .infinity else {
      return -k * SpecialFunctions.softplus(-u) - shape * SpecialFunctions.softplus(u)
        - log(k) - SpecialFunctions.logBeta(k, shape)
    }
    let difference = (k - mean) * q
    return SpecialFunctions.stirlingError(n) - SpecialFunctions.stirlingError(shape)
      - SpecialFunctions.stirlingError(k)
      - SpecialFunctions.deviancePart(k, n * p, difference: difference)
      - SpecialFunctions.deviancePart(shape, n * q, difference: -difference)
      + 0.5 * (log(shape / n) - log(2 * Double.pi * k))
  }

  /// P(X <= k), or P(X > k) with `upperTail`.
  package static func cumulative(
    _ k: Double, mean: Double, shape: Double, upperTail: Bool = false
  ) -> Double {
    pnbinom_mu(k, shape, mean, upperTail ? 0 : 1, 0)
  }

  /// The smallest k with P(X <= k) >= p.
  package static func quantile(_ p: Double, mean: Double, shape: Double) -> Double {
    qnbinom_mu(p, shape, mean, 1, 0)
  }
}
