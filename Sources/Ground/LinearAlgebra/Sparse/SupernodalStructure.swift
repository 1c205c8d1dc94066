// The pattern of a sparse Cholesky factor, as trapezoids of columns that share their rows.

/// The order of elimination of a sparse symmetric matrix, and the pattern of its Cholesky factor.
///
/// Neighbouring columns of the factor with the same rows make a supernode, stored as a dense trapezoid: the rows of its
/// own columns first, then the rows below, column by column (Liu, Ng & Peyton 1993). Columns and rows are counted in
/// the order of elimination.
struct SupernodalStructure: Sendable, Equatable {
  /// The number of columns, m.
  let order: Int
  /// For each column of the factor the row of the matrix that it stands for.
  let permutation: [Int32]
  /// For each row of the matrix its place in the order of elimination.
  let positions: [Int32]
  /// For each supernode its first column, and m at the end.
  let firstColumns: [Int]
  /// For each supernode where its rows begin in `rows`, and their number at the end.
  let rowOffsets: [Int]
  /// The rows of every supernode, ascending: its own columns, then those below.
  let rows: [Int32]
  /// For each supernode where its trapezoid begins among the values, and their number at the end.
  let valueOffsets: [Int]
  /// For each column its supernode.
  let owners: [Int32]
  /// The cycles of the permutation that are longer than one, one after the other.
  let cycles: [Int32]
  /// Where each cycle begins in `cycles`, and their length at the end.
  let cycleOffsets: [Int]
  /// How many columns at the end are met by all others; they are the last supernode, if there are any.
  let denseCount: Int

  /// The structure of supernodes with these first columns and rows.
  init(
    permutation: [Int32], firstColumns: [Int], rowOffsets: [Int], rows: [Int32],
    denseCount: Int = 0
  ) {
    order = permutation.count
    self.denseCount = denseCount
    self.permutation = permutation
    self.firstColumns = firstColumns
    self.rowOffsets = rowOffsets
    self.rows = rows
    var positions = [Int32](repeating: 0, count: permutation.count)
    for (column, row) in permutation.enumerated() { positions[Int(row)] = Int32(column) }
    self.positions = positions
    var offsets = [0]
    var owners: [Int32] = []
    owners.reserveCapacity(permutation.count)
    for node in 0..<(firstColumns.count - 1) {
      let width = firstColumns[node + 1] - firstColumns[node]
      offsets.append(offsets[node] + width * (rowOffsets[node + 1] - rowOffsets[node]))
      for _ in 0..<width { owners.append(Int32(node)) }
    }
    valueOffsets = offsets
    self.owners = owners
    (cycles, cycleOffsets) = Self.cycles(of: permutation)
  }

  private static func cycles(of permutation: [Int32]) -> ([Int32], [Int]) {
    var isDone = [Bool](repeating: false, count: permutation.count)
    var elements: [Int32] = []
    var offsets = [0]
    for start in permutation.indices where !isDone[start] && permutation[start] != start {
      var at = start
      repeat {
        isDone[at] = true
        elements.append(Int32(at))
        at = Int(permutation[at])
      } while at != start
      offsets.append(elements.count)
    }
    return (elements, offsets)
  }

  /// The number of supernodes.
  var count: Int { firstColumns.count - 1 }

  /// The number of stored values, elements above the diagonal within a supernode's own columns included.
  var valueCount: Int { valueOffsets[count] }

  /// The most rows below the own columns of a supernode.
  var largestTail: Int {
    (0..<count).map {
      let height = rowOffsets[$0 + 1] - rowOffsets[$0]
      return height - (firstColumns[$0 + 1] - firstColumns[$0])
    }.max() ?? 0
  }

  /// The place among the values of the element of the factor at a row and a column of the matrix, in either order.
  func place(row: Int, column: Int) -> Int {
    let (one, two) = (Int(positions[row]), Int(positions[column]))
    let (low, high) = (min(one, two), max(one, two))
    let node = Int(owners[low])
    let (first, end) = (firstColumns[node], firstColumns[node + 1])
    let start = rowOffsets[node]
    let height = rowOffsets[node + 1] - start
    var place = high - first
    if high >= end {
      let found = rows.span.firstPlace(
        of: Int32(high), from: start + end - first, to: start + height)
      precondition(found < start + height && rows[found] == high, "an element of the factor")
      place = found - start
    }
    return valueOffsets[node] + (low - first) * height + place
  }

  /// The structure with `count` rows and columns more at the end, all elements of which are stored.
  func appendingDense(_ count: Int) -> SupernodalStructure {
    guard count > 0 else { return self }
    precondition(denseCount == 0, "dense columns are added once")
    let tail = (0..<count).map { Int32(order + $0) }
    var rows: [Int32] = []
    var offsets = [0]
    for node in 0..<self.count {
      rows += self.rows[rowOffsets[node]..<rowOffsets[node + 1]]
      rows += tail
      offsets.append(rows.count)
    }
    rows += tail
    offsets.append(rows.count)
    return SupernodalStructure(
      permutation: permutation + tail, firstColumns: firstColumns + [order + count],
      rowOffsets: offsets, rows: rows, denseCount: count)
  }
}
