// Which elements of a sparse symmetric matrix are stored: both triangles, column by column.

/// The places of the elements of a symmetric m × m matrix that may differ from zero.
///
/// Elements are stored column by column, the rows of a column in ascending order. Both triangles are there, so that a
/// product with the same pattern that is not symmetric can be held too.
package struct SymmetricPattern: Sendable, Equatable {
  /// The number of rows, m.
  package let order: Int
  /// m + 1 offsets into `rows`.
  package let columnOffsets: [Int]
  /// The rows of the stored elements.
  package let rows: [Int32]
  /// For each row the place of its diagonal element.
  package let diagonal: [Int]
  /// For each element the place of the element mirrored at the diagonal.
  package let mirrors: [Int32]

  /// The pattern with these rows in each column.
  ///
  /// - Precondition: rows ascend within a column, the diagonal is there, and the pattern is symmetric.
  package init(columns: [[Int32]]) {
    var offsets = [0]
    offsets.reserveCapacity(columns.count + 1)
    for column in columns { offsets.append(offsets[offsets.count - 1] + column.count) }
    self.init(columnOffsets: offsets, rows: columns.flatMap { $0 })
  }

  /// The pattern with the rows `rows[columnOffsets[c] ..< columnOffsets[c + 1]]` in column c, as above.
  package init(columnOffsets: [Int], rows: [Int32]) {
    let order = columnOffsets.count - 1
    self.order = order
    self.columnOffsets = columnOffsets
    self.rows = rows
    var diagonal = [Int](repeating: -1, count: order)
    var mirrors = [Int32](repeating: -1, count: rows.count)
    // Columns are met in ascending order, so each row's elements are met in the order of its own column.
    var next = Array(columnOffsets.dropLast())
    for column in 0..<order {
      for place in columnOffsets[column]..<columnOffsets[column + 1] {
        let row = Int(rows[place])
        let mirror = next[row]
        precondition(
          mirror < columnOffsets[row + 1] && rows[mirror] == column, "a symmetric pattern")
        mirrors[place] = Int32(mirror)
        next[row] += 1
        if row == column { diagonal[row] = place }
      }
    }
    precondition(diagonal.allSatisfy { $0 >= 0 }, "a pattern with its diagonal")
    self.diagonal = diagonal
    self.mirrors = mirrors
  }

  /// The number of stored elements.
  package var count: Int { rows.count }

  /// Where the elements of a column begin, and how many there are.
  package func column(_ column: Int) -> (first: Int, count: Int) {
    (columnOffsets[column], columnOffsets[column + 1] - columnOffsets[column])
  }

  /// The place of an element, or nil where none is stored.
  package func place(row: Int, column: Int) -> Int? {
    let end = columnOffsets[column + 1]
    let place = rows.span.firstPlace(of: Int32(row), from: columnOffsets[column], to: end)
    return place < end && rows[place] == row ? place : nil
  }

  /// The pattern with `count` rows and columns more at the end, in which every element is stored.
  func appendingDense(_ count: Int) -> SymmetricPattern {
    let tail = (0..<count).map { Int32(order + $0) }
    let all = (0..<(order + count)).map { Int32($0) }
    let columns = (0..<order).map { rows[columnOffsets[$0]..<columnOffsets[$0 + 1]] + tail }
    return SymmetricPattern(columns: columns.map { Array($0) } + tail.map { _ in all })
  }
}

extension Span<Int32> {
  /// The first place in `start ..< end` whose element is not below `value`, or `end`; elements ascend.
  @inline(__always) func firstPlace(of value: Int32, from start: Int, to end: Int) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low &+ high) >> 1
      if self[middle] < value { low = middle &+ 1 } else { high = middle }
    }
    return low
  }
}
