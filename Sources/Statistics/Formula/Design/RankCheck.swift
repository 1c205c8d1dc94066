// Finds the columns of a design matrix that are combinations of columns before them.

import LinearAlgebra

/// A column that is a combination of others.
struct AliasedColumn: Sendable, Equatable {
  let column: Int
  /// The columns it is a combination of, with a weight that is not negligible; empty for a column of zeros.
  let combination: [Int]
}

/// The columns that are combinations of columns before them, by R's rule.
///
/// The matrix is reduced to its triangular factor by Householder reflections, a block of rows at a time, without
/// forming X'X (Golub and Van Loan, 2013, section 5.1; Demmel et al., 2012, for the blocks). On the triangle a
/// column whose remaining length is below 1e-7 of its whole length is moved to the end, as LINPACK's dqrdc2 in R does.
///
/// - Parameter design: `rowCount` times `columnCount` finite numbers, column by column.
func aliasedColumns(of design: [Double], rowCount: Int, columnCount: Int) -> [AliasedColumn] {
  var triangle = triangularFactor(of: design, rowCount: rowCount, columnCount: columnCount)
  let p = columnCount
  func length(_ column: Int, from row: Int) -> Double {
    var sum = 0.0
    for i in row..<p { sum += triangle[column * p + i] * triangle[column * p + i] }
    return sum.squareRoot()
  }
  let whole = (0..<p).map { length($0, from: 0) }
  var pivots: [Int] = []
  var aliased: [Int] = []
  for column in 0..<p {
    let step = pivots.count
    let remaining = length(column, from: step)
    if whole[column] == 0 || remaining < 1e-7 * whole[column] {
      aliased.append(column)
      continue
    }
    reflect(&triangle, size: p, column: column, step: step, length: remaining)
    pivots.append(column)
  }
  return aliased.map { column in
    // Back substitution gives the weights of the columns in the combination.
    var right = (0..<pivots.count).map { triangle[column * p + $0] }
    var combination: [Int] = []
    for step in stride(from: pivots.count - 1, through: 0, by: -1) {
      let pivot = pivots[step]
      let weight = right[step] / triangle[pivot * p + step]
      for i in 0..<step { right[i] -= weight * triangle[pivot * p + i] }
      if abs(weight) * whole[pivot] > 1e-6 * whole[column] { combination.append(pivot) }
    }
    return AliasedColumn(column: column, combination: combination.reversed())
  }
}

/// Makes the elements of `column` below `step` zero by a reflection of all later columns.
private func reflect(
  _ triangle: inout [Double], size p: Int, column: Int, step: Int, length: Double
) {
  let start = column * p
  let diagonal = triangle[start + step]
  let beta = diagonal > 0 ? -length : length
  let head = diagonal - beta
  for other in column + 1..<max(column + 1, p) {
    var sum = head * triangle[other * p + step]
    for i in step + 1..<max(step + 1, p) { sum += triangle[start + i] * triangle[other * p + i] }
    let weight = sum / (beta * -head)
    triangle[other * p + step] -= weight * head
    for i in step + 1..<max(step + 1, p) { triangle[other * p + i] -= weight * triangle[start + i] }
  }
  triangle[start + step] = beta
  for i in step + 1..<max(step + 1, p) { triangle[start + i] = 0 }
}

/// The upper triangular R of X = QR, column by column, each column of X divided by its largest element.
func triangularFactor(of design: [Double], rowCount: Int, columnCount p: Int) -> [Double] {
  let blockRows = 512
  var triangle = [Double](repeating: 0, count: p * p)
  var block = [Double](repeating: 0, count: p * blockRows)
  var scale = [Double](repeating: 1, count: p)
  for column in 0..<p {
    var largest = 0.0
    for row in 0..<rowCount { largest = max(largest, abs(design[column * rowCount + row])) }
    if largest > 0 { scale[column] = 1 / largest }
  }
  for firstRow in stride(from: 0, to: rowCount, by: blockRows) {
    let rows = min(blockRows, rowCount - firstRow)
    for column in 0..<p {
      for row in 0..<rows {
        block[column * blockRows + row] =
          design[column * rowCount + firstRow + row] * scale[column]
      }
      for row in rows..<blockRows { block[column * blockRows + row] = 0 }
    }
    var triangleSpan = triangle.mutableSpan
    var blockSpan = block.mutableSpan
    absorb(&blockSpan, rows: blockRows, into: &triangleSpan, columnCount: p)
  }
  return triangle
}

/// Replaces the triangle by that of itself with the block's rows below it; the block is used up.
private func absorb(
  _ block: inout MutableSpan<Double>, rows: Int, into triangle: inout MutableSpan<Double>,
  columnCount p: Int
) {
  for column in 0..<p {
    let start = column * rows
    let square = product(block, start, start, rows: rows)
    if square == 0 { continue }
    let diagonal = triangle[column * p + column]
    let length = (diagonal * diagonal + square).squareRoot()
    let beta = diagonal > 0 ? -length : length
    let head = diagonal - beta
    triangle[column * p + column] = beta
    for other in column + 1..<max(column + 1, p) {
      let above = triangle[other * p + column]
      let sum = head * above + product(block, start, other * rows, rows: rows)
      let weight = sum / (beta * -head)
      triangle[other * p + column] = above - weight * head
      let weights = Lanes(repeating: -weight)
      for i in stride(from: 0, to: rows, by: laneCount) {
        block.store(
          multiplyAdd(weights, block.lanes(at: start + i), block.lanes(at: other * rows + i)),
          at: other * rows + i)
      }
    }
  }
}

/// The sum of products of two columns of a block.
@inline(__always)
private func product(
  _ block: borrowing MutableSpan<Double>, _ a: Int, _ b: Int, rows: Int
) -> Double {
  var sum = Lanes(repeating: 0)
  for i in stride(from: 0, to: rows, by: laneCount) {
    sum = multiplyAdd(block.lanes(at: a + i), block.lanes(at: b + i), sum)
  }
  return sum.sum()
}
