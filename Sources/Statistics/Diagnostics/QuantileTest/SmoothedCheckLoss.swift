// The check loss of quantile regression, smoothed so that Newton's method applies.

/// Quantile regression's loss convolved with an Epanechnikov kernel (Fernandes, Guerre & Horta
/// 2021).
struct SmoothedCheckLoss: Sendable {
  /// The probability of the quantile.
  let probability: Double
  /// The half width of the kernel.
  let bandwidth: Double

  /// The loss at an error e = response - fit.
  func value(_ error: Double) -> Double {
    let u = abs(error) / bandwidth
    let rounded = u >= 1 ? u : 0.375 + u * u * (0.75 - 0.125 * u * u)
    return (probability - 0.5) * error + 0.5 * bandwidth * rounded
  }

  /// The derivative of the loss in the error: the probability less the smoothed indicator of lying
  /// below the fit.
  func slope(_ error: Double) -> Double {
    let u = min(1, max(-1, error / bandwidth))
    return probability - 0.5 + u * (0.75 - 0.25 * u * u)
  }

  /// The second derivative: the kernel at the error, a density estimate when averaged.
  func curvature(_ error: Double) -> Double {
    let u = error / bandwidth
    return abs(u) < 1 ? 0.75 * (1 - u * u) / bandwidth : 0
  }
}
