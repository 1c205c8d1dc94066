// Arrow matrices of every shape against a dense twin.

import LinearAlgebra
import Probability
import TestSupport
import Testing

@Suite("The arrow factor does what the dense Cholesky factor does")
struct ArrowFactorTests {
  /// Blocks of the sizes with loops of their own and of one more; vectors shorter and longer than the lanes.
  static let shapes: [ArrowShape] = sizes.flatMap { q, count, corner in
    ArrowShape.Border.allCases.map {
      ArrowShape(blockSize: q, blockCount: count, cornerSize: corner, border: $0)
    }
  }

  private static let sizes: [(Int, Int, Int)] =
    (1...7).flatMap { q in [0, 1, 5].flatMap { count in [0, 1, 4].map { (q, count, $0) } } }
    + [(1, 40, 6), (2, 9, 11), (3, 4, 40), (4, 9, 7)]

  @Test("its determinant is the dense one", arguments: shapes)
  func determinant(_ shape: ArrowShape) throws {
    let matrix = shape.matrix(seed: 1)
    let factor = try factored(matrix)
    let wanted = matrix.dense.logDeterminant
    #expect(abs(factor.logDeterminant - wanted) < 1e-12 * max(1, abs(wanted)))
  }

  @Test("its triangular products and solves are those of the dense factor", arguments: shapes)
  func triangles(_ shape: ArrowShape) throws {
    let matrix = shape.matrix(seed: 2)
    let factor = try factored(matrix)
    let l = try #require(matrix.dense.cholesky)
    let x = shape.vector(seed: 3)
    #expect(distance(apply(factor.multiplyLower, to: x), l * x) < 1e-12)
    #expect(distance(apply(factor.multiplyLowerTransposed, to: x), l.transposed * x) < 1e-12)
    #expect(distance(apply(factor.solveLower, to: l * x), x) < 1e-12)
    #expect(distance(apply(factor.solveLowerTransposed, to: l.transposed * x), x) < 1e-12)
    #expect(distance(apply(factor.solve, to: matrix.dense * x), x) < 1e-12)
  }

  @Test(
    "the selected inverse is the dense inverse wherever the matrix has elements",
    arguments: shapes)
  func inverse(_ shape: ArrowShape) throws {
    let matrix = shape.matrix(seed: 4)
    let factor = try factored(matrix)
    let wanted = matrix.dense.inverse
    var inverse = ArrowMatrix(structure: matrix.structure)
    for i in inverse.blocks.indices { inverse.blocks[i] = .nan }
    for i in inverse.border.indices { inverse.border[i] = .nan }
    var scratch = ArrowScratch(structure: matrix.structure)
    factor.selectedInverse(into: &inverse, scratch: &scratch)
    let places = ArrowMatrix.places(of: matrix.structure)
    #expect(distance(inverse.blocks, places.blocks.map { wanted[$0.0, $0.1] }) < 1e-12)
    #expect(distance(inverse.border, places.border.map { wanted[$0.0, $0.1] }) < 1e-12)
    #expect(distance(inverse.corner, places.corner.map { wanted[$0.0, $0.1] }) < 1e-12)
  }

  @Test("only the lower triangles are read", arguments: shapes)
  func lowerTriangles(_ shape: ArrowShape) throws {
    let matrix = shape.matrix(seed: 5)
    var spoilt = matrix
    let (q, m) = (matrix.structure.blockSize, matrix.structure.cornerSize)
    for j in 0..<matrix.structure.blockCount {
      for c in 0..<q { for r in 0..<c { spoilt.blocks[j * q * q + r + c * q] = .nan } }
    }
    for c in 0..<m { for r in 0..<c { spoilt.corner[r + c * m] = .nan } }
    let x = shape.vector(seed: 6)
    let (one, other) = (try factored(matrix), try factored(spoilt))
    #expect(one.logDeterminant == other.logDeterminant)
    #expect(apply(one.solve, to: x) == apply(other.solve, to: x))
    #expect(apply(one.multiplyLower, to: x) == apply(other.multiplyLower, to: x))
  }

  @Test("a factor is used again for another matrix of the same shape")
  func reuse() throws {
    let shape = ArrowShape(blockSize: 2, blockCount: 3, cornerSize: 2, border: .sparse)
    var factor = ArrowFactor(structure: shape.structure)
    try factor.factor(shape.matrix(seed: 7))
    let second = shape.matrix(seed: 8)
    try factor.factor(second)
    let x = shape.vector(seed: 9)
    #expect(distance(apply(factor.solve, to: second.dense * x), x) < 1e-12)
  }

  @Test("before anything is factored it is the identity")
  func identity() {
    let shape = ArrowShape(blockSize: 3, blockCount: 2, cornerSize: 2, border: .dense)
    let factor = ArrowFactor(structure: shape.structure)
    let x = shape.vector(seed: 10)
    #expect(factor.logDeterminant == 0)
    #expect(apply(factor.solve, to: x) == x)
    #expect(apply(factor.multiplyLower, to: x) == x)
  }

  @Test("the error names the row of the first pivot that is not positive", arguments: 0..<13)
  func failingRow(_ row: Int) throws {
    let shape = ArrowShape(blockSize: 3, blockCount: 3, cornerSize: 4, border: .sparse)
    let matrix = shape.matrix(seed: 11)
    for value in [-1.0, 0, .nan] {
      var bad = matrix
      let tail = 9
      if row < tail {
        bad.blocks[row / 3 * 9 + row % 3 * 4] = value
      } else {
        bad.corner[(row - tail) * 5] = value
      }
      var factor = ArrowFactor(structure: shape.structure)
      #expect(throws: NotPositiveDefinite(index: row)) { try factor.factor(bad) }
    }
  }

  @Test("positive definite blocks with too strong a border fail in the corner")
  func indefiniteCorner() {
    // H = (1 b; b 1) with |b| > 1 has a positive diagonal and a negative determinant.
    let structure = ArrowStructure(blockSize: 1, blockCount: 1, denseCornerSize: 1)
    var matrix = ArrowMatrix(structure: structure)
    (matrix.blocks, matrix.border, matrix.corner) = ([1], [1.5], [1])
    var factor = ArrowFactor(structure: structure)
    #expect(throws: NotPositiveDefinite(index: 1)) { try factor.factor(matrix) }
    matrix.border = [0.5]
    #expect(throws: Never.self) { try factor.factor(matrix) }
    #expect(abs(factor.logDeterminant - Dense.logarithm(0.75)) < 1e-15)
  }

  private func factored(_ matrix: ArrowMatrix) throws -> ArrowFactor {
    var factor = ArrowFactor(structure: matrix.structure)
    try factor.factor(matrix)
    return factor
  }
}
