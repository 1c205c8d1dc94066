// A symmetric "arrow" matrix: equal blocks along the diagonal, a border that is sparse by block, and a corner.

/// The shape of an arrow matrix: J blocks of size q, then a corner of size m.
///
/// Vectors are laid out in the same order: J·q leading elements, block by block, then m corner elements.
/// Block j meets the corner columns `borderColumns[borderOffsets[j] ..< borderOffsets[j + 1]]`, sorted.
package struct ArrowStructure: Sendable, Equatable {
  /// The size of a leading block, q.
  package let blockSize: Int
  /// The number of leading blocks, J.
  package let blockCount: Int
  /// The size of the corner, m.
  package let cornerSize: Int
  /// How the corner is stored.
  package let corner: CornerPattern
  /// J + 1 offsets into `borderColumns`.
  package let borderOffsets: [Int]
  /// The corner columns that each block meets.
  package let borderColumns: [Int]
  /// How many of the last corner columns every block meets; their border is worked on as one tall matrix.
  package let denseColumnCount: Int

  /// A shape with a dense corner from the corner columns of each block.
  package init(
    blockSize: Int, blockCount: Int, cornerSize: Int, borderOffsets: [Int], borderColumns: [Int]
  ) {
    self.init(
      blockSize: blockSize, blockCount: blockCount, cornerSize: cornerSize,
      borderOffsets: borderOffsets, borderColumns: borderColumns, corner: .dense)
  }

  /// A shape from the corner columns of each block and the pattern of the corner, which is stored sparsely where
  /// `choice` says so.
  package init(
    blockSize: Int, blockCount: Int, cornerPattern: SymmetricPattern, borderOffsets: [Int],
    borderColumns: [Int], choice: CornerChoice = .automatic
  ) {
    let sparse = SparseCorner(
      cornerPattern, borderOffsets: borderOffsets, borderColumns: borderColumns, choice: choice)
    self.init(
      blockSize: blockSize, blockCount: blockCount, cornerSize: cornerPattern.order,
      borderOffsets: borderOffsets, borderColumns: borderColumns,
      corner: sparse.map { .sparse($0) } ?? .dense)
  }

  private init(
    blockSize: Int, blockCount: Int, cornerSize: Int, borderOffsets: [Int], borderColumns: [Int],
    corner: CornerPattern
  ) {
    precondition(borderOffsets.count == blockCount + 1, "one offset a block and one more")
    self.blockSize = blockSize
    self.blockCount = blockCount
    self.cornerSize = cornerSize
    self.corner = corner
    self.borderOffsets = borderOffsets
    self.borderColumns = borderColumns
    denseColumnCount = (0..<blockCount).reduce(blockCount == 0 ? 0 : cornerSize) { least, block in
      let columns = borderColumns[borderOffsets[block]..<borderOffsets[block + 1]].reversed()
      return zip(columns, (0..<cornerSize).reversed()).prefix(least).prefix { $0 == $1 }.count
    }
  }

  /// A shape in which every block meets every corner column.
  package init(blockSize: Int, blockCount: Int, denseCornerSize m: Int) {
    self.init(
      blockSize: blockSize, blockCount: blockCount, cornerSize: m,
      borderOffsets: (0...blockCount).map { $0 * m },
      borderColumns: (0..<blockCount).flatMap { _ in 0..<m })
  }

  /// The order of the matrix, J·q + m.
  package var dimension: Int { blockSize * blockCount + cornerSize }

  /// The number of stored elements of the corner.
  package var cornerElementCount: Int {
    switch corner {
    case .dense: cornerSize * cornerSize
    case .sparse(let sparse): sparse.pattern.count
    }
  }

  /// The place among the corner's values of one of its elements, or nil where none is stored.
  package func cornerPlace(row: Int, column: Int) -> Int? {
    switch corner {
    case .dense: row + column * cornerSize
    case .sparse(let sparse): sparse.pattern.place(row: row, column: column)
    }
  }

  /// Where the elements of a column of the corner begin among its values, and how many are stored.
  package func cornerColumn(_ column: Int) -> (first: Int, count: Int) {
    switch corner {
    case .dense: (column * cornerSize, cornerSize)
    case .sparse(let sparse): sparse.pattern.column(column)
    }
  }

  /// The row of the element of a column that stands at `place` among the corner's values.
  package func cornerRow(_ place: Int, inColumn column: Int) -> Int {
    switch corner {
    case .dense: place - column * cornerSize
    case .sparse(let sparse): Int(sparse.pattern.rows[place])
    }
  }

  /// The place among the corner's values of a diagonal element.
  package func cornerDiagonal(_ row: Int) -> Int {
    switch corner {
    case .dense: row * (cornerSize + 1)
    case .sparse(let sparse): sparse.pattern.diagonal[row]
    }
  }

  /// The shape with `count` corner columns more at the end, which every block and every corner column meets; the corner
  /// stays dense or sparse.
  package func appendingDenseColumns(_ count: Int) -> ArrowStructure {
    var offsets = [0]
    var columns: [Int] = []
    columns.reserveCapacity(borderColumns.count + blockCount * count)
    for block in 0..<blockCount {
      columns += borderColumns[borderOffsets[block]..<borderOffsets[block + 1]]
      columns += cornerSize..<(cornerSize + count)
      offsets.append(columns.count)
    }
    let larger: CornerPattern =
      switch corner {
      case .dense: .dense
      case .sparse(let sparse):
        .sparse(sparse.appendingDense(count, borderOffsets: offsets, borderColumns: columns))
      }
    return ArrowStructure(
      blockSize: blockSize, blockCount: blockCount, cornerSize: cornerSize + count,
      borderOffsets: offsets, borderColumns: columns, corner: larger)
  }
}

/// The values of a symmetric arrow matrix; only the lower triangle of blocks and corner is read.
package struct ArrowMatrix: Sendable {
  /// The shape.
  package let structure: ArrowStructure
  /// J blocks of q × q, column by column.
  package var blocks: [Double]
  /// For each block its q × c_j border, column by column, c_j being the number of its border columns; the border of
  /// block j starts at `q * borderOffsets[j]`.
  package var border: [Double]
  /// The corner: m × m, column by column, where it is dense; the elements of its pattern where it is sparse.
  package var corner: [Double]

  /// The zero matrix of a shape.
  package init(structure: ArrowStructure) {
    self.structure = structure
    let q = structure.blockSize
    blocks = Array(repeating: 0, count: structure.blockCount * q * q)
    border = Array(repeating: 0, count: q * structure.borderColumns.count)
    corner = Array(repeating: 0, count: structure.cornerElementCount)
  }
}

extension ArrowMatrix {
  /// Replaces the values by those of `other`, a matrix of the same shape, in the memory that is there.
  package mutating func copyElements(of other: ArrowMatrix) {
    blocks.copyElements(of: other.blocks)
    border.copyElements(of: other.border)
    corner.copyElements(of: other.corner)
  }
}

extension [Double] {
  /// Replaces all elements by those of `other`, an array of the same length, in the memory that is there.
  ///
  /// An assigned array would be shared instead, and copied to new memory at the first change of either.
  package mutating func copyElements(of other: [Double]) {
    precondition(count == other.count, "arrays of \(count) and \(other.count) numbers")
    let source = other.span
    var target = mutableSpan
    for i in 0..<source.count { target[i] = source[i] }
  }

  /// Sets all elements to `value`.
  package mutating func fill(with value: Double) {
    var target = mutableSpan
    for i in 0..<target.count { target[i] = value }
  }
}
