// Why residuals cannot be tested for autocorrelation in time or space.

/// What stands in the way of a test of autocorrelation; rows count from zero.
package enum AutocorrelationError: Error, Equatable {
  /// Fewer rows than the test needs.
  case tooFewRows(Int, needed: Int)
  /// A time or coordinate is missing or infinite.
  case notFinite(row: Int)
  /// Two rows share their time or their place, so that their order or distance is not defined: the rows have to be
  /// aggregated first.
  case repeated(first: Int, second: Int)
  /// All residuals are equal.
  case constant
}
