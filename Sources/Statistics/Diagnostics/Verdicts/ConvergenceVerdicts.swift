// From convergence numbers to verdicts in words.

/// What the sampler says about a run; nil where it does not report it.
package struct SamplerReport: Sendable, Equatable {
  /// The draws after warm-up, all chains together.
  package var draws: Int
  /// The transitions after warm-up that diverged.
  package var divergences: Int?
  /// The transitions after warm-up that reached the largest tree depth.
  package var treeDepthHits: Int?
  /// The E-BFMI of each chain.
  package var energyFractions: [Double?]

  /// A report.
  package init(
    draws: Int, divergences: Int?, treeDepthHits: Int?, energyFractions: [Double?]
  ) {
    self.draws = draws
    self.divergences = divergences
    self.treeDepthHits = treeDepthHits
    self.energyFractions = energyFractions
  }
}

extension ConvergenceThresholds {
  /// The verdicts on the draws of one parameter: R-hat, bulk and tail effective sample size.
  package func verdicts(parameter name: String, _ summary: DrawsSummary) -> [Verdict] {
    [
      judgeRHat(summary.rHat, name),
      judgeEffectiveDraws(
        summary.essBulk, name, chains: summary.chains, check: "bulk ESS", about: "mean and median"),
      judgeEffectiveDraws(
        summary.essTail, name, chains: summary.chains, check: "tail ESS",
        about: "interval ends"),
    ]
  }

  /// The verdicts on the sampler: divergences, tree depth and the energy of each chain.
  package func verdicts(_ report: SamplerReport) -> [Verdict] {
    [judgeDivergences(report), judgeTreeDepth(report)]
      + report.energyFractions.enumerated().map { judgeEnergy($1, chain: $0 + 1) }
  }

  private func judgeRHat(_ value: Double?, _ name: String) -> Verdict {
    let level = Self.level(value, warnsAbove: rHat, failsAbove: rHatFailed)
    return Verdict(
      check: "R-hat", subject: name, level: level, number: value, threshold: rHat,
      source: "Vehtari et al. 2021",
      meaning: Self.choose(
        level, ok: "The chains agree on this parameter.",
        unavailable:
          "R-hat does not exist: too few draws, or draws that are constant or not finite.",
        warning: "The chains do not quite agree on this parameter yet.",
        failed: "The chains disagree: they have not reached the same distribution."),
      advice: Self.choose(
        level, ok: "", unavailable: "Wait for more draws, or check that the parameter is free.",
        warning: "Run longer.",
        failed: "Look at the trace plot, run longer, or simplify the random effects."))
  }

  private func judgeEffectiveDraws(
    _ value: Double?, _ name: String, chains: Int, check: String, about: String
  ) -> Verdict {
    let limit = effectiveDrawsPerChain * Double(chains)
    let failing = effectiveDrawsPerChainFailed * Double(chains)
    let level = Self.level(value, warnsBelow: limit, failsBelow: failing)
    return Verdict(
      check: check, subject: name, level: level, number: value, threshold: limit,
      source: "Vehtari et al. 2021, 100 per chain",
      meaning: Self.choose(
        level, ok: "There are enough independent draws for the \(about).",
        unavailable: "The effective sample size does not exist for these draws.",
        warning: "The \(about) of this parameter are known only roughly.",
        failed: "The draws hold almost no information on the \(about)."),
      advice: Self.choose(
        level, ok: "", unavailable: "Wait for more draws, or check that the parameter is free.",
        warning: "Draw more samples.",
        failed: "Draw many more samples, or choose stronger priors or another parametrisation."))
  }

  private func judgeDivergences(_ report: SamplerReport) -> Verdict {
    let level = Self.level(
      report.divergences.map(Double.init), warnsAbove: Double(divergences),
      failsAbove: max(Double(divergences), divergentShareFailed * Double(report.draws)))
    return Verdict(
      check: "divergences", subject: nil, level: level,
      number: report.divergences.map(Double.init), threshold: Double(divergences), source: "Stan",
      meaning: Self.choose(
        level, ok: "The sampler followed the posterior everywhere it went.",
        unavailable: "This sampler does not report divergences.",
        warning: "The sampler missed a sharply curved region, so estimates may be biased.",
        failed: "The sampler often failed to follow the posterior, so estimates are biased."),
      advice: Self.choose(
        level, ok: "", unavailable: "", warning: "Raise the target acceptance rate.",
        failed:
          "Raise the target acceptance rate, or drop random effects that the data cannot tell."))
  }

  private func judgeTreeDepth(_ report: SamplerReport) -> Verdict {
    let level: Verdict.Level =
      report.treeDepthHits.map { $0 > 0 ? .warning : .ok } ?? .unavailable
    return Verdict(
      check: "tree depth", subject: nil, level: level,
      number: report.treeDepthHits.map(Double.init), threshold: 0, source: "Stan",
      meaning: Self.choose(
        level, ok: "No trajectory was cut short.",
        unavailable: "This sampler does not report tree depths.",
        warning: "Some trajectories were cut short, which costs speed but does not bias.",
        failed: ""),
      advice: Self.choose(
        level, ok: "", unavailable: "", warning: "Raise the largest tree depth.", failed: ""))
  }

  private func judgeEnergy(_ value: Double?, chain: Int) -> Verdict {
    let level = Self.level(value, warnsBelow: energyFraction, failsBelow: energyFractionFailed)
    return Verdict(
      check: "E-BFMI", subject: "chain \(chain)", level: level, number: value,
      threshold: energyFraction, source: "CmdStan",
      meaning: Self.choose(
        level, ok: "The chain moves freely between energies.",
        unavailable: "The energies of this chain are missing, too few or all the same.",
        warning: "The chain moves slowly between energies and may miss the tails.",
        failed: "The chain hardly moves between energies and misses the tails."),
      advice: Self.choose(
        level, ok: "", unavailable: "", warning: "Run longer, or choose lighter-tailed priors.",
        failed: "Change the parametrisation (centred or not), or choose lighter-tailed priors."))
  }

  private static func level(
    _ value: Double?, warnsAbove limit: Double, failsAbove failing: Double
  ) -> Verdict.Level {
    guard let value else { return .unavailable }
    return value > failing ? .failed : value > limit ? .warning : .ok
  }

  private static func level(
    _ value: Double?, warnsBelow limit: Double, failsBelow failing: Double
  ) -> Verdict.Level {
    guard let value else { return .unavailable }
    return value < failing ? .failed : value < limit ? .warning : .ok
  }

  private static func choose(
    _ level: Verdict.Level, ok: String, unavailable: String, warning: String, failed: String
  ) -> String {
    switch level {
    case .ok: ok
    case .unavailable: unavailable
    case .warning: warning
    case .failed: failed
    }
  }
}
