// Products with a tall matrix stored by columns: the loops of linear predictors, of their gradients and of borders.

/// Products A x and A'd with rows of a matrix whose columns lie `stride` apart in an array.
package enum TallMatrix {
  /// y ← y + A x for `rows` rows: row i of column c is `columns[first + i + c * stride]`, x is `x[from ..< from + count]`
  /// and y begins at `place`.
  ///
  /// Rows are taken eight at a time without touching what lies beyond them.
  @inlinable package static func addProduct(
    _ columns: Span<Double>, first: Int, stride: Int, count: Int, rows: Int, _ x: Span<Double>,
    from: Int, to y: inout MutableSpan<Double>, at place: Int
  ) {
    let factors = x.extracting(from..<(from &+ count))
    var i = 0
    while i &+ laneCount <= rows {
      var sum = y.lanes(at: place &+ i)
      var at = first &+ i
      for c in 0..<factors.count {
        sum = multiplyAdd(columns.lanes(at: at), Lanes(repeating: factors[c]), sum)
        at &+= stride
      }
      y.store(sum, at: place &+ i)
      i &+= laneCount
    }
    while i < rows {
      var sum = y[place &+ i]
      for c in 0..<factors.count { sum += columns[first &+ i &+ c &* stride] * factors[c] }
      y[place &+ i] = sum
      i &+= 1
    }
  }

  /// x ← x − A x' within one vector: the first `rows` elements lose the product with those from `from` on.
  @inlinable package static func subtractProductOfTail(
    _ columns: Span<Double>, stride: Int, count: Int, rows: Int,
    in x: inout MutableSpan<Double>, from: Int
  ) {
    precondition(rows <= from, "the product would change its own factors")
    var i = 0
    while i &+ laneCount <= rows {
      var sum = x.lanes(at: i)
      var at = i
      for c in 0..<count {
        sum = multiplyAdd(columns.lanes(at: at), Lanes(repeating: -x[from &+ c]), sum)
        at &+= stride
      }
      x.store(sum, at: i)
      i &+= laneCount
    }
    while i < rows {
      var sum = x[i]
      for c in 0..<count { sum -= columns[i &+ c &* stride] * x[from &+ c] }
      x[i] = sum
      i &+= 1
    }
  }

  /// y ← y + A'd for `rows` rows: d begins at `from`, y at `place`.
  @inlinable package static func addTransposedProduct(
    _ columns: Span<Double>, first: Int, stride: Int, count: Int, rows: Int, _ d: Span<Double>,
    from: Int, to y: inout MutableSpan<Double>, at place: Int
  ) {
    var c = 0
    while c < count {
      let width = min(4, count &- c)
      let sums = transposedProduct(
        columns, first: first &+ c &* stride, stride: stride, width: width, rows: rows, d,
        from: from)
      for k in 0..<width { y[place &+ c &+ k] += sums[k] }
      c &+= width
    }
  }

  /// The products of d with up to four columns, `width` of them; the other elements are 0.
  ///
  /// Together, so that d is read once and four sums are under way at the same time.
  @inlinable @inline(__always) package static func transposedProduct(
    _ columns: Span<Double>, first a: Int, stride: Int, width: Int, rows: Int, _ d: Span<Double>,
    from: Int
  ) -> SIMD4<Double> {
    switch width {
    case 1: sums(columns, a, stride, 1, rows, d, from)
    case 2: sums(columns, a, stride, 2, rows, d, from)
    case 3: sums(columns, a, stride, 3, rows, d, from)
    default: sums(columns, a, stride, 4, rows, d, from)
    }
  }

  @inlinable @inline(__always) static func sums(
    _ columns: Span<Double>, _ a: Int, _ stride: Int, _ width: Int, _ rows: Int,
    _ d: Span<Double>, _ from: Int
  ) -> SIMD4<Double> {
    let (b, e, f) = (a &+ stride, a &+ 2 &* stride, a &+ 3 &* stride)
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var i = 0
    while i &+ laneCount <= rows {
      let v = d.lanes(at: from &+ i)
      s0 = multiplyAdd(columns.lanes(at: a &+ i), v, s0)
      if width > 1 { s1 = multiplyAdd(columns.lanes(at: b &+ i), v, s1) }
      if width > 2 { s2 = multiplyAdd(columns.lanes(at: e &+ i), v, s2) }
      if width > 3 { s3 = multiplyAdd(columns.lanes(at: f &+ i), v, s3) }
      i &+= laneCount
    }
    var result = SIMD4(s0.sum(), s1.sum(), s2.sum(), s3.sum())
    while i < rows {
      let v = d[from &+ i]
      result[0] += columns[a &+ i] * v
      if width > 1 { result[1] += columns[b &+ i] * v }
      if width > 2 { result[2] += columns[e &+ i] * v }
      if width > 3 { result[3] += columns[f &+ i] * v }
      i &+= 1
    }
    return result
  }
}
