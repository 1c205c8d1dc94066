// Independent random effects: θ holds one log standard deviation for each that is not fixed.

/// Λ = diag(exp θ).
package struct DiagonalCovariance: CovarianceParametrisation {
  package let size: Int
  private let deviations: MemberDeviations
  package var parameterCount: Int { deviations.freeCount }
  package var logStandardDeviations: [Int?] { deviations.members }
  package var fixedDeviations: [Double?] { deviations.fixed }

  /// Independent effects for k members, some of whose standard deviations may be fixed.
  package init(size: Int, fixedDeviations: [Double?] = []) {
    self.size = size
    deviations = MemberDeviations(size: size, fixed: fixedDeviations)
  }

  package func factor(_ theta: Span<Double>, into lambda: inout MutableSpan<Double>) {
    for i in 0..<(size * size) { lambda[i] = 0 }
    for i in 0..<size { lambda[i * (size + 1)] = deviations.value(i, theta) }
  }

  package func pullBack(
    _ lambdaGradient: Span<Double>, _ theta: Span<Double>, _ lambda: Span<Double>,
    into gradient: inout MutableSpan<Double>, at offset: Int
  ) {
    for i in 0..<size {
      deviations.add(
        lambdaGradient[i * (size + 1)] * lambda[i * (size + 1)], member: i, to: &gradient,
        at: offset)
    }
  }

  package func parameters(standardDeviations: [Double], correlations: [Double]) -> [Double] {
    deviations.logarithms(standardDeviations)
  }
}
