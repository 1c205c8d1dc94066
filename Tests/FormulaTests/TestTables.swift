// Tables and shorthands that the tests of this room share.

import Tables
import Testing

@testable import Formula

/// A factor column from its values, nil being missing, with levels sorted by byte.
func categories(_ values: [String?]) -> Column {
  let levels = Set(values.compactMap { $0 }).sorted {
    Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8))
  }
  return .factor(
    Factor(
      levels: levels,
      codes: values.map { value in
        value.flatMap { levels.firstIndex(of: $0) }.map { Int32($0) } ?? -1
      }))
}

/// The 36 rows that `Golden/model-matrix.tsv` was made from.
func crossedTable() -> Table {
  let i = Array(0..<36)
  return Table(
    rowCount: 36,
    columns: [
      ("a", categories(i.map { "a\($0 % 3 + 1)" })),
      ("b", categories(i.map { "b\($0 / 3 % 2 + 1)" })),
      ("c", categories(i.map { "c\($0 / 6 % 2 + 1)" })),
      ("x", .numeric(i.map { Double(7 * $0 % 11) / 4 - 1 })),
      ("z", .numeric(i.map { Double((5 * $0 + 3) % 13) / 2 })),
      ("y", .numeric(i.map { Double($0 * $0 % 17) })),
      ("count", .numeric(i.map { Double($0 % 5) })),
      ("g", .numeric(i.map { Double($0 / 4) })),
    ])
}

/// Eight students in three schools.
func schoolTable() -> Table {
  Table(
    rowCount: 8,
    columns: [
      ("school", categories(["S2", "S1", "S1", "S3", "S2", "S3", "S1", "S2"])),
      (
        "gender",
        categories(["male", "female", "female", "male", "female", "male", "male", "female"])
      ),
      ("SES", .numeric([0.5, -1, 0, 1.5, 2, -0.5, 0.25, 1])),
      ("math", .numeric([50, 41.5, 47, 60, 58, 44, 52, 49])),
      ("passed", .numeric([1, 0, 0, 1, 1, 0, 1, 0])),
      ("grade", .numeric([10, 2, 10, 2, 3, 3, 2, 10])),
    ])
}

/// The frame of formulas on a table.
func modelFrame(
  _ formulas: String..., families: String = "gaussian", table: Table = schoolTable()
) throws -> ModelFrame {
  try ModelFrame(
    ModelFormula.parse(formulas), families: families.isEmpty ? [] : FamilyList.parse(families),
    table: table)
}

/// The printed error of what must fail, or a text that no test expects.
func complaint(_ body: () throws -> Any) -> String {
  do {
    _ = try body()
    return "no error"
  } catch let error as FormulaError {
    return error.description
  } catch {
    return "another error: \(error)"
  }
}

/// The first predictor's design, row by row.
func rows(_ frame: ModelFrame, outcome: Int = 0, predictor: Int = 0) -> [[Double]] {
  let predictor = frame.outcomes[outcome].predictors[predictor]
  let count = frame.outcomes[outcome].rows.count
  return (0..<count).map { row in
    predictor.columnNames.indices.map { predictor.design[$0 * count + row] }
  }
}
