// Predictive checks for sample runs: scores that fit, passes that fit but for new schools, counts with too many zeros.

import Glibc
import RunFolder

/// Makes predictive checks and leave-one-out results.
package enum SamplePredictive {
  /// Checks of two outcomes, for the same schools and for new ones.
  package static func report(_ basis: PredictiveBasis, draws: Int) -> PredictiveReport {
    PredictiveReport(
      basis: basis, draws: draws, simulations: 250, seed: 1,
      outcomes: [true, false].flatMap { isConditional in
        [score(isConditional), passed(isConditional)]
      }.sorted { $0.name < $1.name })
  }

  /// Checks of counts with more zeros than the model says.
  package static let counts = PredictiveReport(
    basis: .normalApproximation, draws: 0, simulations: 250, seed: 1,
    outcomes: [
      OutcomePredictive(
        name: "count", isConditional: true, observations: 640, isDiscrete: true,
        bars: PredictiveBars(
          first: 0, width: 1, opensBelow: false, opensAbove: true,
          observed: [310, 90, 70, 60, 40, 30, 20, 10, 6, 4],
          mean: [220, 160, 110, 70, 40, 20, 10, 5, 3, 2],
          lower: [200, 140, 92, 56, 29, 13, 5, 2, 0, 0],
          upper: [241, 181, 127, 84, 51, 28, 15, 9, 6, 5]),
        statistics: [
          statistic("mean", observed: 1.9, mean: 1.88, spread: 0.08, p: 0.42),
          statistic("zeros", observed: 0.484, mean: 0.344, spread: 0.02, p: 0),
          statistic("skewness", observed: .nan, mean: .nan, spread: 1, p: .nan),
        ],
        calibration: calibration(bend: 0.06, isLeaveOneOut: true))
    ])

  /// Leave-one-out results of 120 scores and 120 passes, of which three of the scores stand out.
  package static let loo: LooReport = {
    var numbers = SampleNumbers(seed: 77)
    var points: [LooPoint] = []
    for (outcome, count) in [("math_score", 120), ("passed", 120)] {
      for row in 1...count {
        var k = 0.12 + 0.12 * numbers.normal()
        if outcome == "math_score" {
          switch row {
          case 17: k = 0.94
          case 63: k = 0.78
          case 101: k = .infinity
          default: break
          }
        }
        points.append(
          LooPoint(outcome: outcome, label: "\(row)", elpd: -3.5 + numbers.normal(), paretoK: k))
      }
    }
    return LooReport(
      draws: 4000, leftOut: nil, elpd: -840.2, standardError: 18.1, effectiveParameters: 31.2,
      effectiveParametersError: 2.2, elpdWAIC: -839.6, standardErrorWAIC: 18,
      effectiveParametersWAIC: 30.7, paretoKThreshold: 0.7, points: points)
  }()

  private static func score(_ isConditional: Bool) -> OutcomePredictive {
    var numbers = SampleNumbers(seed: isConditional ? 31 : 32)
    let grid = (0..<60).map { 10 + 80 * Double($0) / 59 }
    func curve(_ mean: Double, _ sd: Double) -> [Double] {
      grid.map { x in
        let z = (x - mean) / sd
        return exp(-z * z / 2) / (sd * 2.5066)
      }
    }
    let wobble = isConditional ? 0.4 : 1.2
    let spread = isConditional ? 0.27 : 0.8
    return OutcomePredictive(
      name: "math_score", isConditional: isConditional, observations: 1963, isDiscrete: false,
      density: PredictiveDensity(
        grid: grid, observed: curve(50.2, 9.1),
        replicated: (0..<50).map { _ in
          curve(50 + wobble * numbers.normal(), 9 + 0.25 * numbers.normal())
        }),
      statistics: [
        statistic("mean", observed: 50.31, mean: 50.2, spread: spread, p: 0.68),
        statistic("sd", observed: 9.11, mean: 9.05, spread: 0.2, p: 0.74),
        statistic("min", observed: 18.2, mean: 20.1, spread: 2.1, p: 0.31),
        statistic("median", observed: 50.4, mean: 50.2, spread: spread, p: 0.56),
        statistic("max", observed: 86.3, mean: 80.4, spread: 2.2, p: 0.004),
        statistic("skewness", observed: 0.02, mean: 0, spread: 0.05, p: 0.71),
      ],
      series: [
        series("fitted value", count: 30, from: 40, to: 60, slope: 1, wide: spread, &numbers),
        series("SES", count: 30, from: -2, to: 2, slope: 3, wide: spread, &numbers),
        groups(isConditional, &numbers),
      ], calibration: calibration(bend: isConditional ? 0.004 : 0.012, isLeaveOneOut: false))
  }

  private static func passed(_ isConditional: Bool) -> OutcomePredictive {
    var numbers = SampleNumbers(seed: isConditional ? 33 : 34)
    let wide = isConditional ? 30.0 : 90.0
    return OutcomePredictive(
      name: "passed", isConditional: isConditional, observations: 1963, isDiscrete: true,
      bars: PredictiveBars(
        first: 0, width: 1, opensBelow: false, opensAbove: false, observed: [811, 1152],
        mean: [815.2, 1147.8], lower: [815 - wide, 1148 - wide], upper: [815 + wide, 1148 + wide]),
      statistics: [
        statistic("mean", observed: 0.587, mean: 0.585, spread: wide / 3200, p: 0.81)
      ],
      series: [
        series("SES", count: 30, from: -2, to: 2, slope: 0.14, wide: 0.06, &numbers)
      ], calibration: calibration(bend: -0.003, isLeaveOneOut: false))
  }

  private static func statistic(
    _ name: String, observed: Double, mean: Double, spread: Double, p: Double
  ) -> PredictiveStatisticResult {
    var numbers = SampleNumbers(seed: UInt64(name.utf8.count) + 5)
    return PredictiveStatisticResult(
      name: name, observed: observed, pAtLeast: observed > mean ? p / 2 : 1 - p / 2, pTwoSided: p,
      values: (0..<250).map { _ in mean + spread * numbers.normal() })
  }

  private static func series(
    _ column: String, count: Int, from: Double, to: Double, slope: Double, wide: Double,
    _ numbers: inout SampleNumbers
  ) -> PredictiveSeries {
    let x = (0..<count).map { from + (to - from) * Double($0) / Double(count - 1) }
    let middle = x.map {
      50 * min(slope, 1) + slope * $0 * (slope == 1 ? 0 : 1) + (slope == 1 ? $0 - 50 : 0)
    }
    let observed = middle.map { $0 + wide * numbers.normal() }
    let quantiles = [-1.64, -0.67, 0, 0.67, 1.64].map { z in middle.map { $0 + z * wide } }
    let outside = observed.indices.filter {
      observed[$0] < quantiles[0][$0] || observed[$0] > quantiles[4][$0]
    }
    return PredictiveSeries(
      column: column, levels: nil, total: count, outsideCount: outside.count, position: x,
      count: x.map { _ in 65 }, observed: observed, quantiles: quantiles)
  }

  private static func groups(
    _ isConditional: Bool, _ numbers: inout SampleNumbers
  ) -> PredictiveSeries {
    let levels = (1...40).map { $0 < 10 ? "S0\($0)" : "S\($0)" }
    let observed = levels.map { _ in 50 + 4.4 * numbers.normal() }
    let middle = observed.map { isConditional ? $0 + 1.2 * numbers.normal() : 50 }
    let wide = isConditional ? 1.4 : 4.6
    let quantiles = [-1.64, -0.67, 0, 0.67, 1.64].map { z in middle.map { $0 + z * wide } }
    return PredictiveSeries(
      column: "school_id", levels: levels, total: 60, outsideCount: 5,
      position: levels.indices.map(Double.init), count: levels.indices.map { 20 + $0 % 17 },
      observed: observed, quantiles: quantiles)
  }

  private static func calibration(bend: Double, isLeaveOneOut: Bool) -> PredictiveCalibration {
    let points = (1..<40).map { Double($0) / 40 }
    let edge = points.map { 2.9 * ($0 * (1 - $0) / 1963).squareRoot() }
    return PredictiveCalibration(
      isLeaveOneOut: isLeaveOneOut, count: 1963, points: points,
      difference: points.map { bend * sin(2 * .pi * $0) + 0.004 * sin(9 * $0) },
      lower: edge.map { -$0 }, upper: edge)
  }
}
