// Sums over rows that make the curvature: Z'WZ for one block of rows, W = −∂²/∂η∂η'.

import Families
import LinearAlgebra

extension ModelOutcome {
  /// Adds Z_a' W_ab Z_b to the lower triangles of `curvature`, for one ordered pair of random predictors.
  func addCurvature(
    _ a: Int, _ b: Int, _ derivatives: [Double], channel: Int, start: Int, count: Int, run: Int,
    layout: RandomEffectLayout, to curvature: inout ArrowMatrix
  ) {
    let q = layout.arrow.blockSize
    for left in predictors[a].leadingColumns {
      for right in predictors[b].leadingColumns where left.position >= right.position {
        addBlock(
          left, right, derivatives, channel * rowsPerBlock, start, count, run, q, &curvature.blocks)
      }
      for right in predictors[b].cornerColumns {
        right.addBorder(
          left, derivatives, channel * rowsPerBlock, start, count, q, &curvature.border)
      }
    }
    for left in predictors[a].cornerColumns {
      for right in predictors[b].cornerColumns {
        left.addCorner(
          right, derivatives, channel * rowsPerBlock, start, count, layout.arrow.cornerSize,
          &curvature.corner)
      }
    }
  }

  private func addBlock(
    _ left: LeadingColumn, _ right: LeadingColumn, _ derivatives: [Double], _ first: Int,
    _ start: Int, _ count: Int, _ run: Int, _ q: Int, _ blocks: inout [Double]
  ) {
    let d = derivatives.span
    var matrix = blocks.mutableSpan
    let end = start + count
    var r = run
    while r < runs.count && runs[r].start < end {
      let (low, high) = (max(runs[r].start, start) - start, min(runs[r].end, end) - start)
      var sum = 0.0
      switch (left.values, right.values) {
      case (nil, nil):
        for i in low..<high { sum += d[first + i] }
      case (let one?, nil), (nil, let one?):
        let z = one.span
        for i in low..<high { sum += z[start + i] * d[first + i] }
      case (let one?, let two?):
        let (z, x) = (one.span, two.span)
        for i in low..<high { sum += z[start + i] * x[start + i] * d[first + i] }
      }
      matrix[runs[r].level * q * q + left.position + right.position * q] -= sum
      r += 1
    }
  }
}

extension CornerColumn {
  /// The value of the column in a row.
  @inline(__always) func value(_ row: Int) -> Double { values.map { $0[row] } ?? 1 }

  fileprivate func addBorder(
    _ left: LeadingColumn, _ derivatives: [Double], _ first: Int, _ start: Int, _ count: Int,
    _ q: Int, _ border: inout [Double]
  ) {
    let d = derivatives.span
    var matrix = border.mutableSpan
    for i in 0..<count {
      let weight = d[first + i] * (left.values.map { $0[start + i] } ?? 1) * value(start + i)
      matrix[q * Int(borderPlaces[start + i]) + left.position] -= weight
    }
  }

  /// Lower triangle only: pairs with a place below the other's are left to the mirrored pair.
  fileprivate func addCorner(
    _ right: CornerColumn, _ derivatives: [Double], _ first: Int, _ start: Int, _ count: Int,
    _ m: Int, _ corner: inout [Double]
  ) {
    let d = derivatives.span
    var matrix = corner.mutableSpan
    for i in 0..<count {
      let (row, column) = (Int(places[start + i]), Int(right.places[start + i]))
      guard row >= column else { continue }
      matrix[row + column * m] -= d[first + i] * value(start + i) * right.value(start + i)
    }
  }
}
