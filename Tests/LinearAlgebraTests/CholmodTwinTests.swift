// The arrow factor against CHOLMOD, which knows nothing of arrows: log determinants and solutions of large sparse systems.

import CCholmod
import LinearAlgebra
import Probability
import Testing

@Suite("An arrow's factor is CHOLMOD's")
struct CholmodTwinTests {
  /// A positive definite arrow of nested and crossed effects, as a design with `rows` rows makes it.
  private func makeArrow(blocks: Int, size: Int, corner: Int, rows: Int, seed: UInt64)
    -> ArrowMatrix
  {
    var stream = RandomStream(seed: seed)
    let pairs = (0..<rows).map { _ in
      (stream.nextInt(below: blocks), stream.nextInt(below: corner), stream.nextUniform())
    }
    let touched = (0..<blocks).map { block in
      Set(pairs.filter { $0.0 == block }.map(\.1)).sorted()
    }
    var offsets = [0]
    for columns in touched { offsets.append(offsets[offsets.count - 1] + columns.count) }
    var arrow = ArrowMatrix(
      structure: ArrowStructure(
        blockSize: size, blockCount: blocks, cornerSize: corner, borderOffsets: offsets,
        borderColumns: touched.flatMap { $0 }))
    for block in 0..<blocks {
      for r in 0..<size { arrow.blocks[block * size * size + r * (size + 1)] = 1 }
    }
    for r in 0..<corner { arrow.corner[r * (corner + 1)] = 1 }
    // I + Z'WZ with z = (1, x, …) in the block and 1 in the corner.
    for (block, column, x) in pairs {
      let z = (0..<size).map { $0 == 0 ? 1 : x / Double($0) }
      for c in 0..<size {
        for r in 0..<size { arrow.blocks[block * size * size + r + c * size] += z[r] * z[c] }
      }
      let place = offsets[block] + (touched[block].firstIndex(of: column) ?? 0)
      for r in 0..<size { arrow.border[size * place + r] += z[r] }
      arrow.corner[column * (corner + 1)] += 1
    }
    return arrow
  }

  /// The lower triangle of an arrow as (row, column, value).
  private func entries(_ arrow: ArrowMatrix) -> [(Int, Int, Double)] {
    let (q, m) = (arrow.structure.blockSize, arrow.structure.cornerSize)
    let tail = q * arrow.structure.blockCount
    var result: [(Int, Int, Double)] = []
    for block in 0..<arrow.structure.blockCount {
      for c in 0..<q {
        for r in c..<q {
          result.append((block * q + r, block * q + c, arrow.blocks[block * q * q + r + c * q]))
        }
      }
      for k in arrow.structure.borderOffsets[block]..<arrow.structure.borderOffsets[block + 1] {
        for r in 0..<q {
          result.append(
            (tail + arrow.structure.borderColumns[k], block * q + r, arrow.border[q * k + r]))
        }
      }
    }
    for c in 0..<m {
      for r in c..<m {
        guard let place = arrow.structure.cornerPlace(row: r, column: c), arrow.corner[place] != 0
        else { continue }
        result.append((tail + r, tail + c, arrow.corner[place]))
      }
    }
    return result
  }

  /// log |H| and H⁻¹ b by CHOLMOD.
  private func solve(_ arrow: ArrowMatrix, _ b: [Double]) throws -> (
    logDeterminant: Double, x: [Double]
  ) {
    var common = cholmod_common()
    cholmod_start(&common)
    defer { cholmod_finish(&common) }
    let lower = entries(arrow)
    let n = b.count
    var triplet = try #require(
      cholmod_allocate_triplet(n, n, lower.count, -1, Int32(CHOLMOD_REAL), &common))
    defer { withUnsafeMutablePointer(to: &triplet) { free($0, &common) } }
    let rows = triplet.pointee.i.assumingMemoryBound(to: Int32.self)
    let columns = triplet.pointee.j.assumingMemoryBound(to: Int32.self)
    let values = triplet.pointee.x.assumingMemoryBound(to: Double.self)
    for (k, entry) in lower.enumerated() {
      (rows[k], columns[k], values[k]) = (Int32(entry.0), Int32(entry.1), entry.2)
    }
    triplet.pointee.nnz = lower.count
    var sparse = cholmod_triplet_to_sparse(triplet, lower.count, &common)
    defer { cholmod_free_sparse(&sparse, &common) }
    common.final_ll = 1
    common.supernodal = Int32(CHOLMOD_SIMPLICIAL)
    var factor = cholmod_analyze(sparse, &common)
    defer { cholmod_free_factor(&factor, &common) }
    try #require(cholmod_factorize(sparse, factor, &common) == 1)
    let l = try #require(factor)
    let starts = l.pointee.p.assumingMemoryBound(to: Int32.self)
    let factorValues = l.pointee.x.assumingMemoryBound(to: Double.self)
    let sum = (0..<n).reduce(0.0) { $0 + Dense.logarithm(factorValues[Int(starts[$1])]) }
    var right: UnsafeMutablePointer<cholmod_dense>? = cholmod_zeros(
      n, 1, Int32(CHOLMOD_REAL), &common)
    defer { cholmod_free_dense(&right, &common) }
    let target = try #require(right).pointee.x.assumingMemoryBound(to: Double.self)
    for i in 0..<n { target[i] = b[i] }
    var solution = cholmod_solve(Int32(CHOLMOD_A), factor, right, &common)
    defer { cholmod_free_dense(&solution, &common) }
    let found = try #require(solution).pointee.x.assumingMemoryBound(to: Double.self)
    return (2 * sum, (0..<n).map { found[$0] })
  }

  private func free(
    _ triplet: UnsafeMutablePointer<UnsafeMutablePointer<cholmod_triplet>>,
    _ common: UnsafeMutablePointer<cholmod_common>
  ) {
    var pointer: UnsafeMutablePointer<cholmod_triplet>? = triplet.pointee
    cholmod_free_triplet(&pointer, common)
  }

  @Test(
    "in determinant and solution, for crossed designs of a thousand effects",
    arguments: [(1, 300, 40), (2, 400, 60), (3, 250, 25)])
  func agrees(size: Int, blocks: Int, corner: Int) throws {
    let arrow = makeArrow(
      blocks: blocks, size: size, corner: corner, rows: 4000, seed: UInt64(100 + size))
    var stream = RandomStream(seed: 9)
    let b = (0..<arrow.structure.dimension).map { _ in stream.nextNormal() }
    let twin = try solve(arrow, b)
    var factor = ArrowFactor(structure: arrow.structure)
    try factor.factor(arrow)
    var x = b
    var span = x.mutableSpan
    factor.solve(&span)
    // Both are backward stable and the matrices well conditioned: agreement to a few thousand roundings.
    #expect(abs(factor.logDeterminant - twin.logDeterminant) < 1e-10 * abs(twin.logDeterminant))
    for (own, other) in zip(x, twin.x) { #expect(abs(own - other) < 1e-11) }
  }
  @Test(
    "and for sparse corners of tens of thousands of elements, banded or in no order, with dense columns",
    arguments: [(1, false, 0), (2, false, 3), (2, true, 0), (3, true, 6)])
  func sparseCorner(size: Int, isBanded: Bool, denseColumns: Int) throws {
    var shape = SparseShape.random(
      order: 900, meetings: isBanded ? 6 : 1, span: isBanded ? 12 : 900, blockSize: size,
      blockCount: 500, borderWidth: 2, seed: 3)
    shape.denseColumns = denseColumns
    let arrow = shape.matrix(seed: 4)
    guard case .sparse = arrow.structure.corner else {
      Issue.record("the corner is not sparse")
      return
    }
    var stream = RandomStream(seed: 9)
    let b = (0..<arrow.structure.dimension).map { _ in stream.nextNormal() }
    let twin = try solve(arrow, b)
    var factor = ArrowFactor(structure: arrow.structure)
    try factor.factor(arrow)
    var x = b
    var span = x.mutableSpan
    factor.solve(&span)
    #expect(abs(factor.logDeterminant - twin.logDeterminant) < 1e-10 * abs(twin.logDeterminant))
    for (own, other) in zip(x, twin.x) { #expect(abs(own - other) < 1e-11) }
  }
}
