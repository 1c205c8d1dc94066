// Sorting doubles together with where they came from, by radix, with buffers that are kept.

/// The ascending order of a column of numbers.
///
/// A least-significant-digit radix sort on the bits of the numbers, mapped so that their order as
/// unsigned integers is the order of the numbers; digits that all numbers share are skipped.
/// Infinities sort to the ends; NaN must not occur.
struct AscendingOrder: Sendable {
  /// The sorted numbers.
  private(set) var values: [Double] = []
  /// `indices[i]` is the place in the column from which `values[i]` came.
  private(set) var indices: [Int32] = []

  private var keys: [UInt64] = []
  private var keyScratch: [UInt64] = []
  private var indexScratch: [Int32] = []
  private var starts: [Int] = Array(repeating: 0, count: Int(digitMask) + 1)
  private static let digitBits: UInt64 = 11
  private static let digitMask: UInt64 = (1 << digitBits) - 1

  /// Sorts a column, replacing what was sorted before.
  mutating func sort(_ column: [Double]) {
    let n = column.count
    resize(to: n)
    var allOnes = UInt64.max
    var anyOnes: UInt64 = 0
    for i in 0..<n {
      let bits = column[i].bitPattern
      // Negative numbers: all bits flipped; others: only the sign bit.
      let key = bits ^ (UInt64(bitPattern: Int64(bitPattern: bits) >> 63) | 1 << 63)
      keys[i] = key
      indices[i] = Int32(truncatingIfNeeded: i)
      allOnes &= key
      anyOnes |= key
    }
    let varying = allOnes ^ anyOnes
    for shift in stride(from: UInt64(0), to: 64, by: Int(Self.digitBits))
    where (varying >> shift) & Self.digitMask != 0 {
      Self.distribute(
        keys, indices, by: shift, keysOut: &keyScratch, indicesOut: &indexScratch,
        starts: &starts)
      swap(&keys, &keyScratch)
      swap(&indices, &indexScratch)
    }
    for i in 0..<n { values[i] = column[Int(indices[i])] }
  }

  private mutating func resize(to n: Int) {
    guard values.count != n else { return }
    values = Array(repeating: 0, count: n)
    indices = Array(repeating: 0, count: n)
    keys = Array(repeating: 0, count: n)
    keyScratch = keys
    indexScratch = indices
  }

  /// One stable pass: moves keys and indices to the places that the digit at `shift` gives them.
  private static func distribute(
    _ keys: [UInt64], _ indices: [Int32], by shift: UInt64,
    keysOut: inout [UInt64], indicesOut: inout [Int32], starts: inout [Int]
  ) {
    let (source, sourceIndices) = (keys.span, indices.span)
    var target = keysOut.mutableSpan
    var targetIndices = indicesOut.mutableSpan
    var starts = starts.mutableSpan
    for digit in starts.indices { starts[digit] = 0 }
    for i in source.indices { starts[Int((source[i] >> shift) & digitMask)] += 1 }
    var sum = 0
    for digit in starts.indices {
      let count = starts[digit]
      starts[digit] = sum
      sum += count
    }
    for i in source.indices {
      let key = source[i]
      let digit = Int((key >> shift) & digitMask)
      let place = starts[digit]
      starts[digit] = place + 1
      target[place] = key
      targetIndices[place] = sourceIndices[i]
    }
  }
}
