// The correlation between the residuals of two outcomes: what the random effects have not explained.

import Glibc

/// The correlation of two outcomes' residuals in the rows where both are observed.
///
/// A correlation that is not zero says that the outcomes are dependent within a row beyond their random
/// effects: a residual correlation, or a random effect by row, is missing.
package struct OutcomeCorrelation: Sendable, Equatable {
  /// The rows where both outcomes are observed.
  package let count: Int
  /// The correlation of the normal scores.
  package let correlation: Double
  /// The limits of 95 %, by Fisher's (1921) transformation.
  package let interval: ClosedRange<Double>
  /// The two-sided p value by Student's t.
  package let p: Double

  /// The correlation of the normal scores Φ⁻¹(u) of residuals, paired by row.
  ///
  /// Residuals at 0 or 1, outside of their simulations, count as 1 / (2S + 2) from the end. Those of discrete responses are
  /// randomised, which draws a correlation towards zero but does not make one where there is none. Nil with
  /// fewer than four rows, or where one of the two does not vary.
  package static func run(
    _ a: [Double], _ b: [Double], simulations: Int
  ) -> OutcomeCorrelation? {
    precondition(a.count == b.count, "residuals are paired by row")
    let n = a.count
    guard n >= 4 else { return nil }
    let edge = 0.5 / Double(simulations + 1)
    func scores(_ scaled: [Double]) -> [Double] {
      let z = scaled.map { DistributionFunctions.normalQuantile(min(1 - edge, max(edge, $0))) }
      let mean = z.reduce(0, +) / Double(n)
      return z.map { $0 - mean }
    }
    let (x, y) = (scores(a), scores(b))
    func product(_ x: [Double], _ y: [Double]) -> Double {
      zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let scale = (product(x, x) * product(y, y)).squareRoot()
    guard scale > 0 else { return nil }
    let r = min(1, max(-1, product(x, y) / scale))
    let width = 1.959963984540054 / Double(n - 3).squareRoot()
    let degrees = Double(n - 2)
    let t = r * (degrees / max(1 - r * r, .leastNormalMagnitude)).squareRoot()
    let limits = abs(r) == 1 ? (r, r) : (tanh(atanh(r) - width), tanh(atanh(r) + width))
    return OutcomeCorrelation(
      count: n, correlation: r, interval: limits.0...limits.1,
      p: DistributionFunctions.studentTwoSided(t, degrees: degrees))
  }
}
