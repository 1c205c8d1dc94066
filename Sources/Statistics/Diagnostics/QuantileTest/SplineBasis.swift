// Cubic B-splines with equal knots and a difference penalty, over sorted rows.

/// Ten cubic B-splines on an interval, with the second-order difference penalty of Eilers & Marx
/// (1996).
struct SplineBasis: Sendable {
  /// The number of splines.
  static let count = segments + 3
  private static let segments = 7

  /// The left end of the interval.
  let lower: Double
  /// The right end of the interval.
  let upper: Double

  /// The four splines that are not zero at a point, and the index of the first.
  func evaluate(_ x: Double) -> (first: Int, weights: SIMD4<Double>) {
    let position = upper > lower ? (x - lower) / (upper - lower) * Double(Self.segments) : 0
    let segment = min(max(Int(position), 0), Self.segments - 1)
    let t = position - Double(segment)
    let s = 1 - t
    return (
      segment,
      SIMD4(
        s * s * s, 3 * t * t * t - 6 * t * t + 4, 3 * s * s * s - 6 * s * s + 4, t * t * t) / 6
    )
  }

  /// The penalty matrix DᵀD of second differences, row by row.
  static let penalty: [Double] = {
    var penalty = Array(repeating: 0.0, count: count * count)
    for row in 0..<count - 2 {
      let difference = [1.0, -2, 1]
      for i in 0..<3 {
        for j in 0..<3 {
          penalty[(row + i) * count + row + j] += difference[i] * difference[j]
        }
      }
    }
    return penalty
  }()
}
