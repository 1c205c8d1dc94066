// Tails of Student's and Fisher's distributions, from the incomplete beta function.

extension DistributionFunctions {
  /// P(F > f) for the F distribution with these degrees of freedom.
  static func fUpper(_ f: Double, numerator: Double, denominator: Double) -> Double {
    guard f > 0 else { return 1 }
    return betaProbability(
      denominator / (denominator + numerator * f), denominator / 2, numerator / 2)
  }

  /// The probability that Student's t is further from zero than `t`.
  static func studentTwoSided(_ t: Double, degrees: Double) -> Double {
    fUpper(t * t, numerator: 1, denominator: degrees)
  }

  /// Φ(z).
  static func normalLower(_ z: Double) -> Double {
    let tail = 0.5 * normalTwoSided(z)
    return z < 0 ? tail : 1 - tail
  }
}
