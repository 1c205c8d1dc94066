// How far results depend on the prior, on single groups and on approximations.

/// Sensitivity and structure of a fit: `sensitivity.json`, schema `mglmm-sensitivity/1`.
package struct SensitivityReport: Sendable, Equatable {
  /// The draws that power scaling rests on, all chains together; 0 for a fit without draws.
  package var draws: Int
  package var seed: UInt64
  /// nil for a fit without draws, and where it is not available.
  package var powerScaling: PowerScalingReport?
  /// nil where it is not available.
  package var influence: InfluenceReport?
  package var identifiability: IdentifiabilityReport
  /// nil where it is not available.
  package var laplace: LaplaceReport?
  /// What could not be computed, and why: one sentence for each part.
  package var unavailable: [String]

  package init(
    draws: Int, seed: UInt64, powerScaling: PowerScalingReport?, influence: InfluenceReport?,
    identifiability: IdentifiabilityReport, laplace: LaplaceReport?, unavailable: [String]
  ) {
    self.draws = draws
    self.seed = seed
    self.powerScaling = powerScaling
    self.influence = influence
    self.identifiability = identifiability
    self.laplace = laplace
    self.unavailable = unavailable
  }
}

/// The sensitivity of the posterior to the powers of prior and likelihood.
package struct PowerScalingReport: Sendable, Equatable {
  /// One parameter.
  package struct Parameter: Sendable, Equatable {
    package var name: String
    package var prior: Double
    package var likelihood: Double
    /// `prior-data conflict`, `strong prior or weak likelihood` or `-`.
    package var diagnosis: String

    package init(name: String, prior: Double, likelihood: Double, diagnosis: String) {
      self.name = name
      self.prior = prior
      self.likelihood = likelihood
      self.diagnosis = diagnosis
    }
  }

  package var threshold: Double
  /// The largest Pareto k of the importance weights; infinite where the weights hardly vary and none can be fitted.
  package var paretoK: Double
  package var parameters: [Parameter]

  package init(threshold: Double, paretoK: Double, parameters: [Parameter]) {
    self.threshold = threshold
    self.paretoK = paretoK
    self.parameters = parameters
  }
}

/// What leaving out one level of a grouping factor does to the estimates.
package struct InfluenceReport: Sendable, Equatable {
  /// One level.
  package struct Level: Sendable, Equatable {
    package var level: String
    /// Cook's distance over all parameters; NaN when the other levels do not determine the parameters.
    package var distance: Double
    /// Cook's distance over the coefficients; NaN as `distance`.
    package var fixedDistance: Double
    /// The change of every parameter in standard errors (of coefficients: DFBETAS); NaN where it is not available.
    package var changes: [Double]
    /// Whether the model was fitted anew without the level; else the changes are one Newton step.
    package var isRefit: Bool

    package init(
      level: String, distance: Double, fixedDistance: Double, changes: [Double], isRefit: Bool
    ) {
      self.level = level
      self.distance = distance
      self.fixedDistance = fixedDistance
      self.changes = changes
      self.isRefit = isRefit
    }
  }

  package var factor: String
  /// How many levels the factor has; `levels` may hold fewer.
  package var levelCount: Int
  /// The names of the parameters, in the order of each level's changes.
  package var parameters: [String]
  /// The levels, the most influential first.
  package var levels: [Level]

  package init(factor: String, levelCount: Int, parameters: [String], levels: [Level]) {
    self.factor = factor
    self.levelCount = levelCount
    self.parameters = parameters
    self.levels = levels
  }
}

/// What the data cannot tell apart.
package struct IdentifiabilityReport: Sendable, Equatable {
  /// A direction of the information matrix.
  package struct Direction: Sendable, Equatable {
    package var eigenvalue: Double
    package var parameters: [String]

    package init(eigenvalue: Double, parameters: [String]) {
      self.eigenvalue = eigenvalue
      self.parameters = parameters
    }
  }

  /// The collinearity of one predictor's columns.
  package struct Design: Sendable, Equatable {
    package var outcome: String
    /// `mu`, `sigma`, ...
    package var parameter: String
    /// Infinite for columns that determine each other.
    package var conditionIndex: Double
    package var terms: [String]
    /// The variance inflation factor of each term.
    package var inflation: [Double]
    /// The terms of the weakest direction.
    package var weakest: [String]

    package init(
      outcome: String, parameter: String, conditionIndex: Double, terms: [String],
      inflation: [Double], weakest: [String]
    ) {
      self.outcome = outcome
      self.parameter = parameter
      self.conditionIndex = conditionIndex
      self.terms = terms
      self.inflation = inflation
      self.weakest = weakest
    }
  }

  /// The contraction of one parameter's posterior.
  package struct Contraction: Sendable, Equatable {
    package var name: String
    package var contraction: Double

    package init(name: String, contraction: Double) {
      self.name = name
      self.contraction = contraction
    }
  }

  /// A pair of parameters whose draws move together.
  package struct Pair: Sendable, Equatable {
    package var first: String
    package var second: String
    package var correlation: Double
    /// Whether centring a predictor would take the correlation away: an intercept and a slope of one predictor.
    package var isByOrigin: Bool

    package init(first: String, second: String, correlation: Double, isByOrigin: Bool) {
      self.first = first
      self.second = second
      self.correlation = correlation
      self.isByOrigin = isByOrigin
    }
  }

  /// √(largest / smallest eigenvalue) of the scaled information; NaN where it is not available.
  package var conditionIndex: Double
  /// The weakest directions of the scaled information, the weakest first; at most three.
  package var directions: [Direction]
  package var designs: [Design]
  /// Empty for a fit without draws; parameters with improper priors are left out.
  package var contractions: [Contraction]
  /// The pairs of parameters above the limit, the strongest first.
  package var pairs: [Pair]

  package init(
    conditionIndex: Double, directions: [Direction], designs: [Design],
    contractions: [Contraction], pairs: [Pair]
  ) {
    self.conditionIndex = conditionIndex
    self.directions = directions
    self.designs = designs
    self.contractions = contractions
    self.pairs = pairs
  }
}

/// Laplace's method beside the exact marginal likelihood.
package struct LaplaceReport: Sendable, Equatable {
  /// The shift of one parameter, in standard errors.
  package struct Shift: Sendable, Equatable {
    package var name: String
    /// NaN where it is not available.
    package var shift: Double
    /// The Monte Carlo error; NaN with quadrature.
    package var error: Double

    package init(name: String, shift: Double, error: Double) {
      self.name = name
      self.shift = shift
      self.error = error
    }
  }

  /// `exact`, `quadrature` or `importance sampling`.
  package var method: String
  /// The nodes in each dimension, or the draws for each level; 0 when exact.
  package var points: Int
  /// log exact − log Laplace.
  package var difference: Double
  /// Its Monte Carlo error; NaN without one.
  package var differenceError: Double
  /// The Pareto k of the importance ratios that 95 % of the levels do not pass; NaN without importance sampling.
  package var paretoK: Double
  package var shifts: [Shift]
  /// The level with the largest correction in size, and its correction; nil when exact.
  package var largestLevel: String?
  package var largestCorrection: Double

  package init(
    method: String, points: Int, difference: Double, differenceError: Double, paretoK: Double,
    shifts: [Shift], largestLevel: String?, largestCorrection: Double
  ) {
    self.method = method
    self.points = points
    self.difference = difference
    self.differenceError = differenceError
    self.paretoK = paretoK
    self.shifts = shifts
    self.largestLevel = largestLevel
    self.largestCorrection = largestCorrection
  }
}
