// The row of numbers that a convergence table shows for one parameter.

/// Location, spread, quantiles and convergence statistics of one parameter's draws; nil means "not
/// available".
package struct DrawsSummary: Sendable, Equatable {
  /// The number of draws summarised, all chains together.
  package var draws: Int
  /// The number of chains.
  package var chains: Int
  /// The mean.
  package var mean: Double?
  /// The standard deviation.
  package var sd: Double?
  /// The median.
  package var median: Double?
  /// The 2.5 % quantile.
  package var q2_5: Double?
  /// The 25 % quantile.
  package var q25: Double?
  /// The 75 % quantile.
  package var q75: Double?
  /// The 97.5 % quantile.
  package var q97_5: Double?
  /// The rank-normalised split R-hat.
  package var rHat: Double?
  /// The bulk effective sample size.
  package var essBulk: Double?
  /// The tail effective sample size.
  package var essTail: Double?
  /// The Monte Carlo standard error of the mean.
  package var mcseMean: Double?
  /// The Monte Carlo standard error of the standard deviation.
  package var mcseSD: Double?

  /// The summary of one parameter, given a column of draws for each chain, cut to the shortest.
  ///
  /// For many parameters keep a `ConvergenceCalculator` and use its `summarize`, which reuses its
  /// buffers.
  package static func summarize(_ chains: [[Double]]) -> DrawsSummary {
    var calculator = ConvergenceCalculator()
    return calculator.summarize(chains)
  }
}

extension ConvergenceCalculator {
  /// The summary of one parameter, given a column of draws for each chain.
  package mutating func summarize(_ chains: [[Double]]) -> DrawsSummary {
    load(chains)
    let ranks = rankStatistics()
    return DrawsSummary(
      draws: chainCount * drawCount, chains: chainCount,
      mean: mean(), sd: standardDeviation(), median: median(),
      q2_5: quantile(0.025), q25: quantile(0.25), q75: quantile(0.75), q97_5: quantile(0.975),
      rHat: ranks.rHat, essBulk: ranks.essBulk, essTail: essTail(),
      mcseMean: mcseMean(), mcseSD: mcseSD())
  }
}
