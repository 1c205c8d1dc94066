// Residual tests as text for people: each with its number, its p value, what it means, and whether to trust it.

import Diagnostics
import Fitting
import RunFolder

/// Writes residual reports.
enum ResidualText {
  /// The report as lines of text.
  static func text(of report: ResidualReport, _ options: ResidualOptions) -> String {
    var text = "\(head(report, options))\n"
    text +=
      "A p value below 0.05 is a warning; in large samples harmless departures have one too.\n"
    text += outcomes(report.outcomes, isConditional: report.isConditional, options)
    for test in report.further {
      let name =
        test.test == "refit" ? "dispersion by \(test.along)" : "\(test.test) (\(test.along))"
      text += "\(test.outcome), \(name): " + (test.statistic.map { "\(statistic($0)), " } ?? "")
      text += "\(p(test.p)): \(test.meaning)\n"
    }
    if let other = report.unconditional {
      text += "\nWith new random effects:\n"
      text += outcomes(other, isConditional: false, options)
    }
    if !report.correlations.isEmpty { text += "\nBetween outcomes:\n" }
    for pair in report.correlations {
      text +=
        "  \(pair.first) and \(pair.second), \(pair.rows) rows: correlation \(ReportText.fixed(pair.correlation, 3)) "
        + "[\(ReportText.fixed(pair.lower, 3)), \(ReportText.fixed(pair.upper, 3))], \(p(pair.p)): "
        + "\(ResidualWords.meaning(ofCorrelation: pair.p))\n"
    }
    return text
  }

  private static func head(_ report: ResidualReport, _ options: ResidualOptions) -> String {
    let source =
      switch report.points {
      case .some(1): " from the estimate"
      case .some(let count): " from \(count) draws"
      case nil: ""
      }
    var head =
      "\(report.simulations) simulations\(source), "
      + (report.isConditional ? "at the random effects found" : "with new random effects")
      + ", seed \(report.seed)"
    if options.isRotated { head += "; rotated by the covariance of other simulations" }
    if let group = options.group { head += "; \(options.aggregate.rawValue)s by \(group)" }
    return head
  }

  private static func outcomes(
    _ outcomes: [OutcomeResiduals], isConditional: Bool, _ options: ResidualOptions
  ) -> String {
    var text = ""
    for outcome in outcomes {
      text += "\(outcome.name): \(outcome.observations) residuals\n"
      text += tests(
        outcome.tests, outcome.calibrated,
        options.isRotated
          ? "counts of a group stay alike after rotation: use --group"
          : ResidualWords.caution(isConditional: isConditional))
      for predictor in outcome.predictors { text += line(predictor) }
      for group in outcome.groups {
        text += "  sums by \(group.name), \(group.scaled.count) levels:\n"
        text += tests(group.tests, nil, "", indent: "    ")
      }
    }
    return text
  }

  private static func tests(
    _ tests: ReportedTests, _ calibrated: [String]?, _ caution: String, indent: String = "  "
  ) -> String {
    let bent = (tests.quantiles?.byQuantile ?? []).count { $0 < 0.05 }
    let rows: [(ResidualTestName, String, ReportedTest?)] = [
      (.uniformity, "uniformity: D", tests.uniformity),
      (.dispersion, "dispersion: ratio", tests.dispersion),
      (.outliers, "outliers:", tests.outliers),
      (.zeroInflation, "zero inflation: ratio", tests.zeroInflation),
      (
        .quantiles, "quantiles:", tests.quantiles.map { ReportedTest(statistic: .nan, p: $0.p) }
      ),
    ]
    var text = ""
    for (name, label, test) in rows {
      guard let test else { continue }
      let words = ResidualWords.meaning(
        of: name, isGood: test.p >= 0.05, statistic: test.statistic, changing: bent)
      let number = test.statistic.isFinite ? " \(statistic(test.statistic))," : ""
      text += "\(indent)\(label)\(number) \(p(test.p)): \(words)"
      if let calibrated, !calibrated.contains(name.rawValue) {
        text += " (not calibrated: \(caution))"
      }
      text += "\n"
    }
    return text
  }

  private static func line(_ predictor: PredictorResiduals) -> String {
    let isGood = predictor.p >= 0.05
    guard !predictor.levels.isEmpty else {
      return "  along \(predictor.name): \(p(predictor.p)): "
        + (isGood ? "no change\n" : "quartiles change: try a curve or an interaction\n")
    }
    let odd = predictor.levels.filter { $0.p < 0.05 }.map(\.name)
    var text =
      "  by \(predictor.name), \(predictor.levels.count) levels: smallest \(p(predictor.p)): "
      + (isGood
        ? "uniform at each" : "not uniform at \(odd.prefix(5).joined(separator: ", "))")
    if let spread = predictor.spread {
      text +=
        "; spread: \(p(spread.p)): " + (spread.p >= 0.05 ? "alike" : "differs between levels")
    }
    return text + "\n"
  }

  private static func p(_ value: Double) -> String {
    value < 0.0001 ? "p < 0.0001" : "p = \(ReportText.fixed(value, 4))"
  }

  private static func statistic(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? String(Int(value)) : ReportText.fixed(value, 3)
  }
}
