// The log density as the sampler sees it: in coordinates scaled and preconditioned.

import Probability

/// log π(x(z)) with x = m + A (s ∘ z): a preconditioner composed with an adapted scale.
///
/// The Jacobian of the map is constant, so it is left out. Owns its scratch vectors: `evaluate`
/// allocates nothing.
struct WhitenedDensity<Density: LogDensity, Metric: Preconditioner>: LogDensity {
  private var density: Density
  private let metric: Metric
  /// The scale s; nil stands for ones.
  var scale: [Double]?
  private var scaled: [Double]
  private var modelPosition: [Double]
  private var modelGradient: [Double]

  init(density: Density, metric: Metric, scale: [Double]? = nil) {
    precondition(
      density.dimension == metric.dimension,
      "a density of \(density.dimension) and a preconditioner of \(metric.dimension) coordinates")
    self.density = density
    self.metric = metric
    self.scale = scale
    scaled = Array(repeating: 0, count: density.dimension)
    modelPosition = scaled
    modelGradient = scaled
  }

  var dimension: Int { density.dimension }

  mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    moveModel(to: position)
    let logDensity = value(of: &density, at: modelPosition, gradient: &modelGradient)
    metric.pullBack(modelGradient.span, into: &gradient)
    if let scale { for i in scale.indices { gradient[i] *= scale[i] } }
    return logDensity
  }

  /// Writes x = m + A (s ∘ z).
  mutating func transform(_ z: [Double], into x: inout [Double]) {
    moveModel(to: z.span)
    for i in x.indices { x[i] = modelPosition[i] }
  }

  /// Returns z with x = m + A (s ∘ z).
  func whitened(_ x: [Double]) -> [Double] {
    var z = x
    var values = z.mutableSpan
    metric.whiten(x.span, into: &values)
    if let scale { for i in scale.indices { z[i] /= scale[i] } }
    return z
  }

  private mutating func moveModel(to z: Span<Double>) {
    guard let scale else { return apply(metric, to: z, into: &modelPosition) }
    for i in scale.indices { scaled[i] = scale[i] * z[i] }
    apply(metric, to: scaled, into: &modelPosition)
  }
}

/// Writes `metric`'s image of y into x.
private func apply<Metric: Preconditioner>(
  _ metric: Metric, to y: Span<Double>, into x: inout [Double]
) {
  var values = x.mutableSpan
  metric.transform(y, into: &values)
}

/// Writes `metric`'s image of y into x.
private func apply<Metric: Preconditioner>(
  _ metric: Metric, to y: [Double], into x: inout [Double]
) {
  apply(metric, to: y.span, into: &x)
}

/// The log density at a position, with its gradient.
func value<Density: LogDensity>(
  of density: inout Density, at position: [Double], gradient: inout [Double]
) -> Double {
  var slope = gradient.mutableSpan
  return density.evaluate(at: position.span, gradient: &slope)
}

extension WhitenedDensity: Sendable where Density: Sendable, Metric: Sendable {}
