// Whether a quantile of the residuals has the right level and whether it changes along a predictor.

import Glibc

/// Score tests of one quantile of residuals that should be uniform whatever the predictor.
///
/// Both look only at which residuals lie below the quantile. Level: the share below `probability`
/// itself, against its binomial variance. Shape: the share below the sample quantile, projected on
/// polynomials of the predictor's ranks, against the variance it has over all permutations of the
/// residuals (a rank score test; Gutenbrunner, Jureckova, Koenker & Portnoy 1993), so that its size
/// does not depend on the level.
enum QuantileScoreTest {
  /// The p value of the level: the share of residuals below `probability`, ties counted half.
  static func level(_ scaled: [Double], probability q: Double) -> Double {
    let n = Double(scaled.count)
    let below = scaled.reduce(0) { $0 + ($1 < q ? 1 : $1 == q ? 0.5 : 0) }
    return DistributionFunctions.normalTwoSided((below - n * q) / (n * q * (1 - q)).squareRoot())
  }

  /// The p value of the shape.
  ///
  /// With eight polynomials the statistic is Σ z_j² / k² with k = 1 for the linear and quadratic, 2
  /// for the next two, and so on to 4: smooth departures weigh most, as a smoothing penalty would
  /// have it, and pairs of equal weights give the distribution in closed form. With fewer it is Σ
  /// z_j², chi-squared.
  static func shape(scores z: [Double]) -> Double {
    guard !z.isEmpty else { return 1 }
    guard z.count == pairedDegree else {
      let sum = z.reduce(0) { $0 + $1 * $1 }
      return DistributionFunctions.chiSquaredUpper(sum, degrees: Double(z.count))
    }
    var statistic = 0.0
    for (j, score) in z.enumerated() { statistic += score * score * weights[j / 2] }
    var p = 0.0
    for k in weights.indices {
      // A sum of independent exponential variables with means 2 w_k (each a pair of squared
      // normals).
      var factor = 1.0
      for l in weights.indices where l != k { factor *= weights[k] / (weights[k] - weights[l]) }
      p += factor * exp(-statistic / (2 * weights[k]))
    }
    return min(1, max(0, p))
  }

  /// The standardised projections of the shape test, one for each polynomial.
  static func scores(
    _ scaled: [Double], sorted: [Double], probability q: Double, polynomials: [[Double]]
  ) -> [Double] {
    let n = Double(scaled.count)
    let target = n * q
    let quantile = sorted[min(scaled.count - 1, Int(target))]
    let below = Double(scaled.count { $0 < quantile })
    let tied = Double(scaled.count { $0 == quantile })
    let share = (target - below) / tied
    let indicators = scaled.map { ($0 < quantile ? 1 : $0 == quantile ? share : 0) - q }
    let variance = indicators.reduce(0) { $0 + $1 * $1 } / (n - 1)
    guard variance > 0 else { return polynomials.map { _ in 0 } }
    return polynomials.map { column in
      zip(column, indicators).reduce(0) { $0 + $1.0 * $1.1 } / variance.squareRoot()
    }
  }

  /// The number of polynomials of the weighted statistic.
  static let pairedDegree = 8
  private static let weights = [1, 1.0 / 4, 1.0 / 9, 1.0 / 16]
}
