// Which random effects are sampled as themselves and which on the standard scale, from the data at the mode.

import Glibc
import LinearAlgebra
import MixedModel

extension EffectCoordinates {
  /// The ratio of information in the data and in the hierarchy from which effects of a Gaussian outcome are centred.
  static let gaussianRatio = 1.0
  /// The same for other outcomes, whose likelihood is not quadratic in the effects.
  static let otherRatio = 3.5

  /// Centred coordinates for members whose effects the data determine better than their distribution does.
  ///
  /// For level j it is the smaller of two ratios (Papaspiliopoulos, Roberts & Sköld 2007): Λ_ii² w_j, what the level's own
  /// data say against the distribution of the effect given the members before it, and τ²/v_j − 1, which falls where
  /// effects of other factors could explain the same data (τ² the effect's variance, v_j its conditional
  /// variance given all data). For a Gaussian outcome the mean over levels decides. For others it is the
  /// geometric mean: a few well-observed levels must not hide the many that say nothing, whose effects make a
  /// funnel when centred.
  package init(fit: MaximumLikelihoodFit) {
    let model = fit.model
    var rows = RowWorkspace(model: model)
    model.curvaturePass(coefficients: fit.optimum.psi, effects: fit.modes, &rows)
    let choices = model.effects.blocks.enumerated().map { index, block in
      let summary = CovarianceSummary(lambda: fit.lambdas[index], size: block.size)
      return (0..<block.size).map { member in
        let conditional = fit.lambdas[index][member * (block.size + 1)]
        let ratios = block.levels.indices.map { level in
          let place = model.effects.index(block: index, level: level, member: member)
          let share = summary.standardDeviations[member] / fit.modeDeviations[place]
          let information = model.effects.diagonal(
            of: rows.curvature, block: index, level: level, member: member)
          return max(min(share * share - 1, conditional * conditional * information), 0)
        }
        let count = Double(ratios.count)
        if model.outcomes[block.members[member].outcome].isGaussian {
          return ratios.reduce(0, +) / count > Self.gaussianRatio
        }
        return exp(ratios.reduce(0) { $0 + log(max($1, 1e-12)) } / count) > Self.otherRatio
      }
    }
    self.init(layout: model.effects, isCentred: choices)
  }
}
