// Intervals from an estimate and its standard error, on a scale without bounds.

import Glibc

/// The 50% and 95% intervals of Wald, computed on a scale without bounds and taken back.
struct WaldInterval: Equatable {
  /// The scale on which the estimate is taken to be normal.
  enum Scale {
    case identity
    /// For what is positive, such as standard deviations.
    case log
    /// For probabilities.
    case logit
    /// For correlations, Fisher's transformation.
    case atanh
  }

  var inner: ClosedRange<Double>
  var outer: ClosedRange<Double>

  /// The intervals, with the standard error taken over to the scale by the delta method; `nil` where
  /// there is no error, or the estimate lies on the edge of its range.
  init?(_ estimate: Double, error: Double, scale: Scale) {
    guard estimate.isFinite, error.isFinite, error >= 0 else { return nil }
    let centre: Double
    let slope: Double
    switch scale {
    case .identity: (centre, slope) = (estimate, 1)
    case .log: (centre, slope) = (Glibc.log(estimate), 1 / estimate)
    case .logit:
      (centre, slope) = (
        Glibc.log(estimate) - log1p(-estimate), 1 / (estimate * (1 - estimate))
      )
    case .atanh: (centre, slope) = (Glibc.atanh(estimate), 1 / (1 - estimate * estimate))
    }
    guard centre.isFinite, slope.isFinite else { return nil }
    func back(_ value: Double) -> Double {
      switch scale {
      case .identity: value
      case .log: exp(value)
      case .logit: 1 / (1 + exp(-value))
      case .atanh: tanh(value)
      }
    }
    func interval(_ quantile: Double) -> ClosedRange<Double> {
      back(centre - quantile * slope * error)...back(centre + quantile * slope * error)
    }
    inner = interval(0.674_489_750_196_081_7)
    outer = interval(1.959_963_984_540_054)
    guard outer.upperBound.isFinite else { return nil }
  }
}
