// Data beside data simulated from the model: what stands in predictive.json.

/// What responses were simulated from.
package enum PredictiveBasis: String, Sendable, CaseIterable {
  /// Draws from the posterior, one for each simulation.
  case posterior
  /// A parametric bootstrap: parameters and random effects drawn jointly from the normal approximation at
  /// the estimate, anew for each simulation.
  case normalApproximation = "normal-approximation"
  /// A parametric bootstrap at the estimate itself.
  case estimate
}

/// Kernel densities on one grid.
package struct PredictiveDensity: Sendable, Equatable {
  package var grid: [Double]
  package var observed: [Double]
  /// One curve for each simulation shown, each as long as the grid.
  package var replicated: [[Double]]

  package init(grid: [Double], observed: [Double], replicated: [[Double]]) {
    self.grid = grid
    self.observed = observed
    self.replicated = replicated
  }
}

/// How often each count or category occurs; arrays of one length.
package struct PredictiveBars: Sendable, Equatable {
  /// The value of the first bar, and how many values share each.
  package var first: Int
  package var width: Int
  /// Whether the first and the last bar hold all that lies beyond.
  package var opensBelow: Bool
  package var opensAbove: Bool
  package var observed: [Double]
  /// Mean and central 90% interval over simulations.
  package var mean: [Double]
  package var lower: [Double]
  package var upper: [Double]

  package init(
    first: Int, width: Int, opensBelow: Bool, opensAbove: Bool, observed: [Double],
    mean: [Double], lower: [Double], upper: [Double]
  ) {
    self.first = first
    self.width = width
    self.opensBelow = opensBelow
    self.opensAbove = opensAbove
    self.observed = observed
    self.mean = mean
    self.lower = lower
    self.upper = upper
  }
}

/// A statistic of the data among those of simulations.
package struct PredictiveStatisticResult: Sendable, Equatable {
  /// Its name, such as `sd` or `quantile:0.9`.
  package var name: String
  package var observed: Double
  /// P(T(y_rep) >= T(y)), NaN where the statistic does not exist.
  package var pAtLeast: Double
  package var pTwoSided: Double
  /// T(y_rep), thinned where there are many.
  package var values: [Double]

  package init(
    name: String, observed: Double, pAtLeast: Double, pTwoSided: Double, values: [Double]
  ) {
    self.name = name
    self.observed = observed
    self.pAtLeast = pAtLeast
    self.pTwoSided = pTwoSided
    self.values = values
  }
}

/// Means of the data with intervals of the simulated means, along a column or by its levels; arrays of one
/// length.
package struct PredictiveSeries: Sendable, Equatable {
  /// The column of the data, or "fitted value".
  package var column: String
  /// The levels of a factor; nil along a number.
  package var levels: [String]?
  /// How many bins or groups there are, and how many of them lie outside their 90% interval; of many
  /// groups only those farthest out are listed.
  package var total: Int
  package var outsideCount: Int
  /// The mean of the column in each bin; for groups their place.
  package var position: [Double]
  package var count: [Int]
  package var observed: [Double]
  /// The quantiles of the simulated mean at 5%, 25%, 50%, 75% and 95%.
  package var quantiles: [[Double]]

  package init(
    column: String, levels: [String]?, total: Int, outsideCount: Int, position: [Double],
    count: [Int], observed: [Double], quantiles: [[Double]]
  ) {
    self.column = column
    self.levels = levels
    self.total = total
    self.outsideCount = outsideCount
    self.position = position
    self.count = count
    self.observed = observed
    self.quantiles = quantiles
  }
}

/// The distribution function of probability integral transforms minus the uniform one; arrays of one length.
package struct PredictiveCalibration: Sendable, Equatable {
  /// Whether each value was predicted without itself.
  package var isLeaveOneOut: Bool
  package var count: Int
  package var points: [Double]
  package var difference: [Double]
  /// The simultaneous 95% band.
  package var lower: [Double]
  package var upper: [Double]

  package init(
    isLeaveOneOut: Bool, count: Int, points: [Double], difference: [Double], lower: [Double],
    upper: [Double]
  ) {
    self.isLeaveOneOut = isLeaveOneOut
    self.count = count
    self.points = points
    self.difference = difference
    self.lower = lower
    self.upper = upper
  }
}

/// The predictive checks of one outcome, for the same groups or for new ones.
package struct OutcomePredictive: Sendable, Equatable {
  package var name: String
  /// Simulated for the groups of the data (true), or for new groups with random effects of their own.
  package var isConditional: Bool
  package var observations: Int
  package var isDiscrete: Bool
  package var density: PredictiveDensity?
  package var bars: PredictiveBars?
  package var statistics: [PredictiveStatisticResult]
  package var series: [PredictiveSeries]
  package var calibration: PredictiveCalibration?

  package init(
    name: String, isConditional: Bool, observations: Int, isDiscrete: Bool,
    density: PredictiveDensity? = nil, bars: PredictiveBars? = nil,
    statistics: [PredictiveStatisticResult] = [], series: [PredictiveSeries] = [],
    calibration: PredictiveCalibration? = nil
  ) {
    self.name = name
    self.isConditional = isConditional
    self.observations = observations
    self.isDiscrete = isDiscrete
    self.density = density
    self.bars = bars
    self.statistics = statistics
    self.series = series
    self.calibration = calibration
  }
}

/// Predictive checks of a run: `predictive.json`, schema `mglmm-predictive/1`.
package struct PredictiveReport: Sendable, Equatable {
  package var basis: PredictiveBasis
  /// Posterior draws that there were, all chains together; 0 for a bootstrap.
  package var draws: Int
  /// Simulated data sets.
  package var simulations: Int
  package var seed: UInt64
  package var outcomes: [OutcomePredictive]

  package init(
    basis: PredictiveBasis, draws: Int, simulations: Int, seed: UInt64,
    outcomes: [OutcomePredictive]
  ) {
    self.basis = basis
    self.draws = draws
    self.simulations = simulations
    self.seed = seed
    self.outcomes = outcomes
  }
}
