// A change of coordinates in which the posterior looks like a standard normal.

import LinearAlgebra

/// An affine map x = m + A y from whitened coordinates y to model coordinates x.
///
/// When A A' is the posterior covariance, y has unit variance in every direction and a trajectory
/// with the unit metric crosses the posterior in a few steps. Every span has `dimension` elements;
/// nothing is allocated.
package protocol Preconditioner {
  /// The number of coordinates, n.
  var dimension: Int { get }

  /// Writes x = m + A y.
  func transform(_ y: Span<Double>, into x: inout MutableSpan<Double>)

  /// Writes w = A' g: the gradient in y of a function whose gradient in x is g.
  func pullBack(_ gradient: Span<Double>, into w: inout MutableSpan<Double>)

  /// Writes y = A⁻¹ (x − m), the inverse of `transform`.
  func whiten(_ x: Span<Double>, into y: inout MutableSpan<Double>)
}

/// Copies `source` to the front of `target`.
func copy(_ source: Span<Double>, into target: inout MutableSpan<Double>) {
  for i in source.indices { target[i] = source[i] }
}
