// The change of coordinates that changes nothing.

/// x = y: the sampler moves in model coordinates.
package struct IdentityPreconditioner: Preconditioner, Sendable {
  package let dimension: Int

  /// The identity on R^n with n = `dimension`.
  package init(dimension: Int) { self.dimension = dimension }

  package func transform(_ y: Span<Double>, into x: inout MutableSpan<Double>) {
    copy(y, into: &x)
  }

  package func pullBack(_ gradient: Span<Double>, into w: inout MutableSpan<Double>) {
    copy(gradient, into: &w)
  }

  package func whiten(_ x: Span<Double>, into y: inout MutableSpan<Double>) { copy(x, into: &y) }
}
