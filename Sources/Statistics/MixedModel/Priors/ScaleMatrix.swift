// The matrices inside priors of covariance matrices: a number, a diagonal, or all elements.

import LinearAlgebra

/// A positive definite matrix as a user writes it.
package enum ScaleMatrix: Sendable, Equatable {
  /// A number times the identity, of any size.
  case multiple(Double)
  /// `diag(a, b, ...)`.
  case diagonal([Double])
  /// `matrix(a, b, c, d)`: the elements row by row.
  case full([Double])

  /// The k × k matrix, or nil when it has another size.
  package func elements(size k: Int) -> [Double]? {
    switch self {
    case .multiple(let value): (0..<(k * k)).map { $0 % (k + 1) == 0 ? value : 0 }
    case .diagonal(let values):
      values.count == k ? (0..<(k * k)).map { $0 % (k + 1) == 0 ? values[$0 / k] : 0 } : nil
    case .full(let values): values.count == k * k ? values : nil
    }
  }

  /// The diagonal of the k × k matrix; nil when it has another size or is not diagonal.
  package func diagonal(size k: Int) -> [Double]? {
    guard let elements = elements(size: k),
      elements.indices.allSatisfy({ $0 % (k + 1) == 0 || elements[$0] == 0 })
    else { return nil }
    return (0..<k).map { elements[$0 * (k + 1)] }
  }

  /// Whether it is symmetric and positive definite.
  var isPositiveDefinite: Bool {
    switch self {
    case .multiple(let value): return value > 0
    case .diagonal(let values): return !values.isEmpty && values.allSatisfy { $0 > 0 }
    case .full(let values):
      var k = 0
      while k * k < values.count { k += 1 }
      guard k > 0, k * k == values.count else { return false }
      for row in 0..<k {
        for column in 0..<row where values[row * k + column] != values[column * k + row] {
          return false
        }
      }
      var factor = values
      return (try? Dense.choleskyFactor(&factor, order: k)) != nil
    }
  }

  /// The matrix as a user would write it.
  package var text: String {
    func list(_ values: [Double]) -> String {
      values.map(PriorDistribution.number).joined(separator: ", ")
    }
    return switch self {
    case .multiple(let value): PriorDistribution.number(value)
    case .diagonal(let values): "diag(\(list(values)))"
    case .full(let values): "matrix(\(list(values)))"
    }
  }
}
