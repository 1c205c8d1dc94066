// Small factors that lie inside longer arrays: nothing beside them may be touched.

import LinearAlgebra
import Probability
import TestSupport
import Testing

@Suite("Small factors inside long arrays")
struct SmallCholeskyTests {
  private let offset = 3

  /// A matrix at `offset` of an array of sevens.
  private func embedded(_ matrix: DenseMatrix) -> [Double] {
    Array(repeating: 7, count: offset) + matrix.values + [7, 7]
  }

  @Test(
    "factor, solves and products equal the textbook's and leave the rest alone",
    arguments: 1...6)
  func equalsDense(_ n: Int) throws {
    let matrix = DenseTests.positiveDefinite(n, seed: UInt64(20 + n))
    let l = try #require(matrix.cholesky)
    var values = embedded(matrix)
    var span = values.mutableSpan
    #expect(SmallCholesky.failingRow(factoring: &span, at: offset, order: n) == nil)
    for c in 0..<n {
      for r in 0..<n {
        let wanted = r >= c ? l[r, c] : matrix[r, c]
        #expect(abs(values[offset + r + c * n] - wanted) < 1e-12, "row \(r), column \(c)")
      }
    }
    #expect(values.prefix(offset) == [7, 7, 7] && values.suffix(2) == [7, 7])

    let x = (0..<n).map { Double($0 * $0) - 2 }
    func run(
      _ operation: (Span<Double>, Int, Int, inout MutableSpan<Double>, Int) -> Void, _ x: [Double]
    ) -> [Double] {
      var long = [9] + x + [9]
      var target = long.mutableSpan
      operation(values.span, offset, n, &target, 1)
      #expect(long.first == 9 && long.last == 9)
      return Array(long.dropFirst().dropLast())
    }
    #expect(distance(run(SmallCholesky.multiplyLower, x), l * x) < 1e-12)
    #expect(distance(run(SmallCholesky.multiplyLowerTransposed, x), l.transposed * x) < 1e-12)
    #expect(distance(run(SmallCholesky.solveLower, l * x), x) < 1e-12)
    #expect(distance(run(SmallCholesky.solveLowerTransposed, l.transposed * x), x) < 1e-12)
  }

  @Test("a pivot that is zero, negative, infinite or no number is named", arguments: 0..<3)
  func refusal(_ row: Int) {
    for value in [0, -2, Double.infinity, .nan] {
      var matrix = DenseMatrix.identity(3)
      matrix[row, row] = value
      var values = embedded(matrix)
      var span = values.mutableSpan
      #expect(SmallCholesky.failingRow(factoring: &span, at: offset, order: 3) == row)
    }
  }
}
