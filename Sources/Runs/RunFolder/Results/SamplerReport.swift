// The result of Markov chain Monte Carlo: what mglmm-fit --json prints after sampling.

/// A prior in force.
package struct PriorSummary: Sendable, Equatable {
  /// `b`, `Intercept`, `sd`, `cor`, ...
  package var parameterClass: String
  /// What it is narrowed to, as in brackets: `passed, SES`; empty for the whole class.
  package var target: String
  /// The distribution: `normal(0, 2.5)`.
  package var prior: String
  /// Whether nobody stated it.
  package var isDefault: Bool

  package init(parameterClass: String, target: String, prior: String, isDefault: Bool = false) {
    self.parameterClass = parameterClass
    self.target = target
    self.prior = prior
    self.isDefault = isDefault
  }
}

/// The posterior of one parameter and how well it is known.
package struct ParameterSummary: Sendable, Equatable {
  package var name: String
  package var mean: Double
  package var standardDeviation: Double
  /// Monte Carlo standard error of the mean.
  package var meanError: Double
  /// Monte Carlo standard error of the standard deviation.
  package var standardDeviationError: Double
  /// The quantiles 2.5%, 25%, 50%, 75% and 97.5%.
  package var quantiles: [Double]
  package var rHat: Double
  package var bulkESS: Double
  package var tailESS: Double

  /// The names of `quantiles`, which state their probabilities in percent.
  package static let quantileNames = ["q2.5", "q25", "q50", "q75", "q97.5"]

  /// - Precondition: five quantiles.
  package init(
    name: String, mean: Double, standardDeviation: Double, meanError: Double,
    standardDeviationError: Double, quantiles: [Double], rHat: Double, bulkESS: Double,
    tailESS: Double
  ) {
    precondition(quantiles.count == Self.quantileNames.count, "five quantiles are needed")
    self.name = name
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.meanError = meanError
    self.standardDeviationError = standardDeviationError
    self.quantiles = quantiles
    self.rHat = rHat
    self.bulkESS = bulkESS
    self.tailESS = tailESS
  }
}

/// What the sampler did and what it cost.
package struct SamplerSummary: Sendable, Equatable {
  package var algorithm: String
  package var chains: Int
  package var warmup: Int
  package var draws: Int
  /// Divergent transitions after warm-up.
  package var divergences: Int
  /// Transitions after warm-up that reached the deepest tree.
  package var maxTreeDepthHits: Int
  /// The energy fraction of missing information of each chain.
  package var ebfmi: [Double]
  package var gradientEvaluations: Int
  package var cpuSeconds: Double
  package var seconds: Double
  package var warmupSeconds: Double
  package var samplingSeconds: Double
  /// Why the chains ended where they did; nil where there was no rule.
  package var stop: StopSummary?

  package init(
    algorithm: String, chains: Int, warmup: Int, draws: Int, divergences: Int,
    maxTreeDepthHits: Int, ebfmi: [Double], gradientEvaluations: Int, cpuSeconds: Double,
    seconds: Double, warmupSeconds: Double, samplingSeconds: Double,
    stop: StopSummary? = nil
  ) {
    self.algorithm = algorithm
    self.chains = chains
    self.warmup = warmup
    self.draws = draws
    self.divergences = divergences
    self.maxTreeDepthHits = maxTreeDepthHits
    self.ebfmi = ebfmi
    self.gradientEvaluations = gradientEvaluations
    self.cpuSeconds = cpuSeconds
    self.seconds = seconds
    self.warmupSeconds = warmupSeconds
    self.samplingSeconds = samplingSeconds
    self.stop = stop
  }
}

/// Leave-one-out cross-validation by Pareto-smoothed importance sampling.
package struct LooSummary: Sendable, Equatable {
  package var elpd: Double
  package var standardError: Double
  package var effectiveParameters: Double
  package var looic: Double
  /// Observations whose Pareto k is over its threshold.
  package var badParetoK: Int

  package init(
    elpd: Double, standardError: Double, effectiveParameters: Double, looic: Double,
    badParetoK: Int
  ) {
    self.elpd = elpd
    self.standardError = standardError
    self.effectiveParameters = effectiveParameters
    self.looic = looic
    self.badParetoK = badParetoK
  }
}

/// The result of Markov chain Monte Carlo, schema `mglmm-fit/1`.
package struct SamplerReport: Sendable, Equatable {
  package var model: ModelSummary
  package var priors: [PriorSummary]
  package var parameters: [ParameterSummary]
  package var sampler: SamplerSummary
  /// Posterior means, with the intervals of the correlations.
  package var random: [RandomBlock]
  /// Only when asked for.
  package var loo: LooSummary?
  package var warnings: [FitWarning]

  package init(
    model: ModelSummary, priors: [PriorSummary], parameters: [ParameterSummary],
    sampler: SamplerSummary, random: [RandomBlock], loo: LooSummary? = nil, warnings: [FitWarning]
  ) {
    self.model = model
    self.priors = priors
    self.parameters = parameters
    self.sampler = sampler
    self.random = random
    self.loo = loo
    self.warnings = warnings
  }
}
