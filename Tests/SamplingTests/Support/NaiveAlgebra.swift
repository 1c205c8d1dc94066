// Slow and plain linear algebra, the twin of the fast kernels.

import Probability

@testable import Sampling

/// A dense lower triangular factor, row by row, by the textbook loops.
struct DenseFactor: TriangularFactor, Sendable {
  let order: Int
  var lower: [Double]

  /// The Cholesky factor of a positive definite matrix given row by row.
  init(of matrix: [Double], order n: Int) {
    order = n
    lower = Array(repeating: 0, count: n * n)
    for j in 0..<n {
      var pivot = matrix[j * n + j]
      for k in 0..<j { pivot -= lower[j * n + k] * lower[j * n + k] }
      precondition(pivot > 0, "not positive definite")
      lower[j * n + j] = pivot.squareRoot()
      for i in j + 1..<max(n, j + 1) {
        var sum = matrix[i * n + j]
        for k in 0..<j { sum -= lower[i * n + k] * lower[j * n + k] }
        lower[i * n + j] = sum / lower[j * n + j]
      }
    }
  }

  func solveLower(_ x: inout MutableSpan<Double>) {
    for i in 0..<order {
      var sum = x[i]
      for k in 0..<i { sum -= lower[i * order + k] * x[k] }
      x[i] = sum / lower[i * order + i]
    }
  }

  func solveLowerTransposed(_ x: inout MutableSpan<Double>) {
    for i in (0..<order).reversed() {
      var sum = x[i]
      for k in i + 1..<max(order, i + 1) { sum -= lower[k * order + i] * x[k] }
      x[i] = sum / lower[i * order + i]
    }
  }

  func multiplyLowerTransposed(_ x: inout MutableSpan<Double>) {
    for i in 0..<order {
      var sum = 0.0
      for k in i..<order { sum += lower[k * order + i] * x[k] }
      x[i] = sum
    }
  }
}

func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

/// `count` standard normals.
func normals(_ count: Int, from stream: inout RandomStream) -> [Double] {
  var values = Array(repeating: 0.0, count: count)
  var span = values.mutableSpan
  fillWithNormals(&span, from: &stream)
  return values
}

/// Random orthonormal rows, by Gram-Schmidt on normal vectors.
func randomRotation(_ n: Int, from stream: inout RandomStream) -> [[Double]] {
  var rows: [[Double]] = []
  while rows.count < n {
    var v = normals(n, from: &stream)
    for row in rows + rows {  // twice is enough (Kahan)
      let share = dot(v, row)
      for i in 0..<n { v[i] -= share * row[i] }
    }
    let length = dot(v, v).squareRoot()
    rows.append(v.map { $0 / length })
  }
  return rows
}

/// Σ f(λₖ) uₖ uₖ', row by row.
func spectral(_ rows: [[Double]], _ values: [Double]) -> [Double] {
  let n = values.count
  var matrix = Array(repeating: 0.0, count: n * n)
  for (row, value) in zip(rows, values) {
    for i in 0..<n { for j in 0..<n { matrix[i * n + j] += value * row[i] * row[j] } }
  }
  return matrix
}

/// Central differences of a log density, for comparison with its gradient.
func numericalGradient<Density: LogDensity>(
  of density: inout Density, at x: [Double], step: Double = 1e-5
) -> [Double] {
  var scratch = x
  return x.indices.map { i in
    var up = x
    up[i] += step
    var down = x
    down[i] -= step
    return
      (value(of: &density, at: up, gradient: &scratch)
      - value(of: &density, at: down, gradient: &scratch)) / (2 * step)
  }
}
