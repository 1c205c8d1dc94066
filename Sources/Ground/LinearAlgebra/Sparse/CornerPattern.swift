// How the corner of an arrow matrix is stored, dense or sparse, and what decides it.

/// The storage of the corner of an arrow matrix.
package enum CornerPattern: Sendable, Equatable {
  /// All m × m elements, column by column.
  case dense
  /// The elements of a pattern, with the structure of the factor of the corner's Schur complement.
  indirect case sparse(SparseCorner)
}

/// When a corner whose pattern is known is stored sparsely.
package struct CornerChoice: Sendable {
  /// A corner with fewer columns is dense: its factor costs less than looking its elements up.
  package var smallestOrder: Int
  /// A corner is dense if more than this share of the lower triangle of its factor would be there.
  package var largestFill: Double

  /// A choice from its thresholds.
  package init(smallestOrder: Int, largestFill: Double) {
    self.smallestOrder = smallestOrder
    self.largestFill = largestFill
  }

  /// The choice by what is quicker.
  package static let automatic = CornerChoice(smallestOrder: 32, largestFill: 1.0 / 3)
  /// Every corner is sparse.
  package static let sparse = CornerChoice(smallestOrder: 1, largestFill: 1)
  /// Every corner is dense.
  package static let dense = CornerChoice(smallestOrder: .max, largestFill: 0)
}

/// A sparse corner: its pattern, its factor's structure, and where the elements of each find those of the other.
package struct SparseCorner: Sendable, Equatable {
  /// The stored elements of the corner.
  package let pattern: SymmetricPattern
  /// The structure of the factor of the Schur complement.
  let factor: SupernodalStructure
  /// How many columns at the end are met by every block and every column.
  package let denseCount: Int
  /// For each stored element its place in the factor, the same for the mirrored one.
  let factorPlaces: [Int32]
  /// For each block where its pairs begin in `pairPlaces`, and their number at the end.
  let pairOffsets: [Int]
  /// For each pair a ≤ b of the border columns of a block, the dense ones left out, its place in the factor.
  let pairPlaces: [Int32]
  /// For each column the place in the factor of its first element in the dense rows.
  let densePlaces: [Int32]

  /// The most elements that a factor may have: a gigabyte, twice with the selected inverse.
  static let largestFactor = 1 << 27

  /// The sparse corner of a pattern, or nil where `choice` says that it is dense.
  init?(
    _ pattern: SymmetricPattern, borderOffsets: [Int], borderColumns: [Int], choice: CornerChoice
  ) {
    let order = pattern.order
    guard order >= choice.smallestOrder, order > 0 else { return nil }
    let limit = Int(choice.largestFill * 0.5 * Double(order) * Double(order + 1))
    let most = min(limit, Self.largestFactor)
    guard
      let schur = LowerPattern.schurComplement(
        of: pattern, borderOffsets: borderOffsets, borderColumns: borderColumns, limit: most),
      let factor = SupernodalStructure(analysing: schur, limit: most)
    else { return nil }
    self.init(
      pattern, factor, denseCount: 0, borderOffsets: borderOffsets, borderColumns: borderColumns)
  }

  private init(
    _ pattern: SymmetricPattern, _ factor: SupernodalStructure, denseCount: Int,
    borderOffsets: [Int], borderColumns: [Int]
  ) {
    self.pattern = pattern
    self.factor = factor
    self.denseCount = denseCount
    var places = [Int32](repeating: 0, count: pattern.count)
    for column in 0..<pattern.order {
      for place in pattern.columnOffsets[column]..<pattern.columnOffsets[column + 1]
      where pattern.rows[place] >= column {
        places[place] = Int32(factor.place(row: Int(pattern.rows[place]), column: column))
        places[Int(pattern.mirrors[place])] = places[place]
      }
    }
    factorPlaces = places
    var (offsets, pairs) = ([0], [Int32]())
    for block in 0..<(borderOffsets.count - 1) {
      let columns = borderColumns[borderOffsets[block]..<(borderOffsets[block + 1] - denseCount)]
      for (index, column) in columns.enumerated() {
        for row in columns.dropFirst(index) {
          pairs.append(Int32(factor.place(row: row, column: column)))
        }
      }
      offsets.append(pairs.count)
    }
    (pairOffsets, pairPlaces) = (offsets, pairs)
    let (firstDense, last) = (pattern.order - denseCount, factor.count - 1)
    densePlaces = (0..<(denseCount == 0 ? 0 : pattern.order)).map { column in
      Int32(
        column < firstDense
          ? factor.place(row: firstDense, column: column)
          : factor.valueOffsets[last] + (column - firstDense) * denseCount)
    }
  }

  /// The corner with `count` columns more at the end that every block and every column meets; the borders are those of
  /// the larger matrix.
  func appendingDense(_ count: Int, borderOffsets: [Int], borderColumns: [Int]) -> SparseCorner {
    if count == 0 { return self }
    return SparseCorner(
      pattern.appendingDense(count), factor.appendingDense(count), denseCount: count,
      borderOffsets: borderOffsets, borderColumns: borderColumns)
  }
}
