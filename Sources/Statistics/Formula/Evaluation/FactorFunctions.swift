// The functions factor() and relevel() of a formula.

import Tables

extension Evaluator {
  /// `factor(x)` and `factor(x, levels = c("b", "a"))`; values that are not among the levels are missing.
  mutating func factor(_ call: Call) throws(FormulaError) -> Factor {
    let arguments = try call.matched(to: ["x", "levels", "labels", "ordered"], required: 1)
    for name in ["labels", "ordered"] {
      if let argument = arguments[name] {
        throw argument.place.error("the argument '\(name)' of factor() is not available yet")
      }
    }
    let x = arguments.required("x")
    let factor = try categories(x)
    guard let levels = arguments["levels"] else { return factor }
    guard case .call("c", _, let listed) = levels.unwrapped.form else {
      throw levels.place.error("the levels are listed as c(\"a\", \"b\")")
    }
    var order: [String] = []
    for argument in listed {
      let level = try levelName(argument.value, of: factor, written: x)
      guard !order.contains(level) else {
        throw argument.value.place.error("the level '\(level)' is listed twice")
      }
      order.append(level)
    }
    var newCode = [Int32](repeating: -1, count: factor.levels.count)
    for (position, level) in order.enumerated() {
      if let old = factor.levels.firstIndex(of: level) { newCode[old] = Int32(position) }
    }
    return Factor(levels: order, codes: factor.codes.map { $0 < 0 ? -1 : newCode[Int($0)] })
  }

  /// `relevel(x, ref = "a")`: the level `ref` moves to the front.
  mutating func releveled(_ call: Call) throws(FormulaError) -> Factor {
    let arguments = try call.matched(to: ["x", "ref"], required: 2)
    let x = arguments.required("x")
    let ref = arguments.required("ref")
    let factor = try categories(x)
    let reference = try levelName(ref, of: factor, written: x)
    let order = [reference] + factor.levels.filter { $0 != reference }
    var newCode: [String: Int32] = [:]
    for (position, level) in order.enumerated() { newCode[level] = Int32(position) }
    let codes = factor.codes.map { $0 < 0 ? -1 : newCode[factor.levels[Int($0)]] ?? -1 }
    return Factor(levels: order, codes: codes)
  }

  /// The factor that `expression` is, or that its numbers or truths make.
  mutating func categories(_ expression: Expression) throws(FormulaError) -> Factor {
    switch try value(of: expression) {
    case .factor(let factor): return factor
    case .numbers(let numbers): return Factor(numbers: spread(numbers))
    case .truths(let truths): return Factor(truths: spread(truths))
    case .matrix, .text: throw expression.place.error("a column is expected here")
    }
  }

  private func levelName(
    _ expression: Expression, of factor: Factor, written x: Expression
  ) throws(FormulaError) -> String {
    let name: String
    switch expression.unwrapped.form {
    case .string(let text): name = text
    case .number(let value, _): name = numberText(value)
    default: throw expression.place.error("a level is written in quotes, such as \"a\"")
    }
    guard factor.levels.contains(name) else {
      throw expression.place.error(
        "'\(x.text)' has no level '\(name)'" + suggestion(for: name, among: factor.levels))
    }
    return name
  }
}
