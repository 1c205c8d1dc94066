// LAPACK's answers against matrices whose factors and eigenvalues are known.

import LinearAlgebra
import Probability
import TestSupport
import Testing

@Suite("Dense factorisations are right")
struct DenseTests {
  /// A A' + I for a random A.
  static func positiveDefinite(_ n: Int, seed: UInt64) -> DenseMatrix {
    var stream = RandomStream(seed: seed)
    var a = DenseMatrix(n, n)
    for i in a.values.indices { a.values[i] = stream.nextNormal() }
    return a * a.transposed + .identity(n)
  }

  @Test("factor, solution and inverse equal the textbook's", arguments: [0, 1, 2, 3, 10, 40])
  func cholesky(_ n: Int) throws {
    let matrix = Self.positiveDefinite(n, seed: UInt64(n))
    var l = matrix.values
    try Dense.choleskyFactor(&l, order: n)
    let wanted = try #require(matrix.cholesky)
    for c in 0..<n { for r in c..<n { #expect(abs(l[r + c * n] - wanted[r, c]) < 1e-11) } }
    let x = (0..<n).map { Double($0) - 1.5 }
    var solution = matrix * x
    Dense.solveFactored(l, order: n, &solution)
    #expect(distance(solution, x) < 1e-11)
    Dense.invertFactored(&l, order: n)
    #expect(distance(l, matrix.inverse.values) < 1e-11)
  }

  @Test("a matrix with a pivot that is not positive is refused with its row", arguments: 0..<5)
  func refusal(_ row: Int) {
    var matrix = Self.positiveDefinite(5, seed: 5)
    for value in [0, -1, Double.nan] {
      matrix[row, row] = value
      var a = matrix.values
      #expect(throws: NotPositiveDefinite(index: row)) { try Dense.choleskyFactor(&a, order: 5) }
    }
  }

  @Test("the eigenvalues of (2 1; 1 2) are 1 and 3")
  func knownEigenvalues() throws {
    let (values, vectors) = try #require(Dense.eigenSystem([2, 1, 1, 2], order: 2))
    #expect(distance(values, [1, 3]) < 1e-15)
    #expect(abs(vectors[0] + vectors[1]) < 1e-15)
    #expect(abs(vectors[2] - vectors[3]) < 1e-15)
  }

  @Test(
    "eigenvectors are orthonormal, ascending, and rebuild the matrix",
    arguments: [1, 2, 5, 20, 60])
  func eigenSystem(_ n: Int) throws {
    var matrix = Self.positiveDefinite(n, seed: 9)
    for i in 0..<n { matrix[i, i] -= Double(n) }  // Some eigenvalues are negative.
    let (values, vectors) = try #require(Dense.eigenSystem(matrix.values, order: n))
    let u = DenseMatrix(order: n, vectors)
    var diagonal = DenseMatrix(n, n)
    for i in 0..<n { diagonal[i, i] = values[i] }
    #expect(values == values.sorted())
    #expect((u.transposed * u - .identity(n)).largest < 1e-13 * Double(n))
    #expect((u * diagonal * u.transposed - matrix).largest < 1e-13 * matrix.largest * Double(n))
  }

  @Test("only the lower triangle is read for eigenvectors")
  func lowerTriangle() throws {
    let (values, _) = try #require(Dense.eigenSystem([2, 1, 99, 2], order: 2))
    #expect(distance(values, [1, 3]) < 1e-15)
  }

  @Test("a number that is not finite has no eigenvalues, nothing has none")
  func edges() {
    #expect(Dense.eigenSystem([1, .nan, 0, 1], order: 2) == nil)
    #expect(Dense.eigenSystem([.infinity], order: 1) == nil)
    #expect(Dense.eigenSystem([], order: 0)?.values == [])
  }
}
