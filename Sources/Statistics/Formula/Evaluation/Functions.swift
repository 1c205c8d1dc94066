// The functions that a formula can call.

import Glibc
import Tables

extension Evaluator {
  /// Functions of one number.
  private static let elementary: [String: @Sendable (Double) -> Double] = [
    "exp": { exp($0) }, "expm1": { expm1($0) }, "log2": { log2($0) }, "log10": { log10($0) },
    "log1p": { log1p($0) }, "sqrt": { $0.squareRoot() }, "abs": { abs($0) }, "sin": { sin($0) },
    "cos": { cos($0) }, "tan": { tan($0) }, "asin": { asin($0) }, "acos": { acos($0) },
    "atan": { atan($0) }, "sinh": { sinh($0) }, "cosh": { cosh($0) }, "tanh": { tanh($0) },
    "floor": { $0.rounded(.down) }, "ceiling": { $0.rounded(.up) },
    "trunc": { $0.rounded(.towardZero) }, "round": { $0.rounded(.toNearestOrEven) },
    "sign": { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }, "qlogis": { log($0 / (1 - $0)) },
    "plogis": { 1 / (1 + exp(-$0)) }, "as.integer": { $0.rounded(.towardZero) },
  ]

  /// Functions of a whole column, worth one number.
  private static let summaries = ["mean", "sd", "min", "max"]

  /// Functions with their own reading.
  private static let special = [
    "I", "log", "scale", "poly", "factor", "as.factor", "as.character", "as.numeric", "relevel",
    "offset",
  ]

  /// Functions that the users of R's packages know and that are not fitted yet.
  private static let later = [
    "ns", "bs", "s", "t2", "te", "ti", "gp", "mo", "me", "mi", "cs", "Surv", "ordered", "C", "lag",
    "us", "idh", "interaction", "cut", "ifelse", "trait",
  ]

  mutating func call(_ call: Call) throws(FormulaError) -> Value {
    if let function = Self.elementary[call.function] {
      let x = try argument(call)
      return .numbers(try vector(x).map(function))
    }
    if Self.summaries.contains(call.function) { return try summary(call) }
    switch call.function {
    case "I":
      let inner = try argument(call)
      return try value(of: inner)
    case "as.numeric":
      let inner = try argument(call)
      return .numbers(try vector(inner))
    case "log": return try logarithm(call)
    case "scale": return try scaled(call)
    case "poly": return try polynomial(call)
    case "factor", "as.factor", "as.character": return .factor(try factor(call))
    case "relevel": return .factor(try releveled(call))
    case "offset": throw call.whole.error("offset() can only be added on the right of '~'")
    case let name where Self.later.contains(name):
      throw call.place.error("\(name)() is not available yet")
    default:
      if table[call.function] != nil {
        throw call.place.error(
          "'\(call.function)' is a column, not a function; is an operator missing before '('?")
      }
      throw call.place.error(
        "there is no function '\(call.function)'"
          + suggestion(
            for: call.function,
            among: Self.elementary.keys.sorted() + Self.summaries + Self.special))
    }
  }

  private func argument(_ call: Call) throws(FormulaError) -> Expression {
    try call.matched(to: ["x"], required: 1).required("x")
  }

  private mutating func constant(_ expression: Expression) throws(FormulaError) -> Double {
    let numbers = try vector(expression)
    guard numbers.count == 1, numbers[0].isFinite,
      expression.names.allSatisfy({ table[$0.name] == nil })
    else { throw expression.place.error("one number is expected here") }
    return numbers[0]
  }

  private mutating func logarithm(_ call: Call) throws(FormulaError) -> Value {
    let arguments = try call.matched(to: ["x", "base"], required: 1)
    let x = arguments.required("x")
    let logarithms = try vector(x).map { log($0) }
    guard let base = arguments["base"] else { return .numbers(logarithms) }
    let divisor = log(try constant(base))
    return .numbers(logarithms.map { $0 / divisor })
  }

  private mutating func summary(_ call: Call) throws(FormulaError) -> Value {
    let numbers = try vector(try argument(call)).filter { !$0.isNaN }
    guard let first = numbers.first else { throw call.whole.error("there is no value here") }
    switch call.function {
    case "mean": return .numbers([mean(of: numbers)])
    case "sd": return .numbers([rootMeanSquare(of: numbers, around: mean(of: numbers))])
    case "min": return .numbers([numbers.reduce(first, Swift.min)])
    default: return .numbers([numbers.reduce(first, Swift.max)])
    }
  }

  /// `scale(x, center = TRUE, scale = TRUE)`: minus the mean, divided by the standard deviation.
  private mutating func scaled(_ call: Call) throws(FormulaError) -> Value {
    let arguments = try call.matched(to: ["x", "center", "scale"], required: 1)
    let x = arguments.required("x")
    var numbers = spread(try vector(x))
    let center = try arguments["center"].map { (e) throws(FormulaError) in try constant(e) } ?? 1
    let scale = try arguments["scale"].map { (e) throws(FormulaError) in try constant(e) } ?? 1
    for (name, value) in [("center", center), ("scale", scale)] where value != 0 && value != 1 {
      throw (arguments[name] ?? x).place.error("TRUE or FALSE is expected here")
    }
    let present = numbers.filter { !$0.isNaN }
    let middle = center == 1 ? mean(of: present) : 0
    if center == 1 { numbers = numbers.map { $0 - middle } }
    guard scale == 1 else { return .numbers(numbers) }
    let deviation = rootMeanSquare(of: present, around: middle)
    guard deviation > 0 else {
      throw call.whole.error("'\(x.text)' is the same in every row, so it cannot be scaled")
    }
    return .numbers(numbers.map { $0 / deviation })
  }

  private mutating func polynomial(_ call: Call) throws(FormulaError) -> Value {
    let arguments = try call.matched(to: ["x", "degree", "coefs", "raw", "simple"], required: 1)
    if let coefficients = arguments["coefs"] {
      throw coefficients.place.error("the argument 'coefs' of poly() is not available")
    }
    let x = arguments.required("x")
    let degree = try arguments["degree"].map { (e) throws(FormulaError) in try constant(e) } ?? 1
    guard degree >= 1, degree <= 20, degree == degree.rounded() else {
      throw (arguments["degree"] ?? x).place.error("the degree is a whole number from 1 to 20")
    }
    let raw = try arguments["raw"].map { (e) throws(FormulaError) in try constant(e) } ?? 0
    let numbers = spread(try vector(x))
    for (row, number) in numbers.enumerated() where number.isInfinite {
      throw x.place.error("'\(x.text)' is infinite in row \(row + 1)")
    }
    let columns: [[Double]]
    if raw != 0 {
      columns = rawPolynomials(of: numbers, degree: Int(degree))
    } else {
      let distinct = Set(numbers.lazy.filter { !$0.isNaN }).count
      guard Int(degree) < distinct else {
        throw call.whole.error(
          "a polynomial of degree \(numberText(degree)) needs more than "
            + "\(numberText(degree)) different values; '\(x.text)' has \(distinct)")
      }
      columns = orthogonalPolynomials(of: numbers, degree: Int(degree))
    }
    // As R: one column alone keeps the name of the call.
    return .matrix(
      columns, suffixes: columns.count == 1 ? [""] : columns.indices.map { "\($0 + 1)" })
  }
}
