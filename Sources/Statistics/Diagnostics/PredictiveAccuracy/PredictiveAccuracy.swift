// The predictive accuracy of a model: sums over observations with their standard errors.

import Glibc

/// PSIS-LOO and WAIC of all observations.
package struct PredictiveAccuracy: Sendable, Equatable {
  /// A sum over observations with its standard error, √n times the standard deviation of the terms.
  package struct Total: Sendable, Equatable {
    package let value: Double
    package let error: Double

    /// The sum of `terms`.
    package init(_ terms: [Double]) {
      let n = Double(terms.count)
      value = terms.reduce(0, +)
      let mean = value / n
      let squares = terms.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      error = (n * squares / (n - 1)).squareRoot()
    }
  }

  /// The observations, in the order in which they were given.
  package let points: [PointAccuracy]
  /// Σ log p(y_i | y_−i).
  package let elpd: Total
  /// The effective number of parameters by LOO.
  package let effectiveParameters: Total
  /// Σ log p(y_i | y_−i) by WAIC.
  package let elpdWAIC: Total
  /// The effective number of parameters by WAIC.
  package let effectiveParametersWAIC: Total
  /// The number of draws.
  package let draws: Int
  /// The k above which an observation's share is not reliable.
  package let paretoKThreshold: Double

  /// The accuracy from that of each observation.
  package init(points: [PointAccuracy], draws: Int) {
    self.points = points
    self.draws = draws
    elpd = Total(points.map(\.elpd))
    effectiveParameters = Total(points.map(\.effectiveParameters))
    elpdWAIC = Total(points.map(\.elpdWAIC))
    effectiveParametersWAIC = Total(points.map(\.effectiveParametersWAIC))
    paretoKThreshold = Self.paretoKThreshold(draws: draws)
  }

  /// −2 elpd, on the scale of a deviance.
  package var looic: Double { -2 * elpd.value }

  /// min(1 − 1/log10 S, 0.7): up to this k the estimate is reliable (Vehtari, Simpson, Gelman, Yao & Gabry 2024).
  package static func paretoKThreshold(draws: Int) -> Double {
    min(1 - 1 / log10(Double(draws)), 0.7)
  }

  /// The observations whose share is not reliable, by their places.
  package var unreliable: [Int] {
    points.indices.filter { !(points[$0].paretoK <= paretoKThreshold) }
  }

  /// The Monte Carlo standard error of elpd; nil while a share is not reliable.
  package var elpdMonteCarloError: Double? {
    guard unreliable.isEmpty else { return nil }
    let value = points.reduce(0) { $0 + $1.elpdError * $1.elpdError }.squareRoot()
    return value.isFinite ? value : nil
  }

  /// How many observations have a k in (−∞, 0.5], (0.5, threshold], (threshold, 1] and above 1.
  package var paretoKCounts: (good: Int, fair: Int, bad: Int, veryBad: Int) {
    var counts = (good: 0, fair: 0, bad: 0, veryBad: 0)
    for point in points {
      if point.paretoK <= min(0.5, paretoKThreshold) {
        counts.good += 1
      } else if point.paretoK <= paretoKThreshold {
        counts.fair += 1
      } else if point.paretoK <= 1 {
        counts.bad += 1
      } else {
        counts.veryBad += 1
      }
    }
    return counts
  }

  /// How many observations WAIC cannot be trusted with: those whose log density varies by more than 0.4 (Vehtari,
  /// Gelman & Gabry 2017).
  package var unreliableWAICCount: Int { points.count { !($0.effectiveParametersWAIC <= 0.4) } }
}
