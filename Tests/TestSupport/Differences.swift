// Derivatives by central differences of sixth order, and how far two lists of numbers are apart.

/// Central differences on seven points: the error is of order h⁶, so h may be large and rounding small.
package enum Differences {
  /// Fornberg (1988), table 1: weights of the first derivative at −3 … 3.
  private static let first = [-1.0 / 60, 3.0 / 20, -3.0 / 4, 0, 3.0 / 4, -3.0 / 20, 1.0 / 60]
  /// The same for the second derivative.
  private static let second = [
    1.0 / 90, -3.0 / 20, 3.0 / 2, -49.0 / 18, 3.0 / 2, -3.0 / 20, 1.0 / 90,
  ]

  /// f'(0).
  package static func derivative(
    step h: Double = 1e-2, of f: (Double) throws -> Double
  ) rethrows -> Double {
    var sum = 0.0
    for (k, weight) in first.enumerated() where weight != 0 {
      sum += weight * (try f(Double(k - 3) * h))
    }
    return sum / h
  }

  /// f''(0).
  package static func secondDerivative(step h: Double = 1e-2, of f: (Double) -> Double) -> Double {
    second.enumerated().reduce(0) { $0 + $1.element * f(Double($1.offset - 3) * h) } / (h * h)
  }

  /// The gradient of f at x.
  package static func gradient(
    at x: [Double], step h: Double = 1e-2, of f: ([Double]) throws -> Double
  ) rethrows -> [Double] {
    try x.indices.map { i in
      try derivative(step: h) { t in
        var point = x
        point[i] += t
        return try f(point)
      }
    }
  }
}

/// The largest |a_i − b_i| over the largest of 1 and |b_i|; infinite for lists of unequal length or with NaN.
package func distance(_ a: [Double], _ b: [Double]) -> Double {
  guard a.count == b.count else { return .infinity }
  let scale = max(1, b.map(abs).max() ?? 1)
  var largest = 0.0
  for (x, y) in zip(a, b) {
    let gap = abs(x - y) / scale
    if !(gap <= largest) { largest = gap.isNaN ? .infinity : gap }
  }
  return largest
}
