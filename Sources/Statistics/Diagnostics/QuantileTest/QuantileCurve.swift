// A smooth quantile curve of residuals over a predictor, with a band.

/// One quantile of the residuals as a smooth function of the rank-transformed predictor.
package struct QuantileCurve: Sendable, Equatable {
  /// The probability of the quantile.
  package let probability: Double
  /// Points of the rank-transformed predictor, ascending.
  package let x: [Double]
  /// The quantile at each point.
  package let y: [Double]
  /// The lower end of the pointwise 95 % band.
  package let lower: [Double]
  /// The upper end of the pointwise 95 % band.
  package let upper: [Double]
}
