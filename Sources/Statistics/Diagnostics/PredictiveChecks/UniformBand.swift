// A band that holds the whole empirical distribution function of uniform numbers with a given probability.

import Glibc

/// A simultaneous confidence band for the number of N uniform values at or below each of several points.
///
/// The band consists of central binomial intervals of one pointwise probability 1 - γ, with γ such that
/// all of them hold at once with probability 1 - α (Säilynoja, Bürkner & Vehtari 2022, section 3). The
/// joint probability is exact for up to `exactCount` values; for more, where it hardly changes, γ of that
/// many is used.
package struct UniformBand: Sendable, Equatable {
  /// The points, ascending, in (0, 1).
  package let points: [Double]
  /// The fewest values at or below each point.
  package let lower: [Int]
  /// The most values at or below each point.
  package let upper: [Int]
  /// γ, the probability of leaving the interval at one point.
  package let pointwise: Double

  /// The largest N for which the joint probability is computed.
  static let exactCount = 500

  /// The band for `count` values at the points 1/K, ..., (K-1)/K.
  package init(count: Int, pieces: Int = 40, level: Double = 0.95) {
    precondition(count >= 1 && pieces >= 2 && level > 0 && level < 1)
    let points = (1..<pieces).map { Double($0) / Double(pieces) }
    let calculator = BandCalculator(count: min(count, Self.exactCount), points: points)
    // The coverage falls as γ rises: the largest γ that still covers, by bisection.
    var (safe, loose) = ((1 - level) / Double(pieces) / 4, 1 - level)
    for _ in 0..<12 {
      let middle = (safe + loose) / 2
      if calculator.coverage(middle) >= level { safe = middle } else { loose = middle }
    }
    self.points = points
    pointwise = safe
    let bounds = points.map { BinomialTable(count, $0).bounds(tail: safe / 2) }
    lower = bounds.map(\.lower)
    upper = bounds.map(\.upper)
  }
}

/// The probability that the counts of N uniform values stay within their intervals at all points.
private struct BandCalculator {
  let count: Int
  let points: [Double]
  private let tables: [BinomialTable]
  private let logFactorials: [Double]

  init(count: Int, points: [Double]) {
    self.count = count
    self.points = points
    tables = points.map { BinomialTable(count, $0) }
    var sums = [0.0]
    for k in 1...max(1, count) { sums.append(sums[k - 1] + log(Double(k))) }
    logFactorials = sums
  }

  /// The joint probability of intervals that leave γ / 2 to either side.
  func coverage(_ gamma: Double) -> Double {
    var (first, state) = (0, [1.0])
    var last = 0.0
    for (point, table) in zip(points, tables) {
      let bounds = table.bounds(tail: gamma / 2)
      // Of the values above the last point each is at or below this one with probability q.
      let q = (point - last) / (1 - last)
      let (logQ, logRest) = (log(q), log1p(-q))
      var next = [Double](repeating: 0, count: bounds.upper - bounds.lower + 1)
      for (place, mass) in state.enumerated() where mass > 0 {
        let from = first + place
        let left = count - from
        for to in max(from, bounds.lower)...max(from, bounds.upper) where to <= bounds.upper {
          let k = to - from
          let logChoose = logFactorials[left] - logFactorials[k] - logFactorials[left - k]
          next[to - bounds.lower] +=
            mass * exp(logChoose + Double(k) * logQ + Double(left - k) * logRest)
        }
      }
      (first, state, last) = (bounds.lower, next, point)
    }
    return state.reduce(0, +)
  }
}

/// The distribution function of a binomial variable where it has any mass.
private struct BinomialTable {
  private let start: Int
  private let cumulative: [Double]

  init(_ n: Int, _ p: Double) {
    let mean = Double(n) * p
    let reach = 9 * (mean * (1 - p)).squareRoot() + 6
    start = max(0, Int(mean - reach))
    let end = min(n, Int(mean + reach) + 1)
    let constant = DistributionFunctions.logGamma(Double(n) + 1)
    var sum = 0.0
    cumulative = (start...end).map { k in
      let x = Double(k)
      sum += exp(
        constant - DistributionFunctions.logGamma(x + 1)
          - DistributionFunctions.logGamma(Double(n) - x + 1) + x * log(p)
          + (Double(n) - x) * log1p(-p))
      return sum
    }
  }

  /// The smallest counts whose distribution function reaches `tail` and 1 - `tail`.
  func bounds(tail: Double) -> (lower: Int, upper: Int) {
    func quantile(_ p: Double) -> Int {
      var (low, high) = (0, cumulative.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] >= p { high = middle } else { low = middle + 1 }
      }
      return start + low
    }
    return (quantile(tail), quantile(1 - tail))
  }
}
