// The upper triangles of an arrow matrix, of which most routines read and write the lower alone.

extension ArrowMatrix {
  /// Copies the lower triangles of blocks and corner to the upper ones.
  package mutating func fillUpperTriangles() {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    for level in 0..<structure.blockCount { Self.fill(&blocks, level * q * q, q) }
    switch structure.corner {
    case .dense: Self.fill(&corner, 0, m)
    case .sparse(let sparse): Self.fill(&corner, sparse.pattern)
    }
  }

  private static func fill(_ values: inout [Double], _ pattern: SymmetricPattern) {
    var all = values.mutableSpan
    let (rows, mirrors) = (pattern.rows.span, pattern.mirrors.span)
    let offsets = pattern.columnOffsets.span
    for column in 0..<pattern.order {
      for place in offsets[column]..<offsets[column + 1] where Int(rows[place]) > column {
        all[Int(mirrors[place])] = all[place]
      }
    }
  }

  /// Copies the lower triangle of the n × n block at `offset` to its upper one.
  private static func fill(_ values: inout [Double], _ offset: Int, _ n: Int) {
    var all = values.mutableSpan
    var block = all._mutatingExtracting(offset..<(offset + n * n))
    for c in 0..<n {
      for r in (c + 1)..<max(n, c + 1) { block[c + r * n] = block[r + c * n] }
    }
  }
}
