// How the ranks of each chain's draws among all draws are spread.

/// Counts of ranks by chain: level where the chains explore the same distribution.
///
/// The draws of all chains are ranked together, ties by their average; each chain's ranks are counted
/// in equal bins (Vehtari et al. 2021, section 5.1).
package struct RankHistogram: Sendable, Equatable {
  /// For each chain the number of its draws in each bin.
  package let counts: [[Int]]
  /// The number of draws of all chains.
  package let total: Int

  /// The count that every bin would have if the chains did not differ.
  package var expected: Double {
    Double(total) / Double(counts.count) / Double(max(1, counts.first?.count ?? 0))
  }

  /// The histogram of the draws of one parameter, a column for each chain, cut to the shortest.
  ///
  /// Nil without draws or with one that is missing; infinite draws have their ranks.
  package init?(_ chains: [[Double]], bins: Int) {
    precondition(bins > 0, "a histogram needs bins")
    let length = chains.map(\.count).min() ?? 0
    let draws = chains.flatMap { $0[..<length] }
    guard !draws.isEmpty, !draws.contains(where: \.isNaN) else { return nil }
    var order = AscendingOrder()
    order.sort(draws)
    var counts = Array(repeating: Array(repeating: 0, count: bins), count: chains.count)
    var first = 0
    while first < draws.count {
      var end = first + 1
      while end < draws.count, order.values[end] == order.values[first] { end += 1 }
      // The middle of the ranks first + 1 ... end, less half a rank, as a share of all.
      let place = Double(first + end) / 2 / Double(draws.count)
      let bin = min(Int(place * Double(bins)), bins - 1)
      for tied in first..<end { counts[Int(order.indices[tied]) / length][bin] += 1 }
      first = end
    }
    self.counts = counts
    total = draws.count
  }
}
