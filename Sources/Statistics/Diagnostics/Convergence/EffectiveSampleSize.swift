// Effective sample sizes for the mean, the standard deviation, quantiles and the tails.

extension ConvergenceCalculator {
  /// The effective sample size for the mean.
  package mutating func essMean() -> Double? { ess(of: { $0 }) }

  /// The effective sample size for the standard deviation: that of |x - mean|.
  package mutating func essSD() -> Double? {
    guard let mean = mean() else { return nil }
    return ess(of: { abs($0 - mean) })
  }

  /// The effective sample size for the quantile at `probability`: that of the indicator of lying at
  /// or below it.
  package mutating func essQuantile(_ probability: Double) -> Double? {
    guard isLongEnough, isFinite else { return nil }
    let quantile = quantileOfSorted(probability)
    guard order.values[order.values.count - 1] > quantile else { return nil }
    fillSeries { $0 <= quantile ? 1 : 0 }
    return seriesMoves ? series.effectiveSampleSize() : nil
  }

  /// The effective sample size for the median.
  package mutating func essMedian() -> Double? { essQuantile(0.5) }

  /// The effective sample size of the tails: the smaller of those for the 5 % and 95 % quantiles.
  package mutating func essTail() -> Double? {
    guard let lower = essQuantile(0.05), let upper = essQuantile(0.95) else { return nil }
    return min(lower, upper)
  }

  /// The effective sample size for the mean of a function of the draws.
  mutating func ess(of function: (Double) -> Double) -> Double? {
    guard isLongEnough, isFinite, SplitSeries.isUsable(draws.lazy.map(function)) else {
      return nil
    }
    fillSeries(function)
    return series.effectiveSampleSize()
  }
}
