// What the data say of each random effect at the mode: the coordinates in which the effects are sampled.

import LinearAlgebra
import MixedModel

extension EffectCoordinates {
  /// Coordinates in which random effects and their covariance are as independent as a quadratic likelihood allows.
  ///
  /// For a level of the leading factor h = Z'∂ + W b̂ at the mode, the effects of the other factors being held, and
  /// W = Z'WZ. In a model with one grouping factor that is taken where the standard deviations are two standard errors
  /// (at most a factor of 4.5) above the mode: a likelihood that bounds its effects on one side only, as few binary
  /// values do, says less of them the wider they spread, and W is to serve the wide end too. For a level of another factor, whose effects share their data with those of more levels,
  /// W = V⁻¹ − Σ⁻¹ and h = V⁻¹ b̂ with V the conditional covariance of the level's effects given all data: what the
  /// data say once all other effects are integrated out.
  package init(fit: MaximumLikelihoodFit) {
    let model = fit.model
    var rows = RowWorkspace(model: model)
    model.curvaturePass(coefficients: fit.optimum.psi, effects: fit.modes, &rows)
    rows.fillCurvature()
    var scores = rows.effectGradient
    if let modes = fit.modesOfWideEffects() {
      model.curvaturePass(coefficients: fit.optimum.psi, effects: modes, &rows)
      rows.fillCurvature()
    }
    var information = rows.curvature
    let q = model.effects.arrow.blockSize
    for level in 0..<model.effects.arrow.blockCount {
      for r in 0..<q {
        for c in 0..<q {
          scores[level * q + r] +=
            information.blocks[level * q * q + r + c * q] * fit.modes[level * q + c]
        }
      }
    }
    fit.informationOfOthers(into: &information, &scores)
    self.init(layout: model.effects, information: information, scores: scores)
  }
}

extension MaximumLikelihoodFit {
  /// The conditional modes with all standard deviations two standard errors above their estimates; nil in a model with
  /// several grouping factors, and where there are no such modes.
  fileprivate func modesOfWideEffects() -> [Double]? {
    guard model.effects.arrow.cornerSize == 0, !modes.isEmpty else { return nil }
    var psi = optimum.psi
    for block in model.effects.blocks {
      for (place, member) in block.covariance.logStandardDeviations.enumerated()
      where member != nil {
        let index = block.thetaOffset + place
        psi[index] += min(2 * (standardError(index) ?? .infinity), 1.5)
      }
    }
    var workspace = LaplaceWorkspace(model: model)
    workspace.modes = standardModes
    let approximation = LaplaceApproximation(model: model)
    // Without modes at the wide end the curvature at the estimates has to do.
    guard (try? approximation.value(at: psi, &workspace)) != nil else { return nil }
    return workspace.effects
  }

  /// Replaces the diagonal blocks and scores of levels beside the leading factor by V⁻¹ − Σ⁻¹ and V⁻¹ b̂.
  fileprivate func informationOfOthers(
    into information: inout ArrowMatrix, _ scores: inout [Double]
  ) {
    for (index, block) in model.effects.blocks.enumerated() where !block.isLeading {
      let k = block.size
      var prior = CovarianceSummary(lambda: lambdas[index], size: k).covariances
      guard Self.invert(&prior, k) else { continue }
      for level in block.levels.indices {
        var precision = Array(otherCovariances[index][(level * k * k)..<((level + 1) * k * k)])
        let corner = block.offset + level * k
        let start = model.effects.index(block: index, level: level, member: 0)
        let isUsable = Self.invert(&precision, k)
        for r in 0..<k {
          scores[start + r] = 0
          for c in 0..<k {
            let value = isUsable ? precision[r + c * k] : 0
            scores[start + r] += value * modes[start + c]
            let place = model.effects.arrow.cornerPlace(row: corner + r, column: corner + c)
            if let place { information.corner[place] = isUsable ? value - prior[r + c * k] : 0 }
          }
        }
      }
    }
  }

  /// A ← A⁻¹, both triangles; false where A is not positive definite.
  private static func invert(_ a: inout [Double], _ k: Int) -> Bool {
    guard (try? Dense.choleskyFactor(&a, order: k)) != nil else { return false }
    Dense.invertFactored(&a, order: k)
    return true
  }
}
