// Counts, for many sets of simulations at once, how often another one lies outside all of a set.

import LinearAlgebra

/// The inner loop of the bootstrap outlier test.
enum OutlierCounter {
  /// For each set i, the number of rows in which simulation i lies outside the range of the
  /// simulations in set i.
  ///
  /// Rows are taken in blocks whose simulations stay in the cache while every set passes over them. A row is settled
  /// when the set has shown values on both sides, which for most takes few of them.
  static func counts(_ input: ResidualInput, drawn: [[Int]]) -> [Int] {
    var counts = Array(repeating: 0, count: drawn.count)
    let blockSize = 256
    for start in stride(from: 0, to: input.count, by: blockSize) {
      let end = min(start + blockSize, input.count)
      for data in drawn.indices {
        counts[data] += outside(input, data, drawn[data], start, end)
      }
    }
    return counts
  }

  private static func outside(
    _ input: ResidualInput, _ data: Int, _ set: [Int], _ start: Int, _ end: Int
  ) -> Int {
    let values = input.simulations.span
    let columns = set.span
    let n = input.count
    var count = 0
    var row = start
    while row + laneCount <= end {
      let y = values.lanes(at: data * n + row)
      var low = Lanes(repeating: .infinity)
      var high = Lanes(repeating: -.infinity)
      var outside = Double(laneCount)
      var place = 0
      while place < columns.count && outside > 0 {
        let end = min(place + 16, columns.count)
        while place < end {
          let simulated = values.lanes(at: columns[place] * n + row)
          low = low.replacing(with: simulated, where: simulated .< low)
          high = high.replacing(with: simulated, where: simulated .> high)
          place += 1
        }
        let isOutside = (y .< low) .| (y .> high)
        outside = Lanes.zero.replacing(with: Lanes(repeating: 1), where: isOutside).sum()
      }
      count += Int(outside)
      row += laneCount
    }
    while row < end {
      let y = values[data * n + row]
      var isBelow = true
      var isAbove = true
      for column in set {
        if values[column * n + row] <= y { isBelow = false }
        if values[column * n + row] >= y { isAbove = false }
      }
      if isBelow || isAbove { count += 1 }
      row += 1
    }
    return count
  }
}
