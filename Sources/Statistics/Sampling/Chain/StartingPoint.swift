// Starting points spread more widely than the posterior, so that chains that agree mean something.

import Probability

/// How starting points scatter in whitened coordinates.
package enum StartingDistribution: Equatable, Sendable {
  /// Standard normal in every coordinate.
  case normal
  /// Multivariate Student t: a normal vector over √(χ²ν / ν), far out now and then.
  case studentT(degreesOfFreedom: Int)
}

/// Returns x = m + A (scale · z) for a preconditioner x = m + A y and a random z.
///
/// With the mode and the curvature there, scale 1 is the normal approximation of the posterior;
/// larger scales are overdispersed. The density may be zero there: whoever starts a chain is told
/// (`ChainError.startHasNoDensity`).
package func overdispersedStart<Metric: Preconditioner>(
  around preconditioner: Metric, scale: Double,
  distribution: StartingDistribution = .normal, stream: inout RandomStream
) -> [Double] {
  var z = Array(repeating: 0.0, count: preconditioner.dimension)
  var values = z.mutableSpan
  fillWithNormals(&values, from: &stream)
  var factor = scale
  if case .studentT(let degreesOfFreedom) = distribution {
    precondition(degreesOfFreedom > 0, "\(degreesOfFreedom) degrees of freedom")
    var normals = Array(repeating: 0.0, count: degreesOfFreedom)
    var span = normals.mutableSpan
    fillWithNormals(&span, from: &stream)
    let chiSquared = normals.reduce(0) { $0 + $1 * $1 }
    factor *= (Double(degreesOfFreedom) / chiSquared).squareRoot()
  }
  for i in z.indices { z[i] *= factor }
  var start = z
  var x = start.mutableSpan
  preconditioner.transform(z.span, into: &x)
  return start
}
