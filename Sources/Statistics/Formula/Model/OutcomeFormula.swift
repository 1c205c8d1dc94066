// One formula with its outcomes, its predictors and perhaps its families.

/// The linear predictor of one parameter of the response distribution.
struct PredictorFormula: Sendable {
  /// `mu`, `sigma`, `shape`, ...
  let parameter: String
  let fixed: FixedTerms
  let random: [RandomTerm]

  /// Reads a right-hand side.
  init(parameter: String, _ expression: Expression) throws(FormulaError) {
    let parts = try PredictorParts(of: expression)
    self.parameter = parameter
    fixed = try TermAlgebra.terms(of: parts.fixed)
    random = parts.random
  }
}

/// One formula: what stands in one `bf()`, or on its own.
struct OutcomeFormula: Sendable {
  let response: ResponseFormula
  /// `mu` first.
  var predictors: [PredictorFormula]
  /// The families given inside `bf()`; empty when there are none.
  let families: [FamilyCall]
  let familyPlace: Place?
  /// The whole of it.
  let place: Place

  /// Everything that is calculated from the data, in order of appearance.
  var expressions: [Expression] {
    var all = response.columns
    if let trials = response.trials { all.append(trials) }
    if let weights = response.weights { all.append(weights) }
    for predictor in predictors {
      all += predictor.fixed.variables + predictor.fixed.offsets
      for term in predictor.random { all += term.terms.variables + term.group }
    }
    return all
  }

  /// Parameters that a formula can be given for, in the names of brms and glmmTMB.
  static let parameters = [
    "mu", "sigma", "shape", "phi", "nu", "zi", "hu", "zoi", "coi", "disc", "alpha", "beta", "ndt",
    "bs", "kappa", "xi", "quantile", "power",
  ]

  /// Reads `y ~ x` or the arguments of `bf(y ~ x, sigma ~ z, family = gaussian)`.
  init(_ arguments: [Expression.Argument], at place: Place) throws(FormulaError) {
    guard let first = arguments.first, first.name ?? "formula" == "formula" else {
      throw place.error("a formula is missing here, as in bf(y ~ x)")
    }
    let (left, right) = try OutcomeFormula.sides(first.value)
    response = try ResponseFormula(left)
    predictors = [try PredictorFormula(parameter: "mu", right)]
    var families: [FamilyCall] = []
    var familyPlace: Place?
    for argument in arguments.dropFirst() {
      switch argument.name {
      case nil: try OutcomeFormula.add(argument.value, to: &predictors)
      case "family":
        guard familyPlace == nil else {
          throw argument.value.place.error("the family is given twice")
        }
        families = try FamilyList.families(argument.value)
        familyPlace = argument.value.place
      case let name?:
        let place = argument.namePlace ?? argument.value.place
        if case .binary("~", _, _) = argument.value.form {
          throw place.error("a formula for a parameter is written '\(name) ~ ...', without '='")
        }
        if OutcomeFormula.parameters.contains(name) {
          throw place.error("a fixed value of '\(name)' is not available yet")
        }
        throw place.error(
          "the argument '\(name)' of bf() is not available"
            + suggestion(for: name, among: ["family"]))
      }
    }
    self.families = families
    self.familyPlace = familyPlace
    self.place = place
  }

  /// Appends the predictor of `sigma ~ z`.
  static func add(
    _ expression: Expression, to predictors: inout [PredictorFormula]
  ) throws(FormulaError) {
    guard case .binary("~", let left, let right) = expression.unwrapped.form else {
      throw expression.place.error(
        "a formula for a parameter is expected here, such as sigma ~ z")
    }
    guard let parameter = left.unwrapped.name else {
      throw left.place.error("the name of a parameter is expected here, such as sigma")
    }
    guard parameters.contains(parameter) else {
      throw left.place.error(
        "'\(parameter)' is not a parameter that can be given a formula"
          + suggestion(for: parameter, among: parameters))
    }
    guard !predictors.contains(where: { $0.parameter == parameter }) else {
      throw left.place.error("'\(parameter)' has two formulas")
    }
    predictors.append(try PredictorFormula(parameter: parameter, right))
  }

  /// The two sides of a formula.
  private static func sides(
    _ expression: Expression
  ) throws(FormulaError) -> (Expression, Expression) {
    switch expression.unwrapped.form {
    case .binary("~", let left, let right):
      if case .binary("~", _, _) = left.form {
        throw right.place.error("a formula has one '~'")
      }
      return (left, right)
    case .prefix("~", _):
      throw expression.place.error(
        "the formula has no outcome: write y ~ ... with the outcome's name")
    default:
      throw expression.place.error("the formula has no '~': write y ~ ... with the outcome's name")
    }
  }
}
