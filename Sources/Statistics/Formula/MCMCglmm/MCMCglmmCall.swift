// A call of MCMCglmm as its user writes it: the arguments by name, those that change nothing here set aside.

/// The arguments of a call of MCMCglmm.
struct MCMCglmmCall: Sendable {
  /// `cbind(a, b) ~ trait - 1 + ...`.
  let fixed: Expression
  /// `~ us(trait):ID + ...`.
  let random: Expression?
  /// `~ us(trait):units`.
  let residual: Expression?
  let family: Expression?
  let prior: Expression?
  /// The iterations of the one chain, and which of them are kept.
  let iterations: Int
  let burnIn: Int
  let thinning: Int
  /// Arguments that have no meaning here, by name.
  let ignored: [String]
  /// The whole call.
  let place: Place

  /// Arguments that say how MCMCglmm works or what it keeps, not what the model is.
  private static let harmless = [
    "data", "verbose", "pr", "pl", "saveX", "saveZ", "saveXL", "saveWS", "DIC", "singular.ok",
    "slice", "start", "tune", "trunc", "theta_scale",
  ]
  /// Arguments that change the model and are not available.
  private static let missing = ["mev", "pedigree", "ginverse", "nodes", "scale", "ddr"]
  private static let known = [
    "fixed", "random", "rcov", "family", "prior", "nitt", "burnin", "thin",
  ]

  /// Reads `fixed = ..., random = ..., ...`, or the same inside `MCMCglmm(...)`.
  init(_ text: String) throws(FormulaError) {
    let wrapped = try MCMCglmmCall.wrapped(text)
    guard case .call(_, _, let arguments) = wrapped.form else {
      throw wrapped.place.error("the arguments of MCMCglmm are expected here: fixed = y ~ x, ...")
    }
    place = wrapped.place
    var given: [String: Expression] = [:]
    var ignored: [String] = []
    var position = 0
    for argument in arguments {
      var name = argument.name
      if name == nil, position < 3 {
        // In R the first arguments are fixed, random and rcov.
        name = ["fixed", "random", "rcov"][position]
        position += 1
      }
      let place = argument.namePlace ?? argument.value.place
      guard let name else { throw place.error("an argument after the third needs its name") }
      if Self.missing.contains(name) {
        throw place.error("the argument '\(name)' of MCMCglmm is not available yet")
      }
      if Self.harmless.contains(name) {
        ignored.append(name)
        continue
      }
      guard Self.known.contains(name) else {
        throw place.error(
          "MCMCglmm has no argument '\(name)'"
            + suggestion(for: name, among: Self.known + Self.harmless + Self.missing))
      }
      guard given[name] == nil else { throw place.error("'\(name)' is given twice") }
      given[name] = argument.value
    }
    guard let fixed = given["fixed"] else {
      throw wrapped.place.error("the fixed effects are missing: fixed = y ~ x")
    }
    self.fixed = fixed
    random = given["random"]
    residual = given["rcov"]
    family = given["family"]
    prior = given["prior"]
    self.ignored = ignored
    func count(_ name: String, _ standard: Int, atLeast least: Int) throws(FormulaError) -> Int {
      guard let expression = given[name] else { return standard }
      guard case .number(let value) = try RValue(expression), let count = Int(exactly: value),
        count >= least
      else { throw expression.place.error("\(name) is a whole number of at least \(least)") }
      return count
    }
    iterations = try count("nitt", 13_000, atLeast: 1)
    burnIn = try count("burnin", 3_000, atLeast: 0)
    thinning = try count("thin", 10, atLeast: 1)
    guard burnIn < iterations else {
      throw (given["burnin"] ?? given["nitt"] ?? wrapped).place.error(
        "burnin (\(burnIn)) leaves nothing of nitt (\(iterations))")
    }
  }

  /// What the one chain of MCMCglmm keeps.
  var keptDraws: Int { max((iterations - burnIn) / thinning, 1) }

  /// How the text is made an expression when it is a bare list of arguments.
  private static let opening = "MCMCglmm("

  private static func wrapped(_ text: String) throws(FormulaError) -> Expression {
    if let whole = try? ExpressionParser.expression(text), case .call("MCMCglmm", _, _) = whole.form
    {
      return whole
    }
    try checkParentheses(text)
    return try ExpressionParser.expression(opening + text + ")")
  }

  /// Throws for a parenthesis without its partner, which the ones around the list would hide.
  private static func checkParentheses(_ text: String) throws(FormulaError) {
    var open: [Place] = []
    for token in try Tokenizer.tokens(of: text) {
      if token.kind == .openParenthesis { open.append(token.place) }
      guard token.kind == .closeParenthesis else { continue }
      guard !open.isEmpty else { throw token.place.error("this ')' closes nothing") }
      open.removeLast()
    }
    if let place = open.last { throw place.error("this '(' is never closed") }
  }

  /// An error of a bare list of arguments, pointing into the text as it was typed.
  static func asTyped(_ error: FormulaError, _ text: String) -> FormulaError {
    guard error.formula == opening + text + ")" else { return error }
    return FormulaError(
      error.message, formula: text,
      offset: min(max(error.offset - opening.count, 0), max(text.count - 1, 0)),
      length: error.length)
  }
}
