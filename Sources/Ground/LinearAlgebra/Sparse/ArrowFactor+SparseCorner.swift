// What a sparse corner changes in an arrow's factor and selected inverse: where the pairs of border columns meet.

extension ArrowFactor {
  /// Computes the factor of `blocks` and `border`, which hold the matrix, and of its sparse corner.
  mutating func factorSparse(_ sparse: SparseCorner, corner: [Double]) throws(NotPositiveDefinite) {
    guard var factor = sparseCorner else { return }
    // Moved out and back, so that its memory has one owner and is not copied.
    sparseCorner = nil
    defer { sparseCorner = factor }
    sparse.scatter(corner, into: &factor.values)
    let failing = Self.factorBlocks(structure, sparse, &blocks, &border, &factor.values)
    if let failing { throw NotPositiveDefinite(index: failing) }
    do {
      try factor.factor()
    } catch {
      throw NotPositiveDefinite(index: structure.blockSize * structure.blockCount + error.index)
    }
  }

  /// L_j and W_j for every block, and the corner reduced by W_j'W_j; the failing row, if there is one.
  private static func factorBlocks(
    _ structure: ArrowStructure, _ sparse: SparseCorner, _ blocks: inout [Double],
    _ border: inout [Double], _ corner: inout [Double]
  ) -> Int? {
    var l = blocks.mutableSpan
    var w = border.mutableSpan
    var s = corner.mutableSpan
    return switch structure.blockSize {
    case 1: factorBlocks(structure, sparse, 1, &l, &w, &s)
    case 2: factorBlocks(structure, sparse, 2, &l, &w, &s)
    case 3: factorBlocks(structure, sparse, 3, &l, &w, &s)
    case 4: factorBlocks(structure, sparse, 4, &l, &w, &s)
    case let q: factorBlocks(structure, sparse, q, &l, &w, &s)
    }
  }

  /// The same for blocks of a size that the compiler knows where it is small.
  @inline(__always)
  private static func factorBlocks(
    _ structure: ArrowStructure, _ sparse: SparseCorner, _ q: Int, _ l: inout MutableSpan<Double>,
    _ w: inout MutableSpan<Double>, _ s: inout MutableSpan<Double>
  ) -> Int? {
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    let (pairs, densePlaces) = (sparse.pairPlaces.span, sparse.densePlaces.span)
    let denseCount = sparse.denseCount
    var pair = 0
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
      let dense = end &- denseCount
      for a in first..<end {
        let left = w.span.extracting((q &* a)..<(q &* a &+ q))
        for b in a..<max(dense, a) {
          let right = w.span.extracting((q &* b)..<(q &* b &+ q))
          var sum = 0.0
          for r in 0..<q { sum += left[r] * right[r] }
          s[Int(pairs[pair])] -= sum
          pair &+= 1
        }
        guard denseCount > 0 else { continue }
        let place = Int(densePlaces[columns[a]])
        for b in max(dense, a)..<end {
          let right = w.span.extracting((q &* b)..<(q &* b &+ q))
          var sum = 0.0
          for r in 0..<q { sum += left[r] * right[r] }
          s[place &+ b &- dense] -= sum
        }
      }
    }
    return nil
  }

  /// The selected inverse, as `selectedInverse` has it, with Σ in the pattern of the corner's factor.
  func selectedInverseSparse(
    _ sparse: SparseCorner, into inverse: inout ArrowMatrix, scratch: inout ArrowScratch
  ) {
    guard let sparseCorner, var sigma = scratch.corner else { return }
    scratch.corner = nil
    defer { scratch.corner = sigma }
    sigma.compute(from: sparseCorner)
    sparse.gather(sigma.values, into: &inverse.corner)
    selectedBlocks(sparse, sigma.values, &inverse.blocks, &inverse.border, &scratch.values)
  }

  private func selectedBlocks(
    _ sparse: SparseCorner, _ cornerInverse: [Double], _ inverseBlocks: inout [Double],
    _ inverseBorder: inout [Double], _ scratch: inout [Double]
  ) {
    let sigma = cornerInverse.span
    var v = inverseBlocks.mutableSpan
    var vBorder = inverseBorder.mutableSpan
    var t = scratch.mutableSpan
    switch structure.blockSize {
    case 1: selectedBlocks(sparse, 1, sigma, &v, &vBorder, &t)
    case 2: selectedBlocks(sparse, 2, sigma, &v, &vBorder, &t)
    case 3: selectedBlocks(sparse, 3, sigma, &v, &vBorder, &t)
    case 4: selectedBlocks(sparse, 4, sigma, &v, &vBorder, &t)
    case let q: selectedBlocks(sparse, q, sigma, &v, &vBorder, &t)
    }
  }

  /// The same for blocks of a size that the compiler knows where it is small.
  @inline(__always)
  private func selectedBlocks(
    _ sparse: SparseCorner, _ q: Int, _ sigma: Span<Double>, _ v: inout MutableSpan<Double>,
    _ vBorder: inout MutableSpan<Double>, _ t: inout MutableSpan<Double>
  ) {
    let size = q &* q
    let w = border.span
    let (offsets, columns) = (structure.borderOffsets.span, structure.borderColumns.span)
    let (pairs, densePlaces) = (sparse.pairPlaces.span, sparse.densePlaces.span)
    let pairOffsets = sparse.pairOffsets.span
    for j in 0..<structure.blockCount {
      let l = blocks.span.extracting((j &* size)..<(j &* size &+ size))
      let (first, end) = (offsets[j], offsets[j + 1])
      let sparseCount = end &- first &- sparse.denseCount
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
        for other in first..<end {
          let (low, high) = (min(k, other) &- first, max(k, other) &- first)
          // Pair (low, high) of the triangle that is stored row by row.
          let place =
            high < sparseCount
            ? Int(
              pairs[pairOffsets[j] &+ low &* sparseCount &- low &* (low &- 1) / 2 &+ high &- low])
            : Int(densePlaces[columns[first &+ low]]) &+ high &- sparseCount
          let value = sigma[place]
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

extension SparseCorner {
  /// Writes the lower triangle of a corner to its places in the factor, zeros elsewhere.
  fileprivate func scatter(_ corner: [Double], into values: inout [Double]) {
    values.fill(with: 0)
    var target = values.mutableSpan
    let (source, places) = (corner.span, factorPlaces.span)
    let (rows, offsets) = (pattern.rows.span, pattern.columnOffsets.span)
    for column in 0..<pattern.order {
      for place in offsets[column]..<offsets[column &+ 1] where Int(rows[place]) >= column {
        target[Int(places[place])] = source[place]
      }
    }
  }

  /// Reads both triangles of a corner from their places in the factor.
  fileprivate func gather(_ values: [Double], into corner: inout [Double]) {
    var target = corner.mutableSpan
    let (source, places) = (values.span, factorPlaces.span)
    for place in 0..<target.count { target[place] = source[Int(places[place])] }
  }
}
