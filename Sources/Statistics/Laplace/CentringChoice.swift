// Which random effects are sampled as themselves and which on the standard scale, from the data at the mode.

import LinearAlgebra
import MixedModel

extension EffectCoordinates {
  /// Centred coordinates for members whose effects the data determine better than their distribution does.
  ///
  /// The share of a member's variance is Λ_ii² w, w being the mean information of a level at the fitted modes:
  /// above 1 the data say more than the hierarchy (Papaspiliopoulos, Roberts & Sköld 2007).
  package init(fit: MaximumLikelihoodFit) {
    let model = fit.model
    var rows = RowWorkspace(model: model)
    model.curvaturePass(coefficients: fit.optimum.psi, effects: fit.modes, &rows)
    let choices = model.effects.blocks.enumerated().map { index, block in
      (0..<block.size).map { member in
        let information = model.effects.meanDiagonal(
          of: rows.curvature, block: index, member: member)
        let deviation = fit.lambdas[index][member * (block.size + 1)]
        return deviation * deviation * information > 1
      }
    }
    self.init(layout: model.effects, isCentred: choices)
  }
}
