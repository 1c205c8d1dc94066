// Triangular solves and products with a supernodal factor, in the order of the matrix.

extension SupernodalFactor {
  /// x ← L⁻¹ P x for the m elements of `x` from `start` on.
  func solveLower(_ x: inout MutableSpan<Double>, from start: Int) {
    structure.toElimination(&x, from: start)
    var part = x._mutatingExtracting(start..<(start &+ structure.order))
    let (l, rows, inverse) = (values.span, structure.rows.span, inverses.span)
    let dense = structure.denseCount
    let sparse = structure.order &- dense
    for node in 0..<(structure.count &- (dense > 0 ? 1 : 0)) {
      let own = Trapezoid(structure, node)
      let used = own.height &- dense
      if own.isNarrow {
        for c in 0..<own.width {
          let value = part[own.first &+ c] * inverse[own.first &+ c]
          part[own.first &+ c] = value
          let column = own.start &+ c &* own.height
          for r in (c &+ 1)..<max(used, c &+ 1) {
            part[Int(rows[own.rowStart &+ r])] -= l[column &+ r] * value
          }
        }
        continue
      }
      for c in 0..<own.width {
        let value = part[own.first &+ c] * inverse[own.first &+ c]
        part[own.first &+ c] = value
        var rest = part._mutatingExtracting((own.first &+ c &+ 1)..<own.end)
        let from = own.start &+ c &* own.height
        rest.add(l.extracting((from &+ c &+ 1)..<(from &+ own.width)), times: -value)
      }
      let below = rows.extracting((own.rowStart &+ own.width)..<(own.rowStart &+ used))
      var c = 0
      while c &+ 4 <= own.width {
        let at = own.first &+ c
        let (one, two, three, four) = (part[at], part[at &+ 1], part[at &+ 2], part[at &+ 3])
        let (a, b) = (l.extracting(own.tail(c, dense)), l.extracting(own.tail(c &+ 1, dense)))
        let (d, e) = (l.extracting(own.tail(c &+ 2, dense)), l.extracting(own.tail(c &+ 3, dense)))
        for i in 0..<below.count {
          part[Int(below[i])] -= a[i] * one + b[i] * two + (d[i] * three + e[i] * four)
        }
        c &+= 4
      }
      while c < own.width {
        let (value, column) = (part[own.first &+ c], l.extracting(own.tail(c, dense)))
        for i in 0..<below.count { part[Int(below[i])] -= column[i] * value }
        c &+= 1
      }
    }
    guard dense > 0 else { return }
    var c = 0
    while c < dense {
      let width = min(4, dense &- c)
      let sums = TallMatrix.transposedProduct(
        denseColumns.span, first: c &* denseStride, stride: denseStride, width: width,
        rows: sparse, part.span, from: 0)
      for k in 0..<width { part[sparse &+ c &+ k] -= sums[k] }
      c &+= width
    }
    LargeTriangle.solveLower(l.extracting(lastSquare), order: dense, &part, from: sparse)
  }

  /// x ← P' L⁻ᵀ x for the m elements of `x` from `start` on.
  func solveLowerTransposed(_ x: inout MutableSpan<Double>, from start: Int) {
    solveTransposed(&x, from: start)
    structure.fromElimination(&x, from: start)
  }

  /// x ← L⁻ᵀ x in the order of elimination.
  private func solveTransposed(_ x: inout MutableSpan<Double>, from start: Int) {
    var part = x._mutatingExtracting(start..<(start &+ structure.order))
    let (l, rows, inverse) = (values.span, structure.rows.span, inverses.span)
    let dense = structure.denseCount
    let sparse = structure.order &- dense
    if dense > 0 {
      LargeTriangle.solveLowerTransposed(
        l.extracting(lastSquare), order: dense, &part, from: sparse)
      TallMatrix.subtractProductOfTail(
        denseColumns.span, stride: denseStride, count: dense, rows: sparse, in: &part, from: sparse)
    }
    let count = structure.count &- (dense > 0 ? 1 : 0)
    for step in 0..<count {
      let own = Trapezoid(structure, count &- 1 &- step)
      let used = own.height &- dense
      if own.isNarrow {
        for back in 0..<own.width {
          let c = own.width &- 1 &- back
          let column = own.start &+ c &* own.height
          var value = part[own.first &+ c]
          for r in (c &+ 1)..<max(used, c &+ 1) {
            value -= l[column &+ r] * part[Int(rows[own.rowStart &+ r])]
          }
          part[own.first &+ c] = value * inverse[own.first &+ c]
        }
        continue
      }
      let below = rows.extracting((own.rowStart &+ own.width)..<(own.rowStart &+ used))
      var c = 0
      while c &+ 4 <= own.width {
        let (a, b) = (l.extracting(own.tail(c, dense)), l.extracting(own.tail(c &+ 1, dense)))
        let (d, e) = (l.extracting(own.tail(c &+ 2, dense)), l.extracting(own.tail(c &+ 3, dense)))
        var sums = SIMD4<Double>.zero
        for i in 0..<below.count {
          sums += SIMD4(a[i], b[i], d[i], e[i]) * part[Int(below[i])]
        }
        for k in 0..<4 { part[own.first &+ c &+ k] -= sums[k] }
        c &+= 4
      }
      while c < own.width {
        let column = l.extracting(own.tail(c, dense))
        var sum = 0.0
        for i in 0..<below.count { sum += column[i] * part[Int(below[i])] }
        part[own.first &+ c] -= sum
        c &+= 1
      }
      for back in 0..<own.width {
        let c = own.width &- 1 &- back
        let from = own.start &+ c &* own.height
        let column = l.extracting((from &+ c &+ 1)..<(from &+ own.width))
        let sum = column.product(part.span.extracting((own.first &+ c &+ 1)..<own.end))
        part[own.first &+ c] = (part[own.first &+ c] - sum) * inverse[own.first &+ c]
      }
    }
  }

  /// The places of the factor of the dense columns at the end, a square column by column.
  private var lastSquare: Range<Int> {
    (structure.valueCount &- structure.denseCount &* structure.denseCount)..<structure.valueCount
  }

  /// x ← P' L x for the m elements of `x` from `start` on.
  func multiplyLower(_ x: inout MutableSpan<Double>, from start: Int) {
    let (l, rows) = (values.span, structure.rows.span)
    for step in 0..<structure.count {
      let own = Trapezoid(structure, structure.count &- 1 &- step)
      for back in 0..<own.width {
        let c = own.width &- 1 &- back
        let from = own.start &+ c &* own.height
        let value = x[start &+ own.first &+ c]
        for r in (c &+ 1)..<max(own.height, c &+ 1) {
          x[start &+ Int(rows[own.rowStart &+ r])] += l[from &+ r] * value
        }
        x[start &+ own.first &+ c] = l[from &+ c] * value
      }
    }
    structure.fromElimination(&x, from: start)
  }

  /// x ← L' P x for the m elements of `x` from `start` on.
  func multiplyLowerTransposed(_ x: inout MutableSpan<Double>, from start: Int) {
    structure.toElimination(&x, from: start)
    let (l, rows) = (values.span, structure.rows.span)
    for node in 0..<structure.count {
      let own = Trapezoid(structure, node)
      for c in 0..<own.width {
        let from = own.start &+ c &* own.height
        var sum = 0.0
        for r in c..<own.height {
          sum += l[from &+ r] * x[start &+ Int(rows[own.rowStart &+ r])]
        }
        x[start &+ own.first &+ c] = sum
      }
    }
  }
}

extension Trapezoid {
  /// Whether columns are few enough to be taken one by one.
  @inline(__always) fileprivate var isNarrow: Bool { width < 4 }

  /// The places of column c in the rows below the own columns, the last `dense` of them left out.
  @inline(__always) fileprivate func tail(_ c: Int, _ dense: Int) -> Range<Int> {
    (start &+ c &* height &+ width)..<(start &+ (c &+ 1) &* height &- dense)
  }
}

extension SupernodalStructure {
  /// x ← P x in place, from the order of the matrix to that of elimination, cycle by cycle.
  fileprivate func toElimination(_ x: inout MutableSpan<Double>, from start: Int) {
    let (elements, offsets) = (cycles.span, cycleOffsets.span)
    for cycle in 0..<(offsets.count &- 1) {
      // The next of a cycle is the row that stands at the place of the one before.
      let (first, last) = (offsets[cycle], offsets[cycle &+ 1] &- 1)
      let kept = x[start &+ Int(elements[first])]
      for i in first..<last {
        x[start &+ Int(elements[i])] = x[start &+ Int(elements[i &+ 1])]
      }
      x[start &+ Int(elements[last])] = kept
    }
  }

  /// x ← P' x in place, from the order of elimination to that of the matrix.
  fileprivate func fromElimination(_ x: inout MutableSpan<Double>, from start: Int) {
    let (elements, offsets) = (cycles.span, cycleOffsets.span)
    for cycle in 0..<(offsets.count &- 1) {
      let (first, last) = (offsets[cycle], offsets[cycle &+ 1] &- 1)
      let kept = x[start &+ Int(elements[last])]
      for step in 0..<(last &- first) {
        let i = last &- step
        x[start &+ Int(elements[i])] = x[start &+ Int(elements[i &- 1])]
      }
      x[start &+ Int(elements[first])] = kept
    }
  }
}
