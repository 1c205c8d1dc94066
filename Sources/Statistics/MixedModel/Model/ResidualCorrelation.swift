// The correlations between the residuals of Gaussian outcomes in one row of the table.

/// Residuals e = diag(σ) C z of the outcomes in one row, C C' a correlation matrix.
///
/// The rows of C are those of `UnstructuredCovariance` with unit standard deviations; their parameters come last in ψ.
package struct ResidualCorrelation: Sendable, Equatable {
  /// The number of outcomes, K.
  package let outcomeCount: Int
  /// The index in ψ of the first of K(K − 1)/2 parameters.
  package let offset: Int

  /// The number of parameters.
  package var parameterCount: Int { outcomeCount * (outcomeCount - 1) / 2 }

  init(of outcomes: [ModelOutcome], start: inout Int) throws(ModelError) {
    if let other = outcomes.first(where: { !$0.isGaussian }) {
      throw ModelError(
        "residual correlation is for gaussian outcomes with identity link, and '\(other.label)' is not one; "
          + "write set_rescor(FALSE)")
    }
    if let other = outcomes.first(where: { $0.randomPredictors.contains { $0 != 0 } }) {
      throw ModelError(
        "residual correlation and random effects on the sigma of '\(other.label)' cannot be fitted together; "
          + "leave one of them out")
    }
    outcomeCount = outcomes.count
    offset = start
    start += parameterCount
  }

  /// The parametrisation, with unit standard deviations for the first K elements of θ.
  var covariance: UnstructuredCovariance { UnstructuredCovariance(size: outcomeCount) }

  /// θ of `covariance` at ψ.
  func theta(_ psi: [Double]) -> [Double] {
    Array(repeating: 0, count: outcomeCount) + psi[offset..<(offset + parameterCount)]
  }

  /// The K × K correlations at ψ, column by column.
  package func correlations(_ psi: [Double]) -> [Double] {
    let k = outcomeCount
    var factor = [Double](repeating: 0, count: k * k)
    var span = factor.mutableSpan
    covariance.factor(theta(psi).span, into: &span)
    return CovarianceSummary(lambda: factor, size: k).correlations
  }

  /// The parameters of given correlations, K × K column by column.
  package func parameters(of correlations: [Double]) -> [Double] {
    let ones = [Double](repeating: 1, count: outcomeCount)
    return Array(
      covariance.parameters(standardDeviations: ones, correlations: correlations)
        .dropFirst(outcomeCount))
  }

  /// The pairs of outcomes in the order in which correlations are reported: (0, 1), (0, 2), (1, 2) of three.
  package var pairs: [(first: Int, second: Int)] {
    (0..<outcomeCount).flatMap { second in (0..<second).map { ($0, second) } }
  }
}
