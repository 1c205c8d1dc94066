// The result of maximum likelihood, restricted or penalised: what stands in fit.json.

/// A fixed effect and its Wald test.
package struct FixedEffect: Sendable, Equatable {
  package var name: PredictorTerm
  package var estimate: Double
  package var standardError: Double
  package var z: Double
  package var p: Double

  package init(name: PredictorTerm, estimate: Double, standardError: Double, z: Double, p: Double) {
    self.name = name
    self.estimate = estimate
    self.standardError = standardError
    self.z = z
    self.p = p
  }
}

/// A dispersion parameter on its natural scale.
package struct DispersionEstimate: Sendable, Equatable {
  package var outcome: String
  /// `sigma`, `shape`, `phi`, ...
  package var parameter: String
  package var estimate: Double
  package var standardError: Double
  /// Whether it is fixed rather than estimated; it has no standard error then.
  package var isFixed: Bool

  package init(
    outcome: String, parameter: String, estimate: Double, standardError: Double,
    isFixed: Bool = false
  ) {
    self.outcome = outcome
    self.parameter = parameter
    self.estimate = estimate
    self.standardError = standardError
    self.isFixed = isFixed
  }
}

/// The conditional modes of one block of random effects: one row a level, one number a term.
package struct ConditionalModes: Sendable, Equatable {
  package var group: String
  package var levels: [String]
  package var terms: [PredictorTerm]
  package var modes: [[Double]]
  package var standardErrors: [[Double]]

  package init(
    group: String, levels: [String], terms: [PredictorTerm], modes: [[Double]],
    standardErrors: [[Double]]
  ) {
    self.group = group
    self.levels = levels
    self.terms = terms
    self.modes = modes
    self.standardErrors = standardErrors
  }
}

/// How the optimizer got there.
package struct OptimizerSummary: Sendable, Equatable {
  package var name: String
  package var iterations: Int
  package var evaluations: Int
  /// The largest absolute element of the gradient at the end.
  package var gradientMax: Double
  package var seconds: Double

  package init(
    name: String, iterations: Int, evaluations: Int, gradientMax: Double, seconds: Double
  ) {
    self.name = name
    self.iterations = iterations
    self.evaluations = evaluations
    self.gradientMax = gradientMax
    self.seconds = seconds
  }
}

/// The result of a fit by maximum likelihood, restricted or penalised: `fit.json`, schema `mglmm-fit/1`.
package struct FitReport: Sendable, Equatable {
  package var method: FitMethod
  /// `laplace`, `exact` or `quadrature-11`.
  package var approximation: String
  package var model: ModelSummary
  package var converged: Bool
  package var logLikelihood: Double
  package var degreesOfFreedom: Int
  /// Observed responses, summed over the outcomes.
  package var observations: Int
  package var aic: Double
  package var bic: Double
  package var fixed: [FixedEffect]
  package var dispersion: [DispersionEstimate]
  package var random: [RandomBlock]
  /// Only when asked for.
  package var modes: [ConditionalModes]?
  /// The priors that penalise the likelihood; only under `map`.
  package var priors: [PriorSummary]?
  package var optimizer: OptimizerSummary
  package var warnings: [FitWarning]

  package init(
    method: FitMethod, approximation: String, model: ModelSummary, converged: Bool,
    logLikelihood: Double, degreesOfFreedom: Int, observations: Int, aic: Double, bic: Double,
    fixed: [FixedEffect], dispersion: [DispersionEstimate], random: [RandomBlock],
    modes: [ConditionalModes]? = nil, priors: [PriorSummary]? = nil, optimizer: OptimizerSummary,
    warnings: [FitWarning]
  ) {
    self.method = method
    self.approximation = approximation
    self.model = model
    self.converged = converged
    self.logLikelihood = logLikelihood
    self.degreesOfFreedom = degreesOfFreedom
    self.observations = observations
    self.aic = aic
    self.bic = bic
    self.fixed = fixed
    self.dispersion = dispersion
    self.random = random
    self.modes = modes
    self.priors = priors
    self.optimizer = optimizer
    self.warnings = warnings
  }
}
