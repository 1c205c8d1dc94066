// From residual tests to verdicts in words.

extension ResidualTests {
  /// The verdicts on one outcome: a p value below 0.05 warns, one below 0.001 fails.
  ///
  /// The limits are for five tests looked at together; a large sample makes harmless deviations
  /// significant, so that the advice always points to the plot.
  package func verdicts(outcome: String) -> [Verdict] {
    let isOver = (dispersion?.statistic ?? 1) > 1
    let hasManyZeros = (zeroInflation?.statistic ?? 1) > 1
    return [
      judge(
        "residual uniformity", outcome, uniformity?.p,
        ok: "The residuals are uniform, as they are if the model is right.",
        bad: "The residuals are not uniform: the response does not follow the fitted distribution.",
        advice: "Look at the QQ plot, and at the tests below for the reason."),
      judge(
        "residual dispersion", outcome, dispersion?.p,
        ok: "The response varies as much as the model says.",
        bad: isOver
          ? "The response varies more than the model says."
          : "The response varies less than the model says.",
        advice: isOver
          ? "Try a family with a dispersion parameter, more predictors or a random effect by row."
          : "Try a family with less variance, or drop random effects."),
      judge(
        "residual outliers", outcome, outliers?.p,
        ok: "About as many responses as expected lie outside all of their simulations.",
        bad: "The number of responses outside all of their simulations is not what chance gives.",
        advice: "Look at the rows that stand out, or try a family with heavier tails."),
      judge(
        "zeros", outcome, zeroInflation?.p,
        ok: "The response has as many zeros as the model says.",
        bad: hasManyZeros
          ? "The response has more zeros than the model says."
          : "The response has fewer zeros than the model says.",
        advice: hasManyZeros
          ? "Try a zero-inflated or negative binomial family."
          : "Try a truncated or hurdle family."),
      judge(
        "residual quantiles", outcome, quantiles?.p,
        ok: "The residuals do not change along the predictor.",
        bad: "The residuals change along the predictor.",
        advice: "Add a curve or an interaction, or let the dispersion depend on a predictor."),
    ]
  }

  private func judge(
    _ check: String, _ outcome: String, _ p: Double?, ok: String, bad: String, advice: String
  ) -> Verdict {
    let level: Verdict.Level =
      switch p {
      case .none: .unavailable
      case .some(let p) where p < 0.001: .failed
      case .some(let p) where p < 0.05: .warning
      default: .ok
      }
    return Verdict(
      check: check, subject: outcome, level: level, number: p, threshold: 0.05,
      source: "DHARMa",
      meaning: level == .unavailable
        ? "This test is not available for these residuals." : level == .ok ? ok : bad,
      advice: level >= .warning ? advice : "")
  }
}
