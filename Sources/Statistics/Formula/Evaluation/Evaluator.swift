// Calculates the expressions of a formula on a table.

import Glibc
import Tables

/// Calculates the expressions of a formula on a table.
///
/// As in R, an expression is calculated on all rows of the table before rows with missing values are dropped; so
/// `scale()` and `poly()` do not depend on which other columns a model uses. Missing values are left out of
/// means, standard deviations and polynomials.
struct Evaluator {
  let table: Table
  private var cache: [String: Value] = [:]

  /// An evaluator of expressions on `table`.
  init(table: Table) { self.table = table }

  /// The variable that `expression` is.
  mutating func variable(_ expression: Expression) throws(FormulaError) -> Variable {
    let expression = expression.unwrapped
    let values: Variable.Values
    switch try value(of: expression) {
    case .numbers(let numbers): values = .numeric([spread(numbers)], suffixes: [""])
    case .truths(let truths): values = .factor(Factor(truths: spread(truths)))
    case .factor(let factor): values = .factor(factor)
    case .matrix(let columns, let suffixes): values = .numeric(columns, suffixes: suffixes)
    case .text: throw expression.place.error("a text is not a variable")
    }
    return Variable(label: expression.text, expression: expression, values: values)
  }

  /// The numbers that `expression` is worth, one for each row; truths count as 0 and 1.
  mutating func numbers(_ expression: Expression) throws(FormulaError) -> [Double] {
    spread(try vector(expression))
  }

  /// What `expression` is worth.
  mutating func value(of expression: Expression) throws(FormulaError) -> Value {
    let key = expression.text
    if let known = cache[key] { return known }
    let value = try calculate(expression)
    cache[key] = value
    return value
  }

  private mutating func calculate(_ expression: Expression) throws(FormulaError) -> Value {
    switch expression.form {
    case .name(let name): return try column(name, at: expression.place)
    case .number(let value, _): return .numbers([value])
    case .string(let text): return .text(text)
    case .parenthesised(let inner): return try value(of: inner)
    case .prefix("-", let operand): return .numbers(try vector(operand).map { -$0 })
    case .prefix("+", let operand): return .numbers(try vector(operand))
    case .prefix("!", let operand):
      return .truths(try vector(operand).map { $0.isNaN ? $0 : $0 == 0 ? 1 : 0 })
    case .prefix: throw expression.place.error("a '~' cannot stand here")
    case .binary(let symbol, let left, let right):
      return try operation(symbol, left, right, at: expression.place)
    case .call(let function, let place, let arguments):
      return try call(
        Call(function: function, place: place, arguments: arguments, whole: expression.place))
    }
  }

  /// The column called `name`, or the constant.
  func column(_ name: String, at place: Place) throws(FormulaError) -> Value {
    switch table[name] {
    case .numeric(let values): return .numbers(values)
    case .factor(let factor): return .factor(factor)
    case nil: break
    }
    switch name {
    case "TRUE", "T": return .truths([1])
    case "FALSE", "F": return .truths([0])
    case "pi": return .numbers([.pi])
    default: break
    }
    if name == "." { throw place.error("'.' is not supported: name the columns") }
    throw place.error(
      "there is no column '\(name)' in the data" + suggestion(for: name, among: table.names))
  }

  /// One number for every row from one for each or one for all.
  func spread(_ numbers: [Double]) -> [Double] {
    numbers.count == table.rowCount
      ? numbers : Array(repeating: numbers.first ?? .nan, count: table.rowCount)
  }

  /// The numbers or truths that `expression` is worth, one for each row or one for all.
  mutating func vector(_ expression: Expression) throws(FormulaError) -> [Double] {
    switch try value(of: expression) {
    case .numbers(let numbers), .truths(let numbers): return numbers
    case .factor:
      throw expression.place.error(
        "'\(expression.text)' is not numeric: its values are categories, and here is calculated "
          + "with numbers")
    case .matrix(let columns, _):
      guard columns.count == 1 else {
        throw expression.place.error("several columns cannot be calculated with")
      }
      return columns[0]
    case .text: throw expression.place.error("a number is expected here, not a text")
    }
  }

  private mutating func operation(
    _ symbol: String, _ left: Expression, _ right: Expression, at place: Place
  ) throws(FormulaError) -> Value {
    if symbol == "==" || symbol == "!=" {
      var truths = try comparison(left, right)
      if truths == nil { truths = try comparison(right, left) }
      if let truths {
        return .truths(symbol == "==" ? truths : truths.map { $0.isNaN ? $0 : 1 - $0 })
      }
    }
    let (a, b) = (try vector(left), try vector(right))
    switch symbol {
    case "+": return .numbers(combine(a, b) { $0 + $1 })
    case "-": return .numbers(combine(a, b) { $0 - $1 })
    case "*": return .numbers(combine(a, b) { $0 * $1 })
    case "/": return .numbers(combine(a, b) { $0 / $1 })
    case "^": return .numbers(combine(a, b) { $1 == 2 ? $0 * $0 : pow($0, $1) })
    case "%%": return .numbers(combine(a, b) { $0 - ($0 / $1).rounded(.down) * $1 })
    case "%/%": return .numbers(combine(a, b) { ($0 / $1).rounded(.down) })
    case "==": return .truths(compare(a, b) { $0 == $1 })
    case "!=": return .truths(compare(a, b) { $0 != $1 })
    case "<": return .truths(compare(a, b) { $0 < $1 })
    case ">": return .truths(compare(a, b) { $0 > $1 })
    case "<=": return .truths(compare(a, b) { $0 <= $1 })
    case ">=": return .truths(compare(a, b) { $0 >= $1 })
    case "&", "&&": return .truths(compare(a, b) { $0 != 0 && $1 != 0 })
    case "|", "||": return .truths(compare(a, b) { $0 != 0 || $1 != 0 })
    default: throw place.error("'\(symbol)' cannot be calculated here")
    }
  }

  /// Where the factor `side` has the level that the text `other` names, if that is what the two are.
  private mutating func comparison(
    _ side: Expression, _ other: Expression
  ) throws(FormulaError) -> [Double]? {
    guard case .string(let text) = other.unwrapped.form,
      case .factor(let factor) = try value(of: side)
    else { return nil }
    guard let level = factor.levels.firstIndex(of: text) else {
      throw other.place.error(
        "'\(side.text)' has no level '\(text)'" + suggestion(for: text, among: factor.levels))
    }
    return factor.codes.map { $0 < 0 ? .nan : Int($0) == level ? 1 : 0 }
  }
}

/// Applies `operation` row by row; a single number goes with every row.
@inline(__always)
private func combine(
  _ a: [Double], _ b: [Double], _ operation: (Double, Double) -> Double
) -> [Double] {
  if a.count == b.count { return a.indices.map { operation(a[$0], b[$0]) } }
  if b.count == 1 {
    let b = b[0]
    return a.map { operation($0, b) }
  }
  let a = a[0]
  return b.map { operation(a, $0) }
}

/// As `combine`, with a truth that is missing where either number is.
@inline(__always)
private func compare(
  _ a: [Double], _ b: [Double], _ relation: (Double, Double) -> Bool
) -> [Double] {
  combine(a, b) { $0.isNaN || $1.isNaN ? .nan : relation($0, $1) ? 1 : 0 }
}
