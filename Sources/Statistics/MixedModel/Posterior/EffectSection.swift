// Levels whose effects share one Λ, eight of them side by side, with what the data say of each.

import LinearAlgebra
import Probability

/// A run of levels in b with one lower triangular Λ of order q: those of the leading factor, or of one other block.
struct EffectSection: Sendable {
  /// A random-effect block in the section's vector.
  struct Block: Sendable {
    let index: Int
    let size: Int
    let offset: Int
  }

  /// q.
  let order: Int
  /// The number of levels.
  let count: Int
  /// The index in b of the first effect.
  let start: Int
  /// The blocks that make up the vector of a level.
  let blocks: [Block]
  /// Whether this is the leading factor.
  let isLeading: Bool
  /// W of eight levels after another: its lower triangle row by row, eight numbers for each element.
  var weights: [Double]
  /// h of eight levels after another, eight numbers for each element.
  var scores: [Double]

  /// The number of elements of a lower triangle.
  var packed: Int { order * (order + 1) / 2 }
  /// The number of batches of eight levels.
  var batches: Int { (count + laneCount - 1) / laneCount }

  init(order: Int, count: Int, start: Int, blocks: [Block], isLeading: Bool) {
    self.order = order
    self.count = count
    self.start = start
    self.blocks = blocks
    self.isLeading = isLeading
    let batches = (count + laneCount - 1) / laneCount
    weights = Array(repeating: 0, count: batches * laneCount * (order * (order + 1) / 2))
    scores = Array(repeating: 0, count: batches * laneCount * order)
  }

  /// The sections of a layout, without data.
  static func all(of layout: RandomEffectLayout) -> [EffectSection] {
    var sections: [EffectSection] = []
    let leading = layout.blocks.indices.filter { layout.blocks[$0].isLeading }
    if layout.arrow.blockSize > 0 && layout.arrow.blockCount > 0 {
      sections.append(
        EffectSection(
          order: layout.arrow.blockSize, count: layout.arrow.blockCount, start: 0,
          blocks: leading.map {
            Block(index: $0, size: layout.blocks[$0].size, offset: layout.blocks[$0].offset)
          }, isLeading: true))
    }
    for (index, block) in layout.blocks.enumerated() where !block.isLeading {
      sections.append(
        EffectSection(
          order: block.size, count: block.levels.count, start: layout.cornerStart + block.offset,
          blocks: [Block(index: index, size: block.size, offset: 0)], isLeading: false))
    }
    return sections
  }

  /// The same levels with W and h.
  func informed(by information: ArrowMatrix, scores h: [Double], cornerStart: Int) -> EffectSection
  {
    var result = self
    let q = order
    for level in 0..<count {
      var w = [Double](repeating: 0, count: q * q)
      for c in 0..<q {
        for r in 0..<q {
          let corner = start - cornerStart + level * q
          w[r + c * q] =
            isLeading
            ? information.blocks[level * q * q + r + c * q]
            : information.structure.cornerPlace(row: corner + r, column: corner + c).map {
              information.corner[$0]
            } ?? 0
        }
      }
      w = PositivePart.of(w, order: q)
      let (batch, lane) = (level / laneCount, level % laneCount)
      for r in 0..<q {
        result.scores[(batch * q + r) * laneCount + lane] = h[start + level * q + r]
        for c in 0...r {
          let element = batch * packed + r * (r + 1) / 2 + c
          result.weights[element * laneCount + lane] = w[r + c * q]
        }
      }
    }
    return result
  }
}

/// The nearest positive semidefinite matrix, so that Λ'WΛ + I has a factor for every Λ.
private enum PositivePart {
  /// `w` without its negative eigenvalues, q × q column by column; zero where it is not finite.
  static func of(_ w: [Double], order q: Int) -> [Double] {
    guard w.allSatisfy(\.isFinite) else { return w.map { _ in 0 } }
    if q == 1 { return [max(w[0], 0)] }
    guard let (values, vectors) = Dense.eigenSystem(w, order: q), values.contains(where: { $0 < 0 })
    else { return w }
    var result = w.map { _ in 0.0 }
    for (index, value) in values.enumerated() where value > 0 {
      for c in 0..<q {
        for r in 0..<q {
          result[r + c * q] += value * vectors[r + index * q] * vectors[c + index * q]
        }
      }
    }
    return result
  }
}
