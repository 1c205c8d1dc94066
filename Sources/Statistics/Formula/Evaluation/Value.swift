// What an expression of a formula is worth on a table.

import Tables

/// What an expression of a formula is worth on a table.
enum Value: Sendable {
  /// A number for every row, or one number for all; NaN where missing or undefined.
  case numbers([Double])
  /// Truth for every row, or one for all: 1, 0, or NaN where missing.
  case truths([Double])
  /// A category for every row.
  case factor(Factor)
  /// Several columns of numbers with what is appended to the expression to name them.
  case matrix([[Double]], suffixes: [String])
  /// A text constant.
  case text(String)
}

/// A variable of a formula: an expression and what it is worth on the table's rows.
struct Variable: Sendable {
  /// The values of a variable.
  enum Values: Sendable {
    /// Columns of numbers with what is appended to the label to name them.
    case numeric([[Double]], suffixes: [String])
    case factor(Factor)
  }

  /// The expression as R writes it; the stem of column names.
  let label: String
  let expression: Expression
  let values: Values

  var isFactor: Bool { if case .factor = values { true } else { false } }
}

extension Factor {
  /// A factor with numbers as levels, in numeric order; NaN is missing.
  init(numbers: [Double]) {
    var codeOfValue: [Double: Int32] = [:]
    var codes = [Int32](repeating: -1, count: numbers.count)
    var distinct: [Double] = []
    for (row, number) in numbers.enumerated() where !number.isNaN {
      if let code = codeOfValue[number] {
        codes[row] = code
      } else {
        codes[row] = Int32(distinct.count)
        codeOfValue[number] = codes[row]
        distinct.append(number)
      }
    }
    let order = distinct.indices.sorted { distinct[$0] < distinct[$1] }
    var rank = [Int32](repeating: 0, count: distinct.count)
    for (position, index) in order.enumerated() { rank[index] = Int32(position) }
    self.init(
      levels: order.map { numberText(distinct[$0]) },
      codes: codes.map { $0 < 0 ? -1 : rank[Int($0)] })
  }

  /// The levels FALSE and TRUE.
  init(truths: [Double]) {
    self.init(
      levels: ["FALSE", "TRUE"], codes: truths.map { $0.isNaN ? -1 : $0 != 0 ? 1 : 0 })
  }

  /// The factor on `rows` alone, without the levels that do not occur there.
  func restricted(to rows: [Int]) -> Factor {
    var occurs = [Bool](repeating: false, count: levels.count)
    for row in rows where codes[row] >= 0 { occurs[Int(codes[row])] = true }
    var newCode = [Int32](repeating: -1, count: levels.count)
    var kept: [String] = []
    for (code, level) in levels.enumerated() where occurs[code] {
      newCode[code] = Int32(kept.count)
      kept.append(level)
    }
    return Factor(levels: kept, codes: rows.map { codes[$0] < 0 ? -1 : newCode[Int(codes[$0])] })
  }
}
