// Decides which rows an outcome can use, and counts those it cannot.

import Tables

/// The rows in which nothing is missing that an outcome needs, and the counts of the others.
struct RowUse {
  /// The rows used, ascending.
  private(set) var rows: [Int] = []
  /// The missing columns and the number of rows in which just these are missing.
  private(set) var dropped: [(columns: [String], count: Int)] = []

  /// Looks for missing values in the columns that `expressions` name and in the categories they make.
  init(of expressions: [Expression], factors: [Variable], table: Table) {
    var columns: [(name: String, isMissing: [Bool])] = []
    var seen: Set<String> = []
    for (name, _) in expressions.flatMap(\.names) where seen.insert(name).inserted {
      switch table[name] {
      case .numeric(let values): columns.append((name, values.map(\.isNaN)))
      case .factor(let factor): columns.append((name, factor.codes.map { $0 < 0 }))
      case nil: continue
      }
    }
    // A value that is not among the levels of factor(x, levels = ...) is missing, though it is in the data.
    for variable in factors where seen.insert(variable.label).inserted {
      guard case .factor(let factor) = variable.values, variable.expression.name == nil else {
        continue
      }
      let sources = Set(variable.expression.names.map(\.name))
      let known = columns.filter { sources.contains($0.name) }
      columns.append(
        (
          variable.label,
          factor.codes.indices.map { row in
            factor.codes[row] < 0 && !known.contains { $0.isMissing[row] }
          }
        ))
    }
    columns.removeAll { !$0.isMissing.contains(true) }
    var counts: [[Int]: Int] = [:]
    rows.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      if !columns.contains(where: { $0.isMissing[row] }) {
        rows.append(row)
      } else {
        counts[columns.indices.filter { columns[$0].isMissing[row] }, default: 0] += 1
      }
    }
    dropped = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { (columns: $0.key.map { columns[$0].name }, count: $0.value) }
  }
}
