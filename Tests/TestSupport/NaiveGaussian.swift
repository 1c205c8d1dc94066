// A Gaussian model as one multivariate normal: the slow twin of the marginal density.

import Formula
import Glibc
import MixedModel

/// y | β ~ N(Xβ + offset, ZΛΛ'Z' + R), with dense matrices over the values of a model.
package struct NaiveGaussian: Sendable {
  /// The values less their offsets.
  package let response: [Double]
  /// n × |ψ|: the columns of the coefficients of means, zero in all others.
  package let design: DenseMatrix
  /// n × effects: Z.
  package let effects: DenseMatrix

  private let built: BuiltCase
  /// For each value its outcome, its row of the table and the design of its log σ.
  private let places: [(outcome: Int, table: Int)]

  /// The twin of a case.
  package init(_ built: BuiltCase) {
    self.built = built
    let rows = built.naive.rows
    var design = DenseMatrix(rows.count, built.model.layout.count)
    var effects = DenseMatrix(rows.count, built.naive.effectCount)
    for (i, row) in rows.enumerated() {
      for part in row.predictors[0].fixed { design[i, part.index] += part.value }
      for part in row.predictors[0].random { effects[i, part.index] += part.value }
    }
    response = rows.map { $0.y - $0.predictors[0].offset }
    self.design = design
    self.effects = effects
    places = built.model.outcomes.enumerated().flatMap { index, outcome in
      outcome.tableRows.sorted().map { (index, $0) }
    }
  }

  /// R at ψ.
  package func residualCovariance(_ psi: [Double]) -> DenseMatrix {
    let n = response.count
    let sigma = built.naive.rows.map { exp($0.predictors[1].value(psi, [])) }
    var result = DenseMatrix(n, n)
    let k = built.model.outcomes.count
    var correlations = (0..<(k * k)).map { $0 % (k + 1) == 0 ? 1.0 : 0 }
    if let own = built.model.residualCorrelation {
      // By the definition: row i of C is (t, 1)/√(1 + |t|²).
      let theta =
        [Double](repeating: 0, count: k)
        + psi[own.offset..<(own.offset + own.parameterCount)]
      let c = NaiveModel.factor(theta, size: k, isDiagonal: false)
      correlations = (c * c.transposed).values
    }
    for i in 0..<n {
      for j in 0..<n where i == j || places[i].table == places[j].table {
        guard i == j || built.model.residualCorrelation != nil else { continue }
        result[i, j] =
          sigma[i] * sigma[j] * correlations[places[i].outcome + places[j].outcome * k]
      }
    }
    return result
  }

  /// log ∫ N(y; Xβ, V) Π_j N(β_j; m_j, 1/P_j) dβ over the coefficients `integrated`, with P_j = 0 for a flat prior; the
  /// others are in `psi`.
  package func marginal(
    _ psi: [Double], integrated: [(index: Int, mean: Double, precision: Double)] = []
  ) -> Double {
    let n = response.count
    let root = effects * built.naive.factor(psi)
    let covariance = residualCovariance(psi) + root * root.transposed
    var kept = psi
    for coefficient in integrated { kept[coefficient.index] = 0 }
    let fitted = design * kept
    let residual = (0..<n).map { response[$0] - fitted[$0] }
    let solved = covariance.solve(residual)
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var quadratic = product(residual, solved)
    var constant = Double(n) * log(2 * Double.pi) + covariance.logDeterminant
    let p = integrated.count
    guard p > 0 else { return -0.5 * (constant + quadratic) }
    var a = DenseMatrix(p, p)
    var c = [Double](repeating: 0, count: p)
    let columns = integrated.map { part in (0..<n).map { design[$0, part.index] } }
    for (i, part) in integrated.enumerated() {
      let solvedColumn = covariance.solve(columns[i])
      for j in 0..<p { a[j, i] = product(columns[j], solvedColumn) }
      a[i, i] += part.precision
      c[i] = product(columns[i], solved) + part.precision * part.mean
      quadratic += part.precision * part.mean * part.mean
      constant -= part.precision > 0 ? log(part.precision) : log(2 * Double.pi)
    }
    quadratic -= product(c, a.solve(c))
    return -0.5 * (constant + a.logDeterminant + quadratic)
  }

  /// Mean and covariance of (b, β of `integrated`) given y and the rest of `psi`.
  package func conditional(
    _ psi: [Double], integrated: [(index: Int, mean: Double, precision: Double)]
  ) -> (mean: [Double], covariance: DenseMatrix) {
    let (n, q, p) = (response.count, effects.columnCount, integrated.count)
    var kept = psi
    for coefficient in integrated { kept[coefficient.index] = 0 }
    let fitted = design * kept
    let residual = (0..<n).map { response[$0] - fitted[$0] }
    let root = effects * built.naive.factor(psi)
    var columns = DenseMatrix(n, q + p)
    for i in 0..<n {
      for j in 0..<q { columns[i, j] = root[i, j] }
      for (j, part) in integrated.enumerated() { columns[i, q + j] = design[i, part.index] }
    }
    let weight = residualCovariance(psi).inverse
    var precision = columns.transposed * (weight * columns)
    var right = columns.transposed * (weight * residual)
    for j in 0..<q { precision[j, j] += 1 }
    for (j, part) in integrated.enumerated() {
      precision[q + j, q + j] += part.precision
      right[q + j] += part.precision * part.mean
    }
    // From (u, β) to (b, β).
    var map = DenseMatrix.identity(q + p)
    let lambda = built.naive.factor(psi)
    for c in 0..<q { for r in 0..<q { map[r, c] = lambda[r, c] } }
    return (map * precision.solve(right), map * precision.inverse * map.transposed)
  }
}

extension NaiveGaussian {
  /// The twin with every column but intercepts centred within its outcome, where the outcome has an intercept.
  package func centred(_ model: MixedModel) -> NaiveGaussian {
    var design = design
    for (index, outcome) in model.outcomes.enumerated() {
      let predictor = outcome.predictors[0]
      guard predictor.columnNames.first == "(Intercept)" else { continue }
      let own = places.indices.filter { places[$0].outcome == index }
      for column in predictor.columnNames.indices.dropFirst() {
        let at = predictor.coefficientOffset + column
        let mean = own.reduce(0) { $0 + design[$1, at] } / Double(own.count)
        for i in own { design[i, at] -= mean }
      }
    }
    return NaiveGaussian(self, design: design)
  }

  private init(_ other: NaiveGaussian, design: DenseMatrix) {
    response = other.response
    self.design = design
    effects = other.effects
    built = other.built
    places = other.places
  }
}

extension BuiltCase {
  /// A model of a table of one's own with its naive twin.
  package init(model: MixedModel, frame: ModelFrame) {
    self.init(model: model, naive: NaiveModel(frame: frame, model: model))
  }
}
