// The weakest directions of the information at the estimate, and the parameters they name.

import LinearAlgebra
import MixedModel

/// The eigenvalues of the information, scaled to unit diagonal, with the predictors centred.
///
/// An eigenvalue λ says that the direction's standard error is 1/√λ times what it would be if the other parameters were
/// known. Centring takes away the collinearity of an intercept with predictors far from zero, which harms nothing.
package struct InformationSpectrum: Sendable {
  /// A direction and the parameters with the largest share in it.
  package struct Direction: Sendable {
    /// The eigenvalue.
    package let eigenvalue: Double
    /// The indices in ψ of the parameters whose element is above 0.3 in size, the largest first.
    package let parameters: [Int]
  }

  /// The directions, the weakest first; boundary parameters are left out.
  package let directions: [Direction]

  /// √(largest / smallest eigenvalue); nil where the smallest is not positive.
  package var conditionIndex: Double? {
    guard let first = directions.first?.eigenvalue, let last = directions.last?.eigenvalue,
      first > 0
    else { return nil }
    return (last / first).squareRoot()
  }

  /// The spectrum at a fit's estimate; nil when the information is not finite.
  package init?(_ fit: MaximumLikelihoodFit) {
    let n = fit.optimum.psi.count
    var matrix = fit.optimum.hessian
    for outcome in fit.model.outcomes {
      for predictor in outcome.predictors where !predictor.isOneNumber {
        predictor.centre(&matrix, order: n, rows: outcome.tableRows.count)
      }
    }
    // A boundary parameter has no curvature that means anything; a flat direction has none either, but is what is sought.
    let free = (0..<n).filter { !fit.boundary.contains($0) }
    let k = free.count
    let scale = free.map { max(abs(matrix[$0 * (n + 1)]), 1e-12).squareRoot() }
    var scaled = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in 0..<k { scaled[r + c * k] = matrix[free[r] + free[c] * n] / (scale[r] * scale[c]) }
    }
    guard let (values, vectors) = Dense.eigenSystem(scaled, order: k) else { return nil }
    directions = values.indices.map { index in
      let sizes = (0..<k).map { abs(vectors[$0 + index * k]) }
      return Direction(
        eigenvalue: values[index],
        parameters: (0..<k).filter { sizes[$0] > 0.3 }.sorted { sizes[$0] > sizes[$1] }
          .map { free[$0] })
    }
  }
}

extension ModelPredictor {
  /// H ← A'HA for the coefficients γ of centred columns, β₀ = γ₀ − Σ x̄_c γ_c.
  fileprivate func centre(_ matrix: inout [Double], order n: Int, rows: Int) {
    guard let place = columnNames.firstIndex(of: "(Intercept)"), rows > 0 else { return }
    let intercept = coefficientOffset + place
    let means = columnNames.indices.map { column in
      (0..<rows).reduce(0) { $0 + design[column * stride + $1] } / Double(rows)
    }
    for column in columnNames.indices where column != place {
      for r in 0..<n {
        matrix[r + (coefficientOffset + column) * n] -= means[column] * matrix[r + intercept * n]
      }
    }
    for column in columnNames.indices where column != place {
      for c in 0..<n {
        matrix[coefficientOffset + column + c * n] -= means[column] * matrix[intercept + c * n]
      }
    }
  }
}
