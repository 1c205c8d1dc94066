// Skewness and kurtosis of a sample, and how far they are from those of a normal one.

import Glibc

/// The third and fourth standardised moments of a sample.
package struct SampleMoments: Sendable, Equatable {
  /// The number of values.
  package let count: Int
  /// m₃ / m₂^1.5.
  package let skewness: Double
  /// m₄ / m₂²; 3 for a normal distribution.
  package let kurtosis: Double

  /// The moments of values; nil with fewer than four, or where they do not vary.
  package init?(_ values: [Double]) {
    let n = Double(values.count)
    guard values.count >= 4 else { return nil }
    let mean = values.reduce(0, +) / n
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    for value in values {
      let d = value - mean
      second += d * d
      third += d * d * d
      fourth += d * d * d * d
    }
    let variance = second / n
    guard variance > 0, variance.isFinite else { return nil }
    count = values.count
    skewness = third / n / (variance * variance.squareRoot())
    kurtosis = fourth / n / (variance * variance)
  }

  /// The skewness of a normal sample as a standard normal score (D'Agostino 1970); nil below 8 values.
  package var skewnessScore: Double? {
    guard count >= 8 else { return nil }
    let n = Double(count)
    let y = skewness * ((n + 1) * (n + 3) / (6 * (n - 2))).squareRoot()
    let beta =
      3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3) / ((n - 2) * (n + 5) * (n + 7) * (n + 9))
    let w = (2 * (beta - 1)).squareRoot() - 1
    let delta = 1 / (0.5 * log(w)).squareRoot()
    let alpha = (2 / (w - 1)).squareRoot()
    return delta * asinh(y / alpha)
  }

  /// The kurtosis of a normal sample as a standard normal score (Anscombe & Glynn 1983); nil below 20 values.
  package var kurtosisScore: Double? {
    guard count >= 20 else { return nil }
    let n = Double(count)
    let variance =
      24 * n * (n - 2) * (n - 3) / ((n + 1) * (n + 1) * (n + 3) * (n + 5))
    let x = (kurtosis - 3 * (n - 1) / (n + 1)) / variance.squareRoot()
    let root =
      6 * (n * n - 5 * n + 2) / ((n + 7) * (n + 9))
      * (6 * (n + 3) * (n + 5) / (n * (n - 2) * (n - 3))).squareRoot()
    let a = 6 + 8 / root * (2 / root + (1 + 4 / (root * root)).squareRoot())
    let inner = (1 - 2 / a) / (1 + x * (2 / (a - 4)).squareRoot())
    return ((1 - 2 / (9 * a)) - cbrt(inner)) / (2 / (9 * a)).squareRoot()
  }
}

/// P values of standard normal scores.
package enum NormalScore {
  /// P(|Z| ≥ |z|).
  package static func twoSided(_ z: Double) -> Double { DistributionFunctions.normalTwoSided(z) }
  /// P(Z ≤ z).
  package static func lower(_ z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

  /// A statistic as a standard normal score among its values in replicates; nil where these do not vary or are fewer than 20.
  package static func among(_ replicates: [Double], _ value: Double) -> Double? {
    let known = replicates.filter(\.isFinite)
    guard known.count >= 20, value.isFinite else { return nil }
    let n = Double(known.count)
    let mean = known.reduce(0, +) / n
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    guard variance > 0 else { return nil }
    // Mean and spread are estimates themselves: Student's t with n - 1 degrees, said as a normal score.
    let t = (value - mean) / (variance * (1 + 1 / n)).squareRoot()
    let p = DistributionFunctions.studentTwoSided(t, degrees: n - 1)
    let z = -DistributionFunctions.normalQuantile(max(p, 1e-300) / 2)
    return t < 0 ? -z : z
  }
}
