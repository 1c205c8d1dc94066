// A change of location and scale in each coordinate alone.

/// x = m + s ∘ y, with a centre m and a scale s for every coordinate.
package struct DiagonalPreconditioner: Preconditioner, Sendable {
  private let centre: [Double]
  private let scale: [Double]

  /// The map with centre m and scales s.
  ///
  /// - Precondition: as many scales as centres, every scale positive and finite.
  package init(centre: [Double], scale: [Double]) {
    precondition(centre.count == scale.count, "\(centre.count) centres, \(scale.count) scales")
    precondition(scale.allSatisfy { $0 > 0 && $0.isFinite }, "a scale is not positive and finite")
    self.centre = centre
    self.scale = scale
  }

  package var dimension: Int { centre.count }

  package func transform(_ y: Span<Double>, into x: inout MutableSpan<Double>) {
    for i in centre.indices { x[i] = centre[i] + scale[i] * y[i] }
  }

  package func pullBack(_ gradient: Span<Double>, into w: inout MutableSpan<Double>) {
    for i in scale.indices { w[i] = scale[i] * gradient[i] }
  }

  package func whiten(_ x: Span<Double>, into y: inout MutableSpan<Double>) {
    for i in centre.indices { y[i] = (x[i] - centre[i]) / scale[i] }
  }
}
