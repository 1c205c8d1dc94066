// Columns of the data beside residuals: chosen rows, levels by number, and the tests along them.

import Diagnostics
import RunFolder
import Tables

/// What residuals are held against.
enum DataColumns {
  /// Some rows of a column.
  static func select(_ column: Column, _ rows: [Int]) -> Column {
    switch column {
    case .numeric(let values): .numeric(rows.map { values[$0] })
    case .factor(let factor):
      .factor(Factor(levels: factor.levels, codes: rows.map { factor.codes[$0] }))
    }
  }

  /// For each row the number of its level, or -1 where it is missing, and the levels that occur; several columns are joined
  /// by colons.
  ///
  /// Numbers are levels by their values.
  static func levels(of columns: [Column]) -> (codes: [Int], levels: [String]) {
    let texts = (0..<(columns.first?.count ?? 0)).map { row -> String? in
      var text = ""
      for (place, column) in columns.enumerated() {
        guard let part = Self.text(of: column, row) else { return nil }
        text += (place > 0 ? ":" : "") + part
      }
      return text
    }
    let present = Set(texts.compactMap { $0 })
    let levels =
      switch columns.count == 1 ? columns[0] : nil {
      case .factor(let factor): factor.levels.filter { present.contains($0) }
      case .numeric: present.sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
      case nil: present.sorted()
      }
    let numbers = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
    return (texts.map { $0.flatMap { numbers[$0] } ?? -1 }, levels)
  }

  private static func text(of column: Column, _ row: Int) -> String? {
    switch column {
    case .numeric(let values):
      values[row].isNaN ? nil : Int(exactly: values[row]).map(String.init) ?? "\(values[row])"
    case .factor(let factor):
      factor.codes[row] < 0 ? nil : factor.levels[Int(factor.codes[row])]
    }
  }

  /// The residuals along a column of as many rows; nil where it has one value, or more levels than `mostLevels`.
  ///
  /// Numbers with fewer than ten different values are taken for categories, as DHARMa does.
  static func residuals(
    _ scaled: [Double], along column: Column, name: String, mostLevels: Int = 24
  ) -> PredictorResiduals? {
    if case .numeric(let values) = column, Set(values.filter { !$0.isNaN }).count >= 10 {
      return PredictorResiduals(name: name, scaled, along: values, mostPoints: 500)
    }
    let (codes, levels) = levels(of: [column])
    guard (2...mostLevels).contains(levels.count),
      let test = CategoricalTest.run(scaled, codes: codes, levelCount: levels.count)
    else { return nil }
    return PredictorResiduals(name: name, test, levels: levels)
  }

  /// A column with one row for each group: the mean of numbers, the category that all rows of a group share.
  ///
  /// Nil where the rows of a group differ in their category.
  static func aggregate(_ column: Column, by codes: [Int], groups: Int) -> Column? {
    switch column {
    case .numeric(let values):
      var (sums, counts) = (
        [Double](repeating: 0, count: groups), [Double](repeating: 0, count: groups)
      )
      for (row, code) in codes.enumerated() where code >= 0 {
        sums[code] += values[row]
        counts[code] += 1
      }
      return .numeric(zip(sums, counts).map { $0 / $1 })
    case .factor(let factor):
      var shared = [Int32?](repeating: nil, count: groups)
      for (row, code) in codes.enumerated() where code >= 0 {
        if let known = shared[code], known != factor.codes[row] { return nil }
        shared[code] = factor.codes[row]
      }
      return .factor(Factor(levels: factor.levels, codes: shared.map { $0 ?? -1 }))
    }
  }
}
