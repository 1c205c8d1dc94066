// Dense matrices by the loops of the textbook: the slow twin of every fast factorisation.

import Glibc
import LinearAlgebra

/// A small dense matrix, column by column.
package struct DenseMatrix: Sendable, Equatable {
  /// The number of rows.
  package let rowCount: Int
  /// The number of columns.
  package let columnCount: Int
  /// The elements, column by column.
  package var values: [Double]

  /// A matrix of zeros.
  package init(_ rowCount: Int, _ columnCount: Int) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    values = Array(repeating: 0, count: rowCount * columnCount)
  }

  /// A square matrix from its columns.
  package init(order n: Int, _ values: [Double]) {
    precondition(values.count == n * n, "n columns of n numbers")
    rowCount = n
    columnCount = n
    self.values = values
  }

  /// The identity.
  package static func identity(_ n: Int) -> DenseMatrix {
    var result = DenseMatrix(n, n)
    for i in 0..<n { result[i, i] = 1 }
    return result
  }

  /// An element by row and column.
  package subscript(_ row: Int, _ column: Int) -> Double {
    get { values[row + column * rowCount] }
    set { values[row + column * rowCount] = newValue }
  }

  /// The transpose.
  package var transposed: DenseMatrix {
    var result = DenseMatrix(columnCount, rowCount)
    for c in 0..<columnCount { for r in 0..<rowCount { result[c, r] = self[r, c] } }
    return result
  }

  /// The largest absolute element.
  package var largest: Double { values.map(abs).max() ?? 0 }

  package static func * (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    precondition(a.columnCount == b.rowCount, "shapes that do not fit")
    var result = DenseMatrix(a.rowCount, b.columnCount)
    for c in 0..<b.columnCount {
      for k in 0..<a.columnCount {
        for r in 0..<a.rowCount { result[r, c] += a[r, k] * b[k, c] }
      }
    }
    return result
  }

  package static func * (a: DenseMatrix, x: [Double]) -> [Double] {
    precondition(a.columnCount == x.count, "shapes that do not fit")
    var result = [Double](repeating: 0, count: a.rowCount)
    for c in 0..<a.columnCount { for r in 0..<a.rowCount { result[r] += a[r, c] * x[c] } }
    return result
  }

  package static func + (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    var result = a
    for i in result.values.indices { result.values[i] += b.values[i] }
    return result
  }

  package static func - (a: DenseMatrix, b: DenseMatrix) -> DenseMatrix {
    var result = a
    for i in result.values.indices { result.values[i] -= b.values[i] }
    return result
  }

  /// The lower Cholesky factor of a symmetric matrix; nil when a pivot is not positive.
  package var cholesky: DenseMatrix? {
    let n = rowCount
    var l = DenseMatrix(n, n)
    for c in 0..<n {
      for r in c..<n {
        var value = self[r, c]
        for k in 0..<c { value -= l[r, k] * l[c, k] }
        if r == c && !(value > 0) { return nil }
        l[r, c] = r == c ? value.squareRoot() : value / l[c, c]
      }
    }
    return l
  }

  /// Solves A x = b by elimination with row exchanges.
  package func solve(_ b: [Double]) -> [Double] {
    let n = rowCount
    var (a, x) = (self, b)
    for c in 0..<n {
      let pivot = (c..<n).max { abs(a[$0, c]) < abs(a[$1, c]) } ?? c
      for k in 0..<n { (a[c, k], a[pivot, k]) = (a[pivot, k], a[c, k]) }
      x.swapAt(c, pivot)
      for r in (c + 1)..<max(n, c + 1) {
        let share = a[r, c] / a[c, c]
        for k in c..<n { a[r, k] -= share * a[c, k] }
        x[r] -= share * x[c]
      }
    }
    for r in (0..<n).reversed() {
      for k in (r + 1)..<max(n, r + 1) { x[r] -= a[r, k] * x[k] }
      x[r] /= a[r, r]
    }
    return x
  }

  /// The inverse, one unit vector after the other.
  package var inverse: DenseMatrix {
    var result = DenseMatrix(rowCount, rowCount)
    for c in 0..<rowCount {
      let column = solve((0..<rowCount).map { $0 == c ? 1 : 0 })
      for r in 0..<rowCount { result[r, c] = column[r] }
    }
    return result
  }

  /// log |A| of a positive definite matrix; NaN of any other.
  package var logDeterminant: Double {
    guard let l = cholesky else { return .nan }
    return (0..<rowCount).reduce(0) { $0 + 2 * log(l[$1, $1]) }
  }
}

extension ArrowMatrix {
  /// The whole symmetric matrix, from the lower triangles of blocks and corner and the border.
  package var dense: DenseMatrix {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let tail = q * structure.blockCount
    var result = DenseMatrix(tail + m, tail + m)
    for j in 0..<structure.blockCount {
      for c in 0..<q {
        for r in c..<q {
          result[j * q + r, j * q + c] = blocks[j * q * q + r + c * q]
          result[j * q + c, j * q + r] = blocks[j * q * q + r + c * q]
        }
      }
      for k in structure.borderOffsets[j]..<structure.borderOffsets[j + 1] {
        for r in 0..<q {
          result[j * q + r, tail + structure.borderColumns[k]] = border[q * k + r]
          result[tail + structure.borderColumns[k], j * q + r] = border[q * k + r]
        }
      }
    }
    for c in 0..<m {
      for r in c..<m {
        guard let place = structure.cornerPlace(row: r, column: c) else { continue }
        result[tail + r, tail + c] = corner[place]
        result[tail + c, tail + r] = corner[place]
      }
    }
    return result
  }

  /// The places of the stored elements: (row, column) in the whole matrix of every block, border and corner element.
  package static func places(of structure: ArrowStructure) -> (
    blocks: [(Int, Int)], border: [(Int, Int)], corner: [(Int, Int)]
  ) {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let tail = q * structure.blockCount
    var (blocks, border, corner): ([(Int, Int)], [(Int, Int)], [(Int, Int)]) = ([], [], [])
    for j in 0..<structure.blockCount {
      for c in 0..<q { for r in 0..<q { blocks.append((j * q + r, j * q + c)) } }
      for k in structure.borderOffsets[j]..<structure.borderOffsets[j + 1] {
        for r in 0..<q { border.append((j * q + r, tail + structure.borderColumns[k])) }
      }
    }
    switch structure.corner {
    case .dense: for c in 0..<m { for r in 0..<m { corner.append((tail + r, tail + c)) } }
    case .sparse(let sparse):
      for c in 0..<m {
        let (first, count) = sparse.pattern.column(c)
        for place in first..<(first + count) {
          corner.append((tail + Int(sparse.pattern.rows[place]), tail + c))
        }
      }
    }
    return (blocks, border, corner)
  }
}
