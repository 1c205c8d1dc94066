// What each test of residuals says, in plain words, for panes and reports alike.

/// Words for the tests of residuals.
package enum ResidualWords {
  /// What a p value below 0.05 warns of or above it reassures of, in a few words.
  ///
  /// - Parameters:
  ///   - statistic: the ratio of spreads or of zeros; only its side of one matters.
  ///   - changing: how many of the three quartiles change along the prediction.
  package static func meaning(
    of test: ResidualTestName, isGood: Bool, statistic: Double, changing: Int = 0
  ) -> String {
    switch test {
    case .uniformity:
      isGood
        ? "residuals are uniform, as they should be"
        : "residuals are not uniform: the distribution does not fit"
    case .dispersion:
      isGood
        ? "data spread as the model says"
        : statistic > 1
          ? "data spread more than the model says" : "data spread less than the model says"
    case .outliers:
      isGood
        ? "no more extreme observations than expected"
        : "extreme observations are not as many as expected"
    case .zeroInflation:
      isGood
        ? "as many zeros as the model says"
        : statistic > 1 ? "more zeros than the model says" : "fewer zeros than the model says"
    case .quantiles:
      isGood
        ? "no change along the prediction"
        : changing == 0
          ? "quartiles change along the prediction"
          : changing == 1
            ? "one quartile of three changes along the prediction"
            : "\(changing) quartiles of three change along the prediction"
    }
  }

  /// Why a test is not to be trusted with a kind of simulation, in a few words.
  package static func caution(isConditional: Bool) -> String {
    isConditional
      ? "see new random effects: the fitted ones take up variation"
      : "see the random effects found: rows of a group vary together"
  }

  /// What a correlation between the residuals of two outcomes says.
  package static func meaning(ofCorrelation p: Double) -> String {
    p < 0.05
      ? "the outcomes go together in a row beyond their random effects: a residual correlation is missing"
      : "no sign of a missing residual correlation"
  }
}
