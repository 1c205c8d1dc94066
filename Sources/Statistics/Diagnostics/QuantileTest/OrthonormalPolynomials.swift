// Polynomials that are orthonormal over the rows of a predictor.

/// Polynomials of degree 1 and up, each of mean zero, unit length, and orthogonal to the others
/// over the rows.
enum OrthonormalPolynomials {
  /// The columns of degree 1 to `degree`, by Forsythe's (1957) three-term recurrence.
  ///
  /// - Precondition: `degree` is less than the number of distinct values.
  static func columns(_ x: [Double], degree: Int) -> [[Double]] {
    let n = x.count
    var before = Array(repeating: 0.0, count: n)
    var current = Array(repeating: 1 / Double(n).squareRoot(), count: n)
    var columns: [[Double]] = []
    for _ in 0..<degree {
      let centre = weightedSum(x, current, current)
      let coupling = weightedSum(x, current, before)
      var next = before
      for i in 0..<n { next[i] = (x[i] - centre) * current[i] - coupling * before[i] }
      let length = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for i in 0..<n { next[i] /= length }
      columns.append(next)
      before = current
      current = next
    }
    return columns
  }

  private static func weightedSum(_ x: [Double], _ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in x.indices { sum += x[i] * a[i] * b[i] }
    return sum
  }
}
