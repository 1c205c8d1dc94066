// Values as standard deviations from their mean, so that parameters of any scale share an axis.

/// The mean and standard deviation that make values comparable.
package struct StandardScores: Sendable, Equatable {
  private let mean: Double
  private let sd: Double

  /// The scores of values; nil with one that is not finite or when all are the same.
  package init?(_ values: [Double]) {
    guard values.count > 1, SplitSeries.isUsable(values) else { return nil }
    let mean = values.reduce(0) { $0 + ($1 - values[0]) } / Double(values.count) + values[0]
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    sd = (squares / Double(values.count - 1)).squareRoot()
  }

  /// A value in standard deviations from the mean.
  package func score(_ value: Double) -> Double { (value - mean) / sd }
}
