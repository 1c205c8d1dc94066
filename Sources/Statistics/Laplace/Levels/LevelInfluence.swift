// What leaving out one level would do to the estimates: one Newton step from the whole fit.

import LinearAlgebra
import MixedModel

/// The estimates without one level, in one Newton step.
///
/// With ℓ = Σ_j ℓ_j the gradient without level j is −∂ℓ_j at ψ̂, and the information H − H_j, so the step is
/// ```
/// ψ_(j) − ψ̂ ≈ −(H − H_j)⁻¹ ∂ℓ_j
/// ```
/// (Cook & Weisberg 1982, section 5.2; Lesaffre & Verbeke 1998, by groups). H holds the penalty, if there is one.
package struct LevelInfluence: Sendable {
  /// The level's index.
  package let level: Int
  /// ψ_(j) − ψ̂, with 0 for parameters at a boundary; nil when the other levels alone do not determine the parameters.
  package let change: [Double]?
  /// Cook's distance over all free parameters, Δ' H Δ / k; nil as `change`.
  package let distance: Double?

  /// The influence of every level; nil when the free parameters have no information matrix.
  ///
  /// - Throws: `LaplaceFailure` when a level's approximation does not exist at the estimate.
  package static func all(
    _ fit: MaximumLikelihoodFit, _ likelihoods: LevelLikelihoods
  ) throws(LaplaceFailure) -> [LevelInfluence]? {
    guard let free = FreeParameters(fit), free.count > 0 else { return nil }
    let psi = fit.optimum.psi
    let n = psi.count
    // A thousandth of a standard error: far above rounding, and curvature does not change over it.
    var steps = [Double](repeating: 0, count: n)
    for index in free.indices {
      steps[index] = min(1e-3 * (fit.standardError(index) ?? 0), 1e-2 * max(1, abs(psi[index])))
    }
    let shares = try likelihoods.shares(at: psi, steps: steps)
    return shares.enumerated().map { level, share in
      let own = free.part(of: share.curvature, order: n)
      var rest = zip(free.information, own).map { $0 - $1 }
      guard (try? Dense.choleskyFactor(&rest, order: free.count)) != nil else {
        return LevelInfluence(level: level, change: nil, distance: nil)
      }
      var step = free.part(of: share.score).map { -$0 }
      Dense.solveFactored(rest, order: free.count, &step)
      return LevelInfluence(
        level: level, change: free.whole(step, count: n),
        distance: free.quadraticForm(step) / Double(free.count))
    }
  }
}

extension FreeParameters {
  /// Δ_S' C_SS⁻¹ Δ_S / |S|: Cook's distance over the free parameters among `wanted`; nil where there are none.
  package func distance(of change: [Double], over wanted: [Int]) -> Double? {
    let places = indices.indices.filter { wanted.contains(indices[$0]) }
    let k = places.count
    guard k > 0 else { return nil }
    var part = places.flatMap { c in places.map { covariance[$0 + c * count] } }
    guard (try? Dense.choleskyFactor(&part, order: k)) != nil else { return nil }
    let delta = places.map { change[indices[$0]] }
    var solved = delta
    Dense.solveFactored(part, order: k, &solved)
    return zip(delta, solved).reduce(0) { $0 + $1.0 * $1.1 } / Double(k)
  }
}
