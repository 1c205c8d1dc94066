// The parts that the results of every method share: the model, and its blocks of random effects.

/// One outcome of a model.
package struct OutcomeSummary: Sendable, Equatable {
  package var name: String
  package var family: String
  package var link: String
  /// Rows on which the outcome is observed.
  package var observations: Int

  package init(name: String, family: String, link: String, observations: Int) {
    self.name = name
    self.family = family
    self.link = link
    self.observations = observations
  }
}

/// A grouping factor and how many levels it has.
package struct GroupSummary: Sendable, Equatable {
  package var name: String
  package var levels: Int

  package init(name: String, levels: Int) {
    self.name = name
    self.levels = levels
  }
}

/// What was fitted.
package struct ModelSummary: Sendable, Equatable {
  package var formula: String
  package var outcomes: [OutcomeSummary]
  package var groups: [GroupSummary]

  package init(formula: String, outcomes: [OutcomeSummary], groups: [GroupSummary]) {
    self.formula = formula
    self.outcomes = outcomes
    self.groups = groups
  }
}

/// A coefficient of one linear predictor: a fixed effect's name, or one dimension of a random-effect block.
package struct PredictorTerm: Sendable, Equatable {
  package var outcome: String
  /// The distributional parameter: `mu`, `sigma`, `zi`, ...
  package var parameter: String
  /// The term, as R names it: `(Intercept)`.
  package var term: String

  package init(outcome: String, parameter: String = "mu", term: String) {
    self.outcome = outcome
    self.parameter = parameter
    self.term = term
  }
}

/// The estimated covariance of one block of random effects; matrices are rows of q numbers, q the number of terms.
package struct RandomBlock: Sendable, Equatable {
  package var group: String
  /// The covariance structure: `us`, `diag`, ...
  package var structure: String
  package var levels: Int
  package var terms: [PredictorTerm]
  package var standardDeviations: [Double]
  package var correlations: [[Double]]
  package var covariances: [[Double]]
  /// The 2.5% quantile of each correlation's posterior; only under MCMC.
  package var correlationLower: [[Double]]?
  /// The 97.5% quantile of each correlation's posterior; only under MCMC.
  package var correlationUpper: [[Double]]?
  /// The standard error of each standard deviation, NaN where it is not available; only without draws.
  package var deviationErrors: [Double]?
  /// The standard error of each correlation, NaN where it is not available; only without draws.
  package var correlationErrors: [[Double]]?
  /// Whether each standard deviation is fixed rather than estimated; nil where none is.
  package var isFixed: [Bool]?

  package init(
    group: String, structure: String, levels: Int, terms: [PredictorTerm],
    standardDeviations: [Double], correlations: [[Double]], covariances: [[Double]],
    correlationLower: [[Double]]? = nil, correlationUpper: [[Double]]? = nil,
    deviationErrors: [Double]? = nil, correlationErrors: [[Double]]? = nil, isFixed: [Bool]? = nil
  ) {
    self.group = group
    self.structure = structure
    self.levels = levels
    self.terms = terms
    self.standardDeviations = standardDeviations
    self.correlations = correlations
    self.covariances = covariances
    self.correlationLower = correlationLower
    self.correlationUpper = correlationUpper
    self.deviationErrors = deviationErrors
    self.correlationErrors = correlationErrors
    self.isFixed = isFixed
  }
}
