// The Kolmogorov-Smirnov test of residuals against the uniform distribution.

import Glibc

/// The Kolmogorov-Smirnov test against U(0, 1), with the p values of R's `ks.test`.
package enum UniformityTest {
  /// Tests residuals for uniformity; nil without residuals.
  ///
  /// Two-sided p values are exact below 100 residuals without ties and from the limiting
  /// distribution elsewhere; one-sided ones are exp(-2 n D²).
  package static func run(
    _ scaled: [Double], alternative: Alternative = .twoSided
  ) -> TestResult? {
    guard !scaled.isEmpty else { return nil }
    let sorted = scaled.sorted()
    let n = sorted.count
    var above = 0.0
    var below = 0.0
    var hasTies = false
    for (i, value) in sorted.enumerated() {
      above = max(above, Double(i + 1) / Double(n) - value)
      below = max(below, value - Double(i) / Double(n))
      if i > 0, sorted[i - 1] == value { hasTies = true }
    }
    switch alternative {
    case .twoSided:
      let distance = max(above, below)
      let p =
        n < 100 && !hasTies
        ? 1 - DistributionFunctions.kolmogorovExact(distance, count: n)
        : DistributionFunctions.kolmogorovLimitUpper(Double(n).squareRoot() * distance)
      return TestResult(statistic: distance, p: p)
    case .greater: return oneSided(above, n)
    case .less: return oneSided(below, n)
    }
  }

  private static func oneSided(_ distance: Double, _ n: Int) -> TestResult {
    TestResult(statistic: distance, p: exp(-2 * Double(n) * distance * distance))
  }
}
