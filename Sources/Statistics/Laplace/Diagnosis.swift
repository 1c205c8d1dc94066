// What a fit must say about itself: singular covariances, separation, flat directions, steps that did not settle.

import Glibc
import MixedModel

/// A warning about a fit: a stable code, what was found, and what to try.
package struct FitDiagnosis: Sendable, Equatable {
  /// `singular-fit`, `separation`, `flat-direction`, `not-converged`.
  package let code: String
  /// What was found, with names and numbers.
  package let message: String
  /// What to try.
  package let advice: String
  /// A warning from its parts.
  package init(code: String, message: String, advice: String) {
    self.code = code
    self.message = message
    self.advice = advice
  }
}

/// The covariance parameters of a fit that lie at the boundary of their space.
struct SingularParameters {
  /// Indices in ψ whose standard errors mean nothing.
  var indices: Set<Int> = []
  var warnings: [FitDiagnosis] = []

  /// A conditional standard deviation Λ_ii below this share of the member's sd is a correlation of ±1.
  static let correlationTolerance = 1e-3
  /// A share of variance Λ_ii² w / (1 + Λ_ii² w) below this square is a standard deviation of zero.
  static let deviationTolerance = 1e-2

  /// - Parameter precisions: the diagonal of Z'WZ, in the order of b.
  init(_ model: MixedModel, psi: [Double], precisions: [Double]) {
    var factors = CovarianceFactors(layout: model.effects)
    factors.update(psi)
    for (index, block) in model.effects.blocks.enumerated() {
      let lambda = factors.lambdas[index]
      let k = block.size
      let deviations = block.covariance.logStandardDeviations
      var next = block.thetaOffset + block.covariance.freeDeviationCount
      for member in 0..<k {
        let deviation = (0...member).reduce(0) {
          $0 + lambda[member + $1 * k] * lambda[member + $1 * k]
        }
        .squareRoot()
        let name = model.memberName(block.members[member])
        let information = model.effects.mean(of: precisions, block: index, member: member)
        let row = next..<(next + member)
        next += member
        if let place = deviations.firstIndex(of: member),
          deviation * information.squareRoot() < Self.deviationTolerance
        {
          indices.insert(block.thetaOffset + place)
          if block.hasCorrelations {
            indices.formUnion(row)
            indices.formUnion(Self.columns(of: member, block))
          }
          warnings.append(
            FitDiagnosis(
              code: "singular-fit",
              message:
                "the standard deviation of \(name) between levels of \(block.group) cannot be told from zero",
              advice: "leave the term out, or give its sd a prior and use --method map or mcmc"))
        } else if member > 0, block.hasCorrelations,
          lambda[member * (k + 1)] < Self.correlationTolerance * deviation
        {
          indices.formUnion(row)
          warnings.append(Self.correlationWarning(model, block, member, lambda))
        }
      }
    }
  }

  private static func columns(of member: Int, _ block: RandomEffectLayout.Block) -> [Int] {
    ((member + 1)..<max(block.size, member + 1)).map { row in
      block.thetaOffset + block.covariance.freeDeviationCount + row * (row - 1) / 2 + member
    }
  }

  private static func correlationWarning(
    _ model: MixedModel, _ block: RandomEffectLayout.Block, _ member: Int, _ lambda: [Double]
  ) -> FitDiagnosis {
    let summary = CovarianceSummary(lambda: lambda, size: block.size)
    let name = model.memberName(block.members[member])
    let pairs = (0..<member).filter { abs(summary.correlations[member + $0 * block.size]) > 0.999 }
      .map { model.memberName(block.members[$0]) }
    let message =
      pairs.isEmpty
      ? "\(name) is a combination of the other effects of \(block.group): the covariance matrix is singular"
      : "the correlation of \(name) with \(pairs.joined(separator: ", ")) between levels of "
        + "\(block.group) is at its limit, ±1"
    return FitDiagnosis(
      code: "singular-fit", message: message,
      advice:
        "the data do not tell these effects apart: simplify the random effects, or use a prior "
        + "(--method map or mcmc with cor ~ lkj(2))")
  }
}
