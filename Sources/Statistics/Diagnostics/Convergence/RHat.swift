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

  /// The R-hat of the draws as they are, of whole chains against each other (Gelman & Rubin 1992).
  ///
  /// It is blind to chains that drift together, so that nothing is judged by it; nil with one chain.
  package func rHatWithoutSplit() -> Double? {
    guard chainCount > 1, drawCount > 1, SplitSeries.isUsable(draws) else { return nil }
    let n = Double(drawCount)
    var means: [Double] = []
    var within = 0.0
    for chain in 0..<chainCount {
      let own = draws[(chain * drawCount)..<((chain + 1) * drawCount)]
      // About the first draw, which keeps a constant chain exactly constant.
      let origin = own[own.startIndex]
      let shift = own.reduce(0) { $0 + ($1 - origin) } / n
      within += own.reduce(0) {
        $0 + ($1 - origin - shift) * ($1 - origin - shift)
      }
      means.append(origin + shift)
    }
    within /= Double(chainCount) * (n - 1)
    let mean = means.reduce(0, +) / Double(chainCount)
    let between = n * means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(chainCount - 1)
    return ((between / within + n - 1) / n).squareRoot()
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
