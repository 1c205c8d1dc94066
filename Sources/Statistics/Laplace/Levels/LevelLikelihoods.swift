// The log likelihood as a sum over the levels of one grouping factor, each with its own model.

import Glibc
import MixedModel

/// The models of the levels of the leading factor: given ψ the likelihood is the product of theirs.
///
/// Rows that no level owns (of an outcome without effects of the factor, in table rows where no other outcome has them)
/// are in none of the models.
package struct LevelLikelihoods: Sendable {
  /// The whole model.
  package let model: MixedModel
  /// The grouping factor.
  package let factor: String
  /// Its levels.
  package let levels: [String]
  /// One model for each level.
  package let models: [MixedModel]
  /// For each level the sorted rows of each outcome that it owns.
  package let rows: [[[Int]]]

  /// The levels of `model`; nil when it has no random effects, or several grouping factors.
  package init?(_ model: MixedModel) {
    guard model.isProductOverLevels, let factor = model.effects.leadingGroup,
      let levels = model.effects.blocks.first?.levels
    else { return nil }
    self.model = model
    self.factor = factor
    self.levels = levels
    let owners = model.leadingLevels()
    var rows = levels.map { _ in owners.map { _ in [Int]() } }
    for (outcome, list) in owners.enumerated() {
      for (row, owner) in list.enumerated() {
        if let owner { rows[owner][outcome].append(row) }
      }
    }
    self.rows = rows
    models = rows.enumerated().map { model.level($0, rows: $1) }
  }

  /// The share of one level in the log likelihood's gradient and curvature.
  package struct Share: Sendable {
    /// ℓ_j(ψ).
    package let value: Double
    /// ∂ℓ_j/∂ψ.
    package let score: [Double]
    /// −∂²ℓ_j/∂ψ∂ψ', p × p, by forward differences of the score; empty where it was not asked for.
    package let curvature: [Double]
  }

  /// ℓ_j, its gradient and, with `steps` (one for each parameter, 0 for those left out), its curvature, for every level.
  ///
  /// - Throws: `LaplaceFailure` when a level's approximation does not exist at ψ.
  package func shares(at psi: [Double], steps: [Double]? = nil) throws(LaplaceFailure) -> [Share] {
    var result: [Share] = []
    for part in models {
      if part.residualCorrelation == nil {
        result.append(try Self.share(LaplaceApproximation(model: part), psi, steps))
      } else {
        result.append(try Self.share(GaussianLikelihood(model: part), psi, steps))
      }
    }
    return result
  }

  private static func share<Objective: MarginalObjective>(
    _ objective: Objective, _ psi: [Double], _ steps: [Double]?
  ) throws(LaplaceFailure) -> Share {
    let n = psi.count
    var workspace = objective.makeWorkspace()
    var score = [Double](repeating: 0, count: n)
    let value = try objective.valueAndGradient(at: psi, into: &score, &workspace)
    guard let steps else { return Share(value: value, score: score, curvature: []) }
    let modes = workspace.modes
    var curvature = [Double](repeating: 0, count: n * n)
    var (above, point) = (score, psi)
    for c in 0..<n where steps[c] > 0 {
      point[c] = psi[c] + steps[c]
      _ = try objective.valueAndGradient(at: point, into: &above, &workspace)
      workspace.modes = modes
      let step = point[c] - psi[c]
      point[c] = psi[c]
      for r in 0..<n { curvature[r + c * n] = (score[r] - above[r]) / step }
    }
    for c in 0..<n {
      for r in (c + 1)..<max(n, c + 1) {
        let mean = 0.5 * (curvature[r + c * n] + curvature[c + r * n])
        curvature[r + c * n] = mean
        curvature[c + r * n] = mean
      }
    }
    return Share(value: value, score: score, curvature: curvature)
  }
}
