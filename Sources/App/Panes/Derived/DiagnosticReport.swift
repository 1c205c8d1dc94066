// Convergence statistics as far as they are known, each with what it was computed from.

import Diagnostics

/// The statistics of one parameter and what they rest on.
package struct ParameterDiagnostics: Sendable, Equatable {
  /// Location, spread, R-hat, effective sample sizes and Monte Carlo errors.
  package var summary: DrawsSummary
  /// What is thought of R-hat, bulk and tail effective sample size.
  package var judgements: ParameterJudgements
  /// The draws of each chain that were used.
  package var drawsPerChain: Int
  /// When it was computed, in seconds since 1970.
  package var time: Double

  /// Statistics with their basis.
  package init(
    summary: DrawsSummary, judgements: ParameterJudgements, drawsPerChain: Int, time: Double
  ) {
    self.summary = summary
    self.judgements = judgements
    self.drawsPerChain = drawsPerChain
    self.time = time
  }
}

/// An outcome and the kind of simulation that its residuals came from.
package struct ResidualPlotKey: Hashable, Sendable {
  /// The outcome's name.
  package var outcome: String
  /// Whether simulated at the random effects found.
  package var isConditional: Bool

  /// An outcome by one kind of simulation.
  package init(outcome: String, isConditional: Bool) {
    self.outcome = outcome
    self.isConditional = isConditional
  }
}

/// The statistics that have been computed so far.
package struct DiagnosticReport: Sendable, Equatable {
  /// By parameter; a parameter whose turn has not come is absent.
  package var parameters: [String: ParameterDiagnostics] = [:]
  /// Running statistics by parameter, of all draws or nearly all; a glance, not a judgement.
  package var running = RunningSummaries()
  /// The plots of the draws of the parameter that was last in front.
  package var drawsDetail: DrawsDetail?
  /// The plots of the sampler, once they were asked for.
  package var samplerDetail: SamplerDetail?
  /// The data of the run, once they were asked for.
  package var data: DataDetail?
  /// The energy fraction of missing information of each chain, by its number.
  package var energyFractions: [Int: Double] = [:]
  /// What is thought of the sampler: divergences, tree depth, energy.
  package var samplerVerdicts: [Verdict] = []
  /// The points of the plots of residuals against the prediction.
  package var residualPlots: [ResidualPlotKey: ResidualPlotData] = [:]
  /// Which parameters are the effects of single levels.
  package var levelEffects = LevelEffects()
  /// The limits that numbers are held against.
  package var thresholds = ConvergenceThresholds()

  /// Whether the numbers of a request are there.
  package func has(_ request: DetailRequest) -> Bool {
    switch request {
    case .draws(let parameter): drawsDetail?.parameter == parameter
    case .sampler: samplerDetail != nil
    case .data: data != nil
    }
  }
  /// The chains and the draws of each that can be used now.
  package var basis = DrawsBasis()

  /// A report without content.
  package init() {}

  /// The statistics of a parameter, if its turn has come.
  package subscript(name: String) -> DrawsSummary? { parameters[name]?.summary }

  /// The statistics of a parameter, unless they rest on less than half of the draws there are now:
  /// effective sample sizes on few draws say nothing about many.
  package func current(_ name: String) -> ParameterDiagnostics? {
    guard let known = parameters[name],
      known.drawsPerChain * known.summary.chains * 2 >= basis.draws * basis.chains.count
    else { return nil }
    return known
  }

  /// The fewest draws of a chain that any of the named statistics rests on.
  package func oldestBasis(of names: [String]) -> Int? {
    names.compactMap { parameters[$0]?.drawsPerChain }.min()
  }
}

/// Which chains, and how many draws of each, the statistics are computed from.
package struct DrawsBasis: Sendable, Equatable {
  /// The numbers of the chains, in ascending order.
  package var chains: [Int] = []
  /// The draws after warm-up used from each.
  package var draws = 0

  /// Nothing to compute from.
  package init() {}

  /// The chains that have at least a third of the draws of the longest, cut to the same length.
  ///
  /// Chains that have only begun, as when four run two at a time, would otherwise cost the others
  /// nearly all of theirs.
  package init(chains lengths: [(id: Int, draws: Int)]) {
    let most = lengths.map(\.draws).max() ?? 0
    guard most > 0 else { return }
    let used = lengths.filter { $0.draws * 3 >= most }
    chains = used.map(\.id).sorted()
    draws = used.map(\.draws).min() ?? 0
  }
}
