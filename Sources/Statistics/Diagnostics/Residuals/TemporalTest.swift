// The Durbin-Watson test of residuals in the order of time.

import Glibc

/// The test for autocorrelation between successive residuals.
package struct TemporalTest: Sendable, Equatable {
  /// How the p value was found.
  package enum Method: Sendable, Equatable {
    /// From the exact distribution of the statistic under normal errors (Imhof 1961); below 100 rows.
    case exact
    /// From a normal distribution with the exact mean and variance.
    case normal
  }

  /// The statistic, near 2 without autocorrelation, smaller with positive autocorrelation.
  package let statistic: Double
  /// The p value; `greater` looks for positive autocorrelation.
  package let p: Double
  /// How the p value was found.
  package let method: Method
  /// The correlation between successive residuals.
  package let correlation: Double

  /// Tests residuals at different times.
  ///
  /// d = Σ (e_t - e_{t-1})² / Σ e_t² with e the residuals less their mean (Durbin & Watson 1950).
  package static func run(
    _ scaled: [Double], times: [Double], alternative: Alternative = .twoSided
  ) throws(AutocorrelationError) -> TemporalTest {
    precondition(scaled.count == times.count, "one time for each residual")
    let n = scaled.count
    guard n >= 3 else { throw .tooFewRows(n, needed: 3) }
    if let row = times.firstIndex(where: { !$0.isFinite }) { throw .notFinite(row: row) }
    let order = times.indices.sorted { times[$0] < times[$1] }
    for (a, b) in zip(order, order.dropFirst()) where times[a] == times[b] {
      throw .repeated(first: min(a, b), second: max(a, b))
    }
    let mean = scaled.reduce(0, +) / Double(n)
    let errors = order.map { scaled[$0] - mean }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { throw .constant }
    let pairs = zip(errors, errors.dropFirst())
    let statistic = pairs.reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) } / squares
    let correlation = pairs.reduce(0) { $0 + $1.0 * $1.1 } / squares
    let lower = n < 100 ? exactLower(statistic, n) : normalLower(statistic, n)
    return TemporalTest(
      statistic: statistic,
      // Positive autocorrelation makes the statistic small.
      p: alternative.pValue(lowerTail: 1 - lower, upperTail: lower),
      method: n < 100 ? .exact : .normal, correlation: correlation)
  }

  /// P(d < x) by the exact mean and variance of d.
  ///
  /// With an intercept alone the eigenvalues of the quadratic form are 2 - 2 cos(πj / n), whose sum is
  /// 2n - 2 and whose squares add up to 6n - 8.
  private static func normalLower(_ x: Double, _ n: Int) -> Double {
    let count = Double(n)
    let mean = (2 * count - 2) / (count - 1)
    let variance =
      2 / ((count - 1) * (count + 1)) * (6 * count - 8 - (2 * count - 2) * mean)
    return DistributionFunctions.normalLower((x - mean) / variance.squareRoot())
  }

  /// P(Σ (λ_j - x) z_j² < 0) by Imhof's (1961) integral, equation 3.2, in steps of the trapezoidal rule, which
  /// converges geometrically for integrands as smooth as this one.
  private static func exactLower(_ x: Double, _ n: Int) -> Double {
    let weights = (1..<n).map { 2 - 2 * cos(Double.pi * Double($0) / Double(n)) - x }
    // The integral from 0 to infinity of sin θ(u) / (u ρ(u)) with u = exp(v): no end is singular then.
    func integrand(_ v: Double) -> Double {
      let u = exp(v)
      var (theta, logRho) = (0.0, 0.0)
      for weight in weights {
        theta += 0.5 * atan(weight * u)
        logRho += 0.25 * log1p(weight * weight * u * u)
      }
      return sin(theta) * exp(-logRho)
    }
    let step = 1.0 / 64
    var sum = 0.0
    for place in -40 * 64...40 * 64 { sum += integrand(Double(place) * step) }
    return min(1, max(0, 0.5 - sum * step / Double.pi))
  }
}
