// Arrow matrices with sparse corners against dense twins.

import LinearAlgebra
import Probability
import TestSupport
import Testing

@Suite("A sparse corner gives what a dense one gives")
struct SparseCornerTests {
  static let shapes: [SparseShape] = {
    var shapes: [SparseShape] = []
    for q in [1, 2, 3, 5] {
      shapes += [
        .nested(24, 12, 4, blockSize: q), .nested(9, 9, 9, blockSize: q),
        .random(
          order: 60, meetings: 1, span: 60, blockSize: q, blockCount: 40, borderWidth: 3, seed: 1),
        .random(
          order: 50, meetings: 2, span: 9, blockSize: q, blockCount: 20, borderWidth: 1, seed: 2),
        .cliques(3, of: 20, sharing: 17, blockSize: q),
        .cliques(1, of: 70, sharing: 0, blockSize: q),
        SparseShape(name: "diagonal", blockSize: q, borders: [], meetings: [], order: 6),
        SparseShape(name: "one column", blockSize: q, borders: [[0], []], meetings: [], order: 1),
      ]
    }
    return shapes
      + shapes.map { shape in
        var wider = shape
        wider.denseColumns = shape.blockSize == 1 ? 1 : 5
        return wider
      }
  }()

  @Test("its determinant is the dense one", arguments: shapes)
  func determinant(_ shape: SparseShape) throws {
    let matrix = shape.matrix(seed: 1)
    let wanted = matrix.dense.logDeterminant
    #expect(abs(try factored(matrix).logDeterminant - wanted) < 1e-12 * max(1, abs(wanted)))
  }

  @Test("its products make the matrix, and its solves undo them", arguments: shapes)
  func triangles(_ shape: SparseShape) throws {
    let matrix = shape.matrix(seed: 2)
    let factor = try factored(matrix)
    let x = shape.vector(seed: 3)
    let wanted = matrix.dense * x
    let scale = 1e-12 * max(1, wanted.map(abs).max() ?? 1)
    let product = apply(factor.multiplyLower, to: apply(factor.multiplyLowerTransposed, to: x))
    #expect(distance(product, wanted) < scale)
    #expect(distance(apply(factor.solveLower, to: apply(factor.multiplyLower, to: x)), x) < 1e-12)
    #expect(
      distance(
        apply(factor.solveLowerTransposed, to: apply(factor.multiplyLowerTransposed, to: x)), x)
        < 1e-12)
    #expect(distance(apply(factor.solve, to: wanted), x) < 1e-12)
  }

  @Test(
    "the selected inverse is the dense inverse wherever the matrix has elements",
    arguments: shapes)
  func inverse(_ shape: SparseShape) throws {
    let matrix = shape.matrix(seed: 4)
    let factor = try factored(matrix)
    let wanted = matrix.dense.inverse
    var inverse = ArrowMatrix(structure: matrix.structure)
    for i in inverse.blocks.indices { inverse.blocks[i] = .nan }
    for i in inverse.border.indices { inverse.border[i] = .nan }
    for i in inverse.corner.indices { inverse.corner[i] = .nan }
    var scratch = ArrowScratch(structure: matrix.structure)
    // Twice: what the first leaves behind must not matter.
    for _ in 0..<2 {
      factor.selectedInverse(into: &inverse, scratch: &scratch)
      let places = ArrowMatrix.places(of: matrix.structure)
      #expect(distance(inverse.blocks, places.blocks.map { wanted[$0.0, $0.1] }) < 1e-12)
      #expect(distance(inverse.border, places.border.map { wanted[$0.0, $0.1] }) < 1e-12)
      #expect(distance(inverse.corner, places.corner.map { wanted[$0.0, $0.1] }) < 1e-12)
    }
  }

  @Test("only the lower triangles are read", arguments: shapes)
  func lowerTriangles(_ shape: SparseShape) throws {
    let matrix = shape.matrix(seed: 5)
    var spoilt = matrix
    let tail = matrix.structure.dimension - matrix.structure.cornerSize
    let places = ArrowMatrix.places(of: matrix.structure)
    for (index, place) in places.blocks.enumerated() where place.0 < place.1 {
      spoilt.blocks[index] = .nan
    }
    for (index, place) in places.corner.enumerated() where place.0 < place.1 {
      #expect(place.0 >= tail)
      spoilt.corner[index] = .nan
    }
    let x = shape.vector(seed: 6)
    let (one, other) = (try factored(matrix), try factored(spoilt))
    #expect(one.logDeterminant == other.logDeterminant)
    #expect(apply(one.solve, to: x) == apply(other.solve, to: x))
    spoilt.fillUpperTriangles()
    #expect(spoilt.corner == matrix.corner)
  }

  @Test("a corner that is not positive definite fails, and the factor can be used again")
  func failure() throws {
    let shape = SparseShape.cliques(3, of: 20, sharing: 17, blockSize: 2)
    let matrix = shape.matrix(seed: 7)
    var factor = ArrowFactor(structure: matrix.structure)
    for row in [0, 25, 59, 60, 76] {
      for value in [-1, 0, .nan] {
        var bad = matrix
        bad.corner[matrix.structure.cornerDiagonal(row)] = value
        #expect(throws: NotPositiveDefinite.self) { try factor.factor(bad) }
      }
    }
    try factor.factor(matrix)
    #expect(factor.logDeterminant == (try factored(matrix)).logDeterminant)
  }

  @Test("the row that fails is named in the order of the matrix")
  func failingRow() {
    // A diagonal corner: no other row can fail than the one that is negative.
    let shape = SparseShape(name: "", blockSize: 1, borders: [[3], [0]], meetings: [], order: 8)
    var matrix = shape.matrix(seed: 8)
    matrix.corner[matrix.structure.cornerDiagonal(5)] = -1
    var factor = ArrowFactor(structure: matrix.structure)
    #expect(throws: NotPositiveDefinite(index: 2 + 5)) { try factor.factor(matrix) }
  }

  @Test(
    "a corner is dense where it is small, where its factor is full, and where no pattern is given")
  func choice() {
    func isSparse(_ structure: ArrowStructure) -> Bool {
      if case .sparse = structure.corner { true } else { false }
    }
    let nested = SparseShape.nested(80, 40, 10, blockSize: 1)
    #expect(isSparse(nested.structure(.automatic)))
    #expect(!isSparse(nested.structure(.dense)))
    #expect(!isSparse(SparseShape.nested(24, 12, 4, blockSize: 1).structure(.automatic)))
    #expect(
      !isSparse(SparseShape.cliques(1, of: 70, sharing: 0, blockSize: 1).structure(.automatic)))
    // The corner itself is diagonal, but one block meets all of it.
    let tied = SparseShape(
      name: "", blockSize: 1, borders: [Array(0..<60)], meetings: [], order: 60)
    #expect(!isSparse(tied.structure(.automatic)))
    #expect(!isSparse(ArrowStructure(blockSize: 1, blockCount: 2, denseCornerSize: 50)))
    #expect(isSparse(nested.structure(.automatic).appendingDenseColumns(4)))
  }

  @Test("dense columns are added to a dense corner as to a sparse one")
  func appending() {
    var shape = SparseShape.nested(24, 12, 4, blockSize: 2)
    shape.denseColumns = 3
    let (sparse, dense) = (shape.structure(), shape.structure(.dense))
    #expect(sparse.borderOffsets == dense.borderOffsets)
    #expect(sparse.borderColumns == dense.borderColumns)
    #expect(sparse.denseColumnCount == 3 && dense.denseColumnCount == 3)
    #expect(sparse.cornerSize == 19 && dense.cornerSize == 19)
    #expect(ArrowMatrix(structure: dense).corner.count == 19 * 19)
    for c in 0..<19 {
      #expect(sparse.cornerPlace(row: 18, column: c) != nil)
      #expect(sparse.cornerPlace(row: c, column: 16) != nil)
    }
  }

  private func factored(_ matrix: ArrowMatrix) throws -> ArrowFactor {
    var factor = ArrowFactor(structure: matrix.structure)
    try factor.factor(matrix)
    return factor
  }
}
