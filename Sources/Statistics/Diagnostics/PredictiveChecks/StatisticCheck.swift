// A statistic of the data among the same statistic of simulated data.

import Glibc

/// T(y) beside T(y_rep), with its posterior predictive p value (Rubin 1984; Gelman, Meng & Stern 1996).
package struct StatisticCheck: Sendable, Equatable {
  /// The statistic.
  package let statistic: PredictiveStatistic
  /// T(y); NaN where it does not exist.
  package let observed: Double
  /// T(y_rep) of each simulation; NaN where it does not exist.
  package let simulated: [Double]

  /// A check of values that are already known.
  package init(statistic: PredictiveStatistic, observed: Double, simulated: [Double]) {
    self.statistic = statistic
    self.observed = observed
    self.simulated = simulated
  }

  /// The checks of several statistics of one outcome.
  package static func all(
    _ statistics: [PredictiveStatistic], of input: ResidualInput
  ) -> [StatisticCheck] {
    var calculator = StatisticCalculator(statistics)
    let observed = calculator.values(of: input.observed[...])
    let simulated = (0..<input.simulationCount).map {
      calculator.values(of: input.simulation($0))
    }
    return statistics.indices.map { index in
      StatisticCheck(
        statistic: statistics[index], observed: observed[index],
        simulated: simulated.map { $0[index] })
    }
  }

  /// The values among which T(y) is judged.
  private var known: [Double] { simulated.filter { !$0.isNaN } }

  /// P(T(y_rep) >= T(y)), the share of simulations at or above the data; nil where T does not exist.
  package var pAtLeast: Double? { p(.greater) }

  /// Twice the smaller of the shares at or above and at or below the data, at most 1.
  package var pTwoSided: Double? { p(.twoSided) }

  private func p(_ alternative: Alternative) -> Double? {
    let known = known
    guard !observed.isNaN, known.count > 1 else { return nil }
    return alternative.pValue(of: observed, among: known)
  }

  /// How many standard deviations of T(y_rep) the data lie from its mean; nil where that does not exist.
  package var distance: Double? {
    let known = known
    guard observed.isFinite, known.count > 1 else { return nil }
    let count = Double(known.count)
    let mean = known.reduce(0, +) / count
    let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (count - 1)).squareRoot()
    guard deviation > 0 else { return observed == mean ? 0 : .infinity }
    return (observed - mean) / deviation
  }
}
