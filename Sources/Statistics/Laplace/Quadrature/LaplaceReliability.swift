// How far Laplace's method is off at the estimate, and what that does to the estimates.

import LinearAlgebra
import MixedModel
import Probability

/// The exact marginal likelihood beside Laplace's, level by level, at the estimate of a fit.
///
/// The shift is one Newton step towards the maximum of the exact likelihood, H⁻¹ Σ_j (∂ log exact_j − ∂ log Laplace_j):
/// at the estimate Laplace's gradient, with the penalty, is zero.
package struct LaplaceReliability: Sendable {
  /// How the exact likelihood was computed.
  package enum Method: Sendable, Equatable {
    /// Adaptive quadrature with so many nodes in each dimension.
    case quadrature(points: Int)
    /// Importance sampling with so many draws for each level.
    case sampling(draws: Int)
  }

  package let method: Method
  /// log exact − log Laplace of every level.
  package let corrections: [Double]
  /// Their sum.
  package let difference: Double
  /// Its Monte Carlo standard error; nil with quadrature.
  package let differenceError: Double?
  /// The shift of ψ, 0 for parameters at a boundary.
  package let shift: [Double]
  /// The Monte Carlo error of the shift, from the two halves of the draws; nil with quadrature.
  package let shiftError: [Double]?
  /// The logarithms of the importance ratios of every level; empty with quadrature.
  package let logRatios: [[Double]]

  /// The largest dimension in which a product of rules is used.
  package static let largestQuadrature = 3

  /// The check of a fit; nil when the free parameters have no information matrix.
  ///
  /// - Parameter seed: of the importance sampling.
  /// - Precondition: the fit was by Laplace's method and is not exact.
  /// - Throws: `LaplaceFailure` when a level has no mode at the estimate.
  package init?(
    _ fit: MaximumLikelihoodFit, _ likelihoods: LevelLikelihoods, seed: UInt64
  ) throws(LaplaceFailure) {
    guard let free = FreeParameters(fit), free.count > 0 else { return nil }
    let (psi, q) = (fit.optimum.psi, fit.model.effects.arrow.blockSize)
    let count = likelihoods.models.count
    let points = [1: 25, 2: 13, 3: 9][q, default: 0]
    // Errors of the levels are independent and average out: many levels need fewer draws each.
    let draws = 2 * min(max(100_000 / max(count, 1), 100), 1000)
    method = points > 0 ? .quadrature(points: points) : .sampling(draws: draws)
    let rule = GaussHermite(points: max(points, 1), dimension: points > 0 ? q : 1)
    let exact = try likelihoods.shares(at: psi)
    var corrections: [Double] = []
    var excess = [Double](repeating: 0, count: psi.count)
    var halves = [excess, excess]
    var variance = 0.0
    var ratios: [[Double]] = []
    for (level, model) in likelihoods.models.enumerated() {
      var stream = RandomStream(seed: seed, stream: UInt64(level) | 1 << 50)
      let own =
        points > 0
        ? LevelRule.quadrature(rule)
        : LevelRule.sampling(dimension: q, draws: draws, using: &stream)
      var workspace = LaplaceWorkspace(model: model)
      let integral = try LevelIntegral(of: model, at: psi, rule: own, &workspace)
      corrections.append(integral.correction)
      variance += integral.error * integral.error
      for k in psi.indices {
        excess[k] += integral.score[k] - exact[level].score[k]
        for (half, score) in integral.halfScores.enumerated() {
          halves[half][k] += score[k] - exact[level].score[k]
        }
      }
      if !integral.logRatios.isEmpty { ratios.append(integral.logRatios) }
    }
    self.corrections = corrections
    difference = corrections.reduce(0, +)
    differenceError = points > 0 ? nil : variance.squareRoot()
    logRatios = ratios
    func step(_ gradient: [Double]) -> [Double] {
      free.whole(free.solve(free.part(of: gradient)), count: psi.count)
    }
    shift = step(excess)
    let shifts = halves.map(step)
    shiftError =
      points > 0 ? nil : zip(shifts[0], shifts[1]).map { abs($0 - $1) / 2 }
  }
}
