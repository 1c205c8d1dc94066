// A scale for each whitened coordinate, learned from draws and gradients in windows of the warm-up.

/// How the scales of the coordinates are learned.
package enum MetricRule: UInt8, Sendable, CaseIterable {
  /// They stay at one: the preconditioner is trusted.
  case unit
  /// The standard deviations of the draws, shrunk towards one as Stan does.
  case variance
  /// The minimiser of the Fisher divergence to a diagonal normal: (Var yᵢ / Var gᵢ)^¼.
  case fisher
}

/// Learns s in y = s ∘ z, so that z has about unit variance in every coordinate.
///
/// - `variance`: sᵢ² = n/(n+5) Var yᵢ + 10⁻³ · 5/(n+5), over the n draws of a window (Stan's
///   regularisation, the weight of five draws of variance 10⁻³).
/// - `fisher`: sᵢ² = √(Var yᵢ / Var gᵢ) with g = ∇ log π, exact for a diagonal normal after two
///   draws (Seyboldt, Carlson & Carpenter 2026, arXiv:2603.18845).
package struct MetricAdaptation: Equatable, Sendable {
  /// The rule.
  package var rule: MetricRule
  /// The scales s in use; nil stands for ones.
  package internal(set) var scale: [Double]?
  var draws: RunningMoments
  var gradients: RunningMoments

  init(rule: MetricRule, dimension: Int) {
    self.rule = rule
    draws = RunningMoments(dimension: dimension)
    gradients = RunningMoments(dimension: dimension)
  }

  /// Learns from a draw z with gradient ∇z log π, both in the coordinates of the scales in use.
  mutating func record(_ coordinates: [Double], gradient: [Double]) {
    guard rule != .unit else { return }
    draws.record(coordinates)
    gradients.record(gradient)
  }

  /// Closes a window: replaces the scales by what its draws say, and starts the next.
  ///
  /// A coordinate whose draws or gradients did not vary keeps its scale. Returns whether the scales
  /// changed.
  mutating func closeWindow() -> Bool {
    guard rule != .unit, draws.count >= 2 else { return false }
    var updated = scale ?? Array(repeating: 1, count: draws.means.count)
    for i in updated.indices {
      let old = updated[i]
      let drawVariance = draws.variance(i) * old * old  // of y = s z
      let gradientVariance = gradients.variance(i) / (old * old)
      let squaredScale =
        switch rule {
        case .unit: old * old
        case .variance: shrunk(drawVariance)
        case .fisher: (drawVariance / gradientVariance).squareRoot()
        }
      let new = squaredScale.squareRoot()
      if new.isFinite, new > 0 { updated[i] = new }
    }
    draws.reset()
    gradients.reset()
    scale = updated
    return true
  }

  private func shrunk(_ variance: Double) -> Double {
    let n = Double(draws.count)
    return (n * variance + 5 * 1e-3) / (n + 5)
  }
}
