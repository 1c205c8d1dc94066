// Which values of a Gaussian model have residuals that vary together, and with equal precisions.

import Families

/// The units of a Gaussian model: single values, or rows of the table where residuals are correlated.
struct UnitClasses: Sendable {
  /// One value: an outcome and its row in sorted order.
  struct Row: Sendable, Equatable {
    let outcome: Int
    let row: Int
  }

  /// Values whose residuals are correlated, at most one for each outcome, in the order of the outcomes.
  struct Unit: Sendable, Equatable {
    var rows: [Row]
  }

  /// The units.
  let units: [Unit]
  /// For each class its units, in ascending order.
  let members: [[Int]]
  /// For each class its pattern of observed outcomes.
  let patterns: [Int]
  /// The outcomes of each pattern, in order.
  let patternOutcomes: [[Int]]

  init(_ model: MixedModel) {
    var units: [Unit] = []
    if model.residualCorrelation == nil {
      for (outcome, value) in model.outcomes.enumerated() {
        units += (0..<value.response.count).map { Unit(rows: [Row(outcome: outcome, row: $0)]) }
      }
    } else {
      var known: [Int: Int] = [:]
      for (outcome, value) in model.outcomes.enumerated() {
        for (row, table) in value.tableRows.enumerated() {
          if let unit = known[table] {
            units[unit].rows.append(Row(outcome: outcome, row: row))
          } else {
            known[table] = units.count
            units.append(Unit(rows: [Row(outcome: outcome, row: row)]))
          }
        }
      }
    }
    var members: [[Int]] = []
    var patterns: [Int] = []
    var patternOutcomes: [[Int]] = []
    var classOf: [[UInt64]: Int] = [:]
    for (index, unit) in units.enumerated() {
      let key = unit.rows.flatMap { Self.key($0, model) }
      if let known = classOf[key] {
        members[known].append(index)
        continue
      }
      classOf[key] = members.count
      members.append([index])
      let outcomes = unit.rows.map(\.outcome)
      if let pattern = patternOutcomes.firstIndex(of: outcomes) {
        patterns.append(pattern)
      } else {
        patterns.append(patternOutcomes.count)
        patternOutcomes.append(outcomes)
      }
    }
    self.units = units
    self.members = members
    self.patterns = patterns
    self.patternOutcomes = patternOutcomes
  }

  /// The outcome, and the predictors of its σ: rows with equal keys have equal precisions at any ψ.
  private static func key(_ row: Row, _ model: MixedModel) -> [UInt64] {
    let predictor = model.outcomes[row.outcome].predictors[1]
    var key = [UInt64(row.outcome)]
    guard !predictor.isConstant else { return key }
    for column in predictor.columnNames.indices {
      key.append(predictor.design[column * predictor.stride + row.row].bitPattern)
    }
    if let offset = predictor.offset { key.append(offset[row.row].bitPattern) }
    return key
  }
}
