// The memory of a pass over all rows: what a model derives from its parameters and random effects.

import Families
import LinearAlgebra

/// Results and scratch of passes over the rows of one model; every chain and every optimizer has its own.
package struct RowWorkspace: Sendable {
  /// Σ log f(y | η), with all constants.
  package internal(set) var logLikelihood = 0.0
  /// ∂/∂β of the log likelihood, as many elements as there are coefficients.
  package internal(set) var coefficientGradient: [Double]
  /// ∂/∂b of the log likelihood, in the order of b.
  package internal(set) var effectGradient: [Double]
  /// −∂²/∂b∂b' of the log likelihood, Z'WZ.
  package internal(set) var curvature: ArrowMatrix

  var predictors: [PredictorBlock]
  var derivatives: [DerivativeBlock]
  /// For each outcome, ∂²/∂η_a∂η_b of every row for every a and every random b, kept by `thirdOrderPass`.
  var keptSecond: [[Double]]

  /// Memory for passes over `model`.
  package init(model: MixedModel) {
    coefficientGradient = Array(repeating: 0, count: model.layout.coefficientCount)
    effectGradient = Array(repeating: 0, count: model.effects.count)
    curvature = ArrowMatrix(structure: model.effects.arrow)
    predictors = model.outcomes.map { PredictorBlock(count: $0.predictors.count) }
    derivatives = model.outcomes.map { DerivativeBlock(predictorCount: $0.predictors.count) }
    keptSecond = model.outcomes.map { _ in [] }
  }
}

extension RowWorkspace {
  /// Completes `curvature`, of which a pass computes the lower triangles.
  package mutating func fillCurvature() { curvature.fillUpperTriangles() }
}
