// R-hat: rank-normalised, and of the raw draws.

extension ConvergenceCalculator {
  /// The rank-normalised split R-hat: the larger of the bulk's and of the folded draws'; infinite
  /// if no chain moves.
  package mutating func rHat() -> Double? { rankStatistics().rHat }

  /// The effective sample size of the bulk: that of the normal scores of the draws.
  package mutating func essBulk() -> Double? { rankStatistics(withRHat: false).essBulk }

  /// The split R-hat of the draws as they are, without ranks.
  package mutating func rHatOfRawDraws() -> Double? {
    guard isLongEnough, SplitSeries.isUsable(draws) else { return nil }
    fillSeries { $0 }
    return series.rHat
  }

  /// R-hat and bulk effective sample size, which share the normal scores.
  package mutating func rankStatistics(withRHat: Bool = true) -> (rHat: Double?, essBulk: Double?) {
    guard isLongEnough, !hasMissing else { return (nil, nil) }
    fillSeriesWithScores()
    guard seriesMoves else { return (nil, nil) }
    let bulk = series.rHat
    let ess = series.effectiveSampleSize()
    guard withRHat else { return (nil, ess) }
    let median = quantileOfSorted(0.5)
    guard median.isFinite else { return (nil, ess) }
    fillSeriesWithFoldedScores(around: median)
    guard seriesMoves else { return (nil, ess) }
    return (max(bulk, series.rHat), ess)
  }

  /// Whether the centred series differs from a constant at all.
  var seriesMoves: Bool {
    series.squares.contains { $0 > 0 } || series.means.contains { $0 != series.means[0] }
  }
}
