// What the user wrote, before any data: outcomes, their linear predictors, random-effect terms.

import Tables

/// What the user wrote, before any data: outcomes, their linear predictors, random-effect terms.
package struct ModelFormula: Sendable {
  /// One for each formula or `bf()`, in order.
  private(set) var outcomes: [OutcomeFormula] = []
  /// Where residual correlation is asked for, as by `set_rescor(TRUE)`; nil where it is not.
  private(set) var residualCorrelation: Expression?
  /// The errors for parts that are understood and cannot be fitted yet.
  private(set) var later: [FormulaError] = []

  /// A model of these outcomes, whose residuals are not correlated.
  init(outcomes: [OutcomeFormula] = []) { self.outcomes = outcomes }

  /// Reads formulas: `y ~ x + (1 | g)`, `cbind(a, b) ~ x`, or `bf(y ~ x, sigma ~ z) + bf(...)`.
  ///
  /// All outcomes of all texts belong to one model. What is understood and cannot be fitted yet, such as
  /// `ar1(...)`, is read without complaint; making a `ModelFrame` of it throws.
  package static func parse(_ texts: [String]) throws(FormulaError) -> ModelFormula {
    guard !texts.isEmpty else {
      throw FormulaError("no formula is given", formula: "", offset: 0, length: 1)
    }
    var model = ModelFormula()
    for text in texts { try model.add(try ExpressionParser.expression(text)) }
    return model
  }

  /// The model with a formula for a further parameter of every outcome, such as `zi` with `~ w` or `~ w + (1 | g)`.
  ///
  /// This is what `--zi` and `--dispersion` of the command line are. The text may also be `zi ~ w`.
  package func adding(
    parameter: String, formula text: String
  ) throws(FormulaError) -> ModelFormula {
    let expression = try ExpressionParser.expression(text)
    guard case .prefix("~", let right) = expression.unwrapped.form else {
      throw expression.place.error("a formula with nothing before '~' is expected here: ~ w")
    }
    let left = Expression(.name(parameter), at: expression.place)
    let formula = Expression(.binary("~", left, right), at: expression.place)
    var model = self
    for index in outcomes.indices {
      try OutcomeFormula.add(formula, to: &model.outcomes[index].predictors)
    }
    return model
  }

  /// The columns of `table` that the formulas name, each once, in order of appearance.
  package func columnNames(in table: Table) -> [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for expression in outcomes.flatMap(\.expressions) {
      for (name, _) in expression.names where table[name] != nil && seen.insert(name).inserted {
        names.append(name)
      }
    }
    return names
  }

  private mutating func add(_ expression: Expression) throws(FormulaError) {
    switch expression.form {
    case .binary("+", let left, let right):
      try add(left)
      try add(right)
    case .parenthesised(let inner): try add(inner)
    case .call(let function, let place, let arguments):
      try add(function, at: place, arguments, whole: expression)
    default:
      outcomes.append(
        try OutcomeFormula(
          [Expression.Argument(name: nil, namePlace: nil, value: expression)], at: expression.place)
      )
    }
  }

  private mutating func add(
    _ function: String, at place: Place, _ arguments: [Expression.Argument], whole: Expression
  ) throws(FormulaError) {
    switch function {
    case "bf", "brmsformula":
      outcomes.append(try OutcomeFormula(arguments, at: whole.place))
    case "mvbf", "mvbrmsformula":
      for argument in arguments {
        if argument.name == "rescor" {
          try addResidualCorrelation(argument.value)
        } else {
          try add(argument.value)
        }
      }
    case "set_rescor":
      guard arguments.count <= 1 else {
        throw whole.place.error("set_rescor() takes TRUE or FALSE")
      }
      // As in brms, set_rescor() alone asks for the correlation.
      try addResidualCorrelation(arguments.first?.value ?? whole)
    default:
      throw place.error(
        "\(function)() cannot stand here: a model is 'y ~ ...' or bf(y ~ ...) + bf(...)"
          + suggestion(for: function, among: ["bf", "mvbf", "set_rescor"]))
    }
  }

  private mutating func addResidualCorrelation(
    _ expression: Expression
  ) throws(FormulaError) {
    switch expression.unwrapped.form {
    case .name("FALSE"), .name("F"): residualCorrelation = nil
    case .name("TRUE"), .name("T"), .call("set_rescor", _, _): residualCorrelation = expression
    default: throw expression.place.error("TRUE or FALSE is expected here")
    }
  }
}
