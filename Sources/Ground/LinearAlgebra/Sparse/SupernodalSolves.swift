// Triangular solves and products with a supernodal factor, in the order of the matrix.

extension SupernodalFactor {
  /// x ← L⁻¹ P x for the m elements of `x` from `start` on.
  func solveLower(_ x: inout MutableSpan<Double>, from start: Int) {
    structure.toElimination(&x, from: start)
    let (l, rows) = (values.span, structure.rows.span)
    for node in 0..<structure.count {
      let own = Trapezoid(structure, node)
      let first = start &+ own.first
      for c in 0..<own.width {
        let value = x[first &+ c] / l[own.start &+ c &* (own.height &+ 1)]
        x[first &+ c] = value
        var rest = x._mutatingExtracting((first &+ c &+ 1)..<(first &+ own.width))
        let from = own.start &+ c &* own.height
        rest.add(l.extracting((from &+ c &+ 1)..<(from &+ own.width)), times: -value)
      }
      let below = rows.extracting(own.tailRows)
      var c = 0
      while c &+ 4 <= own.width {
        let (one, two) = (x[first &+ c], x[first &+ c &+ 1])
        let (three, four) = (x[first &+ c &+ 2], x[first &+ c &+ 3])
        let (a, b) = (l.extracting(own.tailColumn(c)), l.extracting(own.tailColumn(c &+ 1)))
        let (d, e) = (l.extracting(own.tailColumn(c &+ 2)), l.extracting(own.tailColumn(c &+ 3)))
        for i in 0..<below.count {
          x[start &+ Int(below[i])] -= a[i] * one + b[i] * two + (d[i] * three + e[i] * four)
        }
        c &+= 4
      }
      while c < own.width {
        let (value, column) = (x[first &+ c], l.extracting(own.tailColumn(c)))
        for i in 0..<below.count { x[start &+ Int(below[i])] -= column[i] * value }
        c &+= 1
      }
    }
  }

  /// x ← P' L⁻ᵀ x for the m elements of `x` from `start` on.
  func solveLowerTransposed(_ x: inout MutableSpan<Double>, from start: Int) {
    let (l, rows) = (values.span, structure.rows.span)
    for step in 0..<structure.count {
      let own = Trapezoid(structure, structure.count &- 1 &- step)
      let first = start &+ own.first
      let below = rows.extracting(own.tailRows)
      var c = 0
      while c &+ 4 <= own.width {
        let (a, b) = (l.extracting(own.tailColumn(c)), l.extracting(own.tailColumn(c &+ 1)))
        let (d, e) = (l.extracting(own.tailColumn(c &+ 2)), l.extracting(own.tailColumn(c &+ 3)))
        var (one, two, three, four) = (0.0, 0.0, 0.0, 0.0)
        for i in 0..<below.count {
          let value = x[start &+ Int(below[i])]
          one += a[i] * value
          two += b[i] * value
          three += d[i] * value
          four += e[i] * value
        }
        x[first &+ c] -= one
        x[first &+ c &+ 1] -= two
        x[first &+ c &+ 2] -= three
        x[first &+ c &+ 3] -= four
        c &+= 4
      }
      while c < own.width {
        let column = l.extracting(own.tailColumn(c))
        var sum = 0.0
        for i in 0..<below.count { sum += column[i] * x[start &+ Int(below[i])] }
        x[first &+ c] -= sum
        c &+= 1
      }
      for back in 0..<own.width {
        let c = own.width &- 1 &- back
        let from = own.start &+ c &* own.height
        let column = l.extracting((from &+ c &+ 1)..<(from &+ own.width))
        let sum = column.product(x.span.extracting((first &+ c &+ 1)..<(first &+ own.width)))
        x[first &+ c] = (x[first &+ c] - sum) / l[from &+ c]
      }
    }
    structure.fromElimination(&x, from: start)
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
  /// The places of column c in the rows below the own columns.
  @inline(__always) fileprivate func tailColumn(_ c: Int) -> Range<Int> { column(c, from: width) }
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
