// The normal distribution of a Gaussian model's coefficients and effects given the rest, and draws.

import LinearAlgebra
import Probability

/// The normal distribution of (β, b) given the data and the parameters that a marginal density keeps.
package struct ConditionalDraws: Sendable {
  /// The marginal density that belongs to the kept parameters.
  package let marginal: GaussianMarginal
  /// All parameters ψ of the last draw or mean, no slots.
  package private(set) var psi: [Double]
  /// The random effects b of the last draw or mean.
  package private(set) var effects: [Double]
  /// The standard effects u of the last draw or mean.
  package private(set) var standardEffects: [Double]

  private var workspace: GaussianWorkspace
  private var slots: [Double]

  /// The distribution that belongs to `marginal`.
  package init(_ marginal: GaussianMarginal) {
    self.marginal = marginal
    workspace = GaussianWorkspace(marginal)
    slots = Array(repeating: 0, count: marginal.model.layout.count)
    psi = slots
    effects = Array(repeating: 0, count: marginal.model.effects.count)
    standardEffects = effects
  }

  /// Draws `psi` and `effects` given the kept parameters in their slots; false where the density there is zero.
  ///
  /// One normal number for each place of H is taken from `stream`.
  package mutating func draw(at slots: [Double], from stream: inout RandomStream) -> Bool {
    guard prepare(slots) else { return false }
    for i in workspace.vector.indices.dropLast() { workspace.vector[i] = stream.nextNormal() }
    finish()
    return true
  }

  /// The means of β and b given the kept parameters in their slots; false where the density there is zero.
  package mutating func mean(at slots: [Double]) -> Bool {
    guard prepare(slots) else { return false }
    for i in workspace.vector.indices { workspace.vector[i] = 0 }
    finish()
    return true
  }

  private mutating func prepare(_ given: [Double]) -> Bool {
    slots.copyElements(of: given)
    return workspace.factor(marginal, slots)
  }

  private mutating func finish() {
    workspace.drawFromFactor()
    for (i, place) in marginal.effectPlaces.enumerated() {
      standardEffects[i] = workspace.vector[place]
    }
    workspace.scale.factors.effects(of: standardEffects, into: &effects)
    psi.copyElements(of: slots)
    let first = workspace.vector.count - 1 - marginal.coefficients.integrated.count
    marginal.coefficients.restore(workspace.vector, from: first, in: &psi)
  }

  /// The covariance of the integrated coefficients, the variances of the effects b, and for each effect what the data say
  /// about it, the diagonal of Z'WZ; all at the slots of the last draw or mean.
  package mutating func spread() -> (
    coefficients: [Double], effects: [Double], precisions: [Double]
  ) {
    let precisions = workspace.dataPrecisions(marginal)
    let quadratic = workspace.invert(marginal)
    workspace.makeMoments(marginal, quadratic)
    let (gamma, variances) = workspace.conditionalSpread(marginal, quadratic)
    return (marginal.coefficients.covariance(of: gamma), variances, precisions)
  }
}
