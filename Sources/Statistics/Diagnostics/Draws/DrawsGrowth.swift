// How effective sample sizes and the mean develop as draws come in.

/// Statistics of the first draws of each chain.
package struct GrowthPoint: Sendable, Equatable {
  /// The draws used, all chains together.
  package var draws: Int
  package var essBulk: Double?
  package var essTail: Double?
  package var mean: Double?
  /// The Monte Carlo standard error of the mean.
  package var mcseMean: Double?
}

/// The development of one parameter's statistics.
package enum DrawsGrowth {
  /// The statistics of `count` growing parts of the draws of each chain, the last of all.
  ///
  /// Effective sample sizes grow in proportion to the draws where chains mix; they level off where
  /// chains are stuck. Parts of less than four draws are left out.
  package static func points(
    _ chains: [[Double]], count: Int = 20, using calculator: inout ConvergenceCalculator
  ) -> [GrowthPoint] {
    (1...max(1, count)).compactMap { point(chains, step: $0, of: count, using: &calculator) }
  }

  /// The statistics of the first `step` of `count` parts of the draws of each chain; nil if these are
  /// fewer than four draws, or no more than one part less.
  package static func point(
    _ chains: [[Double]], step: Int, of count: Int, using calculator: inout ConvergenceCalculator
  ) -> GrowthPoint? {
    let length = chains.map(\.count).min() ?? 0
    let used = length * step / count
    guard used >= 4, used > length * (step - 1) / count else { return nil }
    calculator.load(chains.map { Array($0[..<used]) })
    return GrowthPoint(
      draws: used * chains.count, essBulk: calculator.essBulk(), essTail: calculator.essTail(),
      mean: calculator.mean(), mcseMean: calculator.mcseMean())
  }

  /// The means of the first draws of a chain, at `count` numbers of draws or at all if there are
  /// fewer; nil for a chain with a draw that is not finite.
  package static func cumulativeMeans(
    _ chain: [Double], count: Int = 400
  ) -> [(draws: Int, mean: Double)]? {
    guard chain.allSatisfy(\.isFinite), count > 0 else { return nil }
    var means: [(draws: Int, mean: Double)] = []
    var sum = 0.0
    var next = 1
    for (index, value) in chain.enumerated() {
      sum += value
      guard index + 1 == next else { continue }
      means.append((next, sum / Double(next)))
      next = max(next + 1, chain.count * (means.count + 1) / min(count, chain.count))
    }
    return means
  }
}
