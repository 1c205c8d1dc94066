// The few smallest numbers of a column in order, found without sorting the rest.

/// Selects the smallest numbers of one column after another.
struct SmallestValues: Sendable {
  /// A number with its place in the column.
  struct Entry: Sendable {
    var value: Double
    var index: Int32

    /// Of equal numbers the later stands first: read from behind, as weights are, they stand in the order of the column.
    @inline(__always) static func < (a: Entry, b: Entry) -> Bool {
      a.value < b.value || (a.value == b.value && a.index > b.index)
    }
  }

  /// The selected numbers in ascending order, and after them others that may be anything.
  private(set) var entries: [Entry] = []
  private static let sampleCount = 128

  /// Selects the `wanted` smallest of a column without NaN into the first `entries`.
  mutating func select(_ wanted: Int, of column: Span<Double>) {
    precondition(wanted <= column.count, "more numbers wanted than there are")
    let room = column.count + 1
    if entries.count < room { entries = Array(repeating: Entry(value: 0, index: 0), count: room) }
    var found = collect(column, upTo: threshold(wanted, column))
    if found < wanted { found = collect(column, upTo: .infinity) }
    var span = entries.mutableSpan
    Self.sort(&span, 0, found - 1)
  }

  /// A number that a few more than `wanted` are probably below: an order statistic of a sample, three standard errors
  /// up.
  private mutating func threshold(_ wanted: Int, _ column: Span<Double>) -> Double {
    let step = column.count / Self.sampleCount
    let expected = Double(Self.sampleCount) * Double(wanted) / Double(column.count)
    let rank = Int(expected + 3 * expected.squareRoot()) + 1
    guard step >= 4, rank < Self.sampleCount else { return .infinity }
    var span = entries.mutableSpan
    for i in 0..<Self.sampleCount {
      span[i] = Entry(value: column[i * step], index: Int32(truncatingIfNeeded: i))
    }
    Self.sort(&span, 0, Self.sampleCount - 1)
    return span[rank].value
  }

  /// Puts the numbers up to `limit` into the first entries and returns how many there are.
  private mutating func collect(_ column: Span<Double>, upTo limit: Double) -> Int {
    var span = entries.mutableSpan
    var count = 0
    for i in column.indices {
      let value = column[i]
      // Written always and kept by counting: whether a number is small cannot be predicted.
      span[count] = Entry(value: value, index: Int32(truncatingIfNeeded: i))
      count &+= value <= limit ? 1 : 0
    }
    return count
  }

  /// Sorts entries `first ... last` (quicksort by the median of three, short parts by insertion).
  private static func sort(_ a: inout MutableSpan<Entry>, _ first: Int, _ last: Int) {
    var (first, last) = (first, last)
    while last - first > 16 {
      let middle = (first + last) / 2
      if a[middle] < a[first] { a.swapAt(middle, first) }
      if a[last] < a[first] { a.swapAt(last, first) }
      if a[last] < a[middle] { a.swapAt(last, middle) }
      let pivot = a[middle]
      var (i, j) = (first, last)
      while i <= j {
        while a[i] < pivot { i += 1 }
        while pivot < a[j] { j -= 1 }
        if i <= j {
          a.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      // The shorter part by recursion, so that the stack stays shallow.
      if j - first < last - i {
        sort(&a, first, j)
        first = i
      } else {
        sort(&a, i, last)
        last = j
      }
    }
    guard first < last else { return }
    for i in (first + 1)...last {
      let entry = a[i]
      var j = i - 1
      while j >= first && entry < a[j] {
        a[j + 1] = a[j]
        j -= 1
      }
      a[j + 1] = entry
    }
  }
}
