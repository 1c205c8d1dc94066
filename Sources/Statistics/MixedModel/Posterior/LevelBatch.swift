// Small dense algebra of eight levels at once, a level in each lane.

import LinearAlgebra
import Probability

/// The order of the vectors of a section's levels; a small one is a type, so that loops are compiled for it.
protocol LevelOrder {
  var q: Int { get }
}

extension LevelOrder {
  /// The number of elements of a lower triangle.
  @inline(__always) var packed: Int { q &* (q &+ 1) / 2 }
}

struct Order1: LevelOrder { @inline(__always) var q: Int { 1 } }
struct Order2: LevelOrder { @inline(__always) var q: Int { 2 } }
struct Order3: LevelOrder { @inline(__always) var q: Int { 3 } }
struct Order4: LevelOrder { @inline(__always) var q: Int { 4 } }
struct Order5: LevelOrder { @inline(__always) var q: Int { 5 } }
struct Order6: LevelOrder { @inline(__always) var q: Int { 6 } }
/// Any order, in loops whose length is not known.
struct AnyOrder: LevelOrder { let q: Int }

/// The steps of `EffectSection`'s map for one batch of eight levels.
///
/// Matrices are q × q, lower triangles row by row, eight numbers for each element; Λ is common to all levels and stands
/// column by column. L stands with reciprocals on its diagonal.
enum LevelBatch {
  /// The place of element (r, c) of a lower triangle.
  @inline(__always) private static func at(_ r: Int, _ c: Int) -> Int {
    (r &* (r &+ 1) / 2 &+ c) &* laneCount
  }

  /// The place of element (r, c) of a symmetric matrix.
  @inline(__always) private static func symmetric(_ r: Int, _ c: Int) -> Int {
    r >= c ? at(r, c) : at(c, r)
  }

  /// Reads q elements of up to eight levels that lie one after the other; missing levels are zero.
  @inline(__always) static func gather<Order: LevelOrder>(
    _ order: Order, _ source: Span<Double>, from first: Int, _ levels: Int,
    into target: inout MutableSpan<Double>, at start: Int = 0
  ) {
    let q = order.q
    let part = source.extracting(first..<(first &+ levels &* q))
    if levels == laneCount && q == 1 { return target.store(part.lanes(at: 0), at: start) }
    if levels == laneCount && q == 2 {
      let (low, high) = (part.lanes(at: 0), part.lanes(at: laneCount))
      target.store(Lanes(lowHalf: low.evenHalf, highHalf: high.evenHalf), at: start)
      target.store(Lanes(lowHalf: low.oddHalf, highHalf: high.oddHalf), at: start &+ laneCount)
      return
    }
    if levels == laneCount && q == 4 {
      // Even and odd halves, twice: elements 0 and 2 of every level, then 0, 2, 1 and 3 by themselves.
      let (a, b) = (part.lanes(at: 0), part.lanes(at: laneCount))
      let (c, d) = (part.lanes(at: 2 &* laneCount), part.lanes(at: 3 &* laneCount))
      let evenLow = Lanes(lowHalf: a.evenHalf, highHalf: b.evenHalf)
      let evenHigh = Lanes(lowHalf: c.evenHalf, highHalf: d.evenHalf)
      let oddLow = Lanes(lowHalf: a.oddHalf, highHalf: b.oddHalf)
      let oddHigh = Lanes(lowHalf: c.oddHalf, highHalf: d.oddHalf)
      let n = laneCount
      target.store(Lanes(lowHalf: evenLow.evenHalf, highHalf: evenHigh.evenHalf), at: start)
      target.store(Lanes(lowHalf: oddLow.evenHalf, highHalf: oddHigh.evenHalf), at: start &+ n)
      target.store(Lanes(lowHalf: evenLow.oddHalf, highHalf: evenHigh.oddHalf), at: start &+ 2 &* n)
      target.store(Lanes(lowHalf: oddLow.oddHalf, highHalf: oddHigh.oddHalf), at: start &+ 3 &* n)
      return
    }
    for i in 0..<q {
      for lane in 0..<laneCount {
        target[start &+ i &* laneCount &+ lane] = lane < levels ? part[lane &* q &+ i] : 0
      }
    }
  }

  /// The elements of two halves in turn.
  @inline(__always) private static func interleaved(
    _ even: SIMD4<Double>, _ odd: SIMD4<Double>
  ) -> Lanes {
    var both = Lanes.zero
    both.evenHalf = even
    both.oddHalf = odd
    return both
  }

  /// Writes what `gather` reads.
  @inline(__always) static func scatter<Order: LevelOrder>(
    _ order: Order, _ source: Span<Double>, _ levels: Int, into target: inout MutableSpan<Double>,
    from first: Int
  ) {
    let q = order.q
    var part = target._mutatingExtracting(first..<(first &+ levels &* q))
    if levels == laneCount && q == 1 { return part.store(source.lanes(at: 0), at: 0) }
    if levels == laneCount && q == 2 {
      let (even, odd) = (source.lanes(at: 0), source.lanes(at: laneCount))
      part.store(interleaved(even.lowHalf, odd.lowHalf), at: 0)
      part.store(interleaved(even.highHalf, odd.highHalf), at: laneCount)
      return
    }
    if levels == laneCount && q == 4 {
      let n = laneCount
      let (a, b) = (source.lanes(at: 0), source.lanes(at: n))
      let (c, d) = (source.lanes(at: 2 &* n), source.lanes(at: 3 &* n))
      let evenLow = interleaved(a.lowHalf, c.lowHalf)
      let evenHigh = interleaved(a.highHalf, c.highHalf)
      let oddLow = interleaved(b.lowHalf, d.lowHalf)
      let oddHigh = interleaved(b.highHalf, d.highHalf)
      part.store(interleaved(evenLow.lowHalf, oddLow.lowHalf), at: 0)
      part.store(interleaved(evenLow.highHalf, oddLow.highHalf), at: n)
      part.store(interleaved(evenHigh.lowHalf, oddHigh.lowHalf), at: 2 &* n)
      part.store(interleaved(evenHigh.highHalf, oddHigh.highHalf), at: 3 &* n)
      return
    }
    for i in 0..<q {
      for lane in 0..<levels { part[lane &* q &+ i] = source[i &* laneCount &+ lane] }
    }
  }

  /// T = W Λ into q × q matrices, row by row.
  @inline(__always) private static func product<Order: LevelOrder>(
    _ order: Order, _ w: Span<Double>, _ lambda: Span<Double>, into t: inout MutableSpan<Double>
  ) {
    let q = order.q
    for c in 0..<q {
      for r in 0..<q {
        var sum = Lanes.zero
        for k in c..<q {
          sum = multiplyAdd(
            w.lanes(at: symmetric(r, k)), Lanes(repeating: lambda[k &+ c &* q]), sum)
        }
        t.store(sum, at: (r &* q &+ c) &* laneCount)
      }
    }
  }

  /// L of H = Λ'WΛ + I and L⁻¹Λ'h; the result is log |L|.
  @inline(__always) static func factor<Order: LevelOrder>(
    _ order: Order, _ w: Span<Double>, _ h: Span<Double>, _ lambda: Span<Double>,
    _ l: inout MutableSpan<Double>, _ shift: inout MutableSpan<Double>,
    _ scratch: inout MutableSpan<Double>
  ) -> Lanes {
    let q = order.q
    product(order, w, lambda, into: &scratch)
    var determinant = Lanes(repeating: 1)
    for r in 0..<q {
      for c in 0...r {
        var sum = Lanes(repeating: r == c ? 1 : 0)
        for k in r..<q {
          sum = multiplyAdd(
            Lanes(repeating: lambda[k &+ r &* q]), scratch.lanes(at: (k &* q &+ c) &* laneCount),
            sum)
        }
        for k in 0..<c { sum -= l.lanes(at: at(r, k)) * l.lanes(at: at(c, k)) }
        if r == c {
          let root = sum.squareRoot()
          determinant *= root
          l.store(1 / root, at: at(r, r))
        } else {
          l.store(sum * l.lanes(at: at(c, c)), at: at(r, c))
        }
      }
      var value = Lanes.zero
      for k in r..<q {
        value = multiplyAdd(
          Lanes(repeating: lambda[k &+ r &* q]), h.lanes(at: k &* laneCount), value)
      }
      for k in 0..<r { value -= l.lanes(at: at(r, k)) * shift.lanes(at: k &* laneCount) }
      shift.store(value * l.lanes(at: at(r, r)), at: r &* laneCount)
    }
    return VectorMath.log(determinant)
  }

  /// x ← L⁻¹ x for the vector that begins at `start`.
  @inline(__always) private static func solve<Order: LevelOrder>(
    _ order: Order, _ l: Span<Double>, _ x: inout MutableSpan<Double>, at start: Int
  ) {
    let q = order.q
    for r in 0..<q {
      var value = x.lanes(at: start &+ r &* laneCount)
      for k in 0..<r {
        value -= l.lanes(at: at(r, k)) * x.lanes(at: start &+ k &* laneCount)
      }
      x.store(value * l.lanes(at: at(r, r)), at: start &+ r &* laneCount)
    }
  }

  /// x ← L⁻ᵀ x for the vector that begins at `start`.
  @inline(__always) static func solveTransposed<Order: LevelOrder>(
    _ order: Order, _ l: Span<Double>, _ x: inout MutableSpan<Double>, at start: Int = 0
  ) {
    let q = order.q
    for back in 0..<q {
      let r = q &- 1 &- back
      var value = x.lanes(at: start &+ r &* laneCount)
      for k in (r &+ 1)..<max(q, r &+ 1) {
        value -= l.lanes(at: at(k, r)) * x.lanes(at: start &+ k &* laneCount)
      }
      x.store(value * l.lanes(at: at(r, r)), at: start &+ r &* laneCount)
    }
  }

  /// The adjoint of the map.
  ///
  /// `vectors` begins with the derivative in u, u itself, and the derivative in b, each of q elements, and has room
  /// for a fourth; the first becomes the derivative in z. `sums` grows by the derivative in Λ. With e = L⁻¹ ∂u,
  /// c = L⁻ᵀ e and y = L⁻¹Λ'h, the derivative in L is −u e' − c y' − diag(1/L_ii), lower triangle; that in H is
  /// H̄ = sym(L⁻ᵀ Φ(L'L̄) L⁻¹), Φ taking the lower triangle with half the diagonal (Murray 2016,
  /// arXiv:1602.07527, equation 10); that in Λ is ∂b u' + h c' + 2 W Λ H̄.
  @inline(__always) static func pullBack<Order: LevelOrder>(
    _ order: Order, _ w: Span<Double>, _ h: Span<Double>, _ lambda: Span<Double>, _ l: Span<Double>,
    _ y: Span<Double>, _ vectors: inout MutableSpan<Double>,
    _ matrices: inout MutableSpan<Double>, _ sums: inout MutableSpan<Double>
  ) {
    let q = order.q
    let n = laneCount
    let (u, b, c) = (q &* n, 2 &* q &* n, 3 &* q &* n)
    solve(order, l, &vectors, at: 0)
    for i in 0..<q { vectors.store(vectors.lanes(at: i &* n), at: c &+ i &* n) }
    solveTransposed(order, l, &vectors, at: c)
    let (bar, x) = (q &* q &* n, 2 &* q &* q &* n)
    // The derivative in L, lower triangle, at `bar`.
    for j in 0..<q {
      let (e, shift) = (vectors.lanes(at: j &* n), y.lanes(at: j &* n))
      for i in j..<q {
        var value = -(vectors.lanes(at: u &+ i &* n) * e)
        value -= vectors.lanes(at: c &+ i &* n) * shift
        if i == j { value -= l.lanes(at: at(i, i)) }
        matrices.store(value, at: bar &+ (i &* q &+ j) &* n)
      }
    }
    // Φ(L'L̄) at `x`; the diagonal of `l` is reciprocal.
    for j in 0..<q {
      for i in 0..<j { matrices.store(Lanes.zero, at: x &+ (i &* q &+ j) &* n) }
      for i in j..<q {
        var value = matrices.lanes(at: bar &+ (i &* q &+ j) &* n) / l.lanes(at: at(i, i))
        for k in (i &+ 1)..<max(q, i &+ 1) {
          value = multiplyAdd(
            l.lanes(at: at(k, i)), matrices.lanes(at: bar &+ (k &* q &+ j) &* n), value)
        }
        matrices.store(i == j ? 0.5 * value : value, at: x &+ (i &* q &+ j) &* n)
      }
    }
    // X ← L⁻ᵀ X, column by column from the last row on.
    for j in 0..<q {
      for back in 0..<q {
        let i = q &- 1 &- back
        var value = matrices.lanes(at: x &+ (i &* q &+ j) &* n)
        for k in (i &+ 1)..<max(q, i &+ 1) {
          value -= l.lanes(at: at(k, i)) * matrices.lanes(at: x &+ (k &* q &+ j) &* n)
        }
        matrices.store(value * l.lanes(at: at(i, i)), at: x &+ (i &* q &+ j) &* n)
      }
    }
    // X ← X L⁻¹, row by row from the last column on.
    for i in 0..<q {
      for back in 0..<q {
        let j = q &- 1 &- back
        var value = matrices.lanes(at: x &+ (i &* q &+ j) &* n)
        for k in (j &+ 1)..<max(q, j &+ 1) {
          value -= matrices.lanes(at: x &+ (i &* q &+ k) &* n) * l.lanes(at: at(k, j))
        }
        matrices.store(value * l.lanes(at: at(j, j)), at: x &+ (i &* q &+ j) &* n)
      }
    }
    product(order, w, lambda, into: &matrices)
    for j in 0..<q {
      for i in j..<q {
        let place = at(i, j)
        var value = sums.lanes(at: place)
        value = multiplyAdd(
          vectors.lanes(at: b &+ i &* n), vectors.lanes(at: u &+ j &* n), value)
        value = multiplyAdd(h.lanes(at: i &* n), vectors.lanes(at: c &+ j &* n), value)
        for k in 0..<q {
          let both =
            matrices.lanes(at: x &+ (k &* q &+ j) &* n)
            + matrices.lanes(at: x &+ (j &* q &+ k) &* n)
          value = multiplyAdd(matrices.lanes(at: (i &* q &+ k) &* n), both, value)
        }
        sums.store(value, at: place)
      }
    }
  }
}
