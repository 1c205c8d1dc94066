// Reads the values of an outcome: numbers, two categories as 0 and 1, successes in trials.

import Tables

/// The values of an outcome on all rows of the table; NaN where missing.
struct OutcomeValues {
  private(set) var response: [Double]
  private(set) var trials: [Double]?
  private(set) var weights: [Double]?
  /// Everything the values were calculated from.
  private(set) var expressions: [Expression]
  private(set) var notes: [String] = []
  private(set) var warnings: [String] = []

  /// Reads the values that `plan` and `formula` name.
  init(
    _ plan: OutcomePlan, _ formula: ResponseFormula, evaluator: inout Evaluator
  ) throws(FormulaError) {
    expressions = [plan.response]
    response = []
    response = try numbers(plan.response, family: plan.family, evaluator: &evaluator)
    if let failures = plan.failures {
      guard formula.trials == nil else {
        throw formula.place.error("trials are given twice: by cbind() and by trials()")
      }
      expressions.append(failures)
      let failed = try numbers(failures, family: plan.family, evaluator: &evaluator)
      trials = response.indices.map { response[$0] + failed[$0] }
      warn(of: failed, plan, failures)
    } else if let expression = formula.trials {
      if plan.family.countsTrials {
        expressions.append(expression)
        trials = try evaluator.numbers(expression)
      } else if formula.columns.count == 1 {
        throw expression.place.error(
          "trials() needs a binomial family; the family of '\(plan.response.text)' is "
            + plan.family.name)
      }
    }
    if let expression = formula.weights {
      expressions.append(expression)
      weights = try evaluator.numbers(expression)
    }
  }

  /// The values on the rows used, once they are known to be possible.
  func checked(
    on rows: [Int], _ plan: OutcomePlan, _ formula: ResponseFormula
  ) throws(FormulaError) -> (response: [Double], trials: [Double]?, weights: [Double]?) {
    let response = gather(self.response, rows)
    try requireFinite(response, of: plan.response, rows: rows)
    let weights = self.weights.map { gather($0, rows) }
    if let weights, let expression = formula.weights {
      try requireFinite(weights, of: expression, rows: rows)
      if let row = weights.firstIndex(where: { $0 < 0 }) {
        throw expression.place.error(
          "the weight in row \(rows[row] + 1) of the data is negative (\(numberText(weights[row])))"
        )
      }
    }
    let trials = self.trials.map { gather($0, rows) }
    if let trials {
      let expression = plan.failures ?? formula.trials ?? plan.response
      try requireFinite(trials, of: expression, rows: rows)
      for (index, count) in trials.enumerated() {
        let successes = response[index]
        let row = "in row \(rows[index] + 1) of the data"
        if successes < 0 || successes != successes.rounded() {
          throw plan.response.place.error(
            "the number of successes '\(plan.response.text)' is \(numberText(successes)) \(row), "
              + "not a whole number"
              + (plan.failures == nil ? "" : "; for two outcomes give two families"))
        }
        if count < successes || count != count.rounded() {
          let value = plan.failures == nil ? count : count - successes
          throw expression.place.error(
            "'\(expression.text)' is \(numberText(value)) \(row), where '\(plan.response.text)' is "
              + numberText(successes)
              + (plan.failures == nil
                ? ": trials are whole numbers, at least the successes"
                : ": failures are whole numbers; for two outcomes give two families"))
        }
      }
    }
    return (response, trials, weights)
  }

  private mutating func numbers(
    _ expression: Expression, family: FamilyCall, evaluator: inout Evaluator
  ) throws(FormulaError) -> [Double] {
    let table = evaluator.table
    guard expression.names.contains(where: { table[$0.name] != nil }) else {
      // An unknown name is the more helpful complaint.
      _ = try evaluator.value(of: expression)
      throw expression.place.error("the outcome has to be calculated from a column of the data")
    }
    switch try evaluator.value(of: expression) {
    case .numbers(let numbers), .truths(let numbers): return evaluator.spread(numbers)
    case .factor(let factor): return try codes(factor, of: expression, family: family)
    case .matrix, .text: throw expression.place.error("the outcome has to be one column")
    }
  }

  private mutating func codes(
    _ whole: Factor, of expression: Expression, family: FamilyCall
  ) throws(FormulaError) -> [Double] {
    let factor = whole.restricted(to: Array(whole.codes.indices))
    let levels = factor.levels
    if family.isBinary {
      guard levels.count == 2 else {
        throw expression.place.error(
          "'\(expression.text)' has \(counted(levels.count, "level")) (\(quotedList(levels))); "
            + "a \(family.name) outcome has two")
      }
      notes.append(
        "\(expression.text): '\(levels[0])' is read as 0 and '\(levels[1])' as 1"
      )
      return factor.codes.map { $0 < 0 ? .nan : Double($0) }
    }
    if family.isOrdinal {
      let reading = levels.enumerated().map { "'\($0.element)' as \($0.offset + 1)" }
      notes.append(
        "\(expression.text) is read in the order of its levels: \(reading.joined(separator: ", "))")
      return factor.codes.map { $0 < 0 ? .nan : Double($0) + 1 }
    }
    throw expression.place.error(
      "the outcome '\(expression.text)' is not numeric: its values are categories, such as "
        + "\(quotedList(Array(levels.prefix(2)))), and the family is \(family.name)")
  }

  /// Warns when the two columns of `cbind()` look like two outcomes.
  private mutating func warn(of failed: [Double], _ plan: OutcomePlan, _ failures: Expression) {
    func isBinary(_ values: [Double]) -> Bool {
      values.allSatisfy { $0.isNaN || $0 == 0 || $0 == 1 }
    }
    let (first, second) = (isBinary(response), isBinary(failed))
    let totals = Set((trials ?? []).filter { !$0.isNaN })
    guard first != second || (first && second && totals.count > 1) else { return }
    let (binary, other) = first ? (plan.response, failures) : (failures, plan.response)
    warnings.append(
      "'\(binary.text)' holds only 0 and 1 beside '\(other.text)': this looks like two outcomes, but "
        + "cbind() with the single family \(plan.family.name) means successes and failures; for two "
        + "outcomes give two families")
  }
}
