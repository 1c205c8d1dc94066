// Sums over rows that make the gradient: X'd and Z'd for one block of rows.

import Families
import LinearAlgebra

extension ModelOutcome {
  /// Adds X'd of predictor `a` to `gradient`, d being channel `channel` of `derivatives`.
  func addDesignProduct(
    _ a: Int, _ derivatives: [Double], channel: Int, start: Int, count: Int,
    to gradient: inout [Double]
  ) {
    let predictor = predictors.span
    let d = derivatives.span
    let first = channel * rowsPerBlock
    var g = gradient.mutableSpan
    if predictor[a].isConstant {
      var sum = Lanes.zero
      for i in Swift.stride(from: 0, to: count, by: laneCount) { sum += d.lanes(at: first + i) }
      g[predictor[a].coefficientOffset] += sum.sum()
      return
    }
    TallMatrix.addTransposedProduct(
      predictor[a].design.span, first: start, stride: predictor[a].stride,
      count: predictor[a].columnNames.count, rows: paddedToLanes(count), d, from: first, to: &g,
      at: predictor[a].coefficientOffset)
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
