// Which random effects act on the mean of a value, and by how much.

import LinearAlgebra

/// An effect on one value: a member of a level of a block, times a number.
struct RowEffect: Sendable, Equatable {
  let block: Int
  let level: Int
  let member: Int
  let value: Double
}

/// The random effects on the means of a Gaussian model, value by value.
struct RowEffects: Sendable {
  private let model: MixedModel
  /// For each outcome and row the level of the leading factor, −1 without one.
  private let levels: [[Int]]
  /// For each element of a leading level's vector its block and member.
  private let members: [(block: Int, member: Int)]

  init(_ model: MixedModel) {
    self.model = model
    levels = model.outcomes.map { outcome in
      var levels = [Int](repeating: -1, count: outcome.tableRows.count)
      for run in outcome.runs {
        for row in run.start..<run.end { levels[row] = run.level }
      }
      return levels
    }
    var members = [(block: Int, member: Int)](
      repeating: (0, 0), count: model.effects.arrow.blockSize)
    for (index, block) in model.effects.blocks.enumerated() where block.isLeading {
      for member in 0..<block.size { members[block.offset + member] = (index, member) }
    }
    self.members = members
  }

  /// The effects on one value.
  func effects(on row: UnitClasses.Row) -> [RowEffect] {
    let predictor = model.outcomes[row.outcome].predictors[0]
    let leading = predictor.leadingColumns.map { column in
      let (block, member) = members[column.position]
      return RowEffect(
        block: block, level: levels[row.outcome][row.row], member: member,
        value: column.values?[row.row] ?? 1)
    }
    return leading
      + predictor.cornerColumns.map { column in
        let block = model.effects.blocks[column.block]
        let start = Int(column.places[row.row]) - column.member - block.offset
        return RowEffect(
          block: column.block, level: start / block.size, member: column.member,
          value: column.values?[row.row] ?? 1)
      }
  }
}
