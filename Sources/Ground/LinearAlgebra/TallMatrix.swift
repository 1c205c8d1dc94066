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

  /// y ← y + s A'd for `rows` rows: d begins at `from`, y at `place`.
  ///
  /// Four columns at a time, so that d is read once for them and four sums are under way together.
  @inlinable package static func addTransposedProduct(
    _ columns: Span<Double>, first: Int, stride: Int, count: Int, rows: Int, _ d: Span<Double>,
    from: Int, scale: Double = 1, to y: inout MutableSpan<Double>, at place: Int
  ) {
    var c = 0
    let whole = rows & ~(laneCount &- 1)
    while c < count {
      let width = min(4, count &- c)
      let a = first &+ c &* stride
      // With fewer than four columns left the others repeat the first, and their sums are dropped.
      let (b, e, f) = (
        width > 1 ? a &+ stride : a, width > 2 ? a &+ 2 &* stride : a,
        width > 3 ? a &+ 3 &* stride : a
      )
      var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      var i = 0
      while i < whole {
        let v = d.lanes(at: from &+ i)
        s0 = multiplyAdd(columns.lanes(at: a &+ i), v, s0)
        if width > 1 { s1 = multiplyAdd(columns.lanes(at: b &+ i), v, s1) }
        if width > 2 { s2 = multiplyAdd(columns.lanes(at: e &+ i), v, s2) }
        if width > 3 { s3 = multiplyAdd(columns.lanes(at: f &+ i), v, s3) }
        i &+= laneCount
      }
      var (r0, r1, r2, r3) = (s0.sum(), s1.sum(), s2.sum(), s3.sum())
      while i < rows {
        let v = d[from &+ i]
        r0 += columns[a &+ i] * v
        r1 += columns[b &+ i] * v
        r2 += columns[e &+ i] * v
        r3 += columns[f &+ i] * v
        i &+= 1
      }
      y[place &+ c] += scale * r0
      if width > 1 { y[place &+ c &+ 1] += scale * r1 }
      if width > 2 { y[place &+ c &+ 2] += scale * r2 }
      if width > 3 { y[place &+ c &+ 3] += scale * r3 }
      c &+= width
    }
  }
}
