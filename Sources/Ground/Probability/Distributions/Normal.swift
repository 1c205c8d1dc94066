// The normal distribution.

import CRmath

/// The normal distribution with a mean and a standard deviation.
package enum Normal {
  /// log of the density at x.
  package static func logDensity(
    _ x: Double, mean: Double = 0, standardDeviation: Double = 1
  ) -> Double {
    dnorm4(x, mean, standardDeviation, 1)
  }

  /// P(X <= x), or P(X > x) with `upperTail`; its logarithm with `log`.
  package static func cumulative(
    _ x: Double, mean: Double = 0, standardDeviation: Double = 1, upperTail: Bool = false,
    log: Bool = false
  ) -> Double {
    pnorm5(x, mean, standardDeviation, upperTail ? 0 : 1, log ? 1 : 0)
  }

  /// The x with P(X <= x) = p.
  package static func quantile(
    _ p: Double, mean: Double = 0, standardDeviation: Double = 1, upperTail: Bool = false
  ) -> Double {
    qnorm5(p, mean, standardDeviation, upperTail ? 0 : 1, 0)
  }
}
