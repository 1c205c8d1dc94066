// Columns of powers and of orthogonal polynomials, and the moments that scale() needs.

/// The powers 1 to `degree` of `x`.
func rawPolynomials(of x: [Double], degree: Int) -> [[Double]] {
  var columns = [x]
  for _ in 1..<max(1, degree) {
    let last = columns[columns.count - 1]
    columns.append(x.indices.map { last[$0] * x[$0] })
  }
  return columns
}

/// Polynomials of degree 1 to `degree` in `x`, orthogonal to each other and to the constant, of length 1.
///
/// The leading coefficients are positive, which makes them R's `poly()` (Kennedy and Gentle, 1980, p. 343). Each
/// is `x` times the one before, made orthogonal to all before it twice, so that rounding does not add up.
/// Missing values are left out.
///
/// - Precondition: `x` has more than `degree` different values.
func orthogonalPolynomials(of x: [Double], degree: Int) -> [[Double]] {
  let rows = x.indices.filter { !x[$0].isNaN }
  let present = rows.map { x[$0] }
  let middle = mean(of: present)
  let centered = present.map { $0 - middle }
  let constant = 1 / Double(present.count).squareRoot()
  var basis = [[Double](repeating: constant, count: present.count)]
  for _ in 0..<degree {
    let last = basis[basis.count - 1]
    var next = centered.indices.map { centered[$0] * last[$0] }
    for _ in 0..<2 {
      for vector in basis {
        let overlap = dot(vector, next)
        for row in next.indices { next[row] -= overlap * vector[row] }
      }
    }
    let length = dot(next, next).squareRoot()
    basis.append(next.map { $0 / length })
  }
  return basis.dropFirst().map { vector in
    var column = [Double](repeating: .nan, count: x.count)
    for (index, row) in rows.enumerated() { column[row] = vector[index] }
    return column
  }
}

/// The arithmetic mean, corrected once for rounding; NaN of nothing.
func mean(of x: [Double]) -> Double {
  let count = Double(x.count)
  let first = x.reduce(0, +) / count
  return first + x.reduce(0) { $0 + ($1 - first) } / count
}

/// The square root of the sum of squared differences to `center`, divided by one less than their number.
func rootMeanSquare(of x: [Double], around center: Double) -> Double {
  (x.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(x.count - 1)).squareRoot()
}

/// The sum of the products.
private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}
