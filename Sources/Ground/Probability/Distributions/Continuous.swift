// Distribution functions and quantiles of the continuous distributions that tests and intervals need.

import CRmath

/// The chi-square distribution.
package enum ChiSquare {
  /// P(X <= x), or P(X > x) with `upperTail`.
  package static func cumulative(
    _ x: Double, degreesOfFreedom: Double, upperTail: Bool = false
  ) -> Double {
    pchisq(x, degreesOfFreedom, upperTail ? 0 : 1, 0)
  }

  /// The x with P(X <= x) = p.
  package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    qchisq(p, degreesOfFreedom, 1, 0)
  }
}

/// Student's t distribution.
package enum StudentT {
  /// log of the density at x.
  package static func logDensity(_ x: Double, degreesOfFreedom: Double) -> Double {
    dt(x, degreesOfFreedom, 1)
  }

  /// P(X <= x), or P(X > x) with `upperTail`.
  package static func cumulative(
    _ x: Double, degreesOfFreedom: Double, upperTail: Bool = false
  ) -> Double {
    pt(x, degreesOfFreedom, upperTail ? 0 : 1, 0)
  }

  /// The x with P(X <= x) = p.
  package static func quantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    qt(p, degreesOfFreedom, 1, 0)
  }
}

/// The F distribution.
package enum FDistribution {
  /// P(X <= x), or P(X > x) with `upperTail`.
  package static func cumulative(
    _ x: Double, numerator: Double, denominator: Double, upperTail: Bool = false
  ) -> Double {
    pf(x, numerator, denominator, upperTail ? 0 : 1, 0)
  }
}

/// The beta distribution with two shapes.
package enum BetaDistribution {
  /// P(X <= x), or P(X > x) with `upperTail`.
  package static func cumulative(
    _ x: Double, _ a: Double, _ b: Double, upperTail: Bool = false
  ) -> Double {
    pbeta(x, a, b, upperTail ? 0 : 1, 0)
  }

  /// The x with P(X <= x) = p.
  package static func quantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    qbeta(p, a, b, 1, 0)
  }
}

/// The gamma distribution with a shape and a scale.
package enum GammaDistribution {
  /// P(X <= x), or P(X > x) with `upperTail`.
  package static func cumulative(
    _ x: Double, shape: Double, scale: Double = 1, upperTail: Bool = false
  ) -> Double {
    pgamma(x, shape, scale, upperTail ? 0 : 1, 0)
  }

  /// The x with P(X <= x) = p.
  package static func quantile(_ p: Double, shape: Double, scale: Double = 1) -> Double {
    qgamma(p, shape, scale, 1, 0)
  }
}
