// The factors Λ of all blocks at one θ, and what they do to vectors and arrow matrices.

import LinearAlgebra

/// Λ(θ) of every block, with the maps between standard effects u and effects b = Λ u.
package struct CovarianceFactors: Sendable {
  private let layout: RandomEffectLayout
  /// For each block Λ, k × k column by column.
  package private(set) var lambdas: [[Double]]
  /// The block-diagonal Λ of the leading factor, q × q column by column.
  package private(set) var leading: [Double]
  /// For each corner place the block it belongs to.
  private let cornerBlocks: [Int]

  /// The factors of a layout; the identity until `update` is called.
  package init(layout: RandomEffectLayout) {
    self.layout = layout
    lambdas = layout.blocks.map { block in
      (0..<(block.size * block.size)).map { $0 % (block.size + 1) == 0 ? 1 : 0 }
    }
    let q = layout.arrow.blockSize
    leading = (0..<(q * q)).map { $0 % (q + 1) == 0 ? 1 : 0 }
    var places = [Int](repeating: 0, count: layout.arrow.cornerSize)
    for (index, block) in layout.blocks.enumerated() where !block.isLeading {
      for place in 0..<(block.size * block.levels.count) { places[block.offset + place] = index }
    }
    cornerBlocks = places
  }

  /// The same with other lower triangles in the place of Λ, one for each block.
  package init(layout: RandomEffectLayout, triangles: [[Double]]) {
    self.init(layout: layout)
    lambdas = triangles
    for index in layout.blocks.indices { placeLeading(index) }
  }

  /// Copies the Λ of a leading block to its place in the Λ of a level.
  private mutating func placeLeading(_ index: Int) {
    let block = layout.blocks[index]
    guard block.isLeading else { return }
    for c in 0..<block.size {
      for r in c..<block.size {
        leading[block.offset + r + (block.offset + c) * layout.arrow.blockSize] =
          lambdas[index][r + c * block.size]
      }
    }
  }

  /// Recomputes every Λ from ψ.
  package mutating func update(_ psi: [Double]) {
    let q = layout.arrow.blockSize
    // Read through a span: a block that is named is copied, and the copy counts references.
    let list = layout.blocks
    let blocks = list.span
    for index in blocks.indices {
      let start = blocks[index].thetaOffset
      let theta = psi.span.extracting(start..<(start + blocks[index].covariance.parameterCount))
      Self.write(blocks[index].covariance, theta, into: &lambdas[index])
      guard blocks[index].isLeading else { continue }
      let (k, offset) = (blocks[index].size, blocks[index].offset)
      for c in 0..<k {
        for r in c..<k {
          leading[offset + r + (offset + c) * q] = lambdas[index][r + c * k]
        }
      }
    }
  }

  private static func write(
    _ covariance: any CovarianceParametrisation, _ theta: Span<Double>, into lambda: inout [Double]
  ) {
    var span = lambda.mutableSpan
    covariance.factor(theta, into: &span)
  }

  /// b ← Λ u.
  package func effects(of u: [Double], into b: inout [Double]) {
    b.copyElements(of: u)
    var span = b.mutableSpan
    BlockTriangles.multiplyLower(
      leading.span, order: layout.arrow.blockSize, count: layout.arrow.blockCount, &span, from: 0)
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    for index in blocks.indices where !blocks[index].isLeading {
      BlockTriangles.multiplyLower(
        factors[index].span, order: blocks[index].size, count: blocks[index].levels.count, &span,
        from: layout.cornerStart + blocks[index].offset)
    }
  }

  /// x ← Λ' x.
  package func pullBack(_ x: inout [Double]) {
    var span = x.mutableSpan
    BlockTriangles.multiplyLowerTransposed(
      leading.span, order: layout.arrow.blockSize, count: layout.arrow.blockCount, &span, from: 0)
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    for index in blocks.indices where !blocks[index].isLeading {
      BlockTriangles.multiplyLowerTransposed(
        factors[index].span, order: blocks[index].size, count: blocks[index].levels.count, &span,
        from: layout.cornerStart + blocks[index].offset)
    }
  }

  /// H ← Λ' A Λ + I; only lower triangles are read and written.
  package func standardCurvature(of a: ArrowMatrix, into h: inout ArrowMatrix) {
    let q = layout.arrow.blockSize
    let m = layout.arrow.cornerSize
    h.copyElements(of: a)
    h.fillUpperTriangles()
    multiplyColumns(&h, transposed: false)
    multiplyRows(&h, transposed: true)
    for level in 0..<layout.arrow.blockCount {
      for r in 0..<q { h.blocks[level * q * q + r * (q + 1)] += 1 }
    }
    for r in 0..<m { h.corner[layout.arrow.cornerDiagonal(r)] += 1 }
  }

  /// K ← Λ V: rows of blocks, border and corner; `lower` gets the corner rows of the border, Λ_c V_cj, stored as V_jc Λ_c'.
  ///
  /// `lower` must have as many elements as the border of V.
  package func leftProduct(of v: ArrowMatrix, into k: inout ArrowMatrix, lower: inout [Double]) {
    k.copyElements(of: v)
    if lower.count == v.border.count { lower.copyElements(of: v.border) } else { lower = v.border }
    multiplyRows(&k, transposed: false)
    multiplyBorderColumns(&lower, transposed: true)
  }

  /// V_b ← K Λ', from K = Λ V.
  package func effectInverse(of k: ArrowMatrix, into v: inout ArrowMatrix) {
    v.copyElements(of: k)
    multiplyColumns(&v, transposed: true)
  }

  /// Multiplies all rows from the left by Λ or Λ'.
  private func multiplyRows(_ a: inout ArrowMatrix, transposed: Bool) {
    let q = layout.arrow.blockSize
    let m = layout.arrow.cornerSize
    let lambda = leading.span
    multiplyEach(&a.blocks, count: layout.arrow.blockCount * q, lambda, q, transposed)
    multiplyEach(&a.border, count: layout.arrow.borderColumns.count, lambda, q, transposed)
    var corner = a.corner.mutableSpan
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    if case .sparse(let sparse) = layout.arrow.corner {
      multiplyRows(of: &corner, sparse.pattern, transposed)
      return
    }
    for index in blocks.indices where !blocks[index].isLeading {
      let (size, count) = (blocks[index].size, blocks[index].levels.count)
      for column in 0..<m {
        let start = column * m + blocks[index].offset
        if transposed {
          BlockTriangles.multiplyLowerTransposed(
            factors[index].span, order: size, count: count, &corner, from: start)
        } else {
          BlockTriangles.multiplyLower(
            factors[index].span, order: size, count: count, &corner, from: start)
        }
      }
    }
  }

  /// Multiplies the rows of a sparse corner, in which the effects of a level are there together or not at all.
  private func multiplyRows(
    of corner: inout MutableSpan<Double>, _ pattern: SymmetricPattern, _ transposed: Bool
  ) {
    let (rows, owners) = (pattern.rows.span, cornerBlocks.span)
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    var place = 0
    while place < rows.count {
      let block = owners[Int(rows[place])]
      let size = blocks[block].size
      if size == 1 {
        corner[place] *= factors[block][0]
      } else if transposed {
        BlockTriangles.multiplyLowerTransposed(
          factors[block].span, order: size, count: 1, &corner, from: place)
      } else {
        BlockTriangles.multiplyLower(
          factors[block].span, order: size, count: 1, &corner, from: place)
      }
      place += size
    }
  }

  /// Multiplies the columns of a sparse corner: those of a level are neighbours with the same rows.
  private func multiplyColumns(
    of corner: inout MutableSpan<Double>, _ pattern: SymmetricPattern, _ transposed: Bool
  ) {
    let (offsets, owners) = (pattern.columnOffsets.span, cornerBlocks.span)
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    var column = 0
    while column < pattern.order {
      let block = owners[column]
      let size = blocks[block].size
      ColumnProducts.multiply(
        &corner, from: offsets[column], groups: 1, length: offsets[column + 1] - offsets[column],
        factors[block].span, order: size, transposed: transposed)
      column += size
    }
  }

  private func multiplyEach(
    _ values: inout [Double], count: Int, _ lambda: Span<Double>, _ q: Int, _ transposed: Bool
  ) {
    var span = values.mutableSpan
    if transposed {
      BlockTriangles.multiplyLowerTransposed(lambda, order: q, count: count, &span, from: 0)
    } else {
      BlockTriangles.multiplyLower(lambda, order: q, count: count, &span, from: 0)
    }
  }

  /// Multiplies all columns from the right by Λ, or by Λ' when `transposed`.
  private func multiplyColumns(_ a: inout ArrowMatrix, transposed: Bool) {
    let q = layout.arrow.blockSize
    let m = layout.arrow.cornerSize
    var blocks = a.blocks.mutableSpan
    ColumnProducts.multiply(
      &blocks, from: 0, groups: layout.arrow.blockCount, length: q, leading.span, order: q,
      transposed: transposed)
    multiplyBorderColumns(&a.border, transposed: transposed)
    var corner = a.corner.mutableSpan
    let (all, factors) = (layout.blocks.span, lambdas.span)
    if case .sparse(let sparse) = layout.arrow.corner {
      multiplyColumns(of: &corner, sparse.pattern, transposed)
      return
    }
    for index in all.indices where !all[index].isLeading {
      ColumnProducts.multiply(
        &corner, from: all[index].offset * m, groups: all[index].levels.count, length: m,
        factors[index].span, order: all[index].size, transposed: transposed)
    }
  }

  private func multiplyBorderColumns(_ border: inout [Double], transposed: Bool) {
    let q = layout.arrow.blockSize
    var span = border.mutableSpan
    let (columns, owners) = (layout.arrow.borderColumns.span, cornerBlocks.span)
    let (all, factors) = (layout.blocks.span, lambdas.span)
    var column = 0
    while column < columns.count {
      let block = owners[columns[column]]
      let k = all[block].size
      if k == 1 {
        // Most models: a column alone, which is not worth a call.
        let scale = factors[block][0]
        for i in (column &* q)..<((column &+ 1) &* q) { span[i] *= scale }
      } else {
        ColumnProducts.multiply(
          &span, from: column * q, groups: 1, length: q, factors[block].span, order: k,
          transposed: transposed)
      }
      column += k
    }
  }
}
