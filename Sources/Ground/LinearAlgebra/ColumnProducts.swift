// Groups of neighbouring columns times one small lower triangle from the right, in place.

/// X ← X Λ or X ← X Λ' for groups of k columns and a k × k lower triangle Λ.
package enum ColumnProducts {
  /// Replaces each of `groups` groups of k columns of `length`, one after the other from `start` on, by its product with
  /// the k × k lower triangle `lambda`, or with its transpose.
  package static func multiply(
    _ x: inout MutableSpan<Double>, from start: Int, groups: Int, length: Int,
    _ lambda: Span<Double>, order k: Int, transposed: Bool
  ) {
    guard k > 0 && groups > 0 && length > 0 else { return }
    if k == 1 {
      var all = x._mutatingExtracting(start..<(start + groups * length))
      let factor = lambda[0]
      for i in 0..<all.count { all[i] *= factor }
      return
    }
    for group in 0..<groups {
      var part = x._mutatingExtracting(
        (start + group * k * length)..<(start + (group + 1) * k * length))
      switch (k, length) {
      case (2, 2): combine(&part, lambda, 2, 2, transposed)
      case (3, 3): combine(&part, lambda, 3, 3, transposed)
      case (4, 4): combine(&part, lambda, 4, 4, transposed)
      case (5, 5): combine(&part, lambda, 5, 5, transposed)
      case (6, 6): combine(&part, lambda, 6, 6, transposed)
      default: combine(&part, lambda, k, length, transposed)
      }
    }
  }

  /// One group's product, row by row.
  ///
  /// Column b of XΛ uses columns a ≥ b, of XΛ' columns a ≤ b: this order leaves them unspoilt.
  @inline(__always)
  private static func combine(
    _ x: inout MutableSpan<Double>, _ lambda: Span<Double>, _ k: Int, _ length: Int,
    _ transposed: Bool
  ) {
    let l = lambda.extracting(0..<(k &* k))
    var row = 0
    while row &+ laneCount <= length {
      for step in 0..<k {
        let b = transposed ? k &- 1 &- step : step
        var sum = x.lanes(at: b &* length &+ row) * Lanes(repeating: l[b &+ b &* k])
        for other in 1..<max(k &- step, 1) {
          let a = transposed ? b &- other : b &+ other
          let factor = transposed ? l[b &+ a &* k] : l[a &+ b &* k]
          sum = multiplyAdd(x.lanes(at: a &* length &+ row), Lanes(repeating: factor), sum)
        }
        x.store(sum, at: b &* length &+ row)
      }
      row &+= laneCount
    }
    while row < length {
      for step in 0..<k {
        let b = transposed ? k &- 1 &- step : step
        var sum = x[b &* length &+ row] * l[b &+ b &* k]
        for other in 1..<max(k &- step, 1) {
          let a = transposed ? b &- other : b &+ other
          sum += x[a &* length &+ row] * (transposed ? l[b &+ a &* k] : l[a &+ b &* k])
        }
        x[b &* length &+ row] = sum
      }
      row &+= 1
    }
  }
}
