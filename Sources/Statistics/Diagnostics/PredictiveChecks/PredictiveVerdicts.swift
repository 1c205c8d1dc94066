// From predictive checks to verdicts in words.

import Glibc

extension StatisticCheck {
  /// The two-sided p value below which a check warns: posterior predictive p values of several statistics
  /// are looked at together.
  package static let warningProbability = 0.01
  /// How many standard deviations from the simulated mean fail a statistic that no simulation reached.
  package static let failingDistance = 5.0

  /// The verdict on one statistic of an outcome; `simulated` says what was simulated, such as
  /// "data for the same groups".
  package func verdict(outcome: String, simulated what: String = "simulated data") -> Verdict {
    let p = pTwoSided
    let isOutside = p.map { $0 < Self.warningProbability } ?? false
    let isFar = p == 0 && abs(distance ?? 0) > Self.failingDistance
    let level: Verdict.Level =
      p == nil ? .unavailable : isFar ? .failed : isOutside ? .warning : .ok
    let words = words
    let isHigh = (pAtLeast ?? 0.5) < 0.5
    return Verdict(
      check: "predictive \(statistic.name)", subject: outcome, level: level, number: p,
      threshold: Self.warningProbability, source: "Gelman, Meng & Stern 1996",
      meaning: level == .unavailable
        ? "This statistic does not exist for these data."
        : level == .ok
          ? "The \(words.name) of the data is like that of \(what)."
          : "\(isHigh ? words.high : words.low) than in \(what).",
      advice: level >= .warning ? (isHigh ? words.adviceHigh : words.adviceLow) : "",
      namesCause: words.namesCause, evidence: evidence)
  }

  /// -log10 p; beyond the simulations by the distance from their mean, as if they were normal.
  private var evidence: Double {
    guard let p = pTwoSided else { return 0 }
    if p > 0 { return -log10(p) }
    let least = log10(Double(simulated.count))
    guard let distance else { return least }
    return max(least, -log10(max(erfc(abs(distance) / 2.0.squareRoot()), 1e-300)))
  }

  /// What is said of a statistic.
  private struct Words {
    var name: String
    var high: String
    var low: String
    var adviceHigh: String
    var adviceLow: String
    var namesCause = false
  }

  private var words: Words {
    switch statistic {
    case .zeros:
      Words(
        name: "share of zeros", high: "The data have more zeros",
        low: "The data have fewer zeros",
        adviceHigh: "Try a zero-inflated, hurdle or negative binomial family.",
        adviceLow: "Try a truncated or hurdle family.", namesCause: true)
    case .maximum:
      Words(
        name: "largest value", high: "The largest value is larger",
        low: "The largest value is smaller",
        adviceHigh: "Look for outliers, or try a family with heavier tails or more dispersion.",
        adviceLow: "Try a family with lighter tails, or one with an upper limit.",
        namesCause: true)
    case .minimum:
      Words(
        name: "smallest value", high: "The smallest value is larger",
        low: "The smallest value is smaller",
        adviceHigh: "Try a family with a lower limit, or transform the response.",
        adviceLow: "Look for outliers, or try a family with heavier tails.")
    case .mean:
      Words(
        name: "mean", high: "The mean is larger", low: "The mean is smaller",
        adviceHigh: "Look at the link, and at predictors that are missing.",
        adviceLow: "Look at the link, and at predictors that are missing.")
    case .deviation:
      Words(
        name: "standard deviation", high: "The data spread more", low: "The data spread less",
        adviceHigh: "Try a family with a dispersion parameter, or more random effects.",
        adviceLow: "Try a family with less variance, or drop random effects.")
    case .skewness:
      Words(
        name: "skewness", high: "The data are more skewed to the right",
        low: "The data are more skewed to the left",
        adviceHigh: "Try a family that is skewed, such as Gamma, or transform the response.",
        adviceLow: "Try a family that is skewed, or transform the response.")
    case .median, .quantile, .share, .autocorrelation:
      Words(
        name: statistic.name, high: "The statistic \(statistic.name) is larger",
        low: "The statistic \(statistic.name) is smaller",
        adviceHigh: "Look at the plot of the distribution, and at the other statistics.",
        adviceLow: "Look at the plot of the distribution, and at the other statistics.")
    }
  }
}

extension UniformityCurve {
  /// The verdict on the calibration of an outcome's predictions.
  package func verdict(outcome: String, isLeaveOneOut: Bool) -> Verdict {
    let shape = shape
    let (meaning, advice): (String, String) =
      switch shape {
      case .uniform: ("The predictions are calibrated.", "")
      case .tooNarrow:
        (
          "The data lie in the tails of their predictions too often: these are too narrow.",
          "Try a family with more dispersion, or more predictors."
        )
      case .tooWide:
        (
          "The data lie in the middle of their predictions too often: these are too wide.",
          "Try a family with less dispersion, or check for rows that stand for several."
        )
      case .tooHigh:
        ("The predictions are too high.", "Look at the link and at missing predictors.")
      case .tooLow:
        ("The predictions are too low.", "Look at the link and at missing predictors.")
      case .other:
        (
          "The predictions have another shape than the data.",
          "Look at the density plot, or try another family."
        )
      }
    return Verdict(
      check: isLeaveOneOut ? "LOO-PIT" : "PIT", subject: outcome,
      level: shape == .uniform ? .ok : .warning, number: Double(outside.count), threshold: 0,
      source: "Säilynoja, Bürkner & Vehtari 2022", meaning: meaning, advice: advice,
      evidence: shape == .uniform ? 0 : 2)
  }
}
