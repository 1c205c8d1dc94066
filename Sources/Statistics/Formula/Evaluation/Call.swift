// A call of a function in a formula, with its arguments matched to the function's parameters.

/// A call of a function in a formula.
struct Call {
  let function: String
  /// The function's name.
  let place: Place
  let arguments: [Expression.Argument]
  /// The whole call.
  let whole: Place

  /// The arguments by parameter, matched as R does: first by name, then the others in order.
  ///
  /// - Parameter required: how many of the first parameters must be given.
  func matched(
    to parameters: [String], required: Int
  ) throws(FormulaError) -> MatchedArguments {
    var matched: [String: Expression] = [:]
    for argument in arguments {
      guard let name = argument.name else { continue }
      guard parameters.contains(name) else {
        throw (argument.namePlace ?? argument.value.place).error(
          "\(function)() has no argument '\(name)' here" + suggestion(for: name, among: parameters))
      }
      guard matched[name] == nil else {
        throw argument.value.place.error("the argument '\(name)' is given twice")
      }
      matched[name] = argument.value
    }
    var unnamed = parameters.filter { matched[$0] == nil }[...]
    for argument in arguments where argument.name == nil {
      guard let parameter = unnamed.popFirst() else {
        throw argument.value.place.error(
          "\(function)() takes at most \(counted(parameters.count, "argument"))")
      }
      matched[parameter] = argument.value
    }
    for parameter in parameters.prefix(required) where matched[parameter] == nil {
      throw whole.error("\(function)() needs the argument '\(parameter)'")
    }
    return MatchedArguments(matched)
  }
}

/// The arguments of a call by the name of the parameter.
struct MatchedArguments {
  private let arguments: [String: Expression]

  /// Arguments by parameter.
  init(_ arguments: [String: Expression]) { self.arguments = arguments }

  /// The argument of this parameter, if it is given.
  subscript(name: String) -> Expression? { arguments[name] }

  /// The argument of a parameter that matching has made sure of.
  func required(_ name: String) -> Expression {
    guard let argument = arguments[name] else {
      preconditionFailure("the parameter \(name) was not matched as required")
    }
    return argument
  }
}

/// `1 row`, `2 rows`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}

/// `'a'`, `'a' and 'b'`, `'a', 'b' and 'c'`; of many the first eight.
func quotedList(_ names: [String]) -> String {
  let quoted = names.prefix(8).map { "'\($0)'" }
  if names.count > 8 { return quoted.joined(separator: ", ") + " and \(names.count - 8) more" }
  guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
  return quoted.dropLast().joined(separator: ", ") + " and " + last
}
