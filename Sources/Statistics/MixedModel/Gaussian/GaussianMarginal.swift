// The marginal density of a Gaussian model: effects and coefficients integrated out on paper.

import Glibc
import LinearAlgebra

/// log ∫∫ f(y | β, b) π(b | θ) π(β) db dβ of a Gaussian model, over b and those coefficients whose prior is flat or normal.
///
/// With H the precision of the standard effects u and of the integrated coefficients γ given y, c its right-hand side,
/// and W the precision of the residuals,
/// ```
/// H = K' M K + blockdiag(I, T'PT)       M = Σ_c w_c N_c
/// ℓ = −½ n log 2π + ½ log |W| − ½ log |H| − ½ (y'Wy − c'H⁻¹c) + constants of T and P
/// ```
/// (Lindstrom & Bates 1988, section 3; Bates et al. 2015, section 3.4). The cross products N are summed once, so an
/// evaluation touches no rows; y is the last column of H, whose last pivot squared is y'Wy − c'H⁻¹c.
///
/// Parameters are slots: |ψ| numbers, of which those of integrated coefficients are not read, and that of an intercept
/// with a prior at the means of the predictors holds α (see `GaussianCoefficients`).
package struct GaussianMarginal: Sendable {
  /// The model.
  package let model: MixedModel
  let coefficients: GaussianCoefficients
  let products: CrossProducts
  /// For each random effect of the model, in the order of b, its place in H.
  let effectPlaces: [Int]

  /// The density of a model in which every coefficient is a parameter: its likelihood.
  package init(likelihoodOf model: MixedModel) {
    self.init(model, GaussianCoefficients(model, priors: [:]))
  }

  /// The density of a model with every coefficient of a mean integrated under a flat prior: its restricted likelihood
  /// (Harville 1974).
  package init(restrictedLikelihoodOf model: MixedModel) {
    var priors: [Int: GaussianCoefficients.NormalPrior] = [:]
    for outcome in model.outcomes {
      let predictor = outcome.predictors[0]
      for column in predictor.columnNames.indices {
        priors[predictor.coefficientOffset + column] = .init()
      }
    }
    self.init(model, GaussianCoefficients(model, priors: priors))
  }

  init(_ model: MixedModel, _ coefficients: GaussianCoefficients) {
    precondition(model.isGaussian, "a marginal density wants gaussian outcomes")
    self.model = model
    self.coefficients = coefficients
    products = CrossProducts(model, coefficients)
    var places = [Int](repeating: 0, count: model.effects.count)
    for (index, block) in model.effects.blocks.enumerated() {
      for level in block.levels.indices {
        for member in 0..<block.size {
          places[model.effects.index(block: index, level: level, member: member)] =
            products.effects.starts[index][level] + member
        }
      }
    }
    effectPlaces = places
  }

  /// Whether chains on this density of `model` are worth their evaluations, which cost a dense factor of the effects outside
  /// the leading blocks; chains on the joint density pass over the rows and solve with a factor made once.
  ///
  /// They need about five times as many evaluations for the same effective draws (sleepstudy, btdata and edu).
  package static func isWorthwhile(for model: MixedModel) -> Bool {
    guard model.isGaussian else { return false }
    let coefficients = model.layout.coefficientCount
    let effects = EffectArrangement(
      model, UnitClasses(model).units, RowEffects(model), denseCount: coefficients + 1)
    // Without effects in the corner the blocks are worked on eight at a time.
    let own = effects.cornerSize == 0 ? effects.cost / 6 : effects.cost
    let arrow = model.effects.arrow
    let border = Double(arrow.borderColumns.count + arrow.blockCount * model.layout.count)
    let leading = Double(arrow.blockCount * arrow.blockSize * arrow.blockSize)
    let corner = Double(arrow.cornerElementCount)
    let joint =
      12 * Double(model.observationCount)
      + 2 * (leading + Double(arrow.blockSize) * border + corner)
    return own <= 5 * joint
  }

  /// The indices in ψ of the integrated coefficients.
  package var integrated: [Int] { coefficients.integrated }

  /// The indices in ψ of the other parameters, in ascending order.
  package var parameters: [Int] {
    let gone = Set(coefficients.integrated)
    return (0..<model.layout.count).filter { !gone.contains($0) }
  }

  /// ℓ at the slots `psi`, leaving the factor of H in `workspace`; −∞ where it cannot be computed.
  package func logDensity(at psi: [Double], _ workspace: inout GaussianWorkspace) -> Double {
    guard workspace.factor(self, psi) else { return -.infinity }
    // The last element of L⁻¹ e is the reciprocal of the last pivot.
    let last = workspace.vector.count - 1
    workspace.vector.fill(with: 0)
    workspace.vector[last] = 1
    workspace.solveLower()
    let pivot = 1 / workspace.vector[last]
    return value(workspace.logDeterminant, pivot * pivot, workspace)
  }

  /// ℓ and its gradient in the slots, in which elements of integrated coefficients are 0.
  ///
  /// Nothing is allocated.
  package func logDensity(
    at psi: [Double], gradient: inout [Double], _ workspace: inout GaussianWorkspace
  ) -> Double {
    gradient.fill(with: 0)
    guard let (logDeterminant, quadratic) = workspace.makeMoments(self, psi) else {
      return -.infinity
    }
    workspace.addThetaGradient(self, psi, to: &gradient)
    workspace.addKeptGradient(self, to: &gradient)
    workspace.addWeightGradient(self, to: &gradient)
    return value(logDeterminant, quadratic, workspace)
  }

  private func value(
    _ logDeterminant: Double, _ quadratic: Double, _ workspace: borrowing GaussianWorkspace
  ) -> Double {
    let n = Double(model.observationCount)
    let value =
      -0.5 * n * log(2 * Double.pi) + 0.5 * workspace.weights.logDeterminant
      - 0.5 * (logDeterminant - log(quadratic)) - 0.5 * quadratic
      + coefficients.constant
    return value.isFinite ? value : -.infinity
  }
}
