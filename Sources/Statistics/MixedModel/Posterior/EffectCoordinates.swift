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
    for i in 0..<target.count { target[i] = x[i] }
    let (blocks, lambdas, choices) = (layout.blocks.span, factors.lambdas.span, isCentred.span)
    for index in blocks.indices where choices[index].contains(true) {
      let starts = layout.levelStarts(of: blocks[index])
      let (lambda, centred) = (lambdas[index].span, choices[index].span)
      switch blocks[index].size {
      case 1: Self.standardise(&target, starts, lambda, centred, 1)
      case 2: Self.standardise(&target, starts, lambda, centred, 2)
      case 3: Self.standardise(&target, starts, lambda, centred, 3)
      case 4: Self.standardise(&target, starts, lambda, centred, 4)
      case let k: Self.standardise(&target, starts, lambda, centred, k)
      }
    }
  }

  /// u_i ← (x_i − Σ_j Λ_ij u_j)/Λ_ii of the centred members; a loop of its own for each small k.
  @inline(__always)
  private static func standardise(
    _ u: inout MutableSpan<Double>, _ starts: StrideTo<Int>, _ lambda: Span<Double>,
    _ centred: Span<Bool>, _ k: Int
  ) {
    let l = lambda.extracting(0..<(k &* k))
    let isCentred = centred.extracting(0..<k)
    for start in starts {
      var part = u._mutatingExtracting(start..<(start &+ k))
      for i in 0..<k where isCentred[i] {
        var value = part[i]
        for j in 0..<i { value -= l[i &+ j &* k] * part[j] }
        part[i] = value / l[i &* (k &+ 1)]
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
    let blocks = layout.blocks.span
    let k = blocks[index].size
    let (lambdas, choices) = (factors.lambdas.span, isCentred.span)
    let (lambda, centred) = (lambdas[index].span, choices[index].span)
    let starts = layout.levelStarts(of: blocks[index])
    switch k {
    case 1: Self.pullBack(&adjoint, effectGradient, u, starts, lambda, centred, 1, &lambdaGradient)
    case 2: Self.pullBack(&adjoint, effectGradient, u, starts, lambda, centred, 2, &lambdaGradient)
    case 3: Self.pullBack(&adjoint, effectGradient, u, starts, lambda, centred, 3, &lambdaGradient)
    case 4: Self.pullBack(&adjoint, effectGradient, u, starts, lambda, centred, 4, &lambdaGradient)
    default:
      Self.pullBack(&adjoint, effectGradient, u, starts, lambda, centred, k, &lambdaGradient)
    }
    for i in 0..<k where centred[i] {
      lambdaGradient[i * (k + 1)] -= levelCount(blocks[index]) / lambda[i * (k + 1)]
    }
  }

  /// The sums over levels of `pullBack`; a loop of its own for each small k.
  @inline(__always)
  private static func pullBack(
    _ adjoint: inout MutableSpan<Double>, _ effectGradient: Span<Double>, _ u: Span<Double>,
    _ starts: StrideTo<Int>, _ lambda: Span<Double>, _ centred: Span<Bool>, _ k: Int,
    _ lambdaGradient: inout MutableSpan<Double>
  ) {
    let l = lambda.extracting(0..<(k &* k))
    let isCentred = centred.extracting(0..<k)
    var sums = lambdaGradient._mutatingExtracting(0..<(k &* k))
    for start in starts {
      var part = adjoint._mutatingExtracting(start..<(start &+ k))
      let gradient = effectGradient.extracting(start..<(start &+ k))
      let standard = u.extracting(start..<(start &+ k))
      for i in 0..<k {
        for j in 0...i { sums[i &+ j &* k] += gradient[i] * standard[j] }
      }
      for back in 0..<k {
        let i = k &- 1 &- back
        guard isCentred[i] else { continue }
        let ratio = part[i] / l[i &* (k &+ 1)]
        for j in 0..<i {
          part[j] -= ratio * l[i &+ j &* k]
          sums[i &+ j &* k] -= ratio * standard[j]
        }
        sums[i &* (k &+ 1)] -= ratio * standard[i]
        part[i] = ratio
      }
    }
  }
}
