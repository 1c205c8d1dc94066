// From leave-one-out results to verdicts in words.

extension PredictiveAccuracy {
  /// The verdicts on Pareto k and on the effective number of parameters of a model with `parameters` parameters, random
  /// effects counted.
  package func verdicts(parameters: Int) -> [Verdict] {
    Self.verdicts(
      paretoK: points.map(\.paretoK), threshold: paretoKThreshold,
      effectiveParameters: effectiveParameters.value, parameters: parameters)
  }

  /// The same from a report's columns; `unit` says what was left out in turn.
  ///
  /// The number of parameters is judged only where single observations were left out.
  package static func verdicts(
    paretoK: [Double], threshold: Double, effectiveParameters: Double, parameters: Int,
    unit: LeftOut = .observations
  ) -> [Verdict] {
    let k = judgeParetoK(paretoK, threshold, unit)
    guard unit == .observations else { return [k] }
    return [k] + judgeParameters(effectiveParameters, parameters, observations: paretoK.count)
  }

  /// What is left out in turn.
  package enum LeftOut: Sendable, Equatable {
    case observations
    case groups
  }

  private static func judgeParetoK(_ k: [Double], _ threshold: Double, _ unit: LeftOut) -> Verdict {
    let bad = k.count { !($0 <= threshold) }
    let veryBad = k.count { !($0 <= 1) }
    let worst = k.reduce(-Double.infinity) { $1.isNaN ? .infinity : max($0, $1) }
    let level: Verdict.Level =
      k.isEmpty ? .unavailable : veryBad > 0 ? .failed : bad > 0 ? .warning : .ok
    let (one, all) =
      unit == .observations ? ("observation", "observations") : ("group", "groups")
    let meaning =
      switch level {
      case .ok: "Every \(one) can be left out reliably."
      case .unavailable: "There are no leave-one-out results yet."
      default:
        "\(bad) of \(k.count) \(all) influence the posterior so much that leaving them out cannot be worked out reliably"
          + (veryBad > 0 ? ", \(veryBad) of them not at all." : ".")
      }
    let advice =
      unit == .observations
      ? "Look at these observations: they are outliers, or the model is too flexible for them; where each has an effect of its own, leave out groups instead."
      : "Look at these groups; fit the model without them to see what they change."
    return Verdict(
      check: "Pareto k", subject: nil, level: level, number: k.isEmpty ? nil : worst,
      threshold: threshold, source: "Vehtari, Simpson, Gelman, Yao & Gabry 2024", meaning: meaning,
      advice: level >= .warning ? advice : "")
  }

  private static func judgeParameters(
    _ effective: Double, _ parameters: Int, observations: Int
  ) -> [Verdict] {
    guard effective.isFinite else { return [] }
    let share = Double(observations) / 5
    let isPastParameters = effective > Double(parameters)
    let isPastShare = effective > share
    return [
      Verdict(
        check: "p_loo", subject: nil, level: isPastParameters || isPastShare ? .warning : .ok,
        number: effective,
        threshold: isPastParameters ? Double(parameters) : share,
        source: "Vehtari, Gelman & Gabry, LOO glossary",
        meaning: isPastParameters
          ? "The effective number of parameters is larger than the number of parameters, so the model is badly misspecified."
          : isPastShare
            ? "The effective number of parameters is more than a fifth of the number of observations: the model is flexible or misspecified."
            : "The effective number of parameters is plausible.",
        advice: isPastParameters
          ? "Look at the posterior predictive checks and residuals; try a family with more dispersion."
          : isPastShare
            ? "Look at the residuals; leave out groups instead of single observations where groups are small."
            : "")
    ]
  }
}
