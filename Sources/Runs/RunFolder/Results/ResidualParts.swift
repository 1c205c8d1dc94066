// The residuals by predictor, by group and between outcomes: further parts of residuals.json.

/// The residuals of one outcome along one column of the data.
package struct PredictorResiduals: Sendable, Equatable {
  /// The column.
  package var name: String
  /// The p value: of the quantile test along numbers, the smallest adjusted one of the levels of a category.
  package var p: Double
  /// Points of a plot along numbers: the ranks of the column on (0, 1] and the residuals; empty for a category.
  package var x: [Double]
  package var y: [Double]
  package var curves: QuantileCurves?
  /// The p values of the quartiles along numbers.
  package var byQuantile: [Double]
  /// The levels of a category; empty for numbers.
  package var levels: [LevelResiduals]
  /// Whether the levels of a category spread alike.
  package var spread: TestResult?

  /// Residuals along numbers.
  package init(
    name: String, p: Double, x: [Double], y: [Double], curves: QuantileCurves?,
    byQuantile: [Double]
  ) {
    self.name = name
    self.p = p
    self.x = x
    self.y = y
    self.curves = curves
    self.byQuantile = byQuantile
    levels = []
  }

  /// Residuals by the levels of a category.
  package init(name: String, p: Double, levels: [LevelResiduals], spread: TestResult?) {
    self.name = name
    self.p = p
    x = []
    y = []
    byQuantile = []
    self.levels = levels
    self.spread = spread
  }
}

/// The residuals at one level of a category.
package struct LevelResiduals: Sendable, Equatable {
  package var name: String
  /// The number of residuals.
  package var count: Int
  /// Minimum, lower quartile, median, upper quartile, maximum.
  package var quartiles: [Double]
  /// The p value of uniformity, adjusted for the number of levels.
  package var p: Double

  package init(name: String, count: Int, quartiles: [Double], p: Double) {
    self.name = name
    self.count = count
    self.quartiles = quartiles
    self.p = p
  }
}

/// The residuals of the responses added up within the levels of a grouping factor.
package struct GroupedResiduals: Sendable, Equatable {
  /// The grouping factor.
  package var name: String
  /// One residual for each level.
  package var scaled: [Double]
  package var tests: ResidualTests

  package init(name: String, scaled: [Double], tests: ResidualTests) {
    self.name = name
    self.scaled = scaled
    self.tests = tests
  }
}

/// The correlation of the residuals of two outcomes in the rows where both are observed.
package struct OutcomeCorrelations: Sendable, Equatable {
  package var first: String
  package var second: String
  /// The rows where both are observed.
  package var rows: Int
  package var correlation: Double
  /// The limits of 95 %.
  package var lower: Double
  package var upper: Double
  package var p: Double

  package init(
    first: String, second: String, rows: Int, correlation: Double, lower: Double, upper: Double,
    p: Double
  ) {
    self.first = first
    self.second = second
    self.rows = rows
    self.correlation = correlation
    self.lower = lower
    self.upper = upper
    self.p = p
  }
}

/// A test that was asked for.
package struct FurtherTest: Sendable, Equatable {
  /// Which test: temporal, spatial, refit, pearson.
  package var test: String
  package var outcome: String
  /// The columns it looks along.
  package var along: String
  /// Nil where the test has none.
  package var statistic: Double?
  package var p: Double
  /// What it says, in one sentence.
  package var meaning: String

  package init(
    test: String, outcome: String, along: String, statistic: Double?, p: Double, meaning: String
  ) {
    self.test = test
    self.outcome = outcome
    self.along = along
    self.statistic = statistic
    self.p = p
    self.meaning = meaning
  }
}
