// A map of the whitened coordinates, learned from draws and gradients in windows of the warm-up.

/// How the scales of the coordinates are learned.
package enum MetricRule: UInt8, Sendable, CaseIterable {
  /// They stay at one: the preconditioner is trusted.
  case unit
  /// The standard deviations of the draws, shrunk towards one as Stan does.
  case variance
  /// The minimiser of the Fisher divergence to a diagonal normal: (Var yᵢ / Var gᵢ)^¼.
  case fisher
  /// The Fisher rule, and on top of it the few directions in which scales do not suffice.
  case lowRank
}

/// Learns the map from z to y that gives z about unit variance in every coordinate or direction.
///
/// - `variance`: sᵢ² = n/(n+5) Var yᵢ + 10⁻³ · 5/(n+5), over the n draws of a window (Stan's
///   regularisation, the weight of five draws of variance 10⁻³).
/// - `fisher`: sᵢ² = √(Var yᵢ / Var gᵢ) with g = ∇ log π, exact for a diagonal normal after two
///   draws (Seyboldt, Carlson & Carpenter 2026, arXiv:2603.18845).
/// - `lowRank`: these, and the directions that `LowRankFit` finds in the last draws of a window.
package struct MetricAdaptation: Equatable, Sendable {
  /// The rule.
  package var rule: MetricRule
  /// The map in use.
  package internal(set) var map = AdaptedMap()
  var draws: RunningMoments
  var gradients: RunningMoments
  var window: DrawWindow

  /// The scales s in use; nil stands for ones.
  package var scale: [Double]? { map.scale }

  init(rule: MetricRule, dimension: Int) {
    self.rule = rule
    draws = RunningMoments(dimension: dimension)
    gradients = RunningMoments(dimension: dimension)
    window = DrawWindow(dimension: dimension)
  }

  /// Learns from a draw z with gradient ∇z log π, both in the coordinates of the map in use.
  mutating func record(_ coordinates: [Double], gradient: [Double]) {
    switch rule {
    case .unit: return
    case .variance, .fisher:
      draws.record(coordinates)
      gradients.record(gradient)
    case .lowRank:
      // Kept in y, so that a window may outlast a change of the map.
      let place = window.write(coordinates, gradient: gradient, number: draws.count, through: map)
      draws.record(window.draws, at: place)
      gradients.record(window.gradients, at: place)
    }
  }

  /// Closes a window: replaces the map by what its draws say, and starts the next.
  ///
  /// A coordinate whose draws or gradients did not vary keeps its scale; under the low-rank rule, a
  /// number that is not finite leaves the whole map as it was. Returns whether the map changed.
  mutating func closeWindow() -> Bool {
    guard rule != .unit, draws.count >= 2 else { return false }
    defer {
      draws.reset()
      gradients.reset()
      window.reset()
    }
    guard window.isFinite else { return false }
    var updated = map.scale ?? Array(repeating: 1, count: draws.means.count)
    var learned = Array(repeating: false, count: updated.count)
    for i in updated.indices {
      let old = rule == .lowRank ? 1 : updated[i]
      let drawVariance = draws.variance(i) * old * old  // of y = s z
      let gradientVariance = gradients.variance(i) / (old * old)
      let squaredScale =
        switch rule {
        case .unit: old * old
        case .variance: shrunk(drawVariance)
        case .fisher, .lowRank: (drawVariance / gradientVariance).squareRoot()
        }
      let new = squaredScale.squareRoot()
      if new.isFinite, new > 0 { (updated[i], learned[i]) = (new, true) }
    }
    guard rule == .lowRank else {
      map.scale = updated
      return true
    }
    var fit = LowRankFit(window, scale: updated, learned: learned)
    guard let found = fit.map() else { return false }
    map = found
    return true
  }

  private func shrunk(_ variance: Double) -> Double {
    let n = Double(draws.count)
    return (n * variance + 5 * 1e-3) / (n + 5)
  }
}
