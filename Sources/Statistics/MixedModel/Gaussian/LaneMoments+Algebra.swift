// What is done to eight blocks at a time: products with Λ, factors, inverses, sums over levels.

import Glibc
import LinearAlgebra

extension LaneMoments {
  /// A ← Λ'AΛ and B ← Λ'B, slot by slot.
  static func toStandard(
    _ shape: Shape, _ leading: [Double], _ factors: inout [Double], _ borders: inout [Double]
  ) {
    let q = shape.q
    let lambda = leading.span
    var a = factors.mutableSpan
    var b = borders.mutableSpan
    for group in 0..<shape.groups {
      let start = group * q * q * laneCount
      for slot in shape.slots {
        multiplyColumns(&a, start, q, slot, lambda, transposed: false)
        multiplyRows(&a, start, q, q, slot, lambda, transposed: true)
        multiplyRows(
          &b, group * q * shape.width * laneCount, q, shape.width, slot, lambda, transposed: true)
      }
    }
  }

  /// V ← ΛVΛ', V_jc ← ΛV_jc and u ← Λu.
  static func toEffects(
    _ shape: Shape, _ leading: [Double], _ inverse: inout [Double], _ cross: inout [Double],
    _ u: inout [Double]
  ) {
    let q = shape.q
    let lambda = leading.span
    var v = inverse.mutableSpan
    var border = cross.mutableSpan
    var effects = u.mutableSpan
    for slot in shape.slots {
      multiplyColumns(&v, 0, q, slot, lambda, transposed: true)
      multiplyRows(&v, 0, q, q, slot, lambda, transposed: false)
      multiplyRows(&border, 0, q, shape.width, slot, lambda, transposed: false)
      multiplyRows(&effects, 0, q, 1, slot, lambda, transposed: false)
    }
  }

  /// The slot's columns of a q × q matrix times Λ, or Λ': each sum uses columns that are not yet replaced.
  @inline(__always)
  static func multiplyColumns(
    _ x: inout MutableSpan<Double>, _ start: Int, _ q: Int, _ slot: Slot, _ lambda: Span<Double>,
    transposed: Bool
  ) {
    let (k, first) = (slot.size, slot.offset)
    for step in 0..<k {
      let c = transposed ? k - 1 - step : step
      for r in 0..<q {
        var sum = Lanes.zero
        for a in (transposed ? 0 : c)..<(transposed ? c + 1 : k) {
          let factor =
            transposed
            ? lambda[first + c + (first + a) * q] : lambda[first + a + (first + c) * q]
          sum = multiplyAdd(
            x.lanes(at: start + (r + (first + a) * q) * laneCount), Lanes(repeating: factor), sum)
        }
        x.store(sum, at: start + (r + (first + c) * q) * laneCount)
      }
    }
  }

  /// The slot's rows of `columns` columns of length q: Λ times them, or Λ' times them.
  @inline(__always)
  static func multiplyRows(
    _ x: inout MutableSpan<Double>, _ start: Int, _ q: Int, _ columns: Int, _ slot: Slot,
    _ lambda: Span<Double>, transposed: Bool
  ) {
    let (k, first) = (slot.size, slot.offset)
    for column in 0..<columns {
      let base = start + (column * q + first) * laneCount
      for step in 0..<k {
        let r = transposed ? step : k - 1 - step
        var sum = Lanes.zero
        for a in (transposed ? r : 0)..<(transposed ? k : r + 1) {
          let factor =
            transposed
            ? lambda[first + a + (first + r) * q] : lambda[first + r + (first + a) * q]
          sum = multiplyAdd(
            x.lanes(at: base + a * laneCount), Lanes(repeating: factor), sum)
        }
        x.store(sum, at: base + r * laneCount)
      }
    }
  }

  // MARK: - Factor and inverse

  /// L_j of A_j + I, W_j, and Σ W_j'W_j in lanes; the sum of the logarithms of all pivots, nil where one is not positive.
  static func factorBlocks(
    _ shape: Shape, _ factors: inout [Double], _ borders: inout [Double], _ schur: inout [Double]
  ) -> Double? {
    schur.fill(with: 0)
    var logPivots = 0.0
    for group in 0..<shape.groups {
      let product: Lanes
      switch shape.q {
      case 1: product = factorGroup(shape, 1, group, &factors, &borders, &schur)
      case 2: product = factorGroup(shape, 2, group, &factors, &borders, &schur)
      case 3: product = factorGroup(shape, 3, group, &factors, &borders, &schur)
      case 4: product = factorGroup(shape, 4, group, &factors, &borders, &schur)
      case let q: product = factorGroup(shape, q, group, &factors, &borders, &schur)
      }
      for lane in 0..<laneCount {
        guard product[lane] > 0 && product[lane].isFinite else { return nil }
        logPivots += log(product[lane])
      }
    }
    return logPivots
  }

  /// One group's factor, reciprocals on its diagonal: nothing but divisions uses it.
  ///
  /// Returns the product of each block's pivots, NaN where one is not positive.
  @inline(__always)
  static func factorGroup(
    _ shape: Shape, _ q: Int, _ group: Int, _ factors: inout [Double], _ borders: inout [Double],
    _ schur: inout [Double]
  ) -> Lanes {
    let width = shape.width
    var all = factors.mutableSpan
    var a = all._mutatingExtracting(
      (group * q * q * laneCount)..<((group + 1) * q * q * laneCount))
    var product = Lanes(repeating: 1)
    for c in 0..<q {
      var pivot = a.lanes(at: (c + c * q) * laneCount) + 1
      for k in 0..<c {
        let l = a.lanes(at: (c + k * q) * laneCount)
        pivot = multiplyAdd(-l, l, pivot)
      }
      let root = pivot.squareRoot()
      product *= root
      let inverse = 1 / root
      a.store(inverse, at: (c + c * q) * laneCount)
      for r in (c + 1)..<max(q, c + 1) {
        var value = a.lanes(at: (r + c * q) * laneCount)
        for k in 0..<c {
          value = multiplyAdd(
            -a.lanes(at: (r + k * q) * laneCount), a.lanes(at: (c + k * q) * laneCount), value)
        }
        a.store(value * inverse, at: (r + c * q) * laneCount)
      }
    }
    var wide = borders.mutableSpan
    var w = wide._mutatingExtracting(
      (group * q * width * laneCount)..<((group + 1) * q * width * laneCount))
    for column in 0..<width {
      for r in 0..<q {
        var value = w.lanes(at: (column * q + r) * laneCount)
        for k in 0..<r {
          value = multiplyAdd(
            -a.lanes(at: (r + k * q) * laneCount), w.lanes(at: (column * q + k) * laneCount), value)
        }
        w.store(value * a.lanes(at: (r + r * q) * laneCount), at: (column * q + r) * laneCount)
      }
    }
    var s = schur.mutableSpan
    for c in 0..<width {
      for r in c..<width {
        var sum = s.lanes(at: (r + c * width) * laneCount)
        for k in 0..<q {
          sum = multiplyAdd(
            w.lanes(at: (r * q + k) * laneCount), w.lanes(at: (c * q + k) * laneCount), sum)
        }
        s.store(sum, at: (r + c * width) * laneCount)
      }
    }
    return product
  }

  /// Replaces the corner's Schur complement by its inverse; the sum of the logarithms of its pivots.
  static func invertCorner(_ corner: inout [Double], order m: Int) -> Double? {
    do { try Dense.choleskyFactor(&corner, order: m) } catch { return nil }
    var logPivots = 0.0
    for r in 0..<m { logPivots += log(corner[r * (m + 1)]) }
    Dense.invertFactored(&corner, order: m)
    return logPivots
  }

  /// V_jj and V_jc of one group, as `ArrowFactor.selectedInverse` has them.
  static func invert(
    _ shape: Shape, _ group: Int, _ factors: [Double], _ borders: [Double], _ corner: [Double],
    _ inverse: inout [Double], _ solved: inout [Double], _ cross: inout [Double]
  ) {
    switch shape.q {
    case 1: invert(shape, 1, group, factors, borders, corner, &inverse, &solved, &cross)
    case 2: invert(shape, 2, group, factors, borders, corner, &inverse, &solved, &cross)
    case 3: invert(shape, 3, group, factors, borders, corner, &inverse, &solved, &cross)
    case 4: invert(shape, 4, group, factors, borders, corner, &inverse, &solved, &cross)
    case let q: invert(shape, q, group, factors, borders, corner, &inverse, &solved, &cross)
    }
  }

  @inline(__always)
  static func invert(
    _ shape: Shape, _ q: Int, _ group: Int, _ factors: [Double], _ borders: [Double],
    _ corner: [Double], _ inverse: inout [Double], _ solved: inout [Double],
    _ cross: inout [Double]
  ) {
    let width = shape.width
    let l = factors.span.extracting(
      (group * q * q * laneCount)..<((group + 1) * q * q * laneCount))
    let w = borders.span.extracting(
      (group * q * width * laneCount)..<((group + 1) * q * width * laneCount))
    let sigma = corner.span
    var t = solved.mutableSpan
    var border = cross.mutableSpan
    var v = inverse.mutableSpan
    for column in 0..<width {
      for step in 0..<q {
        let r = q - 1 - step
        var value = w.lanes(at: (column * q + r) * laneCount)
        for k in (r + 1)..<max(q, r + 1) {
          value = multiplyAdd(
            -l.lanes(at: (k + r * q) * laneCount), t.lanes(at: (column * q + k) * laneCount), value)
        }
        t.store(value * l.lanes(at: (r + r * q) * laneCount), at: (column * q + r) * laneCount)
      }
    }
    for column in 0..<width {
      for r in 0..<q {
        var sum = Lanes.zero
        for k in 0..<width {
          sum = multiplyAdd(
            t.lanes(at: (k * q + r) * laneCount), Lanes(repeating: -sigma[k + column * width]), sum)
        }
        border.store(sum, at: (column * q + r) * laneCount)
      }
    }
    // L⁻¹ in the lower triangle.
    for c in 0..<q {
      for r in c..<q {
        var value = r == c ? Lanes(repeating: 1) : Lanes.zero
        for k in c..<r {
          value = multiplyAdd(
            -l.lanes(at: (r + k * q) * laneCount), v.lanes(at: (k + c * q) * laneCount), value)
        }
        v.store(value * l.lanes(at: (r + r * q) * laneCount), at: (r + c * q) * laneCount)
      }
    }
    // A⁻¹ = L⁻ᵀ L⁻¹, less V_jc T', into the upper triangle: of L⁻¹ nothing is replaced before its last use.
    for c in 0..<q {
      for r in c..<q {
        var sum = Lanes.zero
        for k in r..<q {
          sum = multiplyAdd(
            v.lanes(at: (k + r * q) * laneCount), v.lanes(at: (k + c * q) * laneCount), sum)
        }
        for k in 0..<width {
          sum = multiplyAdd(
            -border.lanes(at: (k * q + r) * laneCount), t.lanes(at: (k * q + c) * laneCount), sum)
        }
        v.store(sum, at: (c + r * q) * laneCount)
      }
    }
    for c in 0..<q {
      for r in (c + 1)..<max(q, c + 1) {
        v.store(v.lanes(at: (c + r * q) * laneCount), at: (r + c * q) * laneCount)
      }
    }
  }

  /// u, the last column of the inverse times −quadratic.
  static func setEffects(
    _ shape: Shape, _ quadratic: Double, _ cross: [Double], _ u: inout [Double]
  ) {
    let first = shape.q * (shape.width - 1) * laneCount
    for i in u.indices { u[i] = -quadratic * cross[first + i] }
  }

  /// Adds Σ (V + u u') of a slot over one group; the inverse that holds y as its last column is V + t t'/quadratic.
  static func addMoments(
    _ shape: Shape, _ slot: Slot, _ quadratic: Double, _ inverse: [Double], _ u: [Double],
    _ sums: inout [Double]
  ) {
    let (v, effects) = (inverse.span, u.span)
    let share = Lanes(repeating: 1 - 1 / quadratic)
    for c in 0..<slot.size {
      for r in 0..<slot.size {
        let (row, column) = (slot.offset + r, slot.offset + c)
        let product =
          effects.lanes(at: row * laneCount) * effects.lanes(at: column * laneCount)
        sums[r + c * slot.size] += multiplyAdd(
          share, product, v.lanes(at: (row + column * shape.q) * laneCount)
        ).sum()
      }
    }
  }
}
