// Runs compared with each other: what mglmm-fit compare prints.

/// Runs of the same data, the best first.
package struct ComparisonReport: Sendable, Equatable {
  /// The number that runs are ordered by.
  package enum Criterion: String, Sendable {
    /// Expected log pointwise predictive density, by PSIS-LOO.
    case elpd = "elpd_loo"
    case aic = "AIC"
  }

  /// How a run with draws predicts.
  package struct Prediction: Sendable, Equatable {
    package var elpd: Double
    package var standardError: Double
    /// elpd less that of the best, with the standard error of the paired difference.
    package var difference: Double
    package var differenceError: Double
    package var effectiveParameters: Double
    package var badParetoK: Int
    package var stackingWeight: Double
    /// Pseudo-BMA with Bayesian bootstrap.
    package var pseudoWeight: Double

    package init(
      elpd: Double, standardError: Double, difference: Double, differenceError: Double,
      effectiveParameters: Double, badParetoK: Int, stackingWeight: Double, pseudoWeight: Double
    ) {
      self.elpd = elpd
      self.standardError = standardError
      self.difference = difference
      self.differenceError = differenceError
      self.effectiveParameters = effectiveParameters
      self.badParetoK = badParetoK
      self.stackingWeight = stackingWeight
      self.pseudoWeight = pseudoWeight
    }
  }

  /// The likelihood of a run without draws.
  package struct Likelihood: Sendable, Equatable {
    package var logLikelihood: Double
    package var degreesOfFreedom: Int
    package var aic: Double
    package var aicDifference: Double
    package var bic: Double
    package var bicDifference: Double

    package init(
      logLikelihood: Double, degreesOfFreedom: Int, aic: Double, aicDifference: Double, bic: Double,
      bicDifference: Double
    ) {
      self.logLikelihood = logLikelihood
      self.degreesOfFreedom = degreesOfFreedom
      self.aic = aic
      self.aicDifference = aicDifference
      self.bic = bic
      self.bicDifference = bicDifference
    }
  }

  /// One run, with one of its two kinds of numbers.
  package struct Entry: Sendable, Equatable {
    package var run: String
    package var prediction: Prediction?
    package var likelihood: Likelihood?

    package init(run: String, prediction: Prediction? = nil, likelihood: Likelihood? = nil) {
      self.run = run
      self.prediction = prediction
      self.likelihood = likelihood
    }
  }

  package var criterion: Criterion
  package var observations: Int
  package var entries: [Entry]
  /// What to know before the numbers are used.
  package var notes: [String]

  package init(criterion: Criterion, observations: Int, entries: [Entry], notes: [String]) {
    self.criterion = criterion
    self.observations = observations
    self.entries = entries
    self.notes = notes
  }

  /// The report as `mglmm-fit compare --json` prints it, schema `mglmm-compare/1`.
  package var json: JSONValue {
    .object([
      JSONMember("schema", .string("mglmm-compare/1")),
      JSONMember("criterion", .string(criterion.rawValue)),
      JSONMember("nobs", .integer(observations)),
      JSONMember("models", .array(entries.map(Self.json))),
      JSONMember("notes", .array(notes.map { .string($0) })),
    ])
  }

  private static func json(_ entry: Entry) -> JSONValue {
    var members = [JSONMember("run", .string(entry.run))]
    if let prediction = entry.prediction {
      members += [
        JSONMember("elpd_diff", .number(prediction.difference)),
        JSONMember("se_diff", .number(prediction.differenceError)),
        JSONMember("elpd_loo", .number(prediction.elpd)),
        JSONMember("se", .number(prediction.standardError)),
        JSONMember("p_loo", .number(prediction.effectiveParameters)),
        JSONMember("pareto_k_bad", .integer(prediction.badParetoK)),
        JSONMember("stacking_weight", .number(prediction.stackingWeight)),
        JSONMember("pseudo_bma_weight", .number(prediction.pseudoWeight)),
      ]
    }
    if let likelihood = entry.likelihood {
      members += [
        JSONMember("logLik", .number(likelihood.logLikelihood)),
        JSONMember("df", .integer(likelihood.degreesOfFreedom)),
        JSONMember("AIC", .number(likelihood.aic)),
        JSONMember("AIC_diff", .number(likelihood.aicDifference)),
        JSONMember("BIC", .number(likelihood.bic)),
        JSONMember("BIC_diff", .number(likelihood.bicDifference)),
      ]
    }
    return .object(members)
  }
}
