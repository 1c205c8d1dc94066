// Sorting doubles together with where they came from, by radix, with buffers that are kept.

/// The ascending order of a column of numbers.
///
/// A least-significant-digit radix sort on the bits of the numbers, mapped so that their order as unsigned integers
/// is the order of the numbers; bytes that all numbers share are skipped. Infinities sort to the ends; NaN must not occur.
struct AscendingOrder: Sendable {
  /// The sorted numbers.
  private(set) var values: [Double] = []
  /// `indices[i]` is the place in the column from which `values[i]` came.
  private(set) var indices: [Int32] = []

  private var keys: [UInt64] = []
  private var keyScratch: [UInt64] = []
  private var indexScratch: [Int32] = []

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
    for shift in stride(from: UInt64(0), to: 64, by: 8) where (varying >> shift) & 0xFF != 0 {
      distribute(by: shift)
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

  private mutating func distribute(by shift: UInt64) {
    let n = keys.count
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { starts in
      // Safe: initialised here, and indexed by one byte only.
      starts.initialize(repeating: 0)
      for key in keys { starts[Int((key >> shift) & 0xFF)] += 1 }
      var sum = 0
      for digit in 0..<256 { (starts[digit], sum) = (sum, sum + starts[digit]) }
      for i in 0..<n {
        let key = keys[i]
        let digit = Int((key >> shift) & 0xFF)
        let target = starts[digit]
        starts[digit] = target + 1
        keyScratch[target] = key
        indexScratch[target] = indices[i]
      }
    }
    swap(&keys, &keyScratch)
    swap(&indices, &indexScratch)
  }
}
