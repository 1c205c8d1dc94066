// Products and solves with many small lower triangles in a row, unrolled for the sizes that models have.

/// x ← Op(L_j) x_j for q × q lower triangles L_j and the parts x_j of a vector, block after block.
///
/// Each size up to six is a loop of its own, in which the compiler knows q: no bound is checked and nothing is divided.
enum BlockTriangles {
  /// What is done with each block.
  enum Operation {
    /// x ← L⁻¹ x
    case solve
    /// x ← L⁻ᵀ x
    case solveTransposed
  }

  /// Applies `operation` to the blocks of `l`, which lie one after the other, column by column; `inverses` holds the
  /// reciprocals of their diagonals.
  static func apply(
    _ operation: Operation, _ l: Span<Double>, inverses: Span<Double>, order q: Int,
    count: Int, to x: inout MutableSpan<Double>
  ) {
    switch q {
    case 0: break
    case 1: for j in 0..<count { x[j] *= inverses[j] }
    case 2: sweep(operation, l, inverses, 2, count, &x)
    case 3: sweep(operation, l, inverses, 3, count, &x)
    case 4: sweep(operation, l, inverses, 4, count, &x)
    case 5: sweep(operation, l, inverses, 5, count, &x)
    case 6: sweep(operation, l, inverses, 6, count, &x)
    default: sweep(operation, l, inverses, q, count, &x)
    }
  }

  @inline(__always)
  private static func sweep(
    _ operation: Operation, _ l: Span<Double>, _ inverses: Span<Double>, _ q: Int, _ count: Int,
    _ x: inout MutableSpan<Double>
  ) {
    for j in 0..<count {
      let block = l.extracting((j &* q &* q)..<((j &+ 1) &* q &* q))
      let inverse = inverses.extracting((j &* q)..<((j &+ 1) &* q))
      var part = x._mutatingExtracting((j &* q)..<((j &+ 1) &* q))
      switch operation {
      case .solve:
        for r in 0..<q {
          var value = part[r]
          for k in 0..<r { value -= block[r &+ k &* q] * part[k] }
          part[r] = value * inverse[r]
        }
      case .solveTransposed:
        for step in 0..<q {
          let r = q &- 1 &- step
          var value = part[r]
          for k in (r &+ 1)..<max(q, r &+ 1) { value -= block[k &+ r &* q] * part[k] }
          part[r] = value * inverse[r]
        }
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
