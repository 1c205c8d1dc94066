// The beta distribution: regularised incomplete beta function and its inverse.

import Glibc

extension DistributionFunctions {
  /// The regularised incomplete beta function I_x(a, b), the probability that a Beta(a, b) number
  /// is at most `x`.
  ///
  /// Continued fraction of DLMF 8.17.22, evaluated by the modified Lentz method (Thompson & Barnett
  /// 1986).
  static func betaProbability(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast only on the near side of the mean.
    if x > (a + 1) / (a + b + 2) { return 1 - betaLowerTail(1 - x, b, a, complement: x) }
    return betaLowerTail(x, a, b, complement: 1 - x)
  }

  /// The upper tail 1 - I_x(a, b), without loss of digits when it is small.
  static func betaUpperProbability(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 1 }
    guard x < 1 else { return 0 }
    if x > (a + 1) / (a + b + 2) { return betaLowerTail(1 - x, b, a, complement: x) }
    return 1 - betaLowerTail(x, a, b, complement: 1 - x)
  }

  /// The quantile of a Beta(a, b) distribution, by Newton steps kept inside a shrinking bracket.
  static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    guard p > 0 else { return 0 }
    guard p < 1 else { return 1 }
    let logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
    var low = 0.0
    var high = 1.0
    var x = a / (a + b)
    for _ in 0..<200 {
      let excess = betaProbability(x, a, b) - p
      if excess > 0 { high = x } else { low = x }
      let density = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - logBeta)
      var next = x - excess / density
      if !(next > low && next < high) { next = 0.5 * (low + high) }
      if abs(next - x) <= 1e-15 * x { return next }
      x = next
    }
    return x
  }

  private static func betaLowerTail(
    _ x: Double, _ a: Double, _ b: Double, complement: Double
  ) -> Double {
    let logFront =
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement)
    let tiny = 1e-300
    let sum = a + b
    var c = 1.0
    var d = 1 - sum * x / (a + 1)
    d = 1 / (abs(d) < tiny ? tiny : d)
    var fraction = d
    for m in 1...20_000 {
      let k = Double(m)
      for step in [
        k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k)),
        -(a + k) * (sum + k) * x / ((a + 2 * k) * (a + 2 * k + 1)),
      ] {
        d = 1 + step * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + step / c
        if abs(c) < tiny { c = tiny }
        fraction *= c * d
      }
      if abs(c * d - 1) < 1e-16 { break }
    }
    return exp(logFront) * fraction / a
  }
}
