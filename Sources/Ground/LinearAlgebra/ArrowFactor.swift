// The Cholesky factor of an arrow matrix, block by block, with the Schur complement of its corner.

import COpenBLAS

/// The Cholesky factor L of an arrow matrix.
///
/// ```
///     ( A   B )        ( L_A   0  )
/// H = (       ) = L L'  L = (          )    W_j = L_j⁻¹ B_j    L_S L_S' = C − Σ_j W_j' W_j
///     ( B'  C )        ( W'   L_S )
/// ```
/// Work is O(J q (q + c)²) for the blocks and m³/3 for the corner. Where the corner is sparse, L_S is the factor of
/// P (C − Σ_j W_j' W_j) P' for the permutation P in which it fills in least, and L has P' L_S in its place: still a
/// square root of H, but its corner rows are not in the order of a triangle.
package struct ArrowFactor: Sendable {
  /// The shape of the matrix and of its factor.
  package let structure: ArrowStructure
  var blocks: [Double]  // L_j, lower triangles
  var border: [Double]  // W_j
  private var corner: [Double]  // L_S, lower triangle; empty where the corner is sparse
  var sparseCorner: SupernodalFactor?
  private var inverses: [Double]  // 1 / (L_j)_rr
  private var denseBorder: [Double]  // columns of W that every block meets, over all blocks
  private let denseStride: Int

  /// Room for factors of matrices of one shape; holds the identity until `factor` succeeds.
  package init(structure: ArrowStructure) {
    self.structure = structure
    let (q, m) = (structure.blockSize, structure.cornerSize)
    blocks = Array(repeating: 0, count: structure.blockCount * q * q)
    for j in 0..<structure.blockCount {
      for r in 0..<q { blocks[j * q * q + r * (q + 1)] = 1 }
    }
    border = Array(repeating: 0, count: q * structure.borderColumns.count)
    switch structure.corner {
    case .dense:
      corner = Array(repeating: 0, count: m * m)
      for r in 0..<m { corner[r * (m + 1)] = 1 }
    case .sparse(let sparse):
      corner = []
      sparseCorner = SupernodalFactor(structure: sparse.factor)
    }
    inverses = Array(repeating: 1, count: q * structure.blockCount)
    denseStride = paddedToLanes(q * structure.blockCount)
    denseBorder = Array(repeating: 0, count: denseStride * structure.denseColumnCount)
  }

  /// Computes the factor of `matrix`, which must have this factor's structure.
  ///
  /// - Throws: `NotPositiveDefinite` with the index of the failing row; the factor is then unusable.
  package mutating func factor(_ matrix: ArrowMatrix) throws(NotPositiveDefinite) {
    precondition(matrix.structure.dimension == structure.dimension, "an arrow of another shape")
    let (q, m) = (structure.blockSize, structure.cornerSize)
    blocks.copyElements(of: matrix.blocks)
    border.copyElements(of: matrix.border)
    if case .sparse(let sparse) = structure.corner {
      try factorSparse(sparse, corner: matrix.corner)
      arrangeForSolving()
      return
    }
    corner.copyElements(of: matrix.corner)
    let failing = Self.factorBlocks(structure, &blocks, &border, &corner)
    if let failing { throw NotPositiveDefinite(index: failing) }
    do {
      try Dense.choleskyFactor(&corner, order: m)
    } catch {
      throw NotPositiveDefinite(index: q * structure.blockCount + error.index)
    }
    arrangeForSolving()
  }

  /// Reciprocal diagonals, and the dense part of the border as columns over all blocks.
  private mutating func arrangeForSolving() {
    let (q, dense) = (structure.blockSize, structure.denseColumnCount)
    for j in 0..<structure.blockCount {
      for r in 0..<q { inverses[j * q + r] = 1 / blocks[j * q * q + r * (q + 1)] }
      let first = structure.borderOffsets[j + 1] - dense
      for k in 0..<dense {
        for r in 0..<q { denseBorder[k * denseStride + j * q + r] = border[q * (first + k) + r] }
      }
    }
  }

  /// L_j and W_j for every block, and the corner reduced by W_j'W_j; the failing row, if there is one.
  private static func factorBlocks(
    _ structure: ArrowStructure, _ blocks: inout [Double], _ border: inout [Double],
    _ corner: inout [Double]
  ) -> Int? {
    var l = blocks.mutableSpan
    var w = border.mutableSpan
    var s = corner.mutableSpan
    return switch structure.blockSize {
    case 1: factorBlocks(structure, 1, &l, &w, &s)
    case 2: factorBlocks(structure, 2, &l, &w, &s)
    case 3: factorBlocks(structure, 3, &l, &w, &s)
    case 4: factorBlocks(structure, 4, &l, &w, &s)
    case 5: factorBlocks(structure, 5, &l, &w, &s)
    case 6: factorBlocks(structure, 6, &l, &w, &s)
    case let q: factorBlocks(structure, q, &l, &w, &s)
    }
  }

  /// The same for blocks of a size that the compiler knows where it is small.
  @inline(__always)
  private static func factorBlocks(
    _ structure: ArrowStructure, _ q: Int, _ l: inout MutableSpan<Double>,
    _ w: inout MutableSpan<Double>, _ s: inout MutableSpan<Double>
  ) -> Int? {
    let m = structure.cornerSize
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    for j in 0..<structure.blockCount {
      let size = q &* q
      var block = l._mutatingExtracting((j &* size)..<(j &* size &+ size))
      if let row = SmallCholesky.failingRow(factoring: &block, at: 0, order: q) {
        return j * q + row
      }
      let (first, end) = (offsets[j], offsets[j + 1])
      for k in first..<end {
        var part = w._mutatingExtracting((q &* k)..<(q &* k &+ q))
        SmallCholesky.solveLower(block.span, at: 0, order: q, &part, from: 0)
      }
      for a in first..<end {
        let column = columns[a] * m
        let left = w.span.extracting((q &* a)..<(q &* a &+ q))
        for b in a..<end {
          let right = w.span.extracting((q &* b)..<(q &* b &+ q))
          var sum = 0.0
          for r in 0..<q { sum += left[r] * right[r] }
          s[columns[b] + column] -= sum
        }
      }
    }
    return nil
  }

  /// log |H|.
  package var logDeterminant: Double {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    var sum = 0.0
    for j in 0..<structure.blockCount {
      var product = 1.0
      for r in 0..<q { product *= blocks[j * q * q + r * (q + 1)] }
      sum += Dense.logarithm(product)
    }
    if let sparseCorner { return 2 * (sum + sparseCorner.logDiagonal) }
    for r in 0..<m { sum += Dense.logarithm(corner[r * (m + 1)]) }
    return 2 * sum
  }

  /// x ← L⁻¹ x.
  package func solveLower(_ x: inout MutableSpan<Double>) {
    let (q, m, dense) = (structure.blockSize, structure.cornerSize, structure.denseColumnCount)
    let tail = q * structure.blockCount
    BlockTriangles.solveLower(
      blocks.span, inverses: inverses.span, order: q, count: structure.blockCount, &x)
    if dense < m { subtractSparseTransposed(&x) }
    let columns = denseBorder.span
    var c = 0
    while c < dense {
      let width = min(4, dense - c)
      let sums = TallMatrix.transposedProduct(
        columns, first: c * denseStride, stride: denseStride, width: width, rows: tail, x.span,
        from: 0)
      for k in 0..<width { x[tail + m - dense + c + k] -= sums[k] }
      c += width
    }
    if sparseCorner != nil {
      sparseCorner?.solveLower(&x, from: tail)
    } else {
      LargeTriangle.solveLower(corner.span, order: m, &x, from: tail)
    }
  }

  /// x ← L⁻ᵀ x.
  package func solveLowerTransposed(_ x: inout MutableSpan<Double>) {
    let (q, m, dense) = (structure.blockSize, structure.cornerSize, structure.denseColumnCount)
    let tail = q * structure.blockCount
    if sparseCorner != nil {
      sparseCorner?.solveLowerTransposed(&x, from: tail)
    } else {
      LargeTriangle.solveLowerTransposed(corner.span, order: m, &x, from: tail)
    }
    if dense < m { subtractSparse(&x) }
    TallMatrix.subtractProductOfTail(
      denseBorder.span, stride: denseStride, count: dense, rows: tail, in: &x,
      from: tail + m - dense)
    BlockTriangles.solveLowerTransposed(
      blocks.span, inverses: inverses.span, order: q, count: structure.blockCount, &x)
  }

  /// x_S ← x_S − Σ_j W_j' x_j over the columns that not every block meets.
  private func subtractSparseTransposed(_ x: inout MutableSpan<Double>) {
    let (q, dense) = (structure.blockSize, structure.denseColumnCount)
    let tail = q * structure.blockCount
    let w = border.span
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    for j in 0..<structure.blockCount {
      for k in offsets[j]..<(offsets[j + 1] - dense) {
        var sum = 0.0
        for r in 0..<q { sum += w[q * k + r] * x[j * q + r] }
        x[tail + columns[k]] -= sum
      }
    }
  }

  /// x_j ← x_j − W_j x_S over the columns that not every block meets.
  private func subtractSparse(_ x: inout MutableSpan<Double>) {
    let (q, dense) = (structure.blockSize, structure.denseColumnCount)
    let tail = q * structure.blockCount
    let w = border.span
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    for j in 0..<structure.blockCount {
      for k in offsets[j]..<(offsets[j + 1] - dense) {
        let value = x[tail + columns[k]]
        for r in 0..<q { x[j * q + r] -= w[q * k + r] * value }
      }
    }
  }

  /// x ← L x.
  package func multiplyLower(_ x: inout MutableSpan<Double>) {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let tail = q * structure.blockCount
    let (l, w) = (blocks.span, border.span)
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    if sparseCorner != nil {
      sparseCorner?.multiplyLower(&x, from: tail)
    } else {
      SmallCholesky.multiplyLower(corner.span, at: 0, order: m, &x, from: tail)
    }
    for j in 0..<structure.blockCount {
      for k in offsets[j]..<offsets[j + 1] {
        var sum = 0.0
        for r in 0..<q { sum += w[q * k + r] * x[j * q + r] }
        x[tail + columns[k]] += sum
      }
      SmallCholesky.multiplyLower(l, at: j * q * q, order: q, &x, from: j * q)
    }
  }

  /// x ← Lᵀ x.
  package func multiplyLowerTransposed(_ x: inout MutableSpan<Double>) {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    let tail = q * structure.blockCount
    let (l, w) = (blocks.span, border.span)
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    for j in 0..<structure.blockCount {
      SmallCholesky.multiplyLowerTransposed(l, at: j * q * q, order: q, &x, from: j * q)
      for k in offsets[j]..<offsets[j + 1] {
        let value = x[tail + columns[k]]
        for r in 0..<q { x[j * q + r] += w[q * k + r] * value }
      }
    }
    if sparseCorner != nil {
      sparseCorner?.multiplyLowerTransposed(&x, from: tail)
    } else {
      SmallCholesky.multiplyLowerTransposed(corner.span, at: 0, order: m, &x, from: tail)
    }
  }

  /// x ← H⁻¹ x.
  package func solve(_ x: inout MutableSpan<Double>) {
    solveLower(&x)
    solveLowerTransposed(&x)
  }

  /// Writes the entries of H⁻¹ that lie in the pattern of H: blocks and a dense corner whole, borders by column.
  ///
  /// With Σ = S⁻¹ and T_j = A_j⁻¹ B_j: V_jc = −T_j Σ, V_jj = A_j⁻¹ − V_jc T_j'.
  package func selectedInverse(into inverse: inout ArrowMatrix, scratch: inout ArrowScratch) {
    if case .sparse(let sparse) = structure.corner {
      selectedInverseSparse(sparse, into: &inverse, scratch: &scratch)
      return
    }
    inverse.corner.copyElements(of: corner)
    Dense.invertFactored(&inverse.corner, order: structure.cornerSize)
    selectedBlocks(inverse.corner, &inverse.blocks, &inverse.border, &scratch.values)
  }

  private func selectedBlocks(
    _ cornerInverse: [Double], _ inverseBlocks: inout [Double], _ inverseBorder: inout [Double],
    _ scratch: inout [Double]
  ) {
    let sigma = cornerInverse.span
    var v = inverseBlocks.mutableSpan
    var vBorder = inverseBorder.mutableSpan
    var t = scratch.mutableSpan
    switch structure.blockSize {
    case 1: selectedBlocks(1, sigma, &v, &vBorder, &t)
    case 2: selectedBlocks(2, sigma, &v, &vBorder, &t)
    case 3: selectedBlocks(3, sigma, &v, &vBorder, &t)
    case 4: selectedBlocks(4, sigma, &v, &vBorder, &t)
    case 5: selectedBlocks(5, sigma, &v, &vBorder, &t)
    case 6: selectedBlocks(6, sigma, &v, &vBorder, &t)
    case let q: selectedBlocks(q, sigma, &v, &vBorder, &t)
    }
  }

  /// The same for blocks of a size that the compiler knows where it is small.
  @inline(__always)
  private func selectedBlocks(
    _ q: Int, _ sigma: Span<Double>, _ v: inout MutableSpan<Double>,
    _ vBorder: inout MutableSpan<Double>, _ t: inout MutableSpan<Double>
  ) {
    let (m, size) = (structure.cornerSize, q &* q)
    let w = border.span
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    for j in 0..<structure.blockCount {
      let l = blocks.span.extracting((j &* size)..<(j &* size &+ size))
      let (first, end) = (offsets[j], offsets[j + 1])
      // T_j, one column after the other.
      for k in first..<end {
        var part = t._mutatingExtracting((q &* (k &- first))..<(q &* (k &- first) &+ q))
        let source = w.extracting((q &* k)..<(q &* k &+ q))
        for r in 0..<q { part[r] = source[r] }
        SmallCholesky.solveLowerTransposed(l, at: 0, order: q, &part, from: 0)
      }
      for k in first..<end {
        var target = vBorder._mutatingExtracting((q &* k)..<(q &* k &+ q))
        for r in 0..<q { target[r] = 0 }
        let column = columns[k] * m
        for other in first..<end {
          let value = sigma[columns[other] + column]
          let part = t.span.extracting((q &* (other &- first))..<(q &* (other &- first) &+ q))
          for r in 0..<q { target[r] -= part[r] * value }
        }
      }
      // A_j⁻¹ = L⁻ᵀ L⁻¹, one unit vector after the other.
      for c in 0..<q {
        let start = j &* size &+ c &* q
        var column = v._mutatingExtracting(start..<(start &+ q))
        for r in 0..<q { column[r] = r == c ? 1 : 0 }
        SmallCholesky.solveLower(l, at: 0, order: q, &column, from: 0)
        SmallCholesky.solveLowerTransposed(l, at: 0, order: q, &column, from: 0)
        for k in first..<end {
          let value = t[q &* (k &- first) &+ c]
          let part = vBorder.span.extracting((q &* k)..<(q &* k &+ q))
          for r in 0..<q { column[r] -= part[r] * value }
        }
      }
    }
  }
}

/// Working memory for `selectedInverse`: the widest border of a structure, and the inverse of a sparse corner.
package struct ArrowScratch: Sendable {
  var values: [Double]
  var corner: SupernodalInverse?
  /// Room for matrices of one shape.
  package init(structure: ArrowStructure) {
    let widest = (0..<structure.blockCount).map {
      structure.borderOffsets[$0 + 1] - structure.borderOffsets[$0]
    }.max()
    values = Array(repeating: 0, count: structure.blockSize * (widest ?? 0))
    if case .sparse(let sparse) = structure.corner {
      corner = SupernodalInverse(structure: sparse.factor)
    }
  }
}
