// What mglmm-fit describe says of a model that has not been fitted.

/// A model as data and formula make it, before it is fitted.
package struct ModelDescription: Sendable, Equatable {
  /// Formula, outcomes with families and rows used, groups with levels.
  package var model: ModelSummary
  /// How it would be estimated.
  package var method: FitMethod
  /// The rows of the data.
  package var rows: Int
  /// The values of all outcomes that are used.
  package var observations: Int
  /// The free parameters: coefficients, dispersions, standard deviations and correlations.
  package var parameters: Int
  /// The random effects of all levels.
  package var effects: Int
  /// The coefficients of every linear predictor that has a formula.
  package var fixed: [PredictorTerm]
  /// The distributional parameters without a formula.
  package var dispersion: [DescribedParameter]
  /// The blocks of random effects.
  package var random: [DescribedBlock]
  /// The rows that are left out, by outcome and by what is missing.
  package var missing: [MissingRows]
  /// The priors in force; empty where the method knows none.
  package var priors: [DescribedPrior]
  /// How formula and data were read.
  package var notes: [String]
  /// What looks like a slip.
  package var warnings: [FitWarning]

  /// A description of all its parts.
  package init(
    model: ModelSummary, method: FitMethod, rows: Int, observations: Int, parameters: Int,
    effects: Int, fixed: [PredictorTerm], dispersion: [DescribedParameter],
    random: [DescribedBlock], missing: [MissingRows] = [], priors: [DescribedPrior] = [],
    notes: [String] = [], warnings: [FitWarning] = []
  ) {
    self.model = model
    self.method = method
    self.rows = rows
    self.observations = observations
    self.parameters = parameters
    self.effects = effects
    self.fixed = fixed
    self.dispersion = dispersion
    self.random = random
    self.missing = missing
    self.priors = priors
    self.notes = notes
    self.warnings = warnings
  }
}

/// A distributional parameter that is one number for all rows.
package struct DescribedParameter: Sendable, Equatable {
  package var outcome: String
  /// `sigma`, `shape`, ...
  package var parameter: String
  /// Whether a prior fixes it.
  package var isFixed: Bool

  package init(outcome: String, parameter: String, isFixed: Bool = false) {
    self.outcome = outcome
    self.parameter = parameter
    self.isFixed = isFixed
  }
}

/// A block of random effects.
package struct DescribedBlock: Sendable, Equatable {
  package var group: String
  /// The covariance structure: `us`, `diag`, ...
  package var structure: String
  package var levels: Int
  package var terms: [PredictorTerm]

  package init(group: String, structure: String, levels: Int, terms: [PredictorTerm]) {
    self.group = group
    self.structure = structure
    self.levels = levels
    self.terms = terms
  }
}

/// Rows that are left out for one outcome because the same columns are missing in them.
package struct MissingRows: Sendable, Equatable {
  package var outcome: String
  package var columns: [String]
  package var rows: Int

  package init(outcome: String, columns: [String], rows: Int) {
    self.outcome = outcome
    self.columns = columns
    self.rows = rows
  }
}

/// A prior in force, with what a statement on just this begins with.
package struct DescribedPrior: Sendable, Equatable {
  package var summary: PriorSummary
  /// What stands before `~`: `b[passed, SES]`.
  package var address: String

  package init(_ summary: PriorSummary, address: String) {
    self.summary = summary
    self.address = address
  }
}

/// Why a model cannot be fitted.
package struct ModelFault: Sendable, Equatable {
  /// What is wrong and the mend, in one line.
  package var message: String
  /// The exit code of a fit that was asked for it.
  package var exitCode: Int32
  /// The formula that it is about, if it is about one.
  package var formula: String?
  /// The first character that is wrong, counted from 0, and how many are.
  package var offset: Int?
  package var length: Int?

  package init(
    message: String, exitCode: Int32, formula: String? = nil, offset: Int? = nil,
    length: Int? = nil
  ) {
    self.message = message
    self.exitCode = exitCode
    self.formula = formula
    self.offset = offset
    self.length = length
  }
}

/// What mglmm-fit describe answers.
package struct DescribeReport: Sendable, Equatable {
  /// The model, or why there is none.
  package enum Answer: Sendable, Equatable {
    case model(ModelDescription)
    case fault(ModelFault)
  }

  package var answer: Answer
  /// The families that the fitting program has, by name.
  package var families: [String]

  package init(_ answer: Answer, families: [String]) {
    self.answer = answer
    self.families = families
  }

  /// The exit code that goes with the answer.
  package var exitCode: Int32 {
    switch answer {
    case .model: 0
    case .fault(let fault): fault.exitCode
    }
  }
}
