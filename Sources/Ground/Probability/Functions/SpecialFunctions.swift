// Special functions of one number, written for exactness rather than speed.

import CRmath
import Glibc

/// Special functions of one number; the slow and exact siblings of `VectorMath`.
package enum SpecialFunctions {
  /// log |Γ(x)|; unlike the C library's `lgamma` it writes no global variable.
  package static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
  }

  /// The digamma function, d log Γ(x) / dx.
  package static func digamma(_ x: Double) -> Double { CRmath.digamma(x) }

  /// The trigamma function, d² log Γ(x) / dx².
  package static func trigamma(_ x: Double) -> Double { CRmath.trigamma(x) }

  /// log B(a, b), the logarithm of the beta function.
  package static func logBeta(_ a: Double, _ b: Double) -> Double { lbeta(a, b) }

  /// log of the binomial coefficient "n over k" for whole 0 <= k <= n.
  package static func logChoose(_ n: Double, _ k: Double) -> Double {
    if k == 0 || k == n { return 0 }
    // Loader's parts instead of three values of log Γ, whose leading digits cancel for large n.
    return stirlingError(n) - stirlingError(k) - stirlingError(n - k)
      - k * log(k / n) - (n - k) * log1p(-k / n)
      + 0.5 * (log(n / (2 * Double.pi * k)) - log(n - k))
  }

  /// 1 / (1 + exp(-x)), with full relative precision.
  package static func logistic(_ x: Double) -> Double {
    x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
  }

  /// log(1 + exp(x)), without overflow and with full relative precision.
  package static func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

  /// log(p / (1 - p)).
  package static func logit(_ p: Double) -> Double { log(p) - log1p(-p) }

  /// log(1 - exp(-x)) for x > 0, with full relative precision (Mächler 2012, "Accurately computing
  /// log(1 - exp(-|a|))").
  package static func logOneMinusExp(_ x: Double) -> Double {
    x < 0.6931471805599453 ? log(-expm1(-x)) : log1p(-exp(-x))
  }

  /// log n! - log(sqrt(2πn) (n/e)^n), the error of Stirling's formula, for n > 0 (Loader 2000,
  /// section 3).
  package static func stirlingError(_ n: Double) -> Double {
    if n < 15 {
      // Exact enough here: the terms that cancel are below 28.
      return logGamma(n + 1) - (n + 0.5) * log(n) + n - 0.9189385332046728
    }
    let z = 1 / (n * n)
    let series =
      1.0 / 12
      - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188 - z * 691 / 360360))))
    return series / n
  }

  /// x log(x / m) + m - x, the deviance part of a Poisson density (Loader 2000, equation 5.2).
  ///
  /// `difference` is x - m; pass it where it is known without the rounding of x and m.
  package static func deviancePart(_ x: Double, _ m: Double, difference: Double? = nil) -> Double {
    let d = difference ?? x - m
    guard abs(d) < 0.1 * (x + m) else { return x == 0 ? m : x * log(x / m) - d }
    let v = d / (x + m)
    var sum = d * v
    var term = 2 * x * v
    let square = v * v
    for j in 1..<1000 {
      term *= square
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }
}
