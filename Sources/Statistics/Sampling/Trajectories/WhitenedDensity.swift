// The log density as the sampler sees it: in coordinates scaled and preconditioned.

import Probability

/// log π(x(z)) with x = m + A (S M z): a preconditioner composed with an adapted map.
///
/// The Jacobian of the map is constant, so it is left out. Owns its scratch vectors: `evaluate`
/// allocates nothing.
struct WhitenedDensity<Density: LogDensity, Metric: Preconditioner>: LogDensity {
  private var density: Density
  private let metric: Metric
  /// The adapted map S M.
  var map: AdaptedMap
  private var scaled: [Double]
  private var modelPosition: [Double]
  private var modelGradient: [Double]

  init(density: Density, metric: Metric, map: AdaptedMap = AdaptedMap()) {
    precondition(
      density.dimension == metric.dimension,
      "a density of \(density.dimension) and a preconditioner of \(metric.dimension) coordinates")
    self.density = density
    self.metric = metric
    self.map = map
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
    map.applyTransposed(&gradient)
    return logDensity
  }

  /// Writes x = m + A (S M z).
  mutating func transform(_ z: [Double], into x: inout [Double]) {
    moveModel(to: z.span)
    for i in x.indices { x[i] = modelPosition[i] }
  }

  /// Returns z with x = m + A (S M z).
  func whitened(_ x: [Double]) -> [Double] {
    var z = x
    var values = z.mutableSpan
    metric.whiten(x.span, into: &values)
    map.invert(&values)
    return z
  }

  private mutating func moveModel(to z: Span<Double>) {
    guard map.scale != nil else { return apply(metric, to: z, into: &modelPosition) }
    apply(map, to: z, into: &scaled)
    apply(metric, to: scaled, into: &modelPosition)
  }
}

/// Writes `map`'s image of z into y.
private func apply(_ map: AdaptedMap, to z: Span<Double>, into y: inout [Double]) {
  var values = y.mutableSpan
  copy(z, into: &values)
  map.apply(&values)
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
