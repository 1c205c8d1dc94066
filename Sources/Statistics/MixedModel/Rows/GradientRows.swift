// Sums over rows that make the gradient: X'd and Z'd for one block of rows.

import Families
import LinearAlgebra

extension ModelOutcome {
  /// Adds X'd of predictor `a` to `gradient`, d being channel `channel` of `derivatives`.
  func addDesignProduct(
    _ a: Int, _ derivatives: [Double], channel: Int, start: Int, count: Int,
    to gradient: inout [Double]
  ) {
    let predictor = predictors[a]
    let d = derivatives.span
    let first = channel * rowsPerBlock
    var g = gradient.mutableSpan
    if predictor.isConstant {
      var sum = Lanes(repeating: 0)
      for i in Swift.stride(from: 0, to: count, by: laneCount) { sum += d.lanes(at: first + i) }
      g[predictor.coefficientOffset] += sum.sum()
      return
    }
    let x = predictor.design.span
    for c in predictor.columnNames.indices {
      var sum = Lanes(repeating: 0)
      let column = c * predictor.stride + start
      for i in Swift.stride(from: 0, to: count, by: laneCount) {
        sum = multiplyAdd(x.lanes(at: column + i), d.lanes(at: first + i), sum)
      }
      g[predictor.coefficientOffset + c] += sum.sum()
    }
  }

  /// Adds Z'd of predictor `a` to `gradient`, in the order of b.
  func addEffectProduct(
    _ a: Int, _ derivatives: [Double], channel: Int, start: Int, count: Int, run: Int,
    layout: RandomEffectLayout, to gradient: inout [Double]
  ) {
    let predictor = predictors[a]
    let d = derivatives.span
    let first = channel * rowsPerBlock
    var g = gradient.mutableSpan
    let q = layout.arrow.blockSize
    let end = start + count
    for column in predictor.leadingColumns {
      var r = run
      while r < runs.count && runs[r].start < end {
        let (low, high) = (max(runs[r].start, start) - start, min(runs[r].end, end) - start)
        var sum = 0.0
        if let values = column.values {
          let z = values.span
          for i in low..<high { sum += z[start + i] * d[first + i] }
        } else {
          for i in low..<high { sum += d[first + i] }
        }
        g[runs[r].level * q + column.position] += sum
        r += 1
      }
    }
    let corner = layout.arrow.blockCount * q
    for column in predictor.cornerColumns {
      let place = column.places.span
      if let values = column.values {
        let z = values.span
        for i in 0..<count { g[corner + Int(place[start + i])] += z[start + i] * d[first + i] }
      } else {
        for i in 0..<count { g[corner + Int(place[start + i])] += d[first + i] }
      }
    }
  }
}
