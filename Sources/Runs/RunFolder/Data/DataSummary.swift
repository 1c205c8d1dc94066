// What the data of a run look like: each column in a few numbers.

/// A column of numbers.
package struct NumberSummary: Sendable, Equatable {
  package var minimum: Double
  package var lowerQuartile: Double
  package var median: Double
  package var upperQuartile: Double
  package var maximum: Double
  package var mean: Double
  package var standardDeviation: Double
  /// How many values fall into each of equal bins from the minimum to the maximum.
  package var bins: [Int]

  package init(
    minimum: Double, lowerQuartile: Double, median: Double, upperQuartile: Double,
    maximum: Double, mean: Double, standardDeviation: Double, bins: [Int]
  ) {
    self.minimum = minimum
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
    self.maximum = maximum
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.bins = bins
  }
}

/// A level of a factor and the rows that have it.
package struct LevelCount: Sendable, Equatable {
  package var name: String
  package var count: Int

  package init(name: String, count: Int) {
    self.name = name
    self.count = count
  }
}

/// One column of the data.
package struct ColumnSummary: Sendable, Equatable {
  /// What the column holds.
  package enum Content: Sendable, Equatable {
    case numbers(NumberSummary)
    /// Two values, 0 and 1, with how often the second occurs.
    case binary(ones: Int)
    /// Categories in their order.
    case levels([LevelCount])
    /// Nothing but missing values.
    case empty
  }

  package var name: String
  /// Rows without a value.
  package var missing: Int
  package var content: Content

  package init(name: String, missing: Int, content: Content) {
    self.name = name
    self.missing = missing
    self.content = content
  }
}

/// The data that a run uses, column by column.
package struct DataSummary: Sendable, Equatable {
  /// The rows that the summary rests on.
  package var rows: Int
  /// Whether these are all rows; of a large file only the first are read.
  package var isComplete: Bool
  /// The size of the data file that the user gave, in bytes; nil if it is not where it was.
  package var sourceBytes: Int?
  package var columns: [ColumnSummary]

  package init(rows: Int, isComplete: Bool, sourceBytes: Int?, columns: [ColumnSummary]) {
    self.rows = rows
    self.isComplete = isComplete
    self.sourceBytes = sourceBytes
    self.columns = columns
  }
}
