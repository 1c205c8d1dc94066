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
  private var scratch: [Entry] = []
  private var starts = [Int](repeating: 0, count: bucketCount + 1)
  private static let sampleCount = 128
  private static let bucketCount = 512

  /// Selects the `wanted` smallest of a column without NaN into the first `entries`.
  mutating func select(_ wanted: Int, of column: Span<Double>) {
    precondition(wanted <= column.count, "more numbers wanted than there are")
    let room = column.count + 1
    if entries.count < room {
      entries = Array(repeating: Entry(value: 0, index: 0), count: room)
      scratch = entries
    }
    let limit = threshold(wanted, column)
    var found = collect(column, upTo: limit)
    if found < wanted { found = collect(column, upTo: .infinity) }
    Self.sort(&entries, found, &scratch, &starts)
  }

  /// A number that a few more than `wanted` are probably below: an order statistic of a sample, three standard errors
  /// up.
  private mutating func threshold(_ wanted: Int, _ column: Span<Double>) -> Double {
    let step = column.count / Self.sampleCount
    let expected = Double(Self.sampleCount) * Double(wanted) / Double(column.count)
    let rank = Int(expected + 3 * expected.squareRoot()) + 1
    guard step >= 4, rank < Self.sampleCount else { return .infinity }
    // The smallest of the sample so far, ascending; few of the sample get in.
    var span = entries.mutableSpan
    for i in 0...rank { span[i] = Entry(value: .infinity, index: 0) }
    for i in 0..<Self.sampleCount {
      let value = column[i &* step]
      guard value < span[rank].value else { continue }
      var j = rank
      while j > 0 && value < span[j - 1].value {
        span[j].value = span[j - 1].value
        j -= 1
      }
      span[j].value = value
    }
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

  /// Sorts the first `count` entries: into buckets of equal width, and within each.
  ///
  /// Which way a comparison goes cannot be predicted, and buckets leave few to be made.
  private static func sort(
    _ entries: inout [Entry], _ count: Int, _ scratch: inout [Entry], _ starts: inout [Int]
  ) {
    var span = entries.mutableSpan
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for i in 0..<count {
      least = min(least, span[i].value)
      greatest = max(greatest, span[i].value)
    }
    let scale = Double(bucketCount) / (greatest - least)
    guard count > 32, scale.isFinite, scale > 0 else {
      sort(&span, 0, count - 1)
      return
    }
    func bucket(_ value: Double) -> Int {
      min(Int((value - least) * scale), bucketCount - 1)
    }
    var target = scratch.mutableSpan
    var counts = starts.mutableSpan
    for b in counts.indices { counts[b] = 0 }
    for i in 0..<count { counts[bucket(span[i].value) + 1] &+= 1 }
    for b in 1..<counts.count { counts[b] &+= counts[b - 1] }
    for i in 0..<count {
      let b = bucket(span[i].value)
      target[counts[b]] = span[i]
      counts[b] &+= 1
    }
    for i in 0..<count { span[i] = target[i] }
    // Now each start is the end of its bucket.
    var first = 0
    for b in 0..<bucketCount {
      if counts[b] - first > 1 { sort(&span, first, counts[b] - 1) }
      first = counts[b]
    }
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
