// The chi-squared distribution: both tails through the incomplete gamma function.

import Glibc

extension DistributionFunctions {
  /// The probability that a chi-squared number with `degrees` degrees of freedom exceeds `x`.
  static func chiSquaredUpper(_ x: Double, degrees: Double) -> Double {
    gammaTails(shape: degrees / 2, at: x / 2).upper
  }

  /// The probability that a chi-squared number with `degrees` degrees of freedom is at most `x`.
  static func chiSquaredLower(_ x: Double, degrees: Double) -> Double {
    gammaTails(shape: degrees / 2, at: x / 2).lower
  }

  /// Both regularised incomplete gamma functions: the series (DLMF 8.7.1) below the mean,
  /// Legendre's continued fraction (DLMF 8.9.2) above, so that the small one of the two keeps its
  /// digits.
  private static func gammaTails(shape a: Double, at x: Double) -> (lower: Double, upper: Double) {
    guard x > 0 else { return (0, 1) }
    let front = exp(a * log(x) - x - logGamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var k = a
      while abs(term) > abs(sum) * 1e-17 {
        k += 1
        term *= x / k
        sum += term
      }
      return (front * sum, 1 - front * sum)
    }
    var b = x + 1 - a
    var c = 1e300
    var d = 1 / b
    var fraction = d
    for i in 1...100_000 {
      let k = Double(i)
      let step = -k * (k - a)
      b += 2
      d = step * d + b
      d = 1 / (abs(d) < 1e-300 ? 1e-300 : d)
      c = b + step / c
      if abs(c) < 1e-300 { c = 1e-300 }
      fraction *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return (1 - front * fraction, front * fraction)
  }
}
