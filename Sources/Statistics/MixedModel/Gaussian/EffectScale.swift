// Arrow matrices with columns beside the random effects: to the scale of standard effects and back.

import LinearAlgebra

/// K = blockdiag(Λ, I), with Λ of every level of every block: b = Λ u, and what is not an effect stays.
struct EffectScale: Sendable {
  /// Λ of every block at the last ψ.
  private(set) var factors: CovarianceFactors
  private let layout: RandomEffectLayout
  private let effects: EffectArrangement
  /// The blocks in the corner, with the place of their first effect there.
  private let cornerBlocks: [(block: Int, start: Int)]
  private let borderGroups: [CrossProducts.BorderGroup]
  /// The block-diagonal Λ of a leading block, q × q.
  private(set) var leading: [Double]

  init(
    layout: RandomEffectLayout, effects: EffectArrangement,
    borderGroups: [CrossProducts.BorderGroup]
  ) {
    self.layout = layout
    self.effects = effects
    self.borderGroups = borderGroups
    cornerBlocks = effects.starts.enumerated().compactMap { block, starts in
      starts.first.flatMap {
        $0 < effects.cornerStart ? nil : (block, $0 - effects.cornerStart)
      }
    }
    factors = CovarianceFactors(layout: layout)
    let q = effects.blockSize
    leading = Array(repeating: 0, count: q * q)
  }

  /// Recomputes every Λ from ψ.
  mutating func update(_ psi: [Double]) {
    factors.update(psi)
    Self.writeLeading(layout, effects, factors.lambdas, into: &leading)
  }

  private static func writeLeading(
    _ layout: RandomEffectLayout, _ effects: EffectArrangement, _ lambdas: [[Double]],
    into leading: inout [Double]
  ) {
    let q = effects.blockSize
    let (blocks, factors) = (layout.blocks.span, lambdas.span)
    var target = leading.mutableSpan
    for (offset, index) in effects.slots {
      let k = blocks[index].size
      for c in 0..<k {
        for r in c..<k { target[offset + r + (offset + c) * q] = factors[index][r + c * k] }
      }
    }
  }

  /// A ← K' A K; triangles are whole before and after.
  func toStandard(_ a: inout ArrowMatrix) {
    multiplyColumns(&a, transposed: false)
    multiplyRows(&a, transposed: true)
  }

  /// V ← K V K'; triangles are whole before and after.
  func toEffects(_ v: inout ArrowMatrix) {
    multiplyColumns(&v, transposed: true)
    multiplyRows(&v, transposed: false)
  }

  /// Multiplies all columns from the right by K, or by K' when `transposed`.
  private func multiplyColumns(_ a: inout ArrowMatrix, transposed: Bool) {
    multiplyBlockColumns(&a.blocks, transposed)
    multiplyBorderColumns(&a.border, transposed)
    multiplyCornerColumns(&a.corner, a.structure.cornerSize, transposed)
  }

  private func multiplyBlockColumns(_ values: inout [Double], _ transposed: Bool) {
    let q = effects.blockSize
    var span = values.mutableSpan
    ColumnProducts.multiply(
      &span, from: 0, groups: effects.blockCount, length: q, leading.span, order: q,
      transposed: transposed)
  }

  private func multiplyBorderColumns(_ values: inout [Double], _ transposed: Bool) {
    let q = effects.blockSize
    var span = values.mutableSpan
    let (all, lambdas, groups) = (layout.blocks.span, factors.lambdas.span, borderGroups.span)
    for index in groups.indices {
      let block = groups[index].block
      ColumnProducts.multiply(
        &span, from: groups[index].column * q, groups: 1, length: q, lambdas[block].span,
        order: all[block].size, transposed: transposed)
    }
  }

  private func multiplyCornerColumns(_ values: inout [Double], _ m: Int, _ transposed: Bool) {
    var span = values.mutableSpan
    let (all, lambdas) = (layout.blocks.span, factors.lambdas.span)
    for (index, start) in cornerBlocks {
      ColumnProducts.multiply(
        &span, from: start * m, groups: all[index].levels.count, length: m,
        lambdas[index].span, order: all[index].size, transposed: transposed)
    }
  }

  /// Multiplies all rows from the left by K, or by K' when `transposed`.
  private func multiplyRows(_ a: inout ArrowMatrix, transposed: Bool) {
    let (q, m) = (effects.blockSize, a.structure.cornerSize)
    if q > 0 {
      multiply(&a.blocks, leading, q, effects.blockCount * q, 0, transposed)
      multiply(&a.border, leading, q, a.structure.borderColumns.count, 0, transposed)
    }
    let all = layout.blocks.span
    for (index, start) in cornerBlocks {
      for column in 0..<m {
        multiply(
          &a.corner, factors.lambdas[index], all[index].size, all[index].levels.count,
          column * m + start, transposed)
      }
    }
  }

  private func multiply(
    _ values: inout [Double], _ lambda: [Double], _ order: Int, _ count: Int, _ start: Int,
    _ transposed: Bool
  ) {
    var span = values.mutableSpan
    if transposed {
      BlockTriangles.multiplyLowerTransposed(
        lambda.span, order: order, count: count, &span, from: start)
    } else {
      BlockTriangles.multiplyLower(lambda.span, order: order, count: count, &span, from: start)
    }
  }
}
