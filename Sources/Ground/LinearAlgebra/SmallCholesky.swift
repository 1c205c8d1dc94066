// Cholesky factors of many small matrices that lie in one array: a LAPACK call would cost more than the work.

/// Factorisations and triangular solves of q × q blocks, column by column, at an offset of a longer array.
package enum SmallCholesky {
  /// Replaces the lower triangle of the block at `offset` by its Cholesky factor L; the upper is left alone.
  ///
  /// Returns nil, or the row of the first pivot that is not positive, with the block spoiled.
  @inlinable @inline(__always) package static func failingRow(
    factoring a: inout MutableSpan<Double>, at offset: Int, order q: Int
  ) -> Int? {
    for c in 0..<q {
      var pivot = a[offset + c + c * q]
      for k in 0..<c {
        let l = a[offset + c + k * q]
        pivot -= l * l
      }
      guard pivot > 0 && pivot.isFinite else { return c }
      let root = pivot.squareRoot()
      a[offset + c + c * q] = root
      for r in (c + 1)..<max(q, c + 1) {
        var value = a[offset + r + c * q]
        for k in 0..<c { value -= a[offset + r + k * q] * a[offset + c + k * q] }
        a[offset + r + c * q] = value / root
      }
    }
    return nil
  }

  /// x ← L⁻¹ x for the q elements of `x` from `start` on.
  @inlinable @inline(__always) package static func solveLower(
    _ l: Span<Double>, at offset: Int, order q: Int, _ x: inout MutableSpan<Double>, from start: Int
  ) {
    for r in 0..<q {
      var value = x[start + r]
      for k in 0..<r { value -= l[offset + r + k * q] * x[start + k] }
      x[start + r] = value / l[offset + r + r * q]
    }
  }

  /// x ← L⁻ᵀ x for the q elements of `x` from `start` on.
  @inlinable @inline(__always) package static func solveLowerTransposed(
    _ l: Span<Double>, at offset: Int, order q: Int, _ x: inout MutableSpan<Double>, from start: Int
  ) {
    for step in 0..<q {
      let r = q - 1 - step
      var value = x[start + r]
      for k in (r + 1)..<max(q, r + 1) { value -= l[offset + k + r * q] * x[start + k] }
      x[start + r] = value / l[offset + r + r * q]
    }
  }

  /// x ← L x for the q elements of `x` from `start` on.
  @inlinable package static func multiplyLower(
    _ l: Span<Double>, at offset: Int, order q: Int, _ x: inout MutableSpan<Double>, from start: Int
  ) {
    for step in 0..<q {
      let r = q - 1 - step
      var value = 0.0
      for k in 0...r { value += l[offset + r + k * q] * x[start + k] }
      x[start + r] = value
    }
  }

  /// x ← Lᵀ x for the q elements of `x` from `start` on.
  @inlinable package static func multiplyLowerTransposed(
    _ l: Span<Double>, at offset: Int, order q: Int, _ x: inout MutableSpan<Double>, from start: Int
  ) {
    for r in 0..<q {
      var value = 0.0
      for k in r..<q { value += l[offset + k + r * q] * x[start + k] }
      x[start + r] = value
    }
  }
}
