// The posterior that a model's chains move on: the joint one, or that of variances alone.

import MixedModel
import Probability

/// One of the densities that a model's chains may have; all chains of a run have the same.
package struct ModelDensity: LogDensity, Sendable {
  // Two optionals, not an enumeration: the density is evaluated where it is stored, never moved or copied.
  /// The joint density of random effects and parameters, if that is it.
  package private(set) var joint: PosteriorDensity?
  /// The density of a Gaussian model's parameters without coefficients and random effects, if that is it.
  package private(set) var gaussian: GaussianPosterior?

  package let dimension: Int

  /// A joint density.
  package init(_ joint: PosteriorDensity) {
    self.joint = joint
    dimension = joint.dimension
  }

  /// A Gaussian model's marginal density.
  package init(_ gaussian: GaussianPosterior) {
    self.gaussian = gaussian
    dimension = gaussian.dimension
  }

  package mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    if let value = gaussian?.evaluate(at: position, gradient: &gradient) { return value }
    return joint?.evaluate(at: position, gradient: &gradient) ?? -.infinity
  }
}
