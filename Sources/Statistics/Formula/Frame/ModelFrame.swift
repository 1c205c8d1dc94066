// The model's columns: everything the likelihood needs, taken from a table.

import Tables

/// The model's columns: everything the likelihood needs, taken from a table.
package struct ModelFrame: Sendable {
  /// The number of rows of the table.
  package let rowCount: Int
  /// The outcomes, in order of appearance.
  package let outcomes: [OutcomeFrame]
  /// The random-effect vectors, in order of appearance; blocks are independent of each other.
  package let blocks: [RandomEffectBlock]
  /// Whether the residuals of the outcomes in one row of the table are correlated.
  package let hasResidualCorrelation: Bool
  /// How many rows were left out for which outcome, and why.
  package let dropped: [DroppedRows]
  /// How something was read that could be meant otherwise.
  package let notes: [String]
  /// What looks like a slip.
  package let warnings: [String]

  /// The columns of `formula` in `table`.
  ///
  /// - Parameters:
  ///   - formula: the outcomes and predictors.
  ///   - families: one for each outcome, or one for all; empty when they stand inside `bf()` or are Gaussian. A
  ///     single binomial family with `cbind(successes, failures)` makes one outcome of the two columns, as in R.
  ///   - table: the data.
  /// - Throws: what is wrong with the formula or with the columns it names, and where in the formula.
  package init(
    _ formula: ModelFormula, families: [FamilyCall], table: Table
  ) throws(FormulaError) {
    var builder = FrameBuilder(table: table)
    self = try builder.frame(formula, families: families)
  }

  init(
    rowCount: Int, outcomes: [OutcomeFrame], blocks: [RandomEffectBlock],
    hasResidualCorrelation: Bool, dropped: [DroppedRows], notes: [String], warnings: [String]
  ) {
    self.rowCount = rowCount
    self.outcomes = outcomes
    self.blocks = blocks
    self.hasResidualCorrelation = hasResidualCorrelation
    self.dropped = dropped
    self.notes = notes
    self.warnings = warnings
  }
}

/// One outcome with its predictors, on the rows in which nothing it needs is missing.
package struct OutcomeFrame: Sendable {
  /// The name in parameters: the letters, digits, `_` and `.` of the label, as `logserBilir`.
  package let name: String
  /// The outcome as written: `log(serBilir)`.
  package let label: String
  /// The family of this outcome.
  package let family: FamilyCall
  /// The rows of the table used, ascending from 0.
  package let rows: [Int]
  /// One value for each row used.
  package let response: [Double]
  /// The number of trials in each row used, for `y | trials(n)` and `cbind(successes, failures)`.
  package let trials: [Double]?
  /// What the log density of each row used is multiplied by.
  package let weights: [Double]?
  /// The linear predictors: `mu`, then those given by formula.
  package let predictors: [PredictorFrame]
}

/// The fixed part of the linear predictor of one parameter.
package struct PredictorFrame: Sendable {
  /// `mu`, `sigma`, `shape`, ...
  package let parameter: String
  /// R's names: `(Intercept)`, `gendermale`, `minedno:sppPR`, `poly(x, 2)1`.
  package let columnNames: [String]
  /// `rows.count` times `columnNames.count` finite numbers, column by column; of full column rank.
  package let design: [Double]
  /// What is added to the predictor in each row used.
  package let offset: [Double]?
}

/// A vector of random effects for each level of a grouping factor.
package struct RandomEffectBlock: Sendable {
  /// `school_id`, `a:b`.
  package let group: String
  /// The `p` of `(1 |p| g)`.
  package let identifier: String?
  /// The levels that occur in rows used, in the factor's order.
  package let levels: [String]
  /// How the elements vary together.
  package let structure: CovarianceStructure
  /// The elements of the vector, in order.
  package let members: [Member]
  /// For each outcome the index of the level of each row used; empty for an outcome without a member.
  package let codes: [[Int32]]

  /// An element of a random-effect vector: the coefficient of a column in a predictor.
  package struct Member: Sendable {
    /// The index of the outcome.
    package let outcome: Int
    /// The index into the outcome's predictors.
    package let predictor: Int
    /// The column's name: `(Intercept)`, `year`, `urbanY`.
    package let term: String
    /// One for each row used of the outcome; nil stands for the constant 1.
    package let values: [Double]?
  }
}

/// Rows that were left out for one outcome because the same columns are missing in them.
package struct DroppedRows: Sendable, Equatable, CustomStringConvertible {
  /// The outcome's name.
  package let outcome: String
  /// The columns that are missing.
  package let columns: [String]
  /// The number of rows.
  package let count: Int

  /// `12 rows left out for 'passed': SES is missing`.
  package var description: String {
    let names = columns.joined(separator: ", ").escapingControls()
    return "\(counted(count, "row")) left out for '\(outcome)': \(names) "
      + (columns.count == 1 ? "is missing" : "are missing")
  }
}
