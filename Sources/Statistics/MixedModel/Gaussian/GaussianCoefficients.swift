// Which coefficients a Gaussian marginal density integrates out and which it keeps.

import Families
import Glibc
import LinearAlgebra

/// The coefficients of the means of a Gaussian model, divided into those integrated out and those kept as parameters.
///
/// The integrated ones are β = β₀ + T γ, with γ the coefficients of orthonormal columns Q = X T: cross products of Q lose
/// no digits, whatever the units of the predictors. Kept coefficients are parameters in their slots of ψ; the slot of a
/// centred intercept holds α = β_0 + Σ x̄_c β_c instead of β_0, and the other columns of that predictor are centred.
struct GaussianCoefficients: Sendable {
  /// A normal prior of an integrated coefficient; precision 0 is a flat one.
  struct NormalPrior: Sendable, Equatable {
    var mean = 0.0
    var precision = 0.0
  }

  /// An intercept that is sampled at the means of the predictors.
  struct CentredIntercept: Sendable {
    /// The index in ψ of the intercept.
    let index: Int
    /// The other coefficients of the predictor with the means of their columns.
    let others: [(index: Int, mean: Double)]
  }

  /// Indices in ψ of the integrated coefficients; element i belongs to row i of T.
  let integrated: [Int]
  /// Indices in ψ of the kept coefficients of means.
  let kept: [Int]
  /// The intercepts whose slot holds α.
  let centred: [CentredIntercept]
  /// T, p × p column by column, block diagonal by outcome.
  let transform: [Double]
  /// For each outcome its columns of Q, with their place among all, and its kept columns likewise.
  let columns: [OutcomeColumns]
  /// The slots at which the residuals in `columns` are taken.
  let reference: [Double]
  /// The prior's share of the precision of γ, p × p: T'PT.
  let precision: [Double]
  /// T'P(m − β₀): its share of the right-hand side.
  let shift: [Double]
  /// (m − β₀)'P(m − β₀).
  let square: Double
  /// What the change of variables and the normalising constants add to the log density.
  let constant: Double

  /// One outcome's columns, in the order of its rows.
  struct OutcomeColumns: Sendable {
    var integrated: [(place: Int, values: [Double])] = []
    var kept: [(place: Int, values: [Double])] = []
    /// y − offset − Xβ₀.
    var residual: [Double] = []
  }

  /// The division of the coefficients of `model`: those with a normal prior in `priors` are integrated out.
  init(
    _ model: MixedModel, priors: [Int: NormalPrior], centred: [CentredIntercept] = []
  ) {
    var integrated: [Int] = []
    var kept: [Int] = []
    var columns: [OutcomeColumns] = []
    var reference = [Double](repeating: 0, count: model.layout.count)
    var factors: [(start: Int, order: Int, inverse: [Double])] = []
    for outcome in model.outcomes {
      let predictor = outcome.predictors[0]
      let n = outcome.response.count
      let range = predictor.columnNames.indices
      let intercept = centred.first { range.contains($0.index - predictor.coefficientOffset) }
      var own = OutcomeColumns()
      var design: [[Double]] = []
      for column in range {
        let index = predictor.coefficientOffset + column
        let mean = intercept?.others.first { $0.index == index }?.mean ?? 0
        design.append((0..<n).map { predictor.design[column * predictor.stride + $0] - mean })
      }
      // Residuals of least squares: numbers of the size of the noise, whatever the level of the response.
      own.residual = (0..<n).map { outcome.response.y[$0] - (predictor.offset?[$0] ?? 0) }
      let fit = OrthonormalColumns(design)
      let start = fit.leastSquares(&own.residual)
      for column in range { reference[predictor.coefficientOffset + column] = start[column] }
      let inside = range.filter { priors[predictor.coefficientOffset + $0] != nil }
      let basis = OrthonormalColumns(inside.map { design[$0] })
      for (place, values) in basis.columns.enumerated() {
        own.integrated.append((integrated.count + place, values))
      }
      factors.append((integrated.count, inside.count, basis.inverse))
      integrated += inside.map { predictor.coefficientOffset + $0 }
      for column in range where priors[predictor.coefficientOffset + column] == nil {
        own.kept.append((kept.count, design[column]))
        kept.append(predictor.coefficientOffset + column)
      }
      columns.append(own)
    }
    self.integrated = integrated
    self.kept = kept
    self.centred = centred
    self.columns = columns
    self.reference = reference
    let p = integrated.count
    var transform = [Double](repeating: 0, count: p * p)
    var constant = 0.0
    for (start, order, inverse) in factors {
      for c in 0..<order {
        constant += log(abs(inverse[c * (order + 1)]))
        for r in 0..<order { transform[start + r + (start + c) * p] = inverse[r + c * order] }
      }
    }
    self.transform = transform
    var precision = [Double](repeating: 0, count: p * p)
    var shift = [Double](repeating: 0, count: p)
    var square = 0.0
    for (row, index) in integrated.enumerated() {
      let prior = priors[index] ?? NormalPrior()
      constant += prior.precision > 0 ? 0.5 * log(prior.precision) : 0.5 * log(2 * Double.pi)
      guard prior.precision > 0 else { continue }
      let gap = prior.mean - reference[index]
      square += prior.precision * gap * gap
      for c in 0..<p {
        shift[c] += transform[row + c * p] * prior.precision * gap
        for r in 0..<p {
          precision[r + c * p] += transform[row + r * p] * prior.precision * transform[row + c * p]
        }
      }
    }
    self.precision = precision
    self.shift = shift
    self.square = square
    self.constant = constant
  }

  /// Writes β of all means into `psi`, which holds slots, from the coefficients γ of the orthonormal columns, which
  /// begin at element `first` of `gamma`.
  func restore(_ gamma: [Double], from first: Int, in psi: inout [Double]) {
    let p = integrated.count
    for r in 0..<p {
      var value = reference[integrated[r]]
      for c in 0..<p { value += transform[r + c * p] * gamma[first + c] }
      psi[integrated[r]] = value
    }
    for intercept in centred {
      for other in intercept.others { psi[intercept.index] -= other.mean * psi[other.index] }
    }
  }

  /// The covariance of the integrated coefficients, p × p, from that of γ: T V T'.
  func covariance(of gamma: [Double]) -> [Double] {
    let p = integrated.count
    var result = [Double](repeating: 0, count: p * p)
    for a in 0..<p {
      for b in 0..<p {
        var sum = 0.0
        for c in 0..<p {
          for d in 0..<p { sum += transform[a + c * p] * gamma[c + d * p] * transform[b + d * p] }
        }
        result[a + b * p] = sum
      }
    }
    return result
  }
}

/// An orthonormal basis of the space of some columns: X = Q R by Gram and Schmidt, each step done twice
/// ("twice is enough", Giraud, Langou & Rozložník 2005).
struct OrthonormalColumns {
  /// The columns of Q.
  private(set) var columns: [[Double]] = []
  /// R⁻¹, column by column.
  let inverse: [Double]

  /// The basis of linearly independent columns of one length.
  init(_ design: [[Double]]) {
    let p = design.count
    var inverse = [Double](repeating: 0, count: p * p)
    for (c, source) in design.enumerated() {
      var column = source
      // Column c of R⁻¹: what of the columns of X makes column c of Q.
      var mix = [Double](repeating: 0, count: p)
      mix[c] = 1
      for _ in 0..<2 {
        for (k, known) in columns.enumerated() {
          let share = Self.product(known, column)
          for i in column.indices { column[i] -= share * known[i] }
          for r in 0...k { mix[r] -= share * inverse[r + k * p] }
        }
      }
      let norm = Self.product(column, column).squareRoot()
      precondition(norm > 0, "columns of a design are linearly independent")
      columns.append(column.map { $0 / norm })
      for r in 0...c { inverse[r + c * p] = mix[r] / norm }
    }
    self.inverse = inverse
  }

  /// The coefficients of the least squares fit of `y`, which is replaced by its residuals.
  func leastSquares(_ y: inout [Double]) -> [Double] {
    let p = columns.count
    var coefficients = [Double](repeating: 0, count: p)
    for _ in 0..<2 {
      for (k, column) in columns.enumerated() {
        let share = Self.product(column, y)
        for i in y.indices { y[i] -= share * column[i] }
        for r in 0...k { coefficients[r] += share * inverse[r + k * p] }
      }
    }
    return coefficients
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
