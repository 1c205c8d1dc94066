// What a sampler may know of a model: the log of an unnormalised density, and its gradient.

/// An unnormalised log density on R^n with its gradient.
///
/// A conforming type owns its workspace, so that `evaluate` allocates nothing; it is used by one thread at a time.
package protocol LogDensity {
  /// The number of coordinates, n.
  var dimension: Int { get }

  /// Returns log π(`position`) up to a constant, and writes ∇ log π into `gradient`.
  ///
  /// Both spans have `dimension` elements. Where the density is zero or cannot be computed the value is
  /// −∞ (never NaN) and the gradient is unspecified; a sampler treats that as a divergence.
  mutating func evaluate(at position: Span<Double>, gradient: inout MutableSpan<Double>) -> Double
}
