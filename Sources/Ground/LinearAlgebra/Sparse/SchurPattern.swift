// The pattern of the Schur complement of an arrow's corner: what is left of the matrix when the blocks are eliminated.

/// The lower triangle of a sparse symmetric pattern, column by column, rows in ascending order, diagonals first.
struct LowerPattern {
  let columnOffsets: [Int]
  let rows: [Int32]

  /// The order of the matrix.
  var order: Int { columnOffsets.count - 1 }
}

extension LowerPattern {
  /// The pattern of C − Σ_j B_j' A_j⁻¹ B_j: the elements of C, and all pairs of columns that one block meets.
  ///
  /// Returns nil as soon as there are more than `limit` elements.
  static func schurComplement(
    of corner: SymmetricPattern, borderOffsets: [Int], borderColumns: [Int], limit: Int
  ) -> LowerPattern? {
    let order = corner.order
    // For each column the places in the border where it is met, and where the block of each place ends.
    var starts = [Int](repeating: 0, count: order + 1)
    for column in borderColumns { starts[column + 1] += 1 }
    for column in 0..<order { starts[column + 1] += starts[column] }
    var next = starts
    var ends = [Int](repeating: 0, count: borderColumns.count)
    var places = ends
    for block in 0..<(borderOffsets.count - 1) {
      for place in borderOffsets[block]..<borderOffsets[block + 1] {
        let at = next[borderColumns[place]]
        (places[at], ends[at]) = (place, borderOffsets[block + 1])
        next[borderColumns[place]] += 1
      }
    }
    var offsets = [0]
    var rows: [Int32] = []
    var seen = [Int](repeating: -1, count: order)
    for column in 0..<order {
      let first = rows.count
      for place in corner.columnOffsets[column]..<corner.columnOffsets[column + 1] {
        let row = Int(corner.rows[place])
        guard row >= column else { continue }
        seen[row] = column
        rows.append(Int32(row))
      }
      for at in starts[column]..<starts[column + 1] {
        // The columns of a border ascend: what follows in the block is below the diagonal.
        for place in places[at]..<ends[at] where seen[borderColumns[place]] != column {
          seen[borderColumns[place]] = column
          rows.append(Int32(borderColumns[place]))
        }
      }
      if rows.count > limit { return nil }
      rows[first...].sort()
      offsets.append(rows.count)
    }
    return LowerPattern(columnOffsets: offsets, rows: rows)
  }
}
