// The joint precision of random effects and parameters at the Laplace mode: what the sampler is preconditioned by.

import LinearAlgebra
import MixedModel
import Probability

/// A Gaussian approximation of the joint posterior, N(mode, Q⁻¹), with Q an arrow matrix.
///
/// Its conditional distribution of the effects given ψ has the curvature of the joint density, and its marginal
/// distribution of the parameters, in their coordinates s, the curvature M of the Laplace approximation, so
/// ```
/// Q = ( A   B                )    A = −∂²/∂z∂z',  B = −∂²/∂z∂s',
///     ( B'  M + B' A⁻¹ B     )
/// ```
/// as TMB's joint precision (Kristensen et al. 2016) and the SparseNUTS preconditioner have it.
package struct JointPrecision: Sendable {
  /// The mode (ẑ, ŝ) in the coordinates of the posterior.
  package let mode: [Double]
  /// Q, its corner holding the effects of the other factors and then ψ.
  package let matrix: ArrowMatrix

  /// Computes Q: A from the curvature of the rows at the mode, B by central differences of the hand-derived gradient.
  ///
  /// The effects' coordinates are affine in u, level by level, so that A = L⁻¹ (Λ'Z'WZΛ + I) L⁻ᵀ.
  ///
  /// - Parameters:
  ///   - density: the posterior; its gradient is evaluated 2 |ψ| times.
  ///   - psi: ψ̂, the maximum of the penalised Laplace approximation.
  ///   - marginalHessian: −∂²/∂ψ∂ψ' of that approximation at ψ̂, column by column.
  ///   - modes: û on the standard scale.
  /// - Throws: `NotPositiveDefinite` when A is not positive definite at the mode.
  package init(
    density: inout PosteriorDensity, psi: [Double], marginalHessian: [Double], modes: [Double]
  ) throws(NotPositiveDefinite) {
    let model = density.model
    var factors = CovarianceFactors(layout: model.effects)
    factors.update(psi)
    mode =
      density.coordinates.coordinates(modes, factors) + density.parameters.coordinates(psi)
    // At the maximum the gradient vanishes, so that the curvature in s is that in ψ times the slopes.
    let slopes = density.parameters.slopes(psi)
    let marginal = marginalHessian.indices.map {
      marginalHessian[$0] * slopes[$0 % psi.count] * slopes[$0 / psi.count]
    }
    let effects = model.coordinateCurvature(psi, modes, factors, density.coordinates)
    var differences = Differences(density: density, mode: mode)
    let count = model.effects.count
    let cross = psi.indices.map { index in
      let curvature = max(abs(marginal[index * (psi.count + 1)]), 1e-6)
      return differences.column(moving: count + index, by: 1e-4 / curvature.squareRoot())
    }
    matrix = try Self.assemble(effects, cross, marginal, psi.count)
    density = differences.density
  }

  private static func assemble(
    _ effects: ArrowMatrix, _ cross: [[Double]], _ marginal: [Double], _ p: Int
  ) throws(NotPositiveDefinite) -> ArrowMatrix {
    let inner = effects.structure
    let (q, m) = (inner.blockSize, inner.cornerSize)
    let outer = inner.appendingDenseColumns(p)
    var result = ArrowMatrix(structure: outer)
    result.blocks = effects.blocks
    for level in 0..<inner.blockCount {
      let old = q * inner.borderOffsets[level]..<q * inner.borderOffsets[level + 1]
      let start = q * outer.borderOffsets[level]
      for (place, border) in old.enumerated() {
        result.border[start + place] = effects.border[border]
      }
      for index in 0..<p {
        for r in 0..<q {
          result.border[start + old.count + q * index + r] = cross[index][level * q + r]
        }
      }
    }
    // The effects' rows come first in each of their columns, dense or sparse.
    for c in 0..<m {
      let (old, new) = (inner.cornerColumn(c), outer.cornerColumn(c))
      for r in 0..<old.count { result.corner[new.first + r] = effects.corner[old.first + r] }
      for index in 0..<p {
        let value = cross[index][q * inner.blockCount + c]
        result.corner[new.first + old.count + index] = value
        result.corner[outer.cornerColumn(m + index).first + c] = value
      }
    }
    var factor = ArrowFactor(structure: inner)
    try factor.factor(effects)
    let whitened = cross.map { column in
      var part = Array(column.prefix(inner.dimension))
      var span = part.mutableSpan
      factor.solveLower(&span)
      return part
    }
    for c in 0..<p {
      let start = outer.cornerColumn(m + c).first + m
      for r in 0..<p {
        var sum = marginal[r + c * p]
        for i in 0..<inner.dimension { sum += whitened[r][i] * whitened[c][i] }
        result.corner[start + r] = sum
      }
    }
    return result
  }
}

/// Central differences of a posterior's gradient around its mode.
private struct Differences {
  var density: PosteriorDensity
  let mode: [Double]

  /// −∂g/∂t for coordinate `place`.
  mutating func column(moving place: Int, by h: Double) -> [Double] {
    let up = gradient(place, h)
    let down = gradient(place, -h)
    return up.indices.map { -(up[$0] - down[$0]) / (2 * h) }
  }

  private mutating func gradient(_ place: Int, _ h: Double) -> [Double] {
    var point = mode
    point[place] += h
    var result = [Double](repeating: 0, count: mode.count)
    var span = result.mutableSpan
    _ = density.evaluate(at: point.span, gradient: &span)
    return result
  }
}

extension MixedModel {
  /// −∂²/∂z∂z' of the joint log density at û, both triangles.
  fileprivate func coordinateCurvature(
    _ psi: [Double], _ modes: [Double], _ factors: CovarianceFactors,
    _ coordinates: EffectCoordinates
  ) -> ArrowMatrix {
    var b = modes
    factors.effects(of: modes, into: &b)
    var rows = RowWorkspace(model: self)
    curvaturePass(coefficients: psi, effects: b, &rows)
    var result = ArrowMatrix(structure: effects.arrow)
    factors.standardCurvature(of: rows.curvature, into: &result)
    coordinates.whiten(&result, factors)
    return result
  }
}
