// Independent random effects: θ holds one log standard deviation for each.

import Glibc

/// Λ = diag(exp θ).
package struct DiagonalCovariance: CovarianceParametrisation {
  package let size: Int
  package var parameterCount: Int { size }
  package var logStandardDeviations: [Int?] { Array(0..<size) }

  /// Independent effects for k members.
  package init(size: Int) { self.size = size }

  package func factor(_ theta: Span<Double>, into lambda: inout MutableSpan<Double>) {
    for i in 0..<(size * size) { lambda[i] = 0 }
    for i in 0..<size { lambda[i * (size + 1)] = exp(theta[i]) }
  }

  package func pullBack(
    _ lambdaGradient: Span<Double>, _ theta: Span<Double>, _ lambda: Span<Double>,
    into gradient: inout MutableSpan<Double>, at offset: Int
  ) {
    for i in 0..<size {
      gradient[offset + i] += lambdaGradient[i * (size + 1)] * lambda[i * (size + 1)]
    }
  }

  package func parameters(standardDeviations: [Double], correlations: [Double]) -> [Double] {
    standardDeviations.map { log($0) }
  }
}
