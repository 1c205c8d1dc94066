// Response families as the user names them; what the names mean is the room Families' business.

/// A response family as written: `negbinomial(link = "log")`, `poisson`, `"gaussian"`.
package struct FamilyCall: Sendable, Equatable {
  /// The name, as written.
  package let name: String
  /// The link function, when one is given.
  package let link: String?

  /// A family with this name and link.
  package init(name: String, link: String? = nil) {
    self.name = name
    self.link = link
  }

  /// Whether the name and link are those of a normal distribution with the linear predictor as its mean.
  var isGaussianIdentity: Bool {
    (name == "gaussian" || name == "normal") && (link ?? "identity") == "identity"
  }
}

/// A list of response families, one for each outcome.
package enum FamilyList {
  /// The families of `gaussian,binomial`, `list(gaussian(), binomial(link = "probit"))` or `c("gaussian","poisson")`.
  ///
  /// Whether a family of that name exists is not checked.
  package static func parse(_ text: String) throws(FormulaError) -> [FamilyCall] {
    var calls: [FamilyCall] = []
    for expression in try ExpressionParser.expressions(text) {
      calls += try families(expression)
    }
    return calls
  }

  /// The families of a list or of a single family.
  static func families(_ expression: Expression) throws(FormulaError) -> [FamilyCall] {
    guard case .call(let function, _, let arguments) = expression.unwrapped.form,
      function == "list" || function == "c"
    else { return [try family(expression)] }
    guard !arguments.isEmpty else { throw expression.place.error("the list of families is empty") }
    var calls: [FamilyCall] = []
    for argument in arguments { calls.append(try family(argument.value)) }
    return calls
  }

  private static func family(_ expression: Expression) throws(FormulaError) -> FamilyCall {
    switch expression.unwrapped.form {
    case .name(let name), .string(let name): return FamilyCall(name: name)
    case .call(let function, _, let arguments):
      // brmsfamily("student", link = "identity") carries the family's name as its first argument.
      if function == "brmsfamily", let first = arguments.first, first.name ?? "family" == "family" {
        let inner = try family(first.value)
        return FamilyCall(name: inner.name, link: try link(arguments.dropFirst()))
      }
      return FamilyCall(name: function, link: try link(arguments[...]))
    default:
      throw expression.place.error(
        "a family is expected here, such as gaussian or binomial(link = \"probit\")")
    }
  }

  private static func link(
    _ arguments: ArraySlice<Expression.Argument>
  ) throws(FormulaError) -> String? {
    var link: String?
    for argument in arguments {
      if let name = argument.name, name != "link" {
        throw (argument.namePlace ?? argument.value.place).error(
          "the argument '\(name)' of a family is not available yet; 'link' is")
      }
      guard link == nil else { throw argument.value.place.error("the link is given twice") }
      switch argument.value.unwrapped.form {
      case .name(let name), .string(let name): link = name
      default:
        throw argument.value.place.error("the name of a link is expected here, such as \"probit\"")
      }
    }
    return link
  }
}
