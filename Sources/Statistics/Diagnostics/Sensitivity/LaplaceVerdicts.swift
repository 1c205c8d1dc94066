// From the check of Laplace's method to a verdict in words.

import Glibc

/// The verdict on Laplace's method.
package enum LaplaceVerdicts {
  /// The shift, in standard errors, from which estimates are off: a tenth, which coverage of intervals does not feel (ours).
  package static let threshold = 0.1
  /// The shift that changes conclusions: half a standard error, where a 95 % interval covers 92 % (ours).
  package static let failingThreshold = 0.5

  /// The verdict.
  ///
  /// - Parameters:
  ///   - largest: the parameter with the largest shift, in standard errors, and its Monte Carlo error; nil without any.
  ///   - paretoK: the largest k of importance sampling, and `draws` those it has for each level; nil with quadrature.
  package static func verdict(
    isExact: Bool, largest: (name: String, shift: Double, error: Double?)?, paretoK: Double?,
    draws: Int?
  ) -> Verdict {
    let (check, source) = ("Laplace approximation", "ours")
    if isExact {
      return Verdict(
        check: check, subject: nil, level: .ok, number: 0, threshold: threshold, source: source,
        meaning: "The likelihood is exact: nothing is approximated.", advice: "")
    }
    let limit = draws.map { min(1 - 1 / log10(Double($0)), 0.7) } ?? .infinity
    guard let largest, (paretoK ?? 0) <= limit else {
      return Verdict(
        check: check, subject: nil, level: .unavailable, number: nil, threshold: threshold,
        source: source,
        meaning: largest == nil
          ? "The exact likelihood could not be compared."
          : "The importance weights vary too much to tell how far the approximation is off.",
        advice: "Compare with --method mcmc.")
    }
    // A shift that its Monte Carlo error explains is none.
    let size = max(abs(largest.shift) - 2 * (largest.error ?? 0), 0)
    let level: Verdict.Level =
      size > failingThreshold ? .failed : size > threshold ? .warning : .ok
    return Verdict(
      check: check, subject: level == .ok ? nil : largest.name, level: level,
      number: abs(largest.shift),
      threshold: level == .failed ? failingThreshold : threshold, source: source,
      meaning: level == .ok
        ? "The exact likelihood would give the same estimates."
        : "The exact likelihood would move this estimate by so many standard errors.",
      advice: level == .ok
        ? "" : "Use --method mcmc, which does not approximate the likelihood.")
  }
}
