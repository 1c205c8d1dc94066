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

  /// The share of the information that has to be left in every direction without a level: below a hundredth the other
  /// levels do not determine the parameters (ours).
  package static let leastInformationLeft = 0.01

  /// The influence of every level; nil when the free parameters have no information matrix.
  ///
  /// - Throws: `LaplaceFailure` when a level's approximation does not exist at the estimate.
  package static func all(
    _ fit: MaximumLikelihoodFit, _ likelihoods: LevelLikelihoods
  ) throws(LaplaceFailure) -> [LevelInfluence]? {
    guard let free = FreeParameters(fit), free.count > 0 else { return nil }
    let psi = fit.optimum.psi
    let n = psi.count
    // A ten-thousandth of a standard error: far above rounding, and curvature does not change over it.
    var steps = [Double](repeating: 0, count: n)
    for index in free.indices {
      steps[index] = min(1e-4 * (fit.standardError(index) ?? 0), 1e-2 * max(1, abs(psi[index])))
    }
    guard let scale = free.whitening else { return nil }
    let shares = try likelihoods.shares(at: psi, steps: steps)
    return shares.enumerated().map { level, share in
      let own = free.part(of: share.curvature, order: n)
      let score = free.part(of: share.score)
      guard let step = scale.step(against: score, without: own) else {
        return LevelInfluence(level: level, change: nil, distance: nil)
      }
      return LevelInfluence(
        level: level, change: free.whole(step, count: n),
        distance: free.quadraticForm(step) / Double(free.count))
    }
  }
}

/// S with S'HS = I, H the information: the parameters in units in which all directions are known equally well.
struct InformationScale: Sendable {
  let order: Int
  /// S, column by column.
  let root: [Double]

  /// −(H − A)⁻¹ x; nil where a direction keeps too little information.
  func step(against x: [Double], without a: [Double]) -> [Double]? {
    let k = order
    // S'(H − A)S = I − S'AS: its eigenvalues are the shares of information that are left.
    var product = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in 0..<k {
        for i in 0..<k { product[r + c * k] += a[r + i * k] * root[i + c * k] }
      }
    }
    var left = [Double](repeating: 0, count: k * k)
    var turned = [Double](repeating: 0, count: k)
    for c in 0..<k {
      for r in 0..<k {
        var sum = r == c ? 1.0 : 0
        for i in 0..<k { sum -= root[i + r * k] * product[i + c * k] }
        left[r + c * k] = sum
      }
      for i in 0..<k { turned[c] += root[i + c * k] * x[i] }
    }
    guard let (values, vectors) = Dense.eigenSystem(left, order: k),
      (values.first ?? 0) >= LevelInfluence.leastInformationLeft
    else { return nil }
    var inner = [Double](repeating: 0, count: k)
    for index in 0..<k {
      let along = (0..<k).reduce(0) { $0 + vectors[$1 + index * k] * turned[$1] } / values[index]
      for i in 0..<k { inner[i] -= vectors[i + index * k] * along }
    }
    return (0..<k).map { r in (0..<k).reduce(0) { $0 + root[r + $1 * k] * inner[$1] } }
  }
}

extension FreeParameters {
  /// The scale in which the information is the identity; nil when the covariance has no eigenvectors.
  var whitening: InformationScale? {
    guard let (values, vectors) = Dense.eigenSystem(covariance, order: count) else { return nil }
    return InformationScale(
      order: count, root: vectors.indices.map { vectors[$0] * values[$0 / count].squareRoot() })
  }
}
