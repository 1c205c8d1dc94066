// Numbers, vectors and matrices as R writes them in a prior: diag(2), c(1, 0.5), matrix(c(1, 0, 0, 1), 2), 25^2.

/// A number, a vector or a matrix of numbers.
enum RValue: Sendable, Equatable {
  case number(Double)
  case vector([Double])
  /// Elements column by column, as R keeps them.
  case matrix([Double], rows: Int)

  /// The most elements of a matrix that is read; more is a mistake or an attack.
  private static let mostElements = 10_000

  /// The value of an expression of numbers, `c()`, `diag()`, `matrix()`, `I()`, `+ - * / ^` and parentheses.
  init(_ expression: Expression) throws(FormulaError) {
    switch expression.form {
    case .number(let value, _): self = .number(value)
    case .parenthesised(let inner): self = try RValue(inner)
    case .prefix("-", let operand): self = try RValue(operand).scaled(by: -1)
    case .prefix("+", let operand): self = try RValue(operand)
    case .binary(let symbol, let left, let right):
      self = try Self.combine(symbol, RValue(left), RValue(right), at: expression.place)
    case .call(let function, let place, let arguments):
      self = try Self.call(function, at: place, arguments, whole: expression.place)
    default:
      throw expression.place.error(
        "a number or a matrix is expected here, such as 0.002, diag(2) or matrix(c(1, 0, 0, 1), 2)")
    }
  }

  /// The elements, column by column.
  var elements: [Double] {
    switch self {
    case .number(let value): [value]
    case .vector(let values), .matrix(let values, _): values
    }
  }

  /// The square matrix: a number is 1 × 1, a vector of several numbers is none.
  var square: (size: Int, elements: [Double])? {
    switch self {
    case .number(let value): (1, [value])
    case .vector(let values): values.count == 1 ? (1, values) : nil
    case .matrix(let values, let rows): rows * rows == values.count ? (rows, values) : nil
    }
  }

  private func scaled(by factor: Double) -> RValue {
    switch self {
    case .number(let value): .number(value * factor)
    case .vector(let values): .vector(values.map { $0 * factor })
    case .matrix(let values, let rows): .matrix(values.map { $0 * factor }, rows: rows)
    }
  }

  private static func combine(
    _ symbol: String, _ left: RValue, _ right: RValue, at place: Place
  ) throws(FormulaError) -> RValue {
    switch (symbol, left, right) {
    case ("+", .number(let a), .number(let b)): return .number(a + b)
    case ("-", .number(let a), .number(let b)): return .number(a - b)
    case ("^", .number(let a), .number(let b)): return .number(power(a, b))
    case ("*", .number(let a), let other): return other.scaled(by: a)
    case ("*", let other, .number(let b)): return other.scaled(by: b)
    case ("/", let other, .number(let b)) where b != 0: return other.scaled(by: 1 / b)
    default: throw place.error("'\(symbol)' is not available for these values; write them out")
    }
  }

  /// a^b for whole b, and √ by b = 0.5.
  private static func power(_ a: Double, _ b: Double) -> Double {
    if b == 0.5 { return a.squareRoot() }
    guard b == b.rounded(), abs(b) <= 64 else { return .nan }
    var result = 1.0
    for _ in 0..<Int(abs(b)) { result *= a }
    return b < 0 ? 1 / result : result
  }

  private static func call(
    _ function: String, at place: Place, _ arguments: [Expression.Argument], whole: Place
  ) throws(FormulaError) -> RValue {
    switch function {
    case "c", "I":
      var values: [Double] = []
      for argument in arguments { values += try RValue(argument.value).elements }
      return values.count == 1 ? .number(values[0]) : .vector(values)
    case "diag": return try diagonal(arguments, whole: whole)
    case "matrix": return try matrix(arguments, whole: whole)
    default:
      throw place.error(
        "\(function)() is not understood in a prior; c(), diag(), matrix() and I() are")
    }
  }

  private static func diagonal(
    _ arguments: [Expression.Argument], whole: Place
  ) throws(FormulaError) -> RValue {
    guard let first = arguments.first, arguments.count <= 2 else {
      throw whole.error("diag() takes a size, as in diag(2), or the elements, as in diag(c(1, 2))")
    }
    var values = try RValue(first.value).elements
    var size = values.count
    if arguments.count == 2 {
      size = try count(arguments[1].value)
      values = (0..<size).map { values[$0 % values.count] }
    } else if values.count == 1, case .number(let value) = try RValue(first.value) {
      size = try count(first.value)
      precondition(Double(size) == value)
      values = Array(repeating: 1, count: size)
    }
    guard size * size <= mostElements else { throw whole.error("this matrix is too large") }
    return .matrix(
      (0..<(size * size)).map { $0 % (size + 1) == 0 ? values[$0 / size] : 0 }, rows: size)
  }

  private static func matrix(
    _ arguments: [Expression.Argument], whole: Place
  ) throws(FormulaError) -> RValue {
    let order = ["data", "nrow", "ncol", "byrow"]
    var given: [String: Expression] = [:]
    var place = 0
    for argument in arguments {
      if let name = argument.name {
        given[name] = argument.value
        continue
      }
      while place < order.count && given[order[place]] != nil { place += 1 }
      guard place < order.count else { throw argument.value.place.error("matrix() takes 4 values") }
      given[order[place]] = argument.value
    }
    guard let data = given["data"] else { throw whole.error("matrix() needs its elements") }
    let values = try RValue(data).elements
    let rows: Int
    if let expression = given["nrow"] {
      rows = try count(expression)
    } else if let expression = given["ncol"] {
      rows = max(values.count / (try count(expression)), 1)
    } else {
      rows = values.count
    }
    let columns =
      try given["ncol"].map { expression throws(FormulaError) in try count(expression) }
      ?? max(values.count / rows, 1)
    guard rows * columns <= mostElements, !values.isEmpty, (rows * columns) % values.count == 0
    else {
      throw whole.error("\(values.count) elements do not fill \(rows) rows and \(columns) columns")
    }
    var isByRow = false
    if let flag = given["byrow"]?.unwrapped.name { isByRow = flag == "TRUE" || flag == "T" }
    return .matrix(
      (0..<(rows * columns)).map { index in
        let (row, column) = (index % rows, index / rows)
        return values[(isByRow ? row * columns + column : index) % values.count]
      }, rows: rows)
  }

  /// A whole number from 1 up.
  private static func count(_ expression: Expression) throws(FormulaError) -> Int {
    guard case .number(let value) = try RValue(expression), let count = Int(exactly: value),
      count >= 1, count <= mostElements
    else { throw expression.place.error("a whole number is expected here") }
    return count
  }
}
