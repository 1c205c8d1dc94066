// What a view of predictive checks says in words: what is shown, what it rests on, and what is wrong.

import Diagnostics
import RunFolder
import TerminalCore

extension PredictiveReport {
  /// What was simulated from, for a footnote.
  var basisWords: String {
    let count = counted(simulations, "simulation")
    return switch basis {
    case .posterior: "\(count) from \(Format.grouped(draws)) posterior draws"
    case .normalApproximation: "\(count), bootstrap around the estimate"
    case .estimate: "\(count) at the estimate"
    }
  }
}

/// A share of simulations as a p value; one that no simulation reached is known to be below one of them only.
func pText(_ p: Double, of simulations: Int) -> String {
  guard p.isFinite else { return Format.notAvailable }
  guard p == 0, simulations > 0 else { return Format.pValue(p) }
  return "< " + Format.fixed(1 / Double(simulations), decimals: 3)
}

/// A number that is expected by chance, without decimals that say nothing.
private func expectedText(_ value: Double) -> String {
  value >= 3 || value == value.rounded()
    ? Format.fixed(value, decimals: 0) : Format.significant(value, digits: 1)
}

/// A sentence with what is thought of it.
struct PredictiveFinding {
  var judgement: Judgement
  var words: String
}

extension PredictiveContent {
  /// What the view in front says.
  func finding(item: Int) -> PredictiveFinding {
    switch view {
    case .distribution, .rootogram: distributionFinding
    case .statistics: statisticFinding(item)
    case .predictor, .group: seriesFinding(item)
    case .calibration: calibrationFinding
    case .paretoK: paretoFinding
    }
  }

  private var distributionFinding: PredictiveFinding {
    guard let bars = outcome?.bars else {
      return PredictiveFinding(
        judgement: .none,
        words: "The data's density should run inside the bundle of the simulated ones.")
    }
    let outside = bars.observed.indices.filter {
      bars.observed[$0] < bars.lower[$0] || bars.observed[$0] > bars.upper[$0]
    }
    let expected = 0.1 * Double(bars.observed.count)
    // Twice as many as chance gives, and more than a few, are worth a look.
    let isMany = Double(outside.count) > max(2, 2 * expected + 1)
    let excess = outside.filter { bars.observed[$0] > bars.upper[$0] }
    var words =
      "\(outside.count) of \(bars.observed.count) counts lie outside their 90% interval; chance "
      + "gives about \(expectedText(expected))."
    if isMany, let first = excess.first {
      words +=
        " Too many of " + excess.prefix(4).map { bars.label($0) }.joined(separator: ", ")
        + (excess.count > 4 ? ", …" : "") + "."
      if bars.first == 0 && first == 0 { words += " There are more zeros than the model says." }
    }
    return PredictiveFinding(judgement: isMany ? .doubtful : .good, words: words)
  }

  private func statisticFinding(_ item: Int) -> PredictiveFinding {
    guard let outcome, item < outcome.statistics.count else {
      return PredictiveFinding(judgement: .none, words: "")
    }
    let result = outcome.statistics[item]
    let p = result.pTwoSided
    guard p.isFinite else {
      return PredictiveFinding(judgement: .none, words: "This statistic does not exist here.")
    }
    guard let verdict = result.verdict(of: outcome) else {
      return PredictiveFinding(judgement: .none, words: "two-sided p \(Format.pValue(p))")
    }
    let advice = verdict.advice.isEmpty ? "" : " " + verdict.advice
    return PredictiveFinding(judgement: Judgement(verdict.level), words: verdict.meaning + advice)
  }

  private func seriesFinding(_ item: Int) -> PredictiveFinding {
    guard item < series.count else { return PredictiveFinding(judgement: .none, words: "") }
    let shown = series[item]
    let expected = 0.1 * Double(shown.total)
    // Three standard deviations of a binomial number beyond what is expected.
    let limit = expected + 3 * (0.9 * expected).squareRoot()
    let isMany = Double(shown.outsideCount) > limit
    let isNew = outcome?.isConditional == false
    var words =
      "\(shown.outsideCount) of \(shown.total) \(shown.levels == nil ? "bins" : "groups") have a "
      + "mean outside the 90% interval; chance gives about "
      + "\(expectedText(expected))."
    if isMany {
      words +=
        shown.levels == nil
        ? " The model misses how the response changes with \(shown.column)."
        : isNew
          ? " The groups differ more than the model lets new groups differ."
          : " The model misses differences between these groups."
    }
    return PredictiveFinding(judgement: isMany ? .doubtful : .good, words: words)
  }

  private var calibrationFinding: PredictiveFinding {
    guard let outcome, let calibration = outcome.calibration else {
      return PredictiveFinding(judgement: .none, words: "")
    }
    let verdict = UniformityCurve(
      count: calibration.count, points: calibration.points, difference: calibration.difference,
      lower: calibration.lower, upper: calibration.upper
    ).verdict(outcome: outcome.name, isLeaveOneOut: calibration.isLeaveOneOut)
    var words = verdict.meaning + (verdict.advice.isEmpty ? "" : " " + verdict.advice)
    if !calibration.isLeaveOneOut && outcome.isConditional {
      words += " Each value also helped to fit the model, which hides small faults."
    }
    return PredictiveFinding(judgement: Judgement(verdict.level), words: words)
  }

  private var paretoFinding: PredictiveFinding {
    guard let loo else { return PredictiveFinding(judgement: .none, words: "") }
    let bad = looPoints.count { !($0.paretoK <= loo.paretoKThreshold) }
    let threshold = Format.significant(loo.paretoKThreshold, digits: 2)
    let what = loo.leftOut.map { "levels of \($0)" } ?? "observations"
    guard bad > 0 else {
      return PredictiveFinding(
        judgement: .good,
        words: "No k is above \(threshold): the leave-one-out results are reliable.")
    }
    return PredictiveFinding(
      judgement: .doubtful,
      words: "\(bad) of \(looPoints.count) \(what) have k above \(threshold): the model without "
        + "them would differ much, and their leave-one-out results are not reliable.")
  }
}

extension PredictiveStatisticResult {
  /// The verdict on the statistic; nil for one of another version of the program.
  func verdict(of outcome: OutcomePredictive) -> Verdict? {
    guard let statistic = try? PredictiveStatistic(parsing: name) else { return nil }
    return StatisticCheck(statistic: statistic, observed: observed, simulated: values).verdict(
      outcome: outcome.name,
      simulated: outcome.isConditional ? "simulated data" : "data of new groups")
  }
}

extension PredictiveBars {
  /// The values of a bar: `3`, `10-19`, or `40 or more`.
  func label(_ bar: Int) -> String {
    let start = first + bar * width
    if opensAbove && bar == observed.count - 1 { return "\(start) or more" }
    if opensBelow && bar == 0 { return "\(start + width - 1) or less" }
    return width == 1 ? "\(start)" : "\(start)-\(start + width - 1)"
  }
}
