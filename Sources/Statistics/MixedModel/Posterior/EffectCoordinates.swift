// The coordinates in which random effects are sampled: centred (b itself) or standard (u), member by member.

import LinearAlgebra

/// The map between sampled coordinates x, standard effects u and effects b = Λ u.
///
/// A centred member has x_i = b_i = Σ_j Λ_ij u_j, another has x_i = u_i; Λ being lower triangular, u follows from x from
/// the first member on. Centred coordinates suit members about which the data say much, standard ones the rest.
package struct EffectCoordinates: Sendable {
  let layout: RandomEffectLayout
  /// For each block, whether each member is centred.
  package let isCentred: [[Bool]]

  /// Coordinates for a layout; `isCentred` has one array for each block, one element for each member.
  package init(layout: RandomEffectLayout, isCentred: [[Bool]]) {
    precondition(isCentred.map(\.count) == layout.blocks.map(\.size), "one choice for each member")
    self.layout = layout
    self.isCentred = isCentred
  }

  /// u from x at the factors Λ.
  package func standardEffects(
    _ x: Span<Double>, _ factors: CovarianceFactors, into u: inout [Double]
  ) {
    var target = u.mutableSpan
    for (index, block) in layout.blocks.enumerated() {
      let lambda = factors.lambdas[index]
      let k = block.size
      for start in layout.levelStarts(of: block) {
        for i in 0..<k {
          var value = x[start + i]
          if isCentred[index][i] {
            for j in 0..<i { value -= lambda[i + j * k] * target[start + j] }
            value /= lambda[i * (k + 1)]
          }
          target[start + i] = value
        }
      }
    }
  }

  /// x from u at the factors Λ.
  package func coordinates(_ u: [Double], _ factors: CovarianceFactors) -> [Double] {
    var b = u
    factors.effects(of: u, into: &b)
    var x = u
    for (index, block) in layout.blocks.enumerated() {
      for start in layout.levelStarts(of: block) {
        for i in 0..<block.size where isCentred[index][i] { x[start + i] = b[start + i] }
      }
    }
    return x
  }

  /// −Σ_levels Σ_centred log Λ_ii, the log Jacobian of x ↦ u.
  func logJacobian(_ factors: CovarianceFactors) -> Double {
    var sum = 0.0
    for (index, block) in layout.blocks.enumerated() {
      var product = 1.0
      for i in 0..<block.size where isCentred[index][i] {
        product *= factors.lambdas[index][i * (block.size + 1)]
      }
      sum -= levelCount(block) * Dense.logarithm(product)
    }
    return sum
  }

  private func levelCount(_ block: RandomEffectLayout.Block) -> Double {
    Double(block.isLeading ? layout.arrow.blockCount : block.levels.count)
  }

  /// Replaces `adjoint`, the derivative in u at fixed Λ, by the derivative in x, and adds the derivative in Λ of block
  /// `index` to `lambdaGradient`, given the derivative in b.
  func pullBack(
    block index: Int, adjoint: inout MutableSpan<Double>, effectGradient: Span<Double>,
    u: Span<Double>, _ factors: CovarianceFactors, lambdaGradient: inout MutableSpan<Double>
  ) {
    let block = layout.blocks[index]
    let k = block.size
    let lambda = factors.lambdas[index]
    let centred = isCentred[index]
    if k == 1 {
      pullBackScalar(
        block, isCentred: centred[0], &adjoint, effectGradient, u, lambda[0], &lambdaGradient)
      return
    }
    for start in layout.levelStarts(of: block) {
      for i in 0..<k {
        for j in 0...i { lambdaGradient[i + j * k] += effectGradient[start + i] * u[start + j] }
      }
      for back in 0..<k {
        let i = k - 1 - back
        guard centred[i] else { continue }
        let ratio = adjoint[start + i] / lambda[i * (k + 1)]
        for j in 0..<i {
          adjoint[start + j] -= ratio * lambda[i + j * k]
          lambdaGradient[i + j * k] -= ratio * u[start + j]
        }
        lambdaGradient[i * (k + 1)] -= ratio * u[start + i]
        adjoint[start + i] = ratio
      }
    }
    for i in 0..<k where centred[i] {
      lambdaGradient[i * (k + 1)] -= levelCount(block) / lambda[i * (k + 1)]
    }
  }

  private func pullBackScalar(
    _ block: RandomEffectLayout.Block, isCentred: Bool, _ adjoint: inout MutableSpan<Double>,
    _ effectGradient: Span<Double>, _ u: Span<Double>, _ lambda: Double,
    _ lambdaGradient: inout MutableSpan<Double>
  ) {
    var sum = 0.0
    for at in layout.levelStarts(of: block) {
      sum += effectGradient[at] * u[at]
      if isCentred {
        let ratio = adjoint[at] / lambda
        sum -= ratio * u[at]
        adjoint[at] = ratio
      }
    }
    lambdaGradient[0] += isCentred ? sum - levelCount(block) / lambda : sum
  }
}
