// Where the random effects of every block lie in the vector b: level by level for the leading factor, then the corner.

import Formula
import LinearAlgebra

/// The order of the random effects: J levels of the leading factor with q effects each, then m effects of the others.
package struct RandomEffectLayout: Sendable {
  /// The blocks, in the order of the formula.
  package let blocks: [Block]
  /// The shape of the curvature Z'WZ + I.
  package let arrow: ArrowStructure
  /// The name of the leading grouping factor, if the model has random effects.
  package let leadingGroup: String?

  /// A random-effect block: a grouping factor, members and a covariance structure.
  package struct Block: Sendable {
    /// The grouping factor as written.
    package let group: String
    /// The identifier between bars, `p` in `(1 |p| g)`.
    package let identifier: String?
    /// The structure.
    package let structure: CovarianceStructure
    /// θ ↦ Λ.
    package let covariance: any CovarianceParametrisation
    /// The levels, in order.
    package let levels: [String]
    /// The members: outcome, predictor and term.
    package let members: [Member]
    /// The index in ψ of the first element of θ.
    package let thetaOffset: Int
    /// Whether the effects are in the leading part.
    package let isLeading: Bool
    /// The place of the first effect: within each level's vector when leading, else in the corner.
    package let offset: Int

    /// The number of effects of one level, k.
    package var size: Int { members.count }
  }

  /// One element of a block's random-effect vector.
  package struct Member: Sendable, Equatable {
    /// The outcome.
    package let outcome: Int
    /// The predictor of that outcome, in the order of its family's parameters.
    package let predictor: Int
    /// The distributional parameter of that predictor.
    package let parameter: String
    /// The term, `(Intercept)` or a column name.
    package let term: String
  }

  /// The number of random effects, J·q + m.
  package var count: Int { arrow.dimension }

  /// The index in b of one effect.
  package func index(block: Int, level: Int, member: Int) -> Int {
    let block = blocks[block]
    return block.isLeading
      ? level * arrow.blockSize + block.offset + member
      : arrow.blockCount * arrow.blockSize + block.offset + level * block.size + member
  }

  /// The diagonal element of an arrow matrix that belongs to one effect.
  package func diagonal(of matrix: ArrowMatrix, block: Int, level: Int, member: Int) -> Double {
    let place = index(block: block, level: level, member: member)
    let q = arrow.blockSize
    let corner = place - arrow.blockCount * q
    return corner < 0
      ? matrix.blocks[(place / q) * q * q + (place % q) * (q + 1)]
      : matrix.corner[arrow.cornerDiagonal(corner)]
  }

  /// The diagonal of an arrow matrix, in the order of b.
  package func diagonal(of matrix: ArrowMatrix) -> [Double] {
    var result = [Double](repeating: 0, count: count)
    for block in blocks.indices {
      for level in blocks[block].levels.indices {
        for member in 0..<blocks[block].size {
          result[index(block: block, level: level, member: member)] = diagonal(
            of: matrix, block: block, level: level, member: member)
        }
      }
    }
    return result
  }

  /// The mean over levels of a member's elements of a vector in the order of b.
  package func mean(of values: [Double], block: Int, member: Int) -> Double {
    let levels = blocks[block].levels.indices
    return levels.reduce(0) { $0 + values[index(block: block, level: $1, member: member)] }
      / Double(max(levels.count, 1))
  }

  /// The index in b of the first effect of the corner.
  var cornerStart: Int { arrow.blockCount * arrow.blockSize }

  /// The index in b of the first effect of every level of `block`, in order of the levels.
  func levelStarts(of block: Block) -> StrideTo<Int> {
    block.isLeading
      ? stride(from: block.offset, to: cornerStart, by: arrow.blockSize)
      : stride(
        from: cornerStart + block.offset,
        to: cornerStart + block.offset + block.levels.count * block.size, by: block.size)
  }
}
