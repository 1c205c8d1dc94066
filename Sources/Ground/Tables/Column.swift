// A column of a data table: numbers, or a factor with its levels.

/// A factor: a categorical variable whose levels are in a fixed order, the first being the reference.
package struct Factor: Sendable, Equatable {
  /// The distinct values, in order: by byte for text, by value for numbers, unless the user orders them.
  package var levels: [String]
  /// For each row the index into `levels`, or −1 where the value is missing.
  package var codes: [Int32]

  /// A factor from levels and codes.
  package init(levels: [String], codes: [Int32]) {
    self.levels = levels
    self.codes = codes
  }
}

/// The values of one column of a table, one for each row.
package enum Column: Sendable, Equatable {
  /// Numbers; missing values are NaN.
  case numeric([Double])
  /// Categories; missing values have code −1.
  case factor(Factor)

  /// The number of rows.
  package var count: Int {
    switch self {
    case .numeric(let values): values.count
    case .factor(let factor): factor.codes.count
    }
  }
}
