// Moran's test of residuals at places in the plane.

import LinearAlgebra

/// The test for residuals that resemble those of near places.
package struct SpatialTest: Sendable, Equatable {
  /// Moran's I.
  package let observed: Double
  /// Its expectation without autocorrelation, -1 / (n - 1).
  package let expected: Double
  /// Its standard deviation over all permutations of the residuals.
  package let standardDeviation: Double
  /// The p value from a normal distribution.
  package let p: Double

  /// Tests residuals at different places.
  ///
  /// Weights are one over the distance, zero for a place with itself, each row scaled to add up to one; mean and
  /// variance are those under randomisation (Cliff & Ord 1981, section 2.3), as ape's `Moran.I` has them. The work is
  /// n² distances, which are not kept.
  package static func run(
    _ scaled: [Double], x: [Double], y: [Double], alternative: Alternative = .twoSided
  ) throws(AutocorrelationError) -> SpatialTest {
    precondition(scaled.count == x.count && x.count == y.count, "one place for each residual")
    let n = scaled.count
    guard n >= 4 else { throw .tooFewRows(n, needed: 4) }
    for row in 0..<n where !(x[row].isFinite && y[row].isFinite) { throw .notFinite(row: row) }
    let order = (0..<n).sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
    for (a, b) in zip(order, order.dropFirst()) where x[a] == x[b] && y[a] == y[b] {
      throw .repeated(first: min(a, b), second: max(a, b))
    }
    let mean = scaled.reduce(0, +) / Double(n)
    let errors = scaled.map { $0 - mean }
    let squares = errors.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { throw .constant }
    let sums = WeightSums(x: x, y: y, errors: errors)
    let count = Double(n)
    // Rows add up to one, so that all weights together are n.
    let observed = sums.product / squares
    let fourth = errors.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
    let kurtosis = fourth / (squares / count * squares / count)
    let s = count
    let (s1, s2) = (sums.pairs, sums.margins)
    let expected = -1 / (count - 1)
    let numerator =
      count * ((count * count - 3 * count + 3) * s1 - count * s2 + 3 * s * s)
      - kurtosis * (count * (count - 1) * s1 - 2 * count * s2 + 6 * s * s)
    let variance =
      numerator / ((count - 1) * (count - 2) * (count - 3) * s * s) - expected * expected
    let deviation = variance.squareRoot()
    let lower = DistributionFunctions.normalLower((observed - expected) / deviation)
    let upper = DistributionFunctions.normalLower((expected - observed) / deviation)
    return SpatialTest(
      observed: observed, expected: expected, standardDeviation: deviation,
      p: alternative.pValue(lowerTail: lower, upperTail: upper))
  }
}

/// The sums over all pairs of places that Moran's I and its variance are made of.
private struct WeightSums {
  /// Σ_ij w_ij e_i e_j.
  var product = 0.0
  /// ½ Σ_ij (w_ij + w_ji)².
  var pairs = 0.0
  /// Σ_i (Σ_j w_ij + Σ_j w_ji)².
  var margins = 0.0

  init(x: [Double], y: [Double], errors: [Double]) {
    let n = x.count
    // Places beyond all others and errors of zero fill the last lanes up.
    let padding = [Double](repeating: 0, count: paddedToLanes(n) - n)
    let far = [Double](repeating: .infinity, count: paddedToLanes(n) - n)
    let (xs, ys, es) = (x + far, y + far, errors + padding)
    var inverseRows = padding
    inverseRows = (0..<n).map { i in
      1 / Self.sum(xs.span, ys.span, i) { weights, _ in weights }
    }
    inverseRows += padding
    for i in 0..<n {
      let own = Lanes(repeating: inverseRows[i])
      let (others, values) = (inverseRows.span, es.span)
      product +=
        errors[i] * inverseRows[i] * Self.sum(xs.span, ys.span, i) { $0 * values.lanes(at: $1) }
      pairs +=
        0.5
        * Self.sum(xs.span, ys.span, i) { weights, at in
          let both = weights * (own + others.lanes(at: at))
          return both * both
        }
      let column = Self.sum(xs.span, ys.span, i) { $0 * others.lanes(at: $1) }
      margins += (1 + column) * (1 + column)
    }
  }

  /// Σ_j of a function of 1 / distance(i, j), of the place itself left out.
  @inline(__always)
  private static func sum(
    _ x: Span<Double>, _ y: Span<Double>, _ i: Int, _ term: (Lanes, Int) -> Lanes
  ) -> Double {
    let (xi, yi) = (Lanes(repeating: x[i]), Lanes(repeating: y[i]))
    var sum = Lanes.zero
    var at = 0
    while at < x.count {
      let (dx, dy) = (x.lanes(at: at) - xi, y.lanes(at: at) - yi)
      let squared = dx * dx + dy * dy
      let weights = Lanes(repeating: 1) / squared.squareRoot()
      sum += term(weights.replacing(with: Lanes.zero, where: squared .== Lanes.zero), at)
      at += laneCount
    }
    return sum.sum()
  }
}
