// Mean, standard deviation and quantiles of the draws with their Monte Carlo standard errors.

import Glibc

extension ConvergenceCalculator {
  /// The mean of the pooled draws.
  package func mean() -> Double? { isFinite ? pooledMean : nil }

  /// The standard deviation of the pooled draws, denominator S - 1.
  package func standardDeviation() -> Double? {
    guard let mean = mean(), draws.count > 1 else { return nil }
    let squares = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(draws.count - 1)).squareRoot()
  }

  /// The median of the pooled draws; it exists beside infinite draws too, as long as it is finite
  /// itself.
  package func median() -> Double? {
    guard !hasMissing else { return nil }
    let median = quantileOfSorted(0.5)
    return median.isFinite ? median : nil
  }

  /// The median absolute deviation from the median, times 1.4826, which makes it the standard
  /// deviation of normal draws; it survives infinite draws as the median does.
  package func medianAbsoluteDeviation() -> Double? {
    guard let centre = median() else { return nil }
    let distances = draws.map { abs($0 - centre) }.sorted()
    let half = distances.count / 2
    let middle =
      distances.count % 2 == 1 ? distances[half] : (distances[half - 1] + distances[half]) / 2
    return middle.isFinite ? 1.4826 * middle : nil
  }

  /// The type-7 quantile of the pooled draws.
  package func quantile(_ probability: Double) -> Double? {
    isFinite ? quantileOfSorted(probability) : nil
  }

  /// The Monte Carlo standard error of the mean: sd / √ESS.
  package mutating func mcseMean() -> Double? {
    guard let sd = standardDeviation(), let ess = essMean() else { return nil }
    return sd / ess.squareRoot()
  }

  /// The Monte Carlo standard error of the standard deviation, by the delta method from the
  /// variance.
  ///
  /// With c = x - mean and E = mean(c²): √((mean(c⁴) - E²) / ESS(c²) / E / 4).
  package mutating func mcseSD() -> Double? {
    guard let mean = mean() else { return nil }
    func squared(_ x: Double) -> Double { (x - mean) * (x - mean) }
    guard let ess = ess(of: squared) else { return nil }
    let count = Double(draws.count)
    let variance = draws.reduce(0) { $0 + squared($1) } / count
    let fourth = draws.reduce(0) { $0 + squared($1) * squared($1) } / count
    return ((fourth - variance * variance) / ess / variance / 4).squareRoot()
  }

  /// The Monte Carlo standard error of the quantile at `probability`.
  ///
  /// Half the distance of the order statistics at the central 68 % interval of a Beta(ESS p + 1,
  /// ESS (1 - p) + 1) distribution.
  package mutating func mcseQuantile(_ probability: Double) -> Double? {
    guard let ess = essQuantile(probability) else { return nil }
    let (a, b) = (ess * probability + 1, ess * (1 - probability) + 1)
    let count = Double(draws.count)
    let low = DistributionFunctions.betaQuantile(0.1586553, a, b) * count
    let high = DistributionFunctions.betaQuantile(0.8413447, a, b) * count
    let lowPlace = max(Int(low.rounded(.down)), 1)
    let highPlace = min(Int(high.rounded(.up)), draws.count)
    return (order.values[highPlace - 1] - order.values[lowPlace - 1]) / 2
  }

  /// The Monte Carlo standard error of the median.
  package mutating func mcseMedian() -> Double? { mcseQuantile(0.5) }
}
