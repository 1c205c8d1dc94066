// The side on which a test looks for a deviation, and p values among simulated statistics.

/// The direction of the deviation that a test looks for.
package enum Alternative: Sendable, Equatable, CaseIterable {
  /// A deviation to either side.
  case twoSided
  /// The observed statistic larger than expected.
  case greater
  /// The observed statistic smaller than expected.
  case less

  /// The p value of an observed statistic among simulated ones, as DHARMa counts it.
  ///
  /// Shares of simulations on the far side, ties included and without the "plus one", so that it
  /// can be zero; the two-sided value is twice the smaller share and at most one.
  func pValue(of observed: Double, among simulated: [Double]) -> Double {
    let count = Double(simulated.count)
    let greater = Double(simulated.count { $0 >= observed }) / count
    let less = Double(simulated.count { $0 <= observed }) / count
    switch self {
    case .twoSided: return min(1, 2 * min(greater, less))
    case .greater: return greater
    case .less: return less
    }
  }

  /// The p value from the two tails of a known distribution.
  func pValue(lowerTail: Double, upperTail: Double) -> Double {
    switch self {
    case .twoSided: min(1, 2 * min(lowerTail, upperTail))
    case .greater: upperTail
    case .less: lowerTail
    }
  }
}
