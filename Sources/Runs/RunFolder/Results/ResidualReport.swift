// Simulated-quantile residuals and their tests: what stands in residuals.json.

/// The statistic of a test and its p value.
package struct TestResult: Sendable, Equatable {
  package var statistic: Double
  package var p: Double

  package init(statistic: Double, p: Double) {
    self.statistic = statistic
    self.p = p
  }
}

/// The test that the quartiles of the residuals do not bend with the fitted values.
package struct QuantileTestResult: Sendable, Equatable {
  /// Adjusted for there being several quantiles.
  package var p: Double
  /// The p value of each quantile, 25%, 50%, 75%.
  package var byQuantile: [Double]

  package init(p: Double, byQuantile: [Double]) {
    self.p = p
    self.byQuantile = byQuantile
  }
}

/// The tests of one outcome's residuals; a test that does not apply is absent.
package struct ResidualTests: Sendable, Equatable {
  package var uniformity: TestResult?
  package var dispersion: TestResult?
  package var outliers: TestResult?
  package var zeroInflation: TestResult?
  package var quantiles: QuantileTestResult?

  package init(
    uniformity: TestResult? = nil, dispersion: TestResult? = nil, outliers: TestResult? = nil,
    zeroInflation: TestResult? = nil, quantiles: QuantileTestResult? = nil
  ) {
    self.uniformity = uniformity
    self.dispersion = dispersion
    self.outliers = outliers
    self.zeroInflation = zeroInflation
    self.quantiles = quantiles
  }
}

/// Smooth quartiles of the residuals along the rank-transformed fitted values; four arrays of one length.
package struct QuantileCurves: Sendable, Equatable {
  /// Ranks of the fitted values, scaled to [0, 1].
  package var x: [Double]
  package var q25: [Double]
  package var q50: [Double]
  package var q75: [Double]

  package init(x: [Double], q25: [Double], q50: [Double], q75: [Double]) {
    self.x = x
    self.q25 = q25
    self.q50 = q50
    self.q75 = q75
  }
}

/// The residuals of one outcome, one number for each observed row.
package struct OutcomeResiduals: Sendable, Equatable {
  package var name: String
  /// The number of observed rows; more than `scaled` has where only plots need the residuals.
  package var observations: Int
  /// The residual, uniform on [0, 1] when the model is right.
  package var scaled: [Double]
  /// The lower and upper ends that a randomised residual was drawn between; empty where `scaled` is thinned.
  package var lower: [Double]
  package var upper: [Double]
  /// The fitted value on the response's scale.
  package var fitted: [Double]
  package var tests: ResidualTests
  /// The tests, by their names in JSON, whose p values are right for this kind of simulation; nil where the file
  /// does not say.
  package var calibrated: [String]?
  package var curves: QuantileCurves?
  /// The residuals along the columns of the data.
  package var predictors: [PredictorResiduals]
  /// The residuals of the sums over the levels of grouping factors.
  package var groups: [GroupedResiduals]

  /// Residuals; `observations` is the number of residuals unless it is given.
  package init(
    name: String, observations: Int? = nil, scaled: [Double], lower: [Double], upper: [Double],
    fitted: [Double], tests: ResidualTests, calibrated: [String]? = nil,
    curves: QuantileCurves? = nil, predictors: [PredictorResiduals] = [],
    groups: [GroupedResiduals] = []
  ) {
    self.name = name
    self.observations = observations ?? scaled.count
    self.scaled = scaled
    self.lower = lower
    self.upper = upper
    self.fitted = fitted
    self.tests = tests
    self.calibrated = calibrated
    self.curves = curves
    self.predictors = predictors
    self.groups = groups
  }
}

/// Simulated-quantile residuals: `residuals.json`, schema `mglmm-residuals/1`.
package struct ResidualReport: Sendable, Equatable {
  package var simulations: Int
  /// Simulated at the random effects found (true) or with new ones.
  package var isConditional: Bool
  package var seed: UInt64
  /// The draws that simulations came from, 1 for an estimate; nil where the file does not say.
  package var points: Int?
  package var outcomes: [OutcomeResiduals]
  /// The same outcomes simulated with new random effects, thinned to what plots show; nil where the model has no random
  /// effects or the file is of an older version.
  package var unconditional: [OutcomeResiduals]?
  /// How the residuals of the outcomes go together, for each pair.
  package var correlations: [OutcomeCorrelations]
  /// Tests that were asked for.
  package var further: [FurtherTest]

  package init(
    simulations: Int, isConditional: Bool, seed: UInt64, points: Int? = nil,
    outcomes: [OutcomeResiduals], unconditional: [OutcomeResiduals]? = nil,
    correlations: [OutcomeCorrelations] = [],
    further: [FurtherTest] = []
  ) {
    self.simulations = simulations
    self.isConditional = isConditional
    self.seed = seed
    self.points = points
    self.outcomes = outcomes
    self.unconditional = unconditional
    self.correlations = correlations
    self.further = further
  }
}

extension ResidualReport {
  /// The outcomes with each test by the kind of simulation that calibrates it; a test that none does is absent.
  package var calibratedOutcomes: [OutcomeResiduals] {
    outcomes.map { outcome in
      guard let own = outcome.calibrated else { return outcome }
      let other = unconditional?.first { $0.name == outcome.name }
      func choose<Test>(_ name: String, _ test: KeyPath<ResidualTests, Test?>) -> Test? {
        if own.contains(name) { return outcome.tests[keyPath: test] }
        return other.flatMap {
          $0.calibrated?.contains(name) == true ? $0.tests[keyPath: test] : nil
        }
      }
      var result = outcome
      result.tests = ResidualTests(
        uniformity: choose("uniformity", \.uniformity),
        dispersion: choose("dispersion", \.dispersion), outliers: choose("outliers", \.outliers),
        zeroInflation: choose("zero_inflation", \.zeroInflation),
        quantiles: choose("quantiles", \.quantiles))
      return result
    }
  }
}
