// From power scaling to verdicts in words.

/// The verdicts on prior and likelihood.
package enum PowerScalingVerdicts {
  /// One verdict for each parameter that the prior moves, or one that none is moved.
  package static func verdicts(
    _ parameters: [(name: String, sensitivity: PowerScalingSensitivity)]
  ) -> [Verdict] {
    let flagged = parameters.filter { $0.sensitivity.diagnosis != .none }
    guard flagged.isEmpty else { return flagged.map { verdict($0.name, $0.sensitivity) } }
    let largest = parameters.map(\.sensitivity.prior).max()
    return [
      Verdict(
        check: "prior sensitivity", subject: nil, level: largest == nil ? .unavailable : .ok,
        number: largest, threshold: PowerScalingSensitivity.threshold, source: source,
        meaning: largest == nil
          ? "No parameter has draws that vary, so that nothing can be scaled."
          : "Somewhat stronger or weaker priors would give the same results.",
        advice: "")
    ]
  }

  private static let source = "Kallioinen et al. 2024 (priorsense)"

  private static func verdict(_ name: String, _ found: PowerScalingSensitivity) -> Verdict {
    let isConflict = found.diagnosis == .conflict
    return Verdict(
      check: isConflict ? "prior-data conflict" : "strong prior", subject: name, level: .warning,
      number: found.prior, threshold: PowerScalingSensitivity.threshold, source: source,
      meaning: isConflict
        ? "Prior and data both pull on this parameter: they may disagree about it."
        : "The prior moves this parameter more than the data do, given the random effects.",
      advice: isConflict
        ? "Compare the prior with what is known beforehand; widen it unless it is meant so strong."
        : "Justify the prior when reporting the parameter, or widen it and compare.",
      namesCause: isConflict)
  }
}
