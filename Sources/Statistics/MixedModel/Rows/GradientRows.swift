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
    guard predictor[a].fixedValue == nil else { return }
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
    let predictor = predictors.span
    let d = derivatives.span.extracting((channel * rowsPerBlock)..<((channel + 1) * rowsPerBlock))
    var g = gradient.mutableSpan
    let q = layout.arrow.blockSize
    let leading = predictor[a].leadingColumns.span
    let all = runs.span
    for column in leading.indices {
      let position = leading[column].position
      var r = run
      while r < all.count && all[r].start < start + count {
        let rows = all[r].rows(from: start, count: count)
        let sum =
          if let values = leading[column].values {
            Rows.product(
              d.extracting(rows),
              values.span.extracting((start + rows.lowerBound)..<(start + rows.upperBound)))
          } else {
            Rows.sum(d.extracting(rows))
          }
        g[all[r].level * q + position] += sum
        r += 1
      }
    }
    let tail = layout.arrow.blockCount * q
    let corner = predictor[a].cornerColumns.span
    for column in corner.indices {
      let place = corner[column].places.span.extracting(start..<(start + count))
      if let values = corner[column].values {
        let z = values.span.extracting(start..<(start + count))
        for i in 0..<count { g[tail + Int(place[i])] += z[i] * d[i] }
      } else {
        for i in 0..<count { g[tail + Int(place[i])] += d[i] }
      }
    }
  }
}
