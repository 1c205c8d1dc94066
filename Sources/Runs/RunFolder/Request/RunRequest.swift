// Everything that reproduces a run: what stands in its model.toml.

/// How a model is estimated.
package enum FitMethod: String, Sendable, CaseIterable {
  /// Maximum likelihood.
  case ml
  /// Restricted maximum likelihood, for Gaussian outcomes.
  case reml
  /// The mode of the posterior: the likelihood penalised by the priors.
  case map
  /// Markov chain Monte Carlo, started from the mode.
  case mcmc
}

/// Everything that reproduces a run; the content of `model.toml`, with the defaults of the command line.
package struct RunRequest: Sendable, Equatable {
  /// The data file; absolute once a run is made of the request.
  package var dataPath = ""
  /// The SHA-256 of the data file in hexadecimal, once it has been read.
  package var dataSHA256: String?
  /// The formulas as typed, one for each `-f`.
  package var formulas: [String] = []
  /// A call of MCMCglmm as typed, in the place of formulas.
  package var mcmcglmm: String?
  /// The families as typed, if any were.
  package var family: String?
  /// Numeric columns to be read as factors.
  package var factors: [String] = []
  /// Orders of levels, as typed: `spp = GP, DM`.
  package var levels: [String] = []
  /// Priors as typed: `b ~ normal(0, 2.5)`.
  package var priors: [String] = []
  /// Draws come from the prior alone.
  package var isPriorOnly = false
  /// The formula of `--dispersion`, if any.
  package var dispersion: String?
  /// The formula of `--zi`, if any.
  package var zeroInflation: String?
  /// How the model is estimated.
  package var method = FitMethod.ml
  /// Fixes everything random.
  package var seed: UInt64 = 1
  /// The number of chains.
  package var chains = 4
  /// Warm-up iterations of a chain.
  package var warmup = 200
  /// Kept iterations of a chain; where there is a rule, the most that there may be.
  package var draws = 1000
  /// Whether the number of draws is left to the call of MCMCglmm.
  package var drawsFollowCall = false
  /// The rule that ends sampling, as typed: `ess >= 400 and rhat < 1.01`.
  package var until: String?
  /// Kept iterations of a chain before which a rule is not looked at: what `extend` asked for.
  package var leastDraws = 0
  /// Threads that run chains.
  package var threads = 2
  /// Every how many-th iteration is written.
  package var thin = 1
  /// The acceptance statistic that the step size is adapted to.
  package var targetAcceptance = 0.8
  /// The deepest tree of the No-U-Turn sampler.
  package var maxTreeDepth = 10
  /// Points of adaptive Gauss-Hermite quadrature in each dimension; 1 is Laplace's approximation.
  package var quadraturePoints = 1
  /// Simulated responses for the residuals.
  package var simulations = 250
  /// Conditional modes are part of the result.
  package var includesModes = false
  /// Leave-one-out cross-validation is part of the result.
  package var includesLoo = false
  /// A fit that ends with a warning exits 1.
  package var isStrict = false

  /// Warm-up iterations that will be made: none for draws from the prior, which are independent.
  package var plannedWarmup: Int { isPriorOnly ? 0 : warmup }

  /// The model in one line, as typed.
  package var modelText: String {
    mcmcglmm.map { "MCMCglmm: \($0)" } ?? formulas.joined(separator: " + ")
  }

  /// Whether it says what the model is.
  package var hasModel: Bool { !formulas.isEmpty || mcmcglmm != nil }

  /// A request with the defaults of the command line; the data and the formulas are still empty.
  package init() {}
}
