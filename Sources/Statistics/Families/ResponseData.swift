// The observed values of one outcome in the form that the kernels read.

import LinearAlgebra

/// The observed values of one outcome, ready for the kernels: padded to whole lanes.
package struct ResponseData: Sendable {
  /// The number of observed values, n; the arrays are padded beyond it.
  package let count: Int
  /// y, or the number of successes.
  package let y: [Double]
  /// The number of trials; 1 for families without trials.
  package let trials: [Double]
  /// The part of each log density that depends on the data alone, such as −log y!; not part of
  /// `evaluate`'s sum.
  package let constants: [Double]
  /// The sum of `constants`.
  package let constantSum: Double
  /// counts[k] = how many y are above k, for families that sum over distinct values, padded with
  /// 0; else empty.
  package let exceedances: [Double]
  /// An amount of each row that depends on the data alone and that a kernel takes off the row's
  /// value, so that the sum over many rows of large counts keeps its digits; `constants` gives it
  /// back.
  package let centering: [Double]
  /// Whether any row has other than one trial.
  package let hasTrials: Bool
  /// A typical response, for families that centre their sums on it; positive.
  package let center: Double
  /// The responses beyond the range of `exceedances`; empty for most data.
  package let largeCounts: LargeCounts

  /// Prepared data; arrays are padded here (`y` with 0, `trials` with 1).
  package init(
    y: [Double], trials: [Double]? = nil, constants: [Double]? = nil, exceedances: [Double] = [],
    centering: [Double]? = nil, center: Double = 1, largeCounts: LargeCounts = LargeCounts()
  ) {
    count = y.count
    let padding = paddedToLanes(max(y.count, 1)) - y.count
    self.y = y + Array(repeating: 0, count: padding)
    self.trials =
      (trials ?? Array(repeating: 1, count: y.count)) + Array(repeating: 1, count: padding)
    self.constants =
      (constants ?? Array(repeating: 0, count: y.count)) + Array(repeating: 0, count: padding)
    constantSum = constants?.reduce(0, +) ?? 0
    self.exceedances =
      exceedances
      + Array(repeating: 0, count: paddedToLanes(exceedances.count) - exceedances.count)
    self.centering =
      (centering ?? Array(repeating: 0, count: y.count)) + Array(repeating: 0, count: padding)
    hasTrials = trials?.contains { $0 != 1 } ?? false
    self.center = center
    self.largeCounts = largeCounts
  }
}

/// The distinct counts that are too large to sum over, each with what a family needs of it.
package struct LargeCounts: Sendable {
  /// How far each count is above the range that is summed over, padded to whole lanes with 0.
  package let excess: [Double]
  /// How often each occurs, padded with 0.
  package let multiplicity: [Double]
  /// The data-only part of the term of each, padded with 0.
  package let constants: [Double]

  /// The counts with their multiplicities; arrays are padded here.
  package init(excess: [Double] = [], multiplicity: [Double] = [], constants: [Double] = []) {
    let padding = Array(repeating: 0.0, count: paddedToLanes(excess.count) - excess.count)
    self.excess = excess + padding
    self.multiplicity = multiplicity + padding
    self.constants = constants + padding
  }
}
