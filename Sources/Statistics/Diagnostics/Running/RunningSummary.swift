// Convergence at a glance, from running sums: at hand for every parameter after every draw.

/// What running sums say of one parameter.
///
/// Mean, standard deviation and R-hat are exact: equal to those of all draws in the sums. R-hat is
/// that of split chains without ranks (Vehtari et al. 2021, equations 1 to 4), which misses chains
/// that differ in spread alone or have no variance. The effective sample size is that of the mean of
/// whole chains at lags below 32: about the bulk's for draws that mix well, too large for those that
/// mix slowly. So they show where to look; the judgement rests on the rank-normalised statistics.
package struct RunningSummary: Sendable, Equatable {
  /// The draws of each chain that it rests on.
  package var drawsPerChain: Int
  /// The number of chains.
  package var chains: Int
  /// The mean of the pooled draws.
  package var mean: Double?
  /// Their standard deviation, denominator S - 1.
  package var sd: Double?
  /// The split R-hat of the draws as they are.
  package var rHat: Double?
  /// The effective sample size of the mean.
  package var essMean: Double?

  /// A summary of so many draws of so many chains, of which nothing is known yet.
  package init(drawsPerChain: Int, chains: Int) {
    self.drawsPerChain = drawsPerChain
    self.chains = chains
  }
}

extension RunningDraws {
  /// The statistics of the draws so far; those that do not exist for them are nil.
  ///
  /// - Parameter draws: the draws of a chain, as in `extend`.
  package func summary(draws: (_ chain: Int) -> ArraySlice<Double>) -> RunningSummary {
    var summary = RunningSummary(drawsPerChain: drawCount, chains: chains.count)
    let n = Double(drawCount)
    let m = Double(chains.count)
    guard drawCount > 0, !chains.isEmpty, chains.allSatisfy({ $0.sum.isFinite }) else {
      return summary
    }
    let mean = chains.reduce(0) { $0 + $1.sum } / (n * m)
    summary.mean = origin + mean
    if n * m > 1 {
      let squares = chains.reduce(0) { $0 + $1.squares } - n * m * mean * mean
      summary.sd = (max(0, squares) / (n * m - 1)).squareRoot()
    }
    guard isUsable, drawCount / 2 >= 3 else { return summary }
    summary.rHat = splitRHat(draws)
    summary.essMean = essOfWholeChains(draws)
    return summary
  }

  private func splitRHat(_ draws: (_ chain: Int) -> ArraySlice<Double>) -> Double? {
    let half = drawCount / 2
    var (means, within) = ([Double](), 0.0)
    for (number, chain) in chains.enumerated() {
      let column = draws(number)
      let first = chain.totals(of: half, column, origin: origin)
      // An odd chain leaves its middle draw out.
      let before = chain.totals(of: drawCount - half, column, origin: origin)
      for (sum, squares) in [
        (first.sum, first.squares), (chain.sum - before.sum, chain.squares - before.squares),
      ] {
        means.append(sum / Double(half))
        within += max(0, squares - sum * sum / Double(half))
      }
    }
    within /= Double(means.count) * Double(half - 1)
    let between = Double(half) * Self.variance(means)
    guard within > 0 else { return between > 0 ? .infinity : nil }
    return ((between / within + Double(half) - 1) / Double(half)).squareRoot()
  }

  private func essOfWholeChains(_ draws: (_ chain: Int) -> ArraySlice<Double>) -> Double? {
    var covariances = Array(repeating: 0.0, count: RunningChain.lagCount)
    for (number, chain) in chains.enumerated() {
      chain.addAutocovariances(draws(number), count: drawCount, origin: origin, to: &covariances)
    }
    let count = Double(chains.count)
    let between =
      chains.count > 1 ? Self.variance(chains.map { $0.sum / Double(drawCount) }) : 0
    guard covariances[0] > 0 || between > 0 else { return nil }
    return InitialMonotoneSequence.effectiveSampleSize(
      length: drawCount, count: chains.count, varianceOfMeans: between,
      lagLimit: min(RunningChain.lagCount, drawCount)
    ) { covariances[$0] / count }
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
