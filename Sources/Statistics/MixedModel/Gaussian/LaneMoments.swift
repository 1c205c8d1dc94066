// The moments of effects in equal blocks, eight at a time: the hot loop of Gaussian models.

import Glibc
import LinearAlgebra

/// Factor and selected inverse of H = K' M K + I, and from it the moments of the effects, where the corner holds no effects.
///
/// Each SIMD vector holds one element of eight blocks, so no loop is as short as a block. The algebra is that
/// of `ArrowFactor`, with Λ, y and the kept columns worked in on the way.
struct LaneMoments: Sendable {
  /// log |H|, y its last column.
  private(set) var logDeterminant = 0.0
  /// y'Wy − c'H⁻¹c.
  private(set) var quadratic = 0.0
  /// The inverse of the Schur complement of the corner, y its last column; whole.
  private(set) var corner: [Double]

  private let shape: Shape
  private var factors: [Double]  // L_j, reciprocals on the diagonal
  private var borders: [Double]  // W_j = L_j⁻¹ B_j
  private var schur: [Double]  // Σ W_j'W_j in lanes
  private var work: Work

  /// Sizes: q × q blocks, `width` corner columns of H, y last, and `kept` more of M.
  struct Shape: Sendable {
    let q: Int
    let count: Int
    let width: Int
    let kept: Int
    let slots: [Slot]
    /// The border's place in the flat form of M.
    let borderStart: Int
    var groups: Int { (count + laneCount - 1) / laneCount }
  }

  /// A level's place in a block.
  struct Slot: Sendable {
    let offset: Int
    let size: Int
    let block: Int
  }

  private struct Work: Sendable {
    var inverse: [Double]  // L⁻¹, then V_jj
    var solved: [Double]  // T = L⁻ᵀ W
    var cross: [Double]  // V_jc
    var u: [Double]
  }

  /// Memory for the blocks of `products`, whose corner must hold no effects.
  init(_ products: CrossProducts, _ layout: RandomEffectLayout) {
    let structure = products.structure
    let width = products.integratedCount + 1
    precondition(products.effects.cornerSize == 0, "effects in the corner")
    shape = Shape(
      q: structure.blockSize, count: structure.blockCount, width: width,
      kept: structure.cornerSize - width,
      slots: products.effects.slots.map {
        Slot(offset: $0.offset, size: layout.blocks[$0.block].size, block: $0.block)
      }, borderStart: products.borderStart)
    let (q, block) = (shape.q, shape.q * shape.q * laneCount)
    let border = q * width * laneCount
    corner = Array(repeating: 0, count: width * width)
    factors = Array(repeating: 0, count: shape.groups * block)
    borders = Array(repeating: 0, count: shape.groups * border)
    schur = Array(repeating: 0, count: width * width * laneCount)
    work = Work(
      inverse: Array(repeating: 0, count: block), solved: Array(repeating: 0, count: border),
      cross: Array(repeating: 0, count: border), u: Array(repeating: 0, count: q * laneCount))
  }

  /// Factors H from M in the flat form, the deviations φ of the kept coefficients, Λ of a leading block and the corner of H;
  /// false where H is not positive definite.
  mutating func factor(
    _ total: [Double], phi: [Double], leading: [Double], corner whole: [Double]
  ) -> Bool {
    Self.load(shape, total, phi, &factors, &borders)
    Self.toStandard(shape, leading, &factors, &borders)
    guard let logPivots = Self.factorBlocks(shape, &factors, &borders, &schur) else {
      return false
    }
    let m = shape.width
    for c in 0..<m {
      for r in c..<m {
        var sum = 0.0
        for lane in 0..<laneCount { sum += schur[(r + c * m) * laneCount + lane] }
        corner[r + c * m] = whole[r + c * m] - sum
      }
    }
    guard let cornerPivots = Self.invertCorner(&corner, order: m) else { return false }
    quadratic = 1 / corner[m * m - 1]
    logDeterminant = 2 * (logPivots + cornerPivots)
    return true
  }

  /// Writes, on the scale of b and in the flat form, G = V + v v' for blocks and borders, and b into `point`; and for each
  /// random-effect block Σ (V + u u') − J I of the standard effects.
  mutating func writeMoments(
    leading: [Double], phi: [Double], moments: inout [Double], point: inout [Double],
    lambdaGradients: inout [[Double]]
  ) {
    for index in lambdaGradients.indices { lambdaGradients[index].fill(with: 0) }
    for group in 0..<shape.groups {
      Self.invert(shape, group, factors, borders, corner, &work.inverse, &work.solved, &work.cross)
      Self.setEffects(shape, quadratic, work.cross, &work.u)
      for slot in shape.slots {
        Self.addMoments(shape, slot, quadratic, work.inverse, work.u, &lambdaGradients[slot.block])
      }
      Self.toEffects(shape, leading, &work.inverse, &work.cross, &work.u)
      Self.store(
        shape, group, quadratic, corner, work.inverse, work.cross, work.u, phi,
        &moments, &point)
    }
    // Places without a level have V = 1: all are subtracted, so that J levels remain with −J.
    for slot in shape.slots {
      for r in 0..<slot.size {
        lambdaGradients[slot.block][r * (slot.size + 1)] -= Double(shape.groups * laneCount)
      }
    }
  }

  // MARK: - To lanes and back

  static func load(
    _ shape: Shape, _ total: [Double], _ phi: [Double],
    _ factors: inout [Double], _ borders: inout [Double]
  ) {
    let (q, width, wide) = (shape.q, shape.width, shape.width + shape.kept)
    let (source, deviations) = (total.span, phi.span)
    var a = factors.mutableSpan
    var b = borders.mutableSpan
    // Lanes without a block are cleared: the factor of the last evaluation stands there.
    for block in shape.count..<(shape.groups * laneCount) {
      let (group, lane) = (block / laneCount, block % laneCount)
      for i in 0..<(q * q) { a[(group * q * q + i) * laneCount + lane] = 0 }
      for i in 0..<(q * width) { b[(group * q * width + i) * laneCount + lane] = 0 }
    }
    for block in 0..<shape.count {
      let (group, lane) = (block / laneCount, block % laneCount)
      let from = block * q * q
      let to = group * q * q * laneCount + lane
      for c in 0..<q {
        for r in c..<q {
          let value = source[from + r + c * q]
          a[to + (r + c * q) * laneCount] = value
          a[to + (c + r * q) * laneCount] = value
        }
      }
      let column = shape.borderStart + block * wide * q
      let target = group * q * width * laneCount + lane
      for i in 0..<(q * width) { b[target + i * laneCount] = source[column + i] }
      for f in 0..<shape.kept {
        let share = deviations[f]
        for r in 0..<q {
          b[target + (q * (width - 1) + r) * laneCount] -=
            share * source[column + q * (width + f) + r]
        }
      }
    }
  }

  static func store(
    _ shape: Shape, _ group: Int, _ quadratic: Double, _ corner: [Double], _ inverse: [Double],
    _ cross: [Double], _ u: [Double], _ phi: [Double],
    _ moments: inout [Double], _ point: inout [Double]
  ) {
    let (q, width, wide) = (shape.q, shape.width, shape.width + shape.kept)
    let share = 1 - 1 / quadratic
    let (v, border, b, sigma, deviations) = (
      inverse.span, cross.span, u.span, corner.span, phi.span
    )
    var target = moments.mutableSpan
    var effects = point.mutableSpan
    let first = group * laneCount
    for lane in 0..<min(laneCount, shape.count - first) {
      let block = first + lane
      for r in 0..<q { effects[block * q + r] = b[r * laneCount + lane] }
      for c in 0..<q {
        let scaled = share * b[c * laneCount + lane]
        for r in c..<q {
          target[block * q * q + r + c * q] =
            v[(r + c * q) * laneCount + lane] + scaled * b[r * laneCount + lane]
        }
      }
      var place = shape.borderStart + block * wide * q
      for k in 0..<(width - 1) {
        let gamma = -quadratic * sigma[k + (width - 1) * width]
        for r in 0..<q {
          target[place + r] =
            border[(q * k + r) * laneCount + lane] + share * gamma * b[r * laneCount + lane]
        }
        place += q
      }
      for r in 0..<q { target[place + r] = -b[r * laneCount + lane] }
      place += q
      for f in 0..<shape.kept {
        for r in 0..<q { target[place + r] = deviations[f] * b[r * laneCount + lane] }
        place += q
      }
    }
  }
}
