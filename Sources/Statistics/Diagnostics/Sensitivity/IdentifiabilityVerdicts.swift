// From identifiability to verdicts in words.

import Glibc

/// The verdicts on what the data can tell apart.
package enum IdentifiabilityVerdicts {
  /// The eigenvalue of the scaled information below which a direction is hardly known: a thousandth, standard errors 30
  /// times those with the other parameters known (ours; a condition index of 30 is Belsley, Kuh & Welsch's limit).
  package static let eigenvalueThreshold = 1e-3
  /// The eigenvalue below which it is not known at all (ours, as in the warnings of fits).
  package static let flatThreshold = 1e-6

  /// The verdict on the weakest direction of the information.
  package static func information(eigenvalue: Double, parameters: [String]) -> Verdict {
    let level: Verdict.Level =
      eigenvalue < flatThreshold ? .failed : eigenvalue < eigenvalueThreshold ? .warning : .ok
    let names = parameters.prefix(4).joined(separator: ", ")
    return Verdict(
      check: "identifiability", subject: level == .ok ? nil : names, level: level,
      number: eigenvalue, threshold: level == .failed ? flatThreshold : eigenvalueThreshold,
      source: "ours, as a condition index of 30",
      meaning: choose(
        level, ok: "The data tell all parameters apart.",
        warning: "The data hardly tell these parameters apart.",
        failed: "The data do not tell these parameters apart: their estimates mean nothing alone."),
      advice: choose(
        level, ok: "", warning: "Leave one of them out, or give them priors.",
        failed: "Leave one of them out, or give them priors."),
      namesCause: level != .ok)
  }

  /// The verdict on the columns of one linear predictor.
  package static func collinearity(
    subject: String, terms: [String], inflation: [Double]
  ) -> Verdict {
    let worst = inflation.indices.max { inflation[$0] < inflation[$1] }
    let largest = worst.map { inflation[$0] } ?? 1
    let isHigh = largest > DesignCollinearity.factorThreshold
    let named = terms.indices.filter { inflation[$0] > DesignCollinearity.factorThreshold }
      .sorted { inflation[$0] > inflation[$1] }.prefix(4).map { terms[$0] }
    return Verdict(
      check: "collinearity", subject: subject, level: isHigh ? .warning : .ok, number: largest,
      threshold: DesignCollinearity.factorThreshold,
      source: "variance inflation factor, Marquardt 1970",
      meaning: isHigh
        ? "The other predictors nearly determine \(named.joined(separator: ", ")), so their coefficients are known badly."
        : "No predictor is nearly determined by the others.",
      advice: isHigh
        ? "Harmless for predictions, and for powers and interactions centring helps; else leave one out or combine them."
        : "")
  }

  /// One verdict for each parameter whose posterior is its prior, or one that there is none.
  package static func contraction(_ parameters: [(name: String, contraction: Double)]) -> [Verdict]
  {
    guard !parameters.isEmpty else { return [] }
    let threshold = PosteriorIdentifiability.contractionThreshold
    let weak = parameters.filter { $0.contraction < threshold }
    let source = "ours; contraction after Schad et al. 2021"
    guard weak.isEmpty else {
      return weak.map {
        Verdict(
          check: "posterior contraction", subject: $0.name, level: .warning,
          number: $0.contraction, threshold: threshold, source: source,
          meaning: "The posterior is as wide as the prior: the data say next to nothing of it.",
          advice: "Report it as the prior's, not the data's; or leave the parameter out.")
      }
    }
    return [
      Verdict(
        check: "posterior contraction", subject: nil, level: .ok,
        number: parameters.map(\.contraction).min(), threshold: threshold, source: source,
        meaning: "The data narrowed every parameter that has a proper prior.", advice: "")
    ]
  }

  /// One verdict for each pair of parameters that move together, or one that there is none; nothing without draws.
  package static func pairs(
    _ pairs: [(first: String, second: String, correlation: Double)], hasDraws: Bool
  ) -> [Verdict] {
    guard hasDraws else { return [] }
    let threshold = PosteriorIdentifiability.correlationThreshold
    guard !pairs.isEmpty else {
      return [
        Verdict(
          check: "posterior correlation", subject: nil, level: .ok, number: nil,
          threshold: threshold, source: "ours",
          meaning: "No two parameters move together so closely that they cannot be told apart.",
          advice: "")
      ]
    }
    return pairs.prefix(3).map {
      Verdict(
        check: "posterior correlation", subject: "\($0.first), \($0.second)", level: .warning,
        number: $0.correlation, threshold: threshold, source: "ours",
        meaning:
          "These two move together: the data tell their \($0.correlation < 0 ? "sum" : "difference"), not each of them.",
        advice: "Leave one out, centre predictors, or give them stronger priors.")
    }
  }

  private static func choose(
    _ level: Verdict.Level, ok: String, warning: String, failed: String
  ) -> String {
    switch level {
    case .ok, .unavailable: ok
    case .warning: warning
    case .failed: failed
    }
  }
}
