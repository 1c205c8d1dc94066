// Which effects of the corner meet in a row of the data: the pattern of Z'WZ among them.

import Formula
import LinearAlgebra

/// The corner's effects by grouping factor and level, and which levels meet.
struct CornerMeetings {
  private let frame: ModelFrame
  private let codes: [[[Int32]]]
  private let blocks: [Int]  // those of the corner
  private let offsets: [Int]
  private let levelCounts: [Int]

  /// The meetings in `frame`, whose blocks have effects from `offsets` on and rows with levels `codes`.
  init(
    frame: ModelFrame, codes: [[[Int32]]], isLeading: [Bool], offsets: [Int], levelCounts: [Int]
  ) {
    self.frame = frame
    self.codes = codes
    self.offsets = offsets
    self.levelCounts = levelCounts
    blocks = frame.blocks.indices.filter { !isLeading[$0] }
  }

  /// The pattern: effects of one level always meet, those of two levels where both act on a row.
  ///
  /// All effects of two levels meet or none, so that products with the factors Λ stay in the pattern.
  func pattern() -> SymmetricPattern {
    var firstNodes = [Int](repeating: 0, count: frame.blocks.count)
    var starts: [Int] = []
    var sizes: [Int] = []
    for block in blocks {
      firstNodes[block] = starts.count
      let size = frame.blocks[block].members.count
      for level in 0..<levelCounts[block] {
        starts.append(offsets[block] + level * size)
        sizes.append(size)
      }
    }
    let neighbours = self.neighbours(count: starts.count, firstNodes)
    var columnOffsets = [0]
    var rows: [Int32] = []
    for node in starts.indices {
      var column: [Int32] = []
      for other in neighbours[node] {
        let (start, size) = (starts[Int(other)], sizes[Int(other)])
        for member in 0..<size { column.append(Int32(start + member)) }
      }
      for _ in 0..<sizes[node] {
        rows += column
        columnOffsets.append(rows.count)
      }
    }
    return SymmetricPattern(columnOffsets: columnOffsets, rows: rows)
  }

  /// For each level of each corner block the levels that it meets, itself among them, ascending.
  private func neighbours(count: Int, _ firstNodes: [Int]) -> [[Int32]] {
    var pairs: [UInt64] = []
    for outcome in frame.outcomes.indices {
      let present = blocks.filter { !codes[$0][outcome].isEmpty }
      for (place, one) in present.enumerated() {
        for two in present.dropFirst(place + 1) {
          let (left, right) = (codes[one][outcome], codes[two][outcome])
          var last: UInt64?
          for row in left.indices {
            let low = UInt64(firstNodes[one] + Int(left[row]))
            let pair = low << 32 | UInt64(firstNodes[two] + Int(right[row]))
            if pair != last { pairs.append(pair) }
            last = pair
          }
        }
      }
    }
    pairs.sort()
    var result = (0..<count).map { [Int32($0)] }
    var last: UInt64?
    for pair in pairs where pair != last {
      result[Int(pair >> 32)].append(Int32(truncatingIfNeeded: pair))
      result[Int(pair & 0xffff_ffff)].append(Int32(pair >> 32))
      last = pair
    }
    for node in result.indices { result[node].sort() }
    return result
  }
}

extension ArrowStructure {
  /// For each row the place among a sparse corner's values where the effects at two places meet.
  func meetings(of rows: [Int32], and columns: [Int32]) -> [Int32] {
    var (last, place) = (SIMD2<Int32>(-1, -1), Int32(0))
    return rows.indices.map { index in
      let pair = SIMD2(rows[index], columns[index])
      if pair != last {
        guard let found = cornerPlace(row: Int(pair.x), column: Int(pair.y)) else {
          preconditionFailure("effects \(pair) of the corner meet outside its pattern")
        }
        (last, place) = (pair, Int32(found))
      }
      return place
    }
  }
}
