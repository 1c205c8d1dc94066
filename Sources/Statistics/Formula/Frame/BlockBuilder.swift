// Gathers random-effect terms of all outcomes into vectors that vary together.

import Tables

/// Gathers random-effect terms of all outcomes into vectors that vary together.
///
/// Terms with one identifier make one vector; so does a plain term of a formula with several outcomes, for all of
/// them. Each term of `(x || g)` makes a vector of its own.
struct BlockBuilder {
  /// What makes two terms belong to one vector.
  private enum Key: Hashable {
    case identifier(String)
    case term(formula: Int, predictor: String, index: Int)
    case split(outcome: Int, predictor: String, index: Int, part: Int)
  }

  private struct Draft {
    let term: RandomTerm
    var members: [RandomEffectBlock.Member] = []
  }

  private var drafts: [Draft] = []
  private var indices: [Key: Int] = [:]
  /// Coefficients that already vary, to find one that is given twice.
  private var known: Set<String> = []

  /// Adds one term of one predictor of one outcome.
  mutating func add(
    _ term: RandomTerm, index: Int, formula: Int, outcome: Int,
    predictor: (index: Int, name: String),
    variables: [Variable], rows: [Int]
  ) throws(FormulaError) {
    guard term.isSplit else {
      let key =
        term.identifier.map { Key.identifier($0) }
        ?? .term(formula: formula, predictor: predictor.name, index: index)
      try add(
        term, term.terms, to: key, outcome: outcome, predictor: predictor.index,
        variables: variables, rows: rows)
      return
    }
    var parts = term.terms.terms.map { [$0] }
    if term.terms.hasIntercept { parts.insert([], at: 0) }
    for (part, terms) in parts.enumerated() {
      let alone = FixedTerms(
        hasIntercept: terms.isEmpty, variables: term.terms.variables, terms: terms, offsets: [])
      try add(
        term, alone,
        to: .split(outcome: outcome, predictor: predictor.name, index: index, part: part),
        outcome: outcome, predictor: predictor.index, variables: variables, rows: rows)
    }
  }

  private mutating func add(
    _ term: RandomTerm, _ columns: FixedTerms, to key: Key, outcome: Int, predictor: Int,
    variables: [Variable], rows: [Int]
  ) throws(FormulaError) {
    let position = indices[key] ?? drafts.count
    if position == drafts.count {
      indices[key] = position
      drafts.append(Draft(term: term))
    }
    let first = drafts[position].term
    guard first.groupName == term.groupName else {
      throw term.groupPlace.error(
        "the identifier '\(term.identifier ?? "")' is used with two grouping factors, "
          + "'\(first.groupName)' and '\(term.groupName)'")
    }
    for column in try DesignMatrix(columns, variables: variables, rows: rows).columns {
      let coefficient = "\(outcome) \(predictor) \(column.name) | \(term.groupName)"
      guard known.insert(coefficient).inserted else {
        throw term.place.error(
          "'\(column.name)' varies with '\(term.groupName)' twice; leave one of the terms out")
      }
      drafts[position].members.append(
        RandomEffectBlock.Member(
          outcome: outcome, predictor: predictor, term: column.name,
          values: column.term == nil ? nil : column.values))
    }
  }

  /// The blocks, with the levels that occur in the rows used.
  ///
  /// - Parameter rows: the rows used of each outcome.
  func blocks(
    rows: [[Int]], evaluator: inout Evaluator
  ) throws(FormulaError) -> [RandomEffectBlock] {
    var blocks: [RandomEffectBlock] = []
    for draft in drafts {
      let term = draft.term
      var factors: [Factor] = []
      for expression in term.group { factors.append(try evaluator.categories(expression)) }
      let factor = crossed(factors)
      let members = Set(draft.members.map(\.outcome))
      var occurs = [Bool](repeating: false, count: factor.levels.count)
      for outcome in members {
        for row in rows[outcome] where factor.codes[row] >= 0 {
          occurs[Int(factor.codes[row])] = true
        }
      }
      var newCode = [Int32](repeating: -1, count: factor.levels.count)
      var levels: [String] = []
      for (code, level) in factor.levels.enumerated() where occurs[code] {
        newCode[code] = Int32(levels.count)
        levels.append(level)
      }
      guard levels.count > 1 else {
        throw term.groupPlace.error(
          "the grouping factor '\(term.groupName)' has \(counted(levels.count, "level")) in the rows "
            + "used: variation between groups needs at least two")
      }
      blocks.append(
        RandomEffectBlock(
          group: term.groupName, identifier: term.identifier, levels: levels,
          structure: try term.structure.get(), members: draft.members,
          codes: rows.indices.map { outcome in
            members.contains(outcome)
              ? rows[outcome].map { newCode[Int(factor.codes[$0])] } : []
          }))
    }
    return blocks
  }
}

/// The factor of the combinations that occur, ordered by the first factor, then by the next.
func crossed(_ factors: [Factor]) -> Factor {
  guard var result = factors.first else { return Factor(levels: [], codes: []) }
  for factor in factors.dropFirst() {
    let width = factor.levels.count
    let combined = result.codes.indices.map { row in
      result.codes[row] < 0 || factor.codes[row] < 0
        ? -1 : Int(result.codes[row]) * width + Int(factor.codes[row])
    }
    let occurring = Set(combined).subtracting([-1]).sorted()
    var code: [Int: Int32] = [-1: -1]
    for (position, combination) in occurring.enumerated() { code[combination] = Int32(position) }
    result = Factor(
      levels: occurring.map { result.levels[$0 / width] + ":" + factor.levels[$0 % width] },
      codes: combined.map { code[$0] ?? -1 })
  }
  return result
}
