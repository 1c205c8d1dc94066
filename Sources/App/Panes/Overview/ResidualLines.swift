// The tests in residuals.json as lines of the page of verdicts.

import RunFolder
import TerminalCore

/// Lines for the tests of one outcome's residuals.
enum ResidualLines {
  /// A line for each test that was made: below 0.05 it warns, below 0.001 it fails, as five tests are
  /// looked at together and large samples find harmless deviations.
  static func all(of outcome: OutcomeResiduals) -> [OverviewLine] {
    let tests = outcome.tests
    let isOver = (tests.dispersion?.statistic ?? 1) > 1
    let hasManyZeros = (tests.zeroInflation?.statistic ?? 1) > 1
    let lines = [
      line(
        "residual uniformity", outcome, tests.uniformity?.p,
        good: "The residuals are uniform, as they should be.",
        bad: "The residuals are not uniform: the distribution does not fit.",
        advice: "Look at the QQ plot and at the other tests for the reason."),
      line(
        "residual dispersion", outcome, tests.dispersion?.p,
        good: "The response varies as much as the model says.",
        bad: isOver
          ? "The response varies more than the model says."
          : "The response varies less than the model says.",
        advice: isOver
          ? "Try a family with a dispersion parameter, more predictors or a random effect by row."
          : "Try a family with less variance, or drop random effects."),
      line(
        "residual outliers", outcome, tests.outliers?.p,
        good: "Extreme observations are as many as expected.",
        bad: "Extreme observations are not as many as expected.",
        advice: "Look at the rows that stand out, or try a family with heavier tails."),
      line(
        "zeros", outcome, tests.zeroInflation?.p,
        good: "There are as many zeros as the model says.",
        bad: hasManyZeros
          ? "There are more zeros than the model says."
          : "There are fewer zeros than the model says.",
        advice: hasManyZeros
          ? "Try a zero-inflated or negative binomial family."
          : "Try a truncated or hurdle family."),
      line(
        "residual quantiles", outcome, tests.quantiles?.p,
        good: "The residuals do not change along the prediction.",
        bad: "The residuals change along the prediction.",
        advice: "Add a curve or an interaction, or let the dispersion depend on a predictor."),
    ]
    return lines.compactMap { $0 }
  }

  private static func line(
    _ check: String, _ outcome: OutcomeResiduals, _ p: Double?, good: String, bad: String,
    advice: String
  ) -> OverviewLine? {
    guard let p, p.isFinite else { return nil }
    let level: CheckLevel = p < 0.001 ? .failed : p < 0.05 ? .warned : .passed
    return OverviewLine(
      CheckLine(
        check: check, subject: outcome.name, level: level, number: p, threshold: 0.05,
        source: "DHARMa", meaning: level == .passed ? good : bad,
        advice: level == .passed ? "" : advice))
  }
}
