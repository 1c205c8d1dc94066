// The columns of the data along which predictions are looked at, in the rows of one outcome.

import MixedModel
import RunFolder
import Tables

/// A column in the rows of an outcome, in the order of the data.
enum PredictiveColumn {
  case number(name: String, values: [Double])
  case factor(name: String, levels: [String], codes: [Int32])

  /// At most so many columns of each kind are looked at unasked.
  private static let automaticCount = 3

  /// The columns of that names, or without names the predictors and grouping factors of the model.
  ///
  /// - Throws: when a column is not in the run's data.
  static func all(
    of prepared: PreparedModel, outcome: ModelOutcome, names: [String]
  ) throws(FittingError) -> [PredictiveColumn] {
    let table = prepared.table
    for name in names where table[name] == nil {
      throw FittingError(
        "--by \(name): the run's data have no such column; they have "
          + table.names.joined(separator: ", "), exitCode: 64)
    }
    let groups = Set(prepared.model.effects.blocks.map(\.group))
    // Grouping factors first: they are what the random effects are about.
    let responses = Set(prepared.model.outcomes.flatMap { words(of: $0.label) + [$0.name] })
    let others = table.names.filter { !responses.contains($0) }
    let chosen =
      names.isEmpty
      ? others.filter(groups.contains) + others.filter { !groups.contains($0) } : names
    let rows = outcome.tableRows.sorted()
    var (numbers, factors) = (0, 0)
    var result: [PredictiveColumn] = []
    for name in chosen {
      guard let column = table[name] else { continue }
      let found = Self.column(name, column, rows, isGroup: groups.contains(name))
      switch found {
      case .number:
        numbers += 1
        if names.isEmpty && numbers > automaticCount { continue }
      case .factor:
        factors += 1
        if names.isEmpty && factors > automaticCount { continue }
      }
      result.append(found)
    }
    return result
  }

  private static func column(
    _ name: String, _ column: Column, _ rows: [Int], isGroup: Bool
  ) -> PredictiveColumn {
    switch column {
    case .factor(let factor):
      return .factor(name: name, levels: factor.levels, codes: rows.map { factor.codes[$0] })
    case .numeric(let values):
      guard isGroup else { return .number(name: name, values: rows.map { values[$0] }) }
      let levels = Set(rows.map { values[$0] }.filter { !$0.isNaN }).sorted()
      let places = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, Int32($0)) })
      return .factor(
        name: name, levels: levels.map { Int(exactly: $0).map(String.init) ?? String($0) },
        codes: rows.map { places[values[$0]] ?? -1 })
    }
  }

  /// The names in a response such as `cbind(hits, misses)` or `y | trials(n)`.
  private static func words(of text: String) -> [String] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }.map(String.init)
  }
}
