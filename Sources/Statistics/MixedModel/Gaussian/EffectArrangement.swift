// Where a Gaussian model's random effects stand in the arrow matrix of its marginal density.

import LinearAlgebra

/// The order of the random effects in H: equal blocks that do not meet one another, then a corner.
///
/// In the model's own order the levels of the leading factor are the blocks and the effects of other factors the corner,
/// which costs a dense factor of its size. Where factors cross only within small sets of levels (foster nests that
/// exchanged young, classes of a school) these sets can be the blocks, with no corner. The cheaper order is taken.
/// Sets with fewer levels than the largest are padded: such places have precision 1 and meet nothing.
struct EffectArrangement: Sendable {
  /// The size of a block, q.
  let blockSize: Int
  /// The number of blocks, J.
  let blockCount: Int
  /// The number of effects in the corner.
  let cornerSize: Int
  /// For each random-effect block of the model and each of its levels the place of its first effect.
  let starts: [[Int]]
  /// The random-effect blocks whose levels make up a leading block, with their offsets.
  let slots: [(offset: Int, block: Int)]
  /// The multiplications of an evaluation, roughly.
  let cost: Double

  /// Where the corner begins.
  var cornerStart: Int { blockSize * blockCount }

  /// The arrangement of the effects that act on `units`, beside `denseCount` columns that every block meets.
  init(_ model: MixedModel, _ units: [UnitClasses.Unit], _ rows: RowEffects, denseCount: Int) {
    let sets = LevelSets(model, units, rows)
    let arrow = model.effects.arrow
    let border =
      Double(arrow.borderColumns.count) / Double(max(arrow.blockCount, 1)) + Double(denseCount)
    let own = Self.cost(arrow.blockSize, arrow.blockCount, border, corner: arrow.cornerSize)
    let other = Self.cost(sets.size, sets.count, Double(denseCount), corner: 0)
    if arrow.cornerSize > 0 && other < 0.5 * own {
      self.init(model, sets, cost: 3 * other)
    } else {
      self.init(own: model, cost: 3 * own)
    }
  }

  /// The multiplications of a factor with q × q blocks, a border of some columns and a dense corner, roughly.
  private static func cost(_ q: Int, _ count: Int, _ border: Double, corner: Int) -> Double {
    let (q, m) = (Double(q), Double(corner))
    return Double(count) * q * (q + border) * (q + border) + m * m * (m / 3 + border)
  }

  /// The model's own order.
  private init(own model: MixedModel, cost: Double) {
    self.cost = cost
    let arrow = model.effects.arrow
    (blockSize, blockCount, cornerSize) = (arrow.blockSize, arrow.blockCount, arrow.cornerSize)
    starts = model.effects.blocks.map { Array(model.effects.levelStarts(of: $0)) }
    slots = model.effects.blocks.enumerated().filter { $0.element.isLeading }.map {
      ($0.element.offset, $0.offset)
    }
  }

  /// Sets of levels as blocks.
  private init(_ model: MixedModel, _ sets: LevelSets, cost: Double) {
    self.cost = cost
    (blockSize, blockCount, cornerSize) = (sets.size, sets.count, 0)
    var slots: [(offset: Int, block: Int)] = []
    var firstSlots: [Int] = []
    var offset = 0
    for (block, count) in sets.widths.enumerated() {
      firstSlots.append(slots.count)
      for _ in 0..<count {
        slots.append((offset, block))
        offset += model.effects.blocks[block].size
      }
    }
    starts = sets.sets.enumerated().map { block, levels in
      var used: [Int: Int] = [:]
      return levels.map { set in
        let place = used[set, default: 0]
        used[set] = place + 1
        return set * sets.size + slots[firstSlots[block] + place].offset
      }
    }
    self.slots = slots
  }
}

/// The smallest sets of levels, of all factors, such that no value has effects of two sets.
private struct LevelSets {
  /// For each block and level the number of its set.
  private(set) var sets: [[Int]]
  /// The number of sets.
  private(set) var count = 0
  /// For each block the most levels that a set has of it.
  private(set) var widths: [Int]
  /// The number of effects of a set that has so many levels of every block.
  let size: Int

  init(_ model: MixedModel, _ units: [UnitClasses.Unit], _ rows: RowEffects) {
    var first: [Int] = []
    var total = 0
    for block in model.effects.blocks {
      first.append(total)
      total += block.levels.count
    }
    var parents = Array(0..<total)
    func root(_ node: Int) -> Int {
      var node = node
      while parents[node] != node {
        parents[node] = parents[parents[node]]
        node = parents[node]
      }
      return node
    }
    for unit in units {
      var known: Int?
      for row in unit.rows {
        for effect in rows.effects(on: row) {
          let own = root(first[effect.block] + effect.level)
          if let other = known { parents[own] = root(other) } else { known = own }
        }
      }
    }
    var numbers: [Int: Int] = [:]
    sets = model.effects.blocks.enumerated().map { block, value in
      value.levels.indices.map { level in
        let node = root(first[block] + level)
        let number = numbers[node] ?? numbers.count
        numbers[node] = number
        return number
      }
    }
    count = numbers.count
    widths = sets.map { levels in
      var counts: [Int: Int] = [:]
      for set in levels { counts[set, default: 0] += 1 }
      return counts.values.max() ?? 0
    }
    size = zip(widths, model.effects.blocks).reduce(0) { $0 + $1.0 * $1.1.size }
  }
}
