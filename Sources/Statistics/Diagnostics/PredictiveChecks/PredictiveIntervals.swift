// Means of the data in bins or groups beside the central intervals of the same simulated means.

/// Observed means with central 50% and 90% intervals of their simulated values, along a predictor or by
/// group, as bayesplot's `ppc_intervals` and `ppc_stat_grouped` have them.
///
/// A bin that holds one row gives the predictive interval of that row.
package struct PredictiveIntervals: Sendable, Equatable {
  /// The bin's mean of the predictor, ascending; for groups the index of the level.
  package let position: [Double]
  /// How many rows are in each bin.
  package let count: [Int]
  /// The mean of the data in each bin.
  package let observed: [Double]
  /// The quantiles of the simulated mean at 5%, 25%, 50%, 75% and 95%, each one number a bin.
  package let quantiles: [[Double]]

  /// The probabilities of `quantiles`.
  package static let probabilities = [0.05, 0.25, 0.5, 0.75, 0.95]

  /// Intervals whose numbers are already known.
  package init(position: [Double], count: [Int], observed: [Double], quantiles: [[Double]]) {
    self.position = position
    self.count = count
    self.observed = observed
    self.quantiles = quantiles
  }

  /// Intervals along a predictor, in at most about `maximumBins` bins of equal numbers of rows; rows of
  /// equal values stay together, and rows without a value are left out.
  package init(_ input: ResidualInput, along predictor: [Double], maximumBins: Int = 30) {
    precondition(predictor.count == input.count && maximumBins >= 1)
    let rows = predictor.indices.filter { predictor[$0].isFinite }
      .sorted { (predictor[$0], $0) < (predictor[$1], $1) }
    var bins = [Int32](repeating: -1, count: input.count)
    var distinct = rows.isEmpty ? 0 : 1
    for (place, row) in rows.enumerated().dropFirst()
    where predictor[row] != predictor[rows[place - 1]] { distinct += 1 }
    var bin: Int32 = -1
    for (place, row) in rows.enumerated() {
      let isNew = place == 0 || predictor[row] != predictor[rows[place - 1]]
      // With few distinct values each has a bin of its own; else bins fill up one after another.
      let isFull =
        distinct <= maximumBins || place * maximumBins >= rows.count * Int(bin + 1)
      if isNew && isFull { bin += 1 }
      bins[row] = bin
    }
    self.init(input, bins: bins, binCount: Int(bin + 1), predictor: predictor)
  }

  /// Intervals by group; rows of code -1 are left out, and so are groups without rows.
  package init(_ input: ResidualInput, groups codes: [Int32], levelCount: Int) {
    precondition(codes.count == input.count)
    self.init(input, bins: codes, binCount: levelCount, predictor: codes.map(Double.init))
  }

  private init(_ input: ResidualInput, bins: [Int32], binCount: Int, predictor: [Double]) {
    var counts = [Int](repeating: 0, count: binCount)
    for bin in bins where bin >= 0 { counts[Int(bin)] += 1 }
    func means(_ values: ArraySlice<Double>) -> [Double] {
      var sums = [Double](repeating: 0, count: binCount)
      for (bin, value) in zip(bins, values) where bin >= 0 { sums[Int(bin)] += value }
      return zip(sums, counts).map { $0 / Double($1) }
    }
    let kept = counts.indices.filter { counts[$0] > 0 }
    let all = (0..<input.simulationCount).map { means(input.simulation($0)) }
    let sorted = kept.map { bin in all.map { $0[bin] }.sorted() }
    let (places, observed) = (means(predictor[...]), means(input.observed[...]))
    position = kept.map { places[$0] }
    count = kept.map { counts[$0] }
    self.observed = kept.map { observed[$0] }
    quantiles = Self.probabilities.map { p in sorted.map { quantile(ofSorted: $0, p) } }
  }

  /// The bins whose observed mean lies outside the central 90%.
  package var outside: [Int] {
    observed.indices.filter {
      observed[$0] < quantiles[0][$0] || observed[$0] > quantiles[4][$0]
    }
  }

  /// How far outside or inside: the distance of the data from the simulated median in units of half the
  /// interval's width, positive; infinite where the interval has no width.
  package func distance(_ bin: Int) -> Double {
    let half = (quantiles[4][bin] - quantiles[0][bin]) / 2
    let gap = abs(observed[bin] - quantiles[2][bin])
    return gap == 0 ? 0 : half > 0 ? gap / half : .infinity
  }

  /// The same for some of the bins, in the order given.
  package func keeping(_ bins: [Int]) -> PredictiveIntervals {
    PredictiveIntervals(
      position: bins.map { position[$0] }, count: bins.map { count[$0] },
      observed: bins.map { observed[$0] }, quantiles: quantiles.map { q in bins.map { q[$0] } })
  }
}
