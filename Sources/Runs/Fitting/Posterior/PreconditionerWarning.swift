// The warning of chains whose early transitions were not those of a nearly normal posterior.

import RunFolder
import Sampling

extension SamplerRun {
  /// What the chains found of their preconditioner; nothing where it suited them all.
  ///
  /// Such a chain learned a metric in the rest of its warm-up, so that its draws are as valid as any, only dearer.
  var preconditionerWarnings: [FitWarning] {
    let verdicts = tasks.map { $0.read { $0.chain.preconditionerVerdict } }
    let signs = verdicts.compactMap(\.sign)
    guard !signs.isEmpty else { return [] }
    var distinct: [String] = []
    for sign in signs where !distinct.contains(sign) { distinct.append(sign) }
    return [
      FitWarning(
        code: "preconditioner",
        message:
          "the posterior is far from normal at its mode: \(signs.count) of \(verdicts.count) "
          + "chains had \(distinct.joined(separator: ", ")) and adapted their metric instead",
        advice: "look at R-hat and divergences, and give it more warm-up (--warmup 1000)")
    ]
  }
}

extension PreconditionerFit.Verdict {
  /// What spoke against the preconditioner, in words.
  fileprivate var sign: String? {
    switch self {
    case .undecided, .fits: nil
    case .lowAcceptance: "a low acceptance"
    case .divergences: "many divergences"
    case .deepTrees: "long trajectories"
    case .poorEnergy: "a slow energy"
    }
  }
}
