// The change of coordinates by the Cholesky factor of a precision matrix, whatever its sparsity.

/// A lower triangular factor L of a precision matrix Q = L L', applied in place.
package protocol TriangularFactor {
  /// x ← L⁻¹ x.
  func solveLower(_ x: inout MutableSpan<Double>)
  /// x ← L⁻ᵀ x.
  func solveLowerTransposed(_ x: inout MutableSpan<Double>)
  /// x ← Lᵀ x.
  func multiplyLowerTransposed(_ x: inout MutableSpan<Double>)
}

/// x = m + L⁻ᵀ y for a mode m and the precision Q = L L' there: Cov(x) = Q⁻¹ if Cov(y) = I.
///
/// With the joint Hessian at the Laplace mode as Q this is the metric of SparseNUTS
/// (arXiv:2603.02437).
package struct CholeskyPreconditioner<Factor: TriangularFactor>: Preconditioner {
  private let mode: [Double]
  private let factor: Factor

  /// The map with centre `mode` and the factor of the precision there.
  package init(mode: [Double], factor: Factor) {
    self.mode = mode
    self.factor = factor
  }

  package var dimension: Int { mode.count }

  package func transform(_ y: Span<Double>, into x: inout MutableSpan<Double>) {
    copy(y, into: &x)
    factor.solveLowerTransposed(&x)
    for i in mode.indices { x[i] += mode[i] }
  }

  package func pullBack(_ gradient: Span<Double>, into w: inout MutableSpan<Double>) {
    copy(gradient, into: &w)
    factor.solveLower(&w)
  }

  package func whiten(_ x: Span<Double>, into y: inout MutableSpan<Double>) {
    for i in mode.indices { y[i] = x[i] - mode[i] }
    factor.multiplyLowerTransposed(&y)
  }
}

extension CholeskyPreconditioner: Sendable where Factor: Sendable {}
