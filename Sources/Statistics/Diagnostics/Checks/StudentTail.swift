// How much better Student's t describes standardised residuals than the normal distribution does.

import Glibc

/// A t distribution fitted to residuals around zero.
package struct StudentTail: Sendable, Equatable {
  /// The degrees of freedom ν; small for heavy tails.
  package let degrees: Double
  /// The log likelihood beyond that of the normal distribution fitted to the same values.
  package let gain: Double

  /// The best t among degrees of freedom from 2 to 100, its scale fitted for each by EM (Lange, Little & Taylor 1989).
  package init?(_ values: [Double]) {
    let n = Double(values.count)
    let second = values.reduce(0) { $0 + $1 * $1 } / n
    guard values.count >= 20, second > 0 else { return nil }
    let normal = -0.5 * n * (log(2 * Double.pi * second) + 1)
    var best = (degrees: Double.infinity, gain: 0.0)
    for degrees in [2.0, 2.5, 3, 4, 5, 7, 10, 15, 25, 50, 100] {
      var scale = second
      for _ in 0..<40 {
        var sum = 0.0
        for value in values {
          let squared = value * value
          sum += squared * (degrees + 1) / (degrees + squared / scale)
        }
        let next = sum / n
        let isSettled = abs(next - scale) < 1e-8 * scale
        scale = next
        if isSettled { break }
      }
      var total =
        n
        * (lgamma(0.5 * (degrees + 1)) - lgamma(0.5 * degrees)
          - 0.5 * log(Double.pi * degrees * scale))
      for value in values {
        total -= 0.5 * (degrees + 1) * log1p(value * value / (degrees * scale))
      }
      if total - normal > best.gain { best = (degrees, total - normal) }
    }
    (degrees, gain) = best
  }
}
