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
  /// With τ² the variance of an effect and v_j its conditional variance given the data, r_j = τ²/v_j − 1 compares the two for
  /// level j (Papaspiliopoulos, Roberts & Sköld 2007): it is τ² w where the level's information w belongs to this effect
  /// alone, and less where other effects could explain the same data. For a Gaussian outcome the mean over levels
  /// decides. For others it is the geometric mean: a few well-observed levels must not hide the many that
  /// say nothing, whose effects make a funnel when centred.
  package init(fit: MaximumLikelihoodFit) {
    let model = fit.model
    let choices = model.effects.blocks.enumerated().map { index, block in
      let summary = CovarianceSummary(lambda: fit.lambdas[index], size: block.size)
      return (0..<block.size).map { member in
        let ratios = block.levels.indices.map { level in
          let place = model.effects.index(block: index, level: level, member: member)
          let share = summary.standardDeviations[member] / fit.modeDeviations[place]
          return max(share * share - 1, 0)
        }
        let count = Double(ratios.count)
        print("RATIO", block.members[member].term, ratios.reduce(0, +) / count, exp(ratios.reduce(0) { $0 + log(max($1, 1e-12)) } / count))
        if model.outcomes[block.members[member].outcome].isGaussian {
          return ratios.reduce(0, +) / count > Self.gaussianRatio
        }
        return exp(ratios.reduce(0) { $0 + log(max($1, 1e-12)) } / count) > Self.otherRatio
      }
    }
    self.init(layout: model.effects, isCentred: choices)
  }
}
