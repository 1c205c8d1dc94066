// One parameter's draws, sorted once, from which all convergence statistics are computed.

import Glibc

/// Computes the convergence statistics of one parameter after another and keeps its buffers in
/// between.
///
/// Definitions are those of the R package posterior (Vehtari, Gelman, Simpson, Carpenter & Bürkner
/// 2021, "Rank-normalization, folding, and localization: an improved R-hat", Bayesian Analysis
/// 16(2)). Every statistic is nil, "not available", where posterior gives NA: draws that are
/// missing, not finite (rank statistics alone survive infinite draws) or constant, and fewer than
/// three draws in a half chain.
package struct ConvergenceCalculator: Sendable {
  /// All draws, chain after chain.
  private(set) var draws: [Double] = []
  /// The draws in ascending order.
  private(set) var order = AscendingOrder()
  /// The number of chains.
  private(set) var chainCount = 0
  /// The number of draws used from each chain.
  private(set) var drawCount = 0
  /// Whether there are no draws or one of them is NaN.
  private(set) var hasMissing = true
  /// Whether there are draws and all are finite.
  private(set) var isFinite = false
  /// The mean of the draws, meaningful if they are finite.
  private(set) var pooledMean = 0.0

  private var slots: [Int32] = []
  private var ranked = RankedValues()
  private var scores = NormalScores(count: 0)
  var series = SplitSeries(layout: SplitLayout(chainCount: 0, drawCount: 0))

  /// A calculator without draws.
  package init() {}

  /// Takes the draws of one parameter, a column for each chain, warm-up left out.
  ///
  /// Chains of unequal length, as in a run that is going on, are cut to the shortest.
  package mutating func load(_ chains: [[Double]]) {
    chainCount = chains.count
    drawCount = chains.map(\.count).min() ?? 0
    draws.removeAll(keepingCapacity: true)
    for chain in chains { draws.append(contentsOf: chain[..<drawCount]) }
    hasMissing = draws.isEmpty || draws.contains { $0.isNaN }
    isFinite = !draws.isEmpty && draws.allSatisfy(\.isFinite)
    if !hasMissing { order.sort(draws) }
    if isFinite {
      let first = draws.reduce(0, +) / Double(draws.count)
      pooledMean = first + draws.reduce(0) { $0 + ($1 - first) } / Double(draws.count)
    }
    let layout = SplitLayout(chainCount: chainCount, drawCount: drawCount)
    if series.layout != layout {
      series = SplitSeries(layout: layout)
      slots = layout.slots()
      scores = NormalScores(count: layout.splitCount)
    }
  }

  /// Whether a half chain has the three draws that R-hat and effective sample sizes need.
  var isLongEnough: Bool { chainCount > 0 && series.layout.halfLength >= 3 }

  /// The type-7 quantile of the pooled draws (Hyndman & Fan 1996), which must not contain NaN.
  func quantileOfSorted(_ probability: Double) -> Double {
    let position = Double(order.values.count - 1) * probability
    let low = Int(position)
    let high = min(low + 1, order.values.count - 1)
    let (a, b) = (order.values[low], order.values[high])
    let weight = position - Double(low)
    return weight > 0 && a != b ? (1 - weight) * a + weight * b : a
  }

  /// Fills the split series with a function of each draw and centres it.
  mutating func fillSeries(_ transform: (Double) -> Double) {
    for i in draws.indices where slots[i] >= 0 {
      series.values[Int(slots[i])] = transform(draws[i])
    }
    series.centre()
  }

  /// Fills the split series with the normal scores of the draws.
  mutating func fillSeriesWithScores() {
    ranked.removeAll()
    for k in order.values.indices {
      ranked.append(order.values[k], at: slots[Int(order.indices[k])])
    }
    ranked.writeScores(scores, to: &series.values)
    series.centre()
  }

  /// Fills the split series with the normal scores of the distances |x - centre|.
  ///
  /// The distances left and right of the centre are each in order already, so merging them sorts
  /// them.
  mutating func fillSeriesWithFoldedScores(around centre: Double) {
    ranked.removeAll()
    let count = order.values.count
    var right = order.values.firstIndex { $0 > centre } ?? count
    var left = right - 1
    while left >= 0 || right < count {
      let leftDistance = left >= 0 ? abs(order.values[left] - centre) : .infinity
      let rightDistance = right < count ? abs(order.values[right] - centre) : .infinity
      if right >= count || (left >= 0 && leftDistance <= rightDistance) {
        ranked.append(leftDistance, at: slots[Int(order.indices[left])])
        left -= 1
      } else {
        ranked.append(rightDistance, at: slots[Int(order.indices[right])])
        right += 1
      }
    }
    ranked.writeScores(scores, to: &series.values)
    series.centre()
  }
}
