// Coordinates of random effects that know something of the data, and their map by dense algebra.

import Glibc
import LinearAlgebra
import MixedModel
import Probability

/// What the coordinates of random effects know of the data.
package enum Knowledge: String, CaseIterable, Sendable {
  /// Nothing: standard effects.
  case none
  /// Something of every level, more of some than of others.
  case some
  /// So much that the effects are all but fixed.
  case much

  /// W of every level, a positive semidefinite matrix, some of them singular, and h.
  package func information(_ layout: RandomEffectLayout) -> (DenseMatrix, [Double]) {
    var stream = RandomStream(seed: 77)
    var w = DenseMatrix(layout.count, layout.count)
    var h = [Double](repeating: 0, count: layout.count)
    let scale =
      switch self {
      case .none: 0.0
      case .some: 1.0
      case .much: 5.0
      }
    for places in Self.levels(of: layout) {
      // A product of as many factors as the level has rows: fewer than effects make it singular.
      for _ in 0..<(1 + places[0] % 3) {
        let factor = places.map { _ in scale * stream.nextNormal() }
        for (r, row) in places.enumerated() {
          for (c, column) in places.enumerated() { w[row, column] += factor[r] * factor[c] }
        }
      }
      // h = W b: the likelihood has its maximum at some effects b.
      let b = places.map { _ in stream.nextNormal() }
      for place in places {
        h[place] = zip(places, b).reduce(0) { $0 + w[place, $1.0] * $1.1 }
      }
    }
    return (w, h)
  }

  package func coordinates(_ layout: RandomEffectLayout) -> EffectCoordinates {
    let (w, h) = information(layout)
    var matrix = ArrowMatrix(structure: layout.arrow)
    let q = layout.arrow.blockSize
    for level in 0..<layout.arrow.blockCount {
      for r in 0..<q {
        for c in 0..<q {
          matrix.blocks[level * q * q + r + c * q] = w[level * q + r, level * q + c]
        }
      }
    }
    let corner = q * layout.arrow.blockCount
    for r in 0..<layout.arrow.cornerSize {
      for c in 0..<layout.arrow.cornerSize {
        guard let place = layout.arrow.cornerPlace(row: r, column: c) else { continue }
        matrix.corner[place] = w[corner + r, corner + c]
      }
    }
    return EffectCoordinates(layout: layout, information: matrix, scores: h)
  }

  /// The places in b of the effects of each level that are whitened together.
  package static func levels(of layout: RandomEffectLayout) -> [[Int]] {
    let q = layout.arrow.blockSize
    var levels = (0..<layout.arrow.blockCount).map { level in (0..<q).map { level * q + $0 } }
    for (index, block) in layout.blocks.enumerated() where !block.isLeading {
      levels += block.levels.indices.map { level in
        (0..<block.size).map { layout.index(block: index, level: level, member: $0) }
      }
    }
    return levels.filter { !$0.isEmpty }
  }

  /// u and log |∂u/∂z| by dense algebra: H = Λ'WΛ + I = L L', u = L⁻ᵀ (L⁻¹ Λ'h + z).
  package func naive(
    _ layout: RandomEffectLayout, _ lambda: DenseMatrix, _ z: [Double]
  ) -> (u: [Double], logJacobian: Double) {
    let (w, h) = information(layout)
    let curvature = lambda.transposed * w * lambda + DenseMatrix.identity(z.count)
    guard !z.isEmpty else { return ([], 0) }
    guard let l = curvature.cholesky else { return (z.map { _ in .nan }, .nan) }
    let shift = l.solve(lambda.transposed * h)
    let u = l.transposed.solve(zip(shift, z).map { $0 + $1 })
    return (u, -z.indices.reduce(0) { $0 + log(l[$1, $1]) })
  }
}
