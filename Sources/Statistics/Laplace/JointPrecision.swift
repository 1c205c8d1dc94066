// The joint precision of random effects and parameters at the Laplace mode: what the sampler is preconditioned by.

import LinearAlgebra
import MixedModel
import Probability

/// A Gaussian approximation of the joint posterior, N(mode, Q⁻¹), with Q an arrow matrix.
///
/// Its conditional distribution of the effects given ψ has the curvature of the joint density, and its marginal
/// distribution of ψ the curvature M of the Laplace approximation, so
/// ```
/// Q = ( A   B                )    A = −∂²/∂x∂x',  B = −∂²/∂x∂ψ',
///     ( B'  M + B' A⁻¹ B     )
/// ```
/// as TMB's joint precision (Kristensen et al. 2016) and the SparseNUTS preconditioner have it.
package struct JointPrecision: Sendable {
  /// The mode (x̂, ψ̂) in the coordinates of the posterior.
  package let mode: [Double]
  /// Q, its corner holding the effects of the other factors and then ψ.
  package let matrix: ArrowMatrix

  /// Computes Q by central differences of the hand-derived gradient; effects of one member are moved in all levels at
  /// once, since levels of the leading factor do not meet.
  ///
  /// - Parameters:
  ///   - density: the posterior; its gradient is evaluated 2 (q + m + |ψ|) times.
  ///   - psi: ψ̂, the maximum of the penalised Laplace approximation.
  ///   - marginalHessian: M at ψ̂, column by column.
  ///   - modes: û on the standard scale.
  /// - Throws: `NotPositiveDefinite` when A is not positive definite at the mode.
  package init(
    density: inout PosteriorDensity, psi: [Double], marginalHessian: [Double], modes: [Double]
  ) throws(NotPositiveDefinite) {
    let model = density.model
    var factors = CovarianceFactors(layout: model.effects)
    factors.update(psi)
    mode = density.coordinates.coordinates(modes, factors) + psi
    var differences = Differences(density: density, mode: mode)
    let arrow = model.effects.arrow
    var effects = ArrowMatrix(structure: arrow)
    let scales = model.effectScales(factors, density.coordinates)
    for member in 0..<arrow.blockSize {
      let places = (0..<arrow.blockCount).map { $0 * arrow.blockSize + member }
      let column = differences.column(moving: places, by: 1e-4 * (scales.leading[member]))
      effects.setLeadingColumn(member, column)
    }
    for place in 0..<arrow.cornerSize {
      let at = arrow.blockSize * arrow.blockCount + place
      let column = differences.column(moving: [at], by: 1e-4 * scales.corner[place])
      effects.setCornerColumn(place, column)
    }
    effects.symmetrise()
    let count = model.effects.count
    let cross = psi.indices.map { index in
      let curvature = max(abs(marginalHessian[index * (psi.count + 1)]), 1e-6)
      return differences.column(moving: [count + index], by: 1e-4 / curvature.squareRoot())
    }
    matrix = try Self.assemble(effects, cross, marginalHessian, psi.count)
    density = differences.density
  }

  private static func assemble(
    _ effects: ArrowMatrix, _ cross: [[Double]], _ marginal: [Double], _ p: Int
  ) throws(NotPositiveDefinite) -> ArrowMatrix {
    let inner = effects.structure
    let (q, m) = (inner.blockSize, inner.cornerSize)
    var offsets = [0]
    var columns: [Int] = []
    for level in 0..<inner.blockCount {
      columns += inner.borderColumns[inner.borderOffsets[level]..<inner.borderOffsets[level + 1]]
      columns += m..<(m + p)
      offsets.append(columns.count)
    }
    var result = ArrowMatrix(
      structure: ArrowStructure(
        blockSize: q, blockCount: inner.blockCount, cornerSize: m + p, borderOffsets: offsets,
        borderColumns: columns))
    result.blocks = effects.blocks
    for level in 0..<inner.blockCount {
      let old = inner.borderOffsets[level]..<inner.borderOffsets[level + 1]
      for (place, border) in old.enumerated() {
        for r in 0..<q {
          result.border[q * (offsets[level] + place) + r] = effects.border[q * border + r]
        }
      }
      for index in 0..<p {
        for r in 0..<q {
          result.border[q * (offsets[level] + old.count + index) + r] = cross[index][level * q + r]
        }
      }
    }
    let size = m + p
    for c in 0..<m {
      for r in 0..<m { result.corner[r + c * size] = effects.corner[r + c * m] }
      for index in 0..<p {
        let value = cross[index][q * inner.blockCount + c]
        result.corner[m + index + c * size] = value
        result.corner[c + (m + index) * size] = value
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
      for r in 0..<p {
        var sum = marginal[r + c * p]
        for i in 0..<inner.dimension { sum += whitened[r][i] * whitened[c][i] }
        result.corner[m + r + (m + c) * size] = sum
      }
    }
    return result
  }
}

/// Central differences of a posterior's gradient around its mode.
private struct Differences {
  var density: PosteriorDensity
  let mode: [Double]

  /// −∂g/∂t along the sum of the unit vectors of `places`.
  mutating func column(moving places: [Int], by h: Double) -> [Double] {
    let up = gradient(places, h)
    let down = gradient(places, -h)
    return up.indices.map { -(up[$0] - down[$0]) / (2 * h) }
  }

  private mutating func gradient(_ places: [Int], _ h: Double) -> [Double] {
    var point = mode
    for place in places { point[place] += h }
    var result = [Double](repeating: 0, count: mode.count)
    var span = result.mutableSpan
    _ = density.evaluate(at: point.span, gradient: &span)
    return result
  }
}

extension MixedModel {
  /// The scale of each effect's coordinate: Λ_ii of a centred member, 1 of another.
  fileprivate func effectScales(_ factors: CovarianceFactors, _ coordinates: EffectCoordinates) -> (
    leading: [Double], corner: [Double]
  ) {
    var leading = [Double](repeating: 1, count: effects.arrow.blockSize)
    var corner = [Double](repeating: 1, count: effects.arrow.cornerSize)
    for (index, block) in effects.blocks.enumerated() {
      for member in 0..<block.size where coordinates.isCentred[index][member] {
        let scale = factors.lambdas[index][member * (block.size + 1)]
        if block.isLeading {
          leading[block.offset + member] = scale
        } else {
          for level in block.levels.indices {
            corner[block.offset + level * block.size + member] = scale
          }
        }
      }
    }
    return (leading, corner)
  }
}

extension ArrowMatrix {
  fileprivate mutating func setLeadingColumn(_ member: Int, _ column: [Double]) {
    let q = structure.blockSize
    for level in 0..<structure.blockCount {
      for r in 0..<q { blocks[level * q * q + r + member * q] = column[level * q + r] }
    }
  }

  fileprivate mutating func setCornerColumn(_ place: Int, _ column: [Double]) {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    for r in 0..<m { corner[r + place * m] = column[q * structure.blockCount + r] }
    for level in 0..<structure.blockCount {
      for border in structure.borderOffsets[level]..<structure.borderOffsets[level + 1]
      where structure.borderColumns[border] == place {
        for r in 0..<q { self.border[q * border + r] = column[level * q + r] }
      }
    }
  }

  /// Replaces blocks and corner by the mean of themselves and their transposes.
  fileprivate mutating func symmetrise() {
    let (q, m) = (structure.blockSize, structure.cornerSize)
    for level in 0..<structure.blockCount {
      for c in 0..<q {
        for r in 0..<c {
          let (a, b) = (level * q * q + r + c * q, level * q * q + c + r * q)
          let mean = 0.5 * (blocks[a] + blocks[b])
          blocks[a] = mean
          blocks[b] = mean
        }
      }
    }
    for c in 0..<m {
      for r in 0..<c {
        let mean = 0.5 * (corner[r + c * m] + corner[c + r * m])
        corner[r + c * m] = mean
        corner[c + r * m] = mean
      }
    }
  }
}
