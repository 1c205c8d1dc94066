// The outcomes of a call of MCMCglmm with their families, and what the fixed part says of each.

/// One outcome of a call of MCMCglmm.
struct MCMCglmmOutcome: Sendable {
  /// What is known of its distribution.
  enum Kind: Sendable {
    case gaussian, poisson, categorical, binomial

    /// The family in the model language.
    var family: String {
      switch self {
      case .gaussian: "gaussian()"
      case .poisson: "poisson()"
      case .categorical: "bernoulli()"
      case .binomial: "binomial()"
      }
    }
  }

  /// The column, or the successes and failures of `multinomial2`.
  let columns: [String]
  let kind: Kind
  /// The addends of the right-hand side of its mean.
  var terms: [String] = []
  var hasIntercept = true

  /// The name in parameters.
  var name: String { columns[0] }
  /// The left-hand side in the model language.
  var response: String {
    columns.count == 1 ? columns[0] : "cbind(\(columns.joined(separator: ", ")))"
  }
}

/// The outcomes of a call and their fixed effects.
struct MCMCglmmOutcomes: Sendable {
  private(set) var all: [MCMCglmmOutcome] = []
  private(set) var notes: [String] = []

  /// Reads the left-hand side, the families and the fixed effects.
  init(_ call: MCMCglmmCall) throws(FormulaError) {
    guard case .binary("~", let left, let right) = call.fixed.unwrapped.form else {
      throw call.fixed.place.error("fixed is a formula: fixed = y ~ x")
    }
    var columns: [(name: String, place: Place)] = []
    var responses = [left.unwrapped]
    if case .call("cbind", _, let arguments) = left.unwrapped.form {
      responses = arguments.map(\.value.unwrapped)
    }
    for response in responses {
      guard let name = response.name else {
        throw response.place.error(
          "an outcome of MCMCglmm is a column; make a column of what is calculated")
      }
      columns.append((name, response.place))
    }
    let families = try Self.families(call)
    var rest = columns[...]
    for (name, place) in families {
      let kind = try Self.kind(name, at: place)
      let width = kind == .binomial ? 2 : 1
      guard rest.count >= width else {
        throw place.error("the family '\(name)' finds no column left in \(left.place.written)")
      }
      all.append(MCMCglmmOutcome(columns: rest.prefix(width).map(\.name), kind: kind))
      rest = rest.dropFirst(width)
    }
    if let unused = rest.first { throw unused.place.error("'\(unused.name)' has no family") }
    try readFixed(right)
  }

  /// Whether coefficients and effects belong to traits.
  var isMultivariate: Bool { all.count > 1 }

  private static func families(_ call: MCMCglmmCall) throws(FormulaError) -> [(
    name: String, place: Place
  )] {
    guard let expression = call.family?.unwrapped else { return [("gaussian", call.fixed.place)] }
    var list = [expression]
    if case .call("c", _, let arguments) = expression.form {
      list = arguments.map(\.value.unwrapped)
    }
    var families: [(name: String, place: Place)] = []
    for entry in list {
      guard case .string(let name) = entry.form else {
        throw entry.place.error("a family of MCMCglmm is a name in quotes, such as \"poisson\"")
      }
      families.append((name, entry.place))
    }
    return families
  }

  private static func kind(_ name: String, at place: Place) throws(FormulaError)
    -> MCMCglmmOutcome.Kind
  {
    switch name {
    case "gaussian": return .gaussian
    case "poisson": return .poisson
    case "categorical": return .categorical
    case "multinomial2": return .binomial
    case "ordinal", "threshold":
      throw place.error(
        "'\(name)' is not available yet; for an outcome of 0 and 1 write the model with "
          + "-f and bernoulli(link = \"probit\")")
    default:
      let others = [
        "multinomial", "exponential", "geometric", "cengaussian", "cenpoisson", "cenexponential",
        "zipoisson", "zapoisson", "ztpoisson", "hupoisson", "zibinomial", "hubinomial", "nzbinom",
        "ncst", "msst", "ztmb", "ztmultinomial",
      ]
      if others.contains(where: { name.hasPrefix($0) }) {
        throw place.error(
          "MCMCglmm's family '\(name)' is not available yet; "
            + "gaussian, poisson, categorical and multinomial2 are")
      }
      throw place.error(
        "MCMCglmm has no family '\(name)'"
          + suggestion(
            for: name, among: ["gaussian", "poisson", "categorical", "multinomial2"] + others))
    }
  }

  /// Gives each outcome its intercept and slopes.
  private mutating func readFixed(_ right: Expression) throws(FormulaError) {
    var hasTrait = false
    var hasIntercept = true
    for (addend, isTaken) in MCMCglmmTerm.addends(right) {
      if case .number(let value, _) = addend.unwrapped.form {
        guard value == 0 || value == 1 else {
          throw addend.place.error("only 0 and 1 can stand here")
        }
        hasIntercept = (value == 1) != isTaken
        continue
      }
      guard !isTaken else {
        throw addend.place.error("only the intercept can be taken away, with - 1")
      }
      let term = try MCMCglmmTerm(addend, outcomes: all.map(\.name))
      guard isMultivariate else {
        guard case .shared(let text) = term else {
          throw addend.place.error("there is one outcome, so there is no 'trait'")
        }
        all[0].terms.append(text)
        continue
      }
      switch term {
      case .shared(let text):
        throw addend.place.error(
          "'\(text)' has one coefficient for all outcomes here, which is not available; "
            + "outcomes with coefficients of their own are written trait:\(text)")
      case .each(nil): hasTrait = true
      case .each(let text?): for index in all.indices { all[index].terms.append(text) }
      case .one(let outcome, let text):
        guard let text else {
          throw addend.place.error("write trait - 1 to give every outcome its intercept")
        }
        all[outcome].terms.append(text)
      }
    }
    guard isMultivariate else {
      all[0].hasIntercept = hasIntercept
      return
    }
    guard hasTrait || !hasIntercept else {
      throw right.place.error(
        "without 'trait' all outcomes have one intercept, which is not available; "
          + "write trait - 1 + ... to give each its own")
    }
    if hasTrait && hasIntercept {
      notes.append(
        "'trait' with an intercept is the same model as 'trait - 1': each outcome has its own "
          + "intercept here, where MCMCglmm reports differences from the first outcome's")
    }
    for index in all.indices { all[index].hasIntercept = hasTrait }
  }
}

/// An addend of a formula of MCMCglmm: whose it is, and what is left of it without `trait`.
enum MCMCglmmTerm {
  /// Of no outcome in particular.
  case shared(String)
  /// Of every outcome: an intercept (nil) or a term.
  case each(String?)
  /// Of one outcome by its index, `at.level(trait, 1):x`.
  case one(Int, String?)

  /// The addends of a sum, each with whether it is taken away.
  static func addends(_ expression: Expression) -> [(Expression, isTaken: Bool)] {
    switch expression.form {
    case .binary("+", let left, let right): addends(left) + addends(right)
    case .binary("-", let left, let right): addends(left) + [(right, true)]
    case .prefix("-", let operand): [(operand, true)]
    case .prefix("+", let operand): addends(operand)
    case .parenthesised(let inner): addends(inner)
    default: [(expression, false)]
    }
  }

  /// The factors of a product `a:b:c`.
  static func factors(_ expression: Expression) -> [Expression] {
    if case .binary(":", let left, let right) = expression.form {
      return factors(left) + factors(right)
    }
    return [expression]
  }

  /// Reads an addend.
  init(_ addend: Expression, outcomes: [String]) throws(FormulaError) {
    if case .binary("*", let left, let right) = addend.unwrapped.form,
      left.unwrapped.name == "trait" || right.unwrapped.name == "trait"
    {
      let other = left.unwrapped.name == "trait" ? right : left
      throw addend.place.error(
        "'trait *' gives the first outcome a coefficient and the others differences from it, which is "
          + "not available; write trait - 1 + trait:\(other.text)")
    }
    var owner: Int?
    var isEach = false
    var rest: [String] = []
    for factor in Self.factors(addend) {
      if factor.unwrapped.name == "trait" {
        isEach = true
      } else if case .call("at.level", _, let arguments) = factor.unwrapped.form {
        owner = try Self.outcome(arguments, outcomes, at: factor.place)
      } else {
        rest.append(factor.text)
      }
    }
    let text = rest.isEmpty ? nil : rest.joined(separator: ":")
    if let owner {
      self = .one(owner, text)
    } else if isEach {
      self = .each(text)
    } else {
      self = .shared(text ?? addend.text)
    }
  }

  private static func outcome(
    _ arguments: [Expression.Argument], _ outcomes: [String], at place: Place
  ) throws(FormulaError) -> Int {
    guard arguments.count == 2, arguments[0].value.unwrapped.name == "trait" else {
      throw place.error("at.level() takes trait and the number or name of an outcome")
    }
    switch arguments[1].value.unwrapped.form {
    case .number(let value, _):
      if let index = Int(exactly: value), outcomes.indices.contains(index - 1) { return index - 1 }
    case .string(let name):
      if let index = outcomes.firstIndex(of: name) { return index }
    default: break
    }
    throw arguments[1].value.place.error(
      "the outcomes are 1 to \(outcomes.count): \(outcomes.joined(separator: ", "))")
  }
}
