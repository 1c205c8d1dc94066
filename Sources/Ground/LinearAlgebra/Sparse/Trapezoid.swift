// Where one supernode's values and rows lie, and where its rows are among those of another.

/// The place of one supernode in a supernodal factor.
struct Trapezoid {
  /// The first column.
  let first: Int
  /// The number of columns.
  let width: Int
  /// The number of rows, its own columns' included.
  let height: Int
  /// Where its values begin.
  let start: Int
  /// Where its rows begin.
  let rowStart: Int

  @inline(__always) init(_ structure: borrowing SupernodalStructure, _ node: Int) {
    let (columns, offsets) = (structure.firstColumns.span, structure.rowOffsets.span)
    first = columns[node]
    width = columns[node &+ 1] &- first
    rowStart = offsets[node]
    height = offsets[node &+ 1] &- rowStart
    start = structure.valueOffsets.span[node]
  }

  /// The number of rows below the own columns.
  var tail: Int { height &- width }
  /// The column after the last.
  var end: Int { first &+ width }
  /// The places of its values.
  var range: Range<Int> { start..<(start &+ width &* height) }
  /// The places of its rows below the own columns.
  var tailRows: Range<Int> { (rowStart &+ width)..<(rowStart &+ height) }

  /// Whether the work is worth calls of BLAS: below this the calls cost more than the loops.
  var isLarge: Bool { width >= 4 && width &* height >= 256 }

  /// The places of column c from row c on.
  @inline(__always) func column(_ c: Int, from row: Int) -> Range<Int> {
    (start &+ c &* height &+ row)..<(start &+ (c &+ 1) &* height)
  }

  /// Writes the places of `wanted[from...]` among this supernode's rows, each at its own index.
  ///
  /// All of them are rows of this supernode if they are rows below of one that is eliminated earlier and meets it: what
  /// is below an element of a column of the factor is in all supernodes on its way to the root of the elimination tree.
  @inline(__always) func locate(
    _ wanted: Span<Int32>, from: Int, among rows: Span<Int32>, into places: inout MutableSpan<Int32>
  ) {
    let own = Int32(end)
    let last = rowStart &+ height
    var at = rowStart &+ width
    for i in from..<wanted.count {
      let row = wanted[i]
      if row < own {
        places[i] = row &- Int32(first)
        continue
      }
      // A few steps forward, then a bisection: long jumps are rare in one case and the rule in the other.
      var steps = 0
      while rows[at] < row && steps < 8 {
        at &+= 1
        steps &+= 1
      }
      if rows[at] != row { at = rows.firstPlace(of: row, from: at, to: last) }
      places[i] = Int32(at &- rowStart)
      at &+= 1
    }
  }
}

extension MutableSpan<Double> {
  /// x ← x + a y for spans of one length.
  @inline(__always) mutating func add(_ y: Span<Double>, times factor: Double) {
    precondition(count == y.count, "as many elements")
    let many = Lanes(repeating: factor)
    var i = 0
    while i &+ laneCount <= y.count {
      store(multiplyAdd(y.lanes(at: i), many, lanes(at: i)), at: i)
      i &+= laneCount
    }
    while i < y.count {
      self[i] += y[i] * factor
      i &+= 1
    }
  }
}

extension Span<Double> {
  /// x'y of spans of one length.
  @inline(__always) func product(_ y: Span<Double>) -> Double {
    precondition(count == y.count, "as many elements")
    var i = 0
    var sum = 0.0
    if count >= laneCount {
      var sums = Lanes.zero
      while i &+ laneCount <= count {
        sums = multiplyAdd(lanes(at: i), y.lanes(at: i), sums)
        i &+= laneCount
      }
      sum = sums.sum()
    }
    while i < count {
      sum += self[i] * y[i]
      i &+= 1
    }
    return sum
  }
}
