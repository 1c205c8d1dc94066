// The Cholesky factor of a small symmetric matrix.

import Glibc

/// A lower triangular factor L with L Lᵀ equal to a small positive definite matrix.
struct SmallCholesky: Sendable {
  private let order: Int
  private var factor: [Double]

  /// Factors a matrix given row by row; nil if it is not positive definite.
  init?(_ matrix: [Double], order: Int) {
    self.order = order
    factor = matrix
    for j in 0..<order {
      for i in j..<order {
        var sum = factor[i * order + j]
        for k in 0..<j { sum -= factor[i * order + k] * factor[j * order + k] }
        if i == j {
          guard sum > 0 else { return nil }
          factor[j * order + j] = sum.squareRoot()
        } else {
          factor[i * order + j] = sum / factor[j * order + j]
        }
      }
    }
  }

  /// The logarithm of the determinant of the matrix.
  var logDeterminant: Double {
    2 * (0..<order).reduce(0) { $0 + log(factor[$1 * order + $1]) }
  }

  /// The solution x of A x = b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<order {
      for k in 0..<i { x[i] -= factor[i * order + k] * x[k] }
      x[i] /= factor[i * order + i]
    }
    for i in (0..<order).reversed() {
      for k in i + 1..<order { x[i] -= factor[k * order + i] * x[k] }
      x[i] /= factor[i * order + i]
    }
    return x
  }
}
