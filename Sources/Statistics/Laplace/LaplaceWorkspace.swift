// The memory of a Laplace approximation: modes, curvature, its factor and inverse, and what the gradient needs.

import LinearAlgebra
import MixedModel

/// Everything that is derived from ψ while the Laplace approximation is computed; `modes` warm-start the next one.
package struct LaplaceWorkspace: MarginalWorkspace {
  /// The conditional modes û on the standard scale; b̂ = Λ û.
  package var modes: [Double]
  /// b̂ = Λ û at the last evaluated ψ.
  package internal(set) var effects: [Double]
  /// The factor of H = Λ'Z'WZΛ + I at the modes.
  package internal(set) var factor: ArrowFactor
  /// How many passes over the rows have been made.
  package internal(set) var passCount = 0

  var rows: RowWorkspace
  var factors: CovarianceFactors
  var curvature: ArrowMatrix  // H, then V
  var product: ArrowMatrix  // K = Λ V
  var lower: [Double]
  var inverse: ArrowMatrix  // Λ V Λ'
  var scratch: ArrowScratch
  var gradient: [Double]  // in u
  var adjoint: [Double]
  var vector: [Double]
  var vectorEffects: [Double]
  var start: [Double]
  var residual: [Double]

  /// Memory for `model`, with the modes at zero.
  package init(model: MixedModel) {
    let count = model.effects.count
    let arrow = model.effects.arrow
    modes = Array(repeating: 0, count: count)
    effects = modes
    factor = ArrowFactor(structure: arrow)
    rows = RowWorkspace(model: model)
    factors = CovarianceFactors(layout: model.effects)
    curvature = ArrowMatrix(structure: arrow)
    product = curvature
    lower = Array(repeating: 0, count: curvature.border.count)
    inverse = curvature
    scratch = ArrowScratch(structure: arrow)
    gradient = modes
    adjoint = modes
    vector = modes
    vectorEffects = modes
    start = modes
    residual = modes
  }
}
