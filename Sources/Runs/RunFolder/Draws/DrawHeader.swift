// What is known of a chain before its first draw: the comments and the column names of its CSV file.

/// What is known of a chain before its first draw.
package struct DrawHeader: Sendable, Equatable {
  /// The number of the chain, from 1.
  package var chain: Int
  /// The names of the parameters, as INTERFACE.md writes them, in the order of their values.
  package var names: [String]
  /// A name for the model, one word.
  package var model: String
  package var seed: UInt64
  /// Warm-up draws that will be written.
  package var warmup: Int
  /// Kept draws that will be written.
  package var draws: Int
  package var thin: Int
  package var targetAcceptance: Double
  package var maxTreeDepth: Int
  package var dataPath: String

  package init(
    chain: Int, names: [String], model: String, seed: UInt64, warmup: Int, draws: Int,
    thin: Int = 1, targetAcceptance: Double = 0.8, maxTreeDepth: Int = 10, dataPath: String = ""
  ) {
    self.chain = chain
    self.names = names
    self.model = model
    self.seed = seed
    self.warmup = warmup
    self.draws = draws
    self.thin = thin
    self.targetAcceptance = targetAcceptance
    self.maxTreeDepth = maxTreeDepth
    self.dataPath = dataPath
  }
}

/// What the sampler says about one transition: the columns before the parameters.
package struct DrawStatistics: Sendable, Equatable {
  /// `lp__`: the log density, up to a constant.
  package var logDensity: Double
  /// `accept_stat__`: the mean acceptance probability over the trajectory.
  package var acceptance: Double
  /// `stepsize__`: the leapfrog step.
  package var stepSize: Double
  /// `treedepth__`: the doublings of the trajectory.
  package var treeDepth: Int
  /// `n_leapfrog__`: the gradients that the transition took.
  package var leapfrogSteps: Int
  /// `divergent__`: the energy error was too large to trust.
  package var isDivergent: Bool
  /// `energy__`: the Hamiltonian of the draw.
  package var energy: Double

  /// The names of these columns, in their order in the file.
  package static let names = [
    "lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__",
  ]

  package init(
    logDensity: Double, acceptance: Double, stepSize: Double, treeDepth: Int, leapfrogSteps: Int,
    isDivergent: Bool, energy: Double
  ) {
    self.logDensity = logDensity
    self.acceptance = acceptance
    self.stepSize = stepSize
    self.treeDepth = treeDepth
    self.leapfrogSteps = leapfrogSteps
    self.isDivergent = isDivergent
    self.energy = energy
  }
}
