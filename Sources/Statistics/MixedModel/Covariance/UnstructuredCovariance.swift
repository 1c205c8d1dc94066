// Any covariance matrix: log standard deviations and a row-normalised unit-diagonal Cholesky factor of the correlations.

import Glibc

/// Λ = diag(exp θ₁…θ_k) C, where row i of C is (t_i1 … t_i,i−1, 1)/r_i with r_i = √(1 + Σ t_il²).
///
/// The t are the rest of θ, row by row, as glmmTMB has them (its vignette covstruct, "Mappings"), so C C' is a
/// correlation matrix for every θ in R^(k(k+1)/2). A fixed standard deviation has no element in θ.
package struct UnstructuredCovariance: CovarianceParametrisation {
  package let size: Int
  private let deviations: MemberDeviations
  package var parameterCount: Int { deviations.freeCount + size * (size - 1) / 2 }
  package var logStandardDeviations: [Int?] {
    deviations.members + Array(repeating: nil, count: size * (size - 1) / 2)
  }
  package var fixedDeviations: [Double?] { deviations.fixed }

  /// An unstructured covariance of k members, some of whose standard deviations may be fixed.
  package init(size: Int, fixedDeviations: [Double?] = []) {
    self.size = size
    deviations = MemberDeviations(size: size, fixed: fixedDeviations)
  }

  package func factor(_ theta: Span<Double>, into lambda: inout MutableSpan<Double>) {
    let k = size
    for i in 0..<(k * k) { lambda[i] = 0 }
    var next = deviations.freeCount
    for i in 0..<k {
      let deviation = deviations.value(i, theta)
      let norm = rowNorm(theta, first: next, row: i)
      for l in 0..<i { lambda[i + l * k] = deviation * (theta[next + l] / norm) }
      lambda[i * (k + 1)] = deviation / norm
      next += i
    }
  }

  /// r = √(1 + Σ t²), safe from overflow for t beyond 1e154.
  private func rowNorm(_ theta: Span<Double>, first: Int, row: Int) -> Double {
    var norm = 1.0
    for l in 0..<row { norm = hypot(norm, theta[first + l]) }
    return norm
  }

  package func pullBack(
    _ lambdaGradient: Span<Double>, _ theta: Span<Double>, _ lambda: Span<Double>,
    into gradient: inout MutableSpan<Double>, at offset: Int
  ) {
    let k = size
    var next = deviations.freeCount
    for i in 0..<k {
      var along = 0.0  // Σ_j G_ij Λ_ij, the derivative in log sd_i
      for j in 0...i { along += lambdaGradient[i + j * k] * lambda[i + j * k] }
      deviations.add(along, member: i, to: &gradient, at: offset)
      // With H_ij = sd_i G_ij:  ∂/∂t_il = (H_il − C_il Σ_j H_ij C_ij) / r_i, and Σ_j H_ij C_ij = `along`.
      let deviation = deviations.value(i, theta)
      let norm = rowNorm(theta, first: next, row: i)
      for l in 0..<i {
        let c = (theta[next + l] / norm)
        gradient[offset + next + l] += (deviation * lambdaGradient[i + l * k] - c * along) / norm
      }
      next += i
    }
  }

  package func parameters(standardDeviations: [Double], correlations: [Double]) -> [Double] {
    // C is the Cholesky factor of the correlations; t_il = C_il / C_ii. A pivot lost to rounding is a correlation of ±1.
    let k = size
    var c = [Double](repeating: 0, count: k * k)
    var theta = deviations.logarithms(standardDeviations)
    for i in 0..<k {
      for j in 0...i {
        var value = correlations[i + j * k]
        for l in 0..<j { value -= c[i + l * k] * c[j + l * k] }
        c[i + j * k] = i == j ? max(value, 1e-16).squareRoot() : value / c[j * (k + 1)]
      }
      for l in 0..<i { theta.append(c[i + l * k] / c[i * (k + 1)]) }
    }
    return theta
  }
}
