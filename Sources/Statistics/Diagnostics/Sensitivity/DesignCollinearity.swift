// How far the columns of a design can be told apart: inflation factors and condition index.

import LinearAlgebra

/// The collinearity of the columns of a design matrix with an intercept, which is taken out by centring.
package struct DesignCollinearity: Sendable {
  /// For each column 1/(1 − R²) of its regression on the others; infinite for one that the others determine.
  package let inflationFactors: [Double]
  /// √(largest / smallest eigenvalue) of the correlation matrix; infinite when that is singular.
  package let conditionIndex: Double
  /// The columns whose element in the weakest direction is above 0.3 in size.
  package let weakestColumns: [Int]

  /// The factor above which a column is collinear: 10 (Marquardt 1970).
  package static let factorThreshold = 10.0
  /// The condition index above which a design is collinear: 30 (Belsley, Kuh & Welsch 1980).
  package static let indexThreshold = 30.0

  /// The collinearity of `columns`, all of one length, without the intercept; nil with fewer than two columns that vary.
  package init?(_ columns: [[Double]]) {
    let centred = columns.map { column in
      let mean = column.reduce(0, +) / Double(max(column.count, 1))
      return column.map { $0 - mean }
    }
    let lengths = centred.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let k = columns.count
    guard k > 1, lengths.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    var correlation = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in c..<k {
        let product = zip(centred[r], centred[c]).reduce(0) { $0 + $1.0 * $1.1 }
        correlation[r + c * k] = product / (lengths[r] * lengths[c])
        correlation[c + r * k] = correlation[r + c * k]
      }
    }
    guard let (values, vectors) = Dense.eigenSystem(correlation, order: k) else { return nil }
    // Eigenvalues below rounding are none.
    let smallest = values[0] > 1e-13 ? values[0] : 0
    conditionIndex = smallest > 0 ? (values[k - 1] / smallest).squareRoot() : .infinity
    weakestColumns = (0..<k).filter { abs(vectors[$0]) > 0.3 }
    inflationFactors = (0..<k).map { column in
      var sum = 0.0
      for index in 0..<k {
        let part = vectors[column + index * k] * vectors[column + index * k]
        if part > 1e-20 { sum += values[index] > 1e-13 ? part / values[index] : .infinity }
      }
      return sum
    }
  }
}
