// Products and solves with many small lower triangles in a row, unrolled for the sizes that models have.

/// x_j ← Op(L_j) x_j for q × q lower triangles L_j and the parts x_j of a vector, part after part.
///
/// Each size up to six is a loop of its own, in which the compiler knows q: no bound is checked and nothing is divided.
package enum BlockTriangles {
  /// x_j ← L_j⁻¹ x_j for the `count` parts of `x`; the q × q blocks of `l` lie one after the other, column by column,
  /// and `inverses` holds the reciprocals of their diagonals.
  static func solveLower(
    _ l: Span<Double>, inverses: Span<Double>, order q: Int, count: Int,
    _ x: inout MutableSpan<Double>
  ) {
    switch q {
    case 0: break
    case 1: scale(&x, by: inverses, count)
    case 2: solve(l, inverses, 2, count, &x)
    case 3: solve(l, inverses, 3, count, &x)
    case 4: solve(l, inverses, 4, count, &x)
    case 5: solve(l, inverses, 5, count, &x)
    case 6: solve(l, inverses, 6, count, &x)
    default: solve(l, inverses, q, count, &x)
    }
  }

  /// x_j ← L_j⁻ᵀ x_j, as `solveLower` has it.
  static func solveLowerTransposed(
    _ l: Span<Double>, inverses: Span<Double>, order q: Int, count: Int,
    _ x: inout MutableSpan<Double>
  ) {
    switch q {
    case 0: break
    case 1: scale(&x, by: inverses, count)
    case 2: solveTransposed(l, inverses, 2, count, &x)
    case 3: solveTransposed(l, inverses, 3, count, &x)
    case 4: solveTransposed(l, inverses, 4, count, &x)
    case 5: solveTransposed(l, inverses, 5, count, &x)
    case 6: solveTransposed(l, inverses, 6, count, &x)
    default: solveTransposed(l, inverses, q, count, &x)
    }
  }

  /// x_j ← Λ x_j for the `count` parts of `x` from `start` on, with one q × q lower triangle Λ for all.
  package static func multiplyLower(
    _ lambda: Span<Double>, order q: Int, count: Int, _ x: inout MutableSpan<Double>,
    from start: Int
  ) {
    var parts = x._mutatingExtracting(start..<(start + q * count))
    switch q {
    case 0: break
    case 1: for j in 0..<count { parts[j] *= lambda[0] }
    case 2: multiply(lambda, 2, count, &parts)
    case 3: multiply(lambda, 3, count, &parts)
    case 4: multiply(lambda, 4, count, &parts)
    case 5: multiply(lambda, 5, count, &parts)
    case 6: multiply(lambda, 6, count, &parts)
    default: multiply(lambda, q, count, &parts)
    }
  }

  /// x_j ← Λ' x_j, as `multiplyLower` has it.
  package static func multiplyLowerTransposed(
    _ lambda: Span<Double>, order q: Int, count: Int, _ x: inout MutableSpan<Double>,
    from start: Int
  ) {
    var parts = x._mutatingExtracting(start..<(start + q * count))
    switch q {
    case 0: break
    case 1: for j in 0..<count { parts[j] *= lambda[0] }
    case 2: multiplyTransposed(lambda, 2, count, &parts)
    case 3: multiplyTransposed(lambda, 3, count, &parts)
    case 4: multiplyTransposed(lambda, 4, count, &parts)
    case 5: multiplyTransposed(lambda, 5, count, &parts)
    case 6: multiplyTransposed(lambda, 6, count, &parts)
    default: multiplyTransposed(lambda, q, count, &parts)
    }
  }

  private static func scale(
    _ x: inout MutableSpan<Double>, by factors: Span<Double>, _ count: Int
  ) {
    var parts = x._mutatingExtracting(0..<count)
    let own = factors.extracting(0..<count)
    for j in 0..<count { parts[j] *= own[j] }
  }

  @inline(__always)
  private static func solve(
    _ l: Span<Double>, _ inverses: Span<Double>, _ q: Int, _ count: Int,
    _ x: inout MutableSpan<Double>
  ) {
    for j in 0..<count {
      let block = l.extracting((j &* q &* q)..<(j &* q &* q &+ q &* q))
      let inverse = inverses.extracting((j &* q)..<(j &* q &+ q))
      var part = x._mutatingExtracting((j &* q)..<(j &* q &+ q))
      for r in 0..<q {
        var value = part[r]
        for k in 0..<r { value -= block[r &+ k &* q] * part[k] }
        part[r] = value * inverse[r]
      }
    }
  }

  @inline(__always)
  private static func solveTransposed(
    _ l: Span<Double>, _ inverses: Span<Double>, _ q: Int, _ count: Int,
    _ x: inout MutableSpan<Double>
  ) {
    for j in 0..<count {
      let block = l.extracting((j &* q &* q)..<(j &* q &* q &+ q &* q))
      let inverse = inverses.extracting((j &* q)..<(j &* q &+ q))
      var part = x._mutatingExtracting((j &* q)..<(j &* q &+ q))
      for step in 0..<q {
        let r = q &- 1 &- step
        var value = part[r]
        for k in (r &+ 1)..<max(q, r &+ 1) { value -= block[k &+ r &* q] * part[k] }
        part[r] = value * inverse[r]
      }
    }
  }

  @inline(__always)
  private static func multiply(
    _ lambda: Span<Double>, _ q: Int, _ count: Int, _ x: inout MutableSpan<Double>
  ) {
    let l = lambda.extracting(0..<(q &* q))
    for j in 0..<count {
      var part = x._mutatingExtracting((j &* q)..<(j &* q &+ q))
      for step in 0..<q {
        let r = q &- 1 &- step
        var value = l[r &+ r &* q] * part[r]
        for k in 0..<r { value += l[r &+ k &* q] * part[k] }
        part[r] = value
      }
    }
  }

  @inline(__always)
  private static func multiplyTransposed(
    _ lambda: Span<Double>, _ q: Int, _ count: Int, _ x: inout MutableSpan<Double>
  ) {
    let l = lambda.extracting(0..<(q &* q))
    for j in 0..<count {
      var part = x._mutatingExtracting((j &* q)..<(j &* q &+ q))
      for r in 0..<q {
        var value = l[r &+ r &* q] * part[r]
        for k in (r &+ 1)..<max(q, r &+ 1) { value += l[k &+ r &* q] * part[k] }
        part[r] = value
      }
    }
  }
}

/// Solves with one larger lower triangle, column by column, so that memory is read in its order.
enum LargeTriangle {
  /// x ← L⁻¹ x for the m elements of `x` from `start` on; `l` is m × m.
  static func solveLower(
    _ l: Span<Double>, order m: Int, _ x: inout MutableSpan<Double>, from start: Int
  ) {
    for c in 0..<m {
      let value = x[start &+ c] / l[c &+ c &* m]
      x[start &+ c] = value
      let column = l.extracting((c &+ 1 &+ c &* m)..<((c &+ 1) &* m))
      var rest = x._mutatingExtracting((start &+ c &+ 1)..<(start &+ m))
      let factor = Lanes(repeating: -value)
      var i = 0
      while i &+ laneCount <= column.count {
        rest.store(multiplyAdd(column.lanes(at: i), factor, rest.lanes(at: i)), at: i)
        i &+= laneCount
      }
      while i < column.count {
        rest[i] -= column[i] * value
        i &+= 1
      }
    }
  }

  /// x ← L⁻ᵀ x for the m elements of `x` from `start` on; `l` is m × m.
  static func solveLowerTransposed(
    _ l: Span<Double>, order m: Int, _ x: inout MutableSpan<Double>, from start: Int
  ) {
    for step in 0..<m {
      let c = m &- 1 &- step
      let column = l.extracting((c &+ 1 &+ c &* m)..<((c &+ 1) &* m))
      let rest = start &+ c &+ 1
      var sums = Lanes.zero
      var i = 0
      while i &+ laneCount <= column.count {
        sums = multiplyAdd(column.lanes(at: i), x.lanes(at: rest &+ i), sums)
        i &+= laneCount
      }
      var sum = sums.sum()
      while i < column.count {
        sum += column[i] * x[rest &+ i]
        i &+= 1
      }
      x[start &+ c] = (x[start &+ c] - sum) / l[c &+ c &* m]
    }
  }
}
