// From the columns of predictive checks to their form in the report, rounded to what a plot can show.

import Diagnostics
import Glibc
import RunFolder

extension Double {
  /// The number rounded to so many significant digits, so that its text is short.
  fileprivate func rounded(digits: Int) -> Double {
    guard isFinite, self != 0 else { return self }
    let power = digits - 1 - Int(log10(magnitude).rounded(.down))
    guard abs(power) <= 200 else { return self }
    let scale = pow(10, Double(abs(power)))
    return power >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale
  }
}

extension Sequence<Double> {
  fileprivate func rounded(digits: Int) -> [Double] { map { $0.rounded(digits: digits) } }
}

extension PredictiveDensity {
  init(_ overlay: DensityOverlay) {
    self.init(
      grid: overlay.grid.rounded(digits: 6), observed: overlay.observed.rounded(digits: 4),
      replicated: overlay.replicated.map { $0.rounded(digits: 3) })
  }
}

extension PredictiveBars {
  init(_ bars: CountBars) {
    self.init(
      first: bars.first, width: bars.width, opensBelow: bars.opensBelow,
      opensAbove: bars.opensAbove, observed: bars.observed, mean: bars.mean.rounded(digits: 5),
      lower: bars.lower.rounded(digits: 5), upper: bars.upper.rounded(digits: 5))
  }
}

extension PredictiveStatisticResult {
  /// At most so many simulated values are kept for the histogram; p values rest on all.
  private static let valueLimit = 250

  init(_ check: StatisticCheck) {
    let all = check.simulated
    let count = min(all.count, Self.valueLimit)
    self.init(
      name: check.statistic.name, observed: check.observed, pAtLeast: check.pAtLeast ?? .nan,
      pTwoSided: check.pTwoSided ?? .nan,
      values: (0..<count).map { all[$0 * all.count / count] }.rounded(digits: 6))
  }
}

extension PredictiveSeries {
  /// Of more groups than this only those farthest out are listed.
  private static let groupLimit = 40

  init(_ intervals: PredictiveIntervals, column: String, levels: [String]? = nil) {
    var shown = intervals
    if levels != nil, intervals.position.count > Self.groupLimit {
      let farthest = intervals.position.indices.sorted {
        (intervals.distance($1), $0) < (intervals.distance($0), $1)
      }
      shown = intervals.keeping(farthest.prefix(Self.groupLimit).sorted())
    }
    self.init(
      column: column, levels: levels.map { levels in shown.position.map { levels[Int($0)] } },
      total: intervals.position.count, outsideCount: intervals.outside.count,
      position: shown.position.rounded(digits: 6), count: shown.count,
      observed: shown.observed.rounded(digits: 6),
      quantiles: shown.quantiles.map { $0.rounded(digits: 6) })
  }
}

extension PredictiveCalibration {
  init(_ curve: UniformityCurve, isLeaveOneOut: Bool) {
    // Not rounded: whether the curve leaves its band is told from the last digits.
    self.init(
      isLeaveOneOut: isLeaveOneOut, count: curve.count, points: curve.points,
      difference: curve.difference, lower: curve.lower, upper: curve.upper)
  }
}
