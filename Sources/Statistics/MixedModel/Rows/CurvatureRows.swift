// Sums over rows that make the curvature: Z'WZ for one block of rows, W = −∂²/∂η∂η'.

import Families
import LinearAlgebra

extension ModelOutcome {
  /// Adds Z_a' W_ab Z_b to the lower triangles of `curvature`, for one ordered pair of random predictors.
  func addCurvature(
    _ a: Int, _ b: Int, _ derivatives: [Double], channel: Int, start: Int, count: Int, run: Int,
    layout: RandomEffectLayout, to curvature: inout ArrowMatrix
  ) {
    let (q, m) = (layout.arrow.blockSize, layout.arrow.cornerSize)
    let first = channel * rowsPerBlock
    let d = derivatives.span.extracting(first..<(first + count))
    let all = predictors.span
    let (left, right) = (all[a].leadingColumns.span, all[b].leadingColumns.span)
    let (leftCorner, rightCorner) = (all[a].cornerColumns.span, all[b].cornerColumns.span)
    for one in left.indices {
      for two in right.indices where left[one].position >= right[two].position {
        addBlock(left[one], right[two], d, start, run, q, &curvature.blocks)
      }
      for two in rightCorner.indices {
        rightCorner[two].addBorder(left[one], d, start, q, &curvature.border)
      }
    }
    for one in leftCorner.indices {
      for two in rightCorner.indices {
        if case .sparse = layout.arrow.corner {
          leftCorner[one].addSparseCorner(rightCorner[two], d, start, &curvature.corner)
        } else {
          leftCorner[one].addCorner(rightCorner[two], d, start, m, &curvature.corner)
        }
      }
    }
  }

  private func addBlock(
    _ left: borrowing LeadingColumn, _ right: borrowing LeadingColumn, _ d: Span<Double>,
    _ start: Int, _ run: Int, _ q: Int, _ blocks: inout [Double]
  ) {
    var matrix = blocks.mutableSpan
    let place = left.position + right.position * q
    let all = runs.span
    var r = run
    while r < all.count && all[r].start < start + d.count {
      let rows = all[r].rows(from: start, count: d.count)
      let part = d.extracting(rows)
      let table = (start + rows.lowerBound)..<(start + rows.upperBound)
      let sum =
        switch (left.values, right.values) {
        case (nil, nil): Rows.sum(part)
        case (let one?, nil), (nil, let one?): Rows.product(part, one.span.extracting(table))
        case (let one?, let two?):
          Rows.product(part, one.span.extracting(table), two.span.extracting(table))
        }
      matrix[all[r].level * q * q + place] -= sum
      r += 1
    }
  }
}

extension CornerColumn {
  /// The value of the column in a row.
  @inline(__always) func value(_ row: Int) -> Double { values.map { $0[row] } ?? 1 }

  fileprivate func addBorder(
    _ left: borrowing LeadingColumn, _ d: Span<Double>, _ start: Int, _ q: Int,
    _ border: inout [Double]
  ) {
    var matrix = border.mutableSpan
    let rows = start..<(start + d.count)
    let place = borderPlaces.span.extracting(rows)
    let position = left.position
    switch (left.values, values) {
    case (nil, nil): for i in 0..<d.count { matrix[q * Int(place[i]) + position] -= d[i] }
    case (let one?, nil), (nil, let one?):
      let z = one.span.extracting(rows)
      for i in 0..<d.count { matrix[q * Int(place[i]) + position] -= d[i] * z[i] }
    case (let one?, let two?):
      let (z, x) = (one.span.extracting(rows), two.span.extracting(rows))
      for i in 0..<d.count { matrix[q * Int(place[i]) + position] -= d[i] * z[i] * x[i] }
    }
  }

  /// Lower triangle only: pairs of a column with one after it are left to the mirrored pair.
  fileprivate func addSparseCorner(
    _ right: borrowing CornerColumn, _ d: Span<Double>, _ start: Int, _ corner: inout [Double]
  ) {
    guard order >= right.order else { return }
    var matrix = corner.mutableSpan
    let rows = start..<(start + d.count)
    let own = meetings[right.order]
    let place = own.span.extracting(rows)
    switch (values, right.values) {
    case (nil, nil): for i in 0..<d.count { matrix[Int(place[i])] -= d[i] }
    case (let one?, nil), (nil, let one?):
      let z = one.span.extracting(rows)
      for i in 0..<d.count { matrix[Int(place[i])] -= d[i] * z[i] }
    case (let one?, let two?):
      let (z, x) = (one.span.extracting(rows), two.span.extracting(rows))
      for i in 0..<d.count { matrix[Int(place[i])] -= d[i] * z[i] * x[i] }
    }
  }

  /// Lower triangle only: pairs with a place below the other's are left to the mirrored pair.
  fileprivate func addCorner(
    _ right: borrowing CornerColumn, _ d: Span<Double>, _ start: Int, _ m: Int,
    _ corner: inout [Double]
  ) {
    var matrix = corner.mutableSpan
    let rows = start..<(start + d.count)
    let (own, others) = (places.span.extracting(rows), right.places.span.extracting(rows))
    for i in 0..<d.count {
      let (row, column) = (Int(own[i]), Int(others[i]))
      guard row >= column else { continue }
      matrix[row + column * m] -= d[i] * value(start + i) * right.value(start + i)
    }
  }
}
