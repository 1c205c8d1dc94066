// Separates the random-effect terms of a predictor from its fixed effects.

/// The two parts of the right-hand side of a formula.
struct PredictorParts {
  /// The addends without random effects; one that is taken away is a prefix minus.
  var fixed: [Expression] = []
  var random: [RandomTerm] = []

  /// The parts of a right-hand side.
  init(of expression: Expression) throws(FormulaError) {
    try add(expression)
  }

  private mutating func add(_ expression: Expression) throws(FormulaError) {
    guard expression.holdsBar else {
      fixed.append(expression)
      return
    }
    switch expression.form {
    case .binary("+", let left, let right):
      try add(left)
      try add(right)
    case .binary("-", let left, let right):
      guard !right.holdsBar else {
        throw right.place.error("a random-effect term cannot be taken away")
      }
      try add(left)
      fixed.append(Expression(.prefix("-", right), at: right.place))
    case .prefix("+", let operand): try add(operand)
    case .parenthesised(let inner):
      if case .binary(let symbol, _, _) = inner.unwrapped.form, symbol == "|" || symbol == "||" {
        random += try RandomTermReader.terms(
          bar: inner.unwrapped, structure: nil, at: expression.place)
      } else {
        try add(inner)
      }
    case .call(let function, let place, let arguments):
      random += try RandomTermReader.terms(
        structure: function, at: place, arguments, whole: expression.place)
    case .binary("|", _, let group), .binary("||", _, let group):
      throw expression.place.error(
        "a random-effect term is written in parentheses, as in (1 | \(group.text))")
    default:
      throw expression.place.error("a random-effect term can only be added, with '+'")
    }
  }
}

extension Expression {
  /// Whether a `|` or `||` stands anywhere in the expression.
  var holdsBar: Bool {
    switch form {
    case .name, .number, .string: false
    // Inside I() a bar is the logical "or".
    case .call(let function, _, let arguments):
      function != "I" && arguments.contains { $0.value.holdsBar }
    case .binary(let symbol, let left, let right):
      symbol == "|" || symbol == "||" || left.holdsBar || right.holdsBar
    case .prefix(_, let operand): operand.holdsBar
    case .parenthesised(let inner): inner.holdsBar
    }
  }
}

/// Reads what stands on both sides of the bar.
enum RandomTermReader {
  /// Structures that are known and not fitted yet.
  static let laterStructures = [
    "homdiag", "cs", "homcs", "ar1", "hetar1", "toep", "homtoep", "ou", "exp", "gau", "mat", "rr",
    "propto", "equalto", "idh",
  ]

  /// The terms of `structure(lhs | group, ...)`.
  static func terms(
    structure: String, at place: Place, _ arguments: [Expression.Argument], whole: Place
  ) throws(FormulaError) -> [RandomTerm] {
    let known: Result<CovarianceStructure, FormulaError>
    if let structure = CovarianceStructure(rawValue: structure) {
      known = .success(structure)
    } else if laterStructures.contains(structure) {
      known = .failure(
        place.error(
          "the covariance structure \(structure)() is not available yet; us() and diag() are"))
    } else {
      let near = suggestion(for: structure, among: ["us", "diag"] + laterStructures)
      throw place.error(
        "\(structure)() is not a covariance structure"
          + (near.isEmpty ? "; is an operator missing before '('?" : near))
    }
    // Structures that are not fitted yet may have further arguments, such as rr(..., d = 2).
    let mostArguments = (try? known.get()) == nil ? arguments.count : 1
    guard let first = arguments.first, arguments.count <= mostArguments,
      case let bar = first.value.unwrapped, case .binary("|", _, _) = bar.form
    else {
      throw whole.error("\(structure)() takes one term with one bar, as in \(structure)(1 + x | g)")
    }
    return try terms(bar: bar, structure: known, at: whole)
  }

  /// The terms of `lhs | group`, `lhs || group` or `lhs | id | group`; one for each grouping factor.
  static func terms(
    bar: Expression, structure: Result<CovarianceStructure, FormulaError>?, at place: Place
  ) throws(FormulaError) -> [RandomTerm] {
    guard case .binary(let symbol, var columns, let groupExpression) = bar.form else {
      preconditionFailure("not a bar")
    }
    var identifier: String?
    if case .binary(let inner, let left, let middle) = columns.form, inner == "|" || inner == "||" {
      guard symbol == "|", inner == "|" else {
        throw place.error("two bars hold an identifier, as in (1 |p| g); '||' cannot be used there")
      }
      switch middle.unwrapped.form {
      case .name(let name): identifier = name
      case .number(let value, _): identifier = numberText(value)
      default:
        throw middle.place.error("the identifier between the bars is a name, as in (1 |p| g)")
      }
      columns = left
    }
    guard !columns.holdsBar else {
      throw columns.place.error("one random-effect term cannot stand inside another")
    }
    let terms = try TermAlgebra.terms(of: [columns])
    guard terms.offsets.isEmpty else {
      throw columns.place.error("an offset cannot stand in a random-effect term")
    }
    guard terms.hasIntercept || !terms.terms.isEmpty else {
      throw columns.place.error("nothing varies here: write 1 or a column before the bar")
    }
    let (group, options) = try brmsGroup(groupExpression)
    if let inBrackets = options.identifier {
      guard identifier == nil || identifier == inBrackets else {
        throw groupExpression.place.error("two identifiers are given for one term")
      }
      identifier = inBrackets
    }
    let groups = try nested(group)
    if identifier != nil && groups.count > 1 {
      throw groupExpression.place.error(
        "an identifier belongs to one grouping factor: write the terms of "
          + "\(groupExpression.text) apart, each with its own identifier")
    }
    if identifier != nil, let structure, (try? structure.get()) != .unstructured {
      throw place.error("terms that share an identifier have an unstructured covariance: use us()")
    }
    return groups.map {
      RandomTerm(
        terms: terms, group: $0, identifier: identifier, isSplit: symbol == "||",
        structure: options.later.map { .failure($0) } ?? structure ?? .success(.unstructured),
        place: place, groupPlace: groupExpression.place)
    }
  }

  /// What brms' `gr(g, id = "p", cov = A)` says beside the grouping factor.
  private struct GroupOptions {
    var identifier: String?
    /// The error for an option that is not available yet.
    var later: FormulaError?
  }

  /// The grouping factor that stands after the bar, out of `gr()`.
  private static func brmsGroup(
    _ expression: Expression
  ) throws(FormulaError) -> (Expression, GroupOptions) {
    var options = GroupOptions()
    guard case .call(let function, let place, let arguments) = expression.unwrapped.form,
      function == "gr" || function == "mm"
    else { return (expression, options) }
    guard function == "gr", let first = arguments.first, first.name == nil else {
      throw place.error(
        function == "mm"
          ? "multi-membership terms, mm(), are not available yet" : "gr() needs a grouping factor")
    }
    for argument in arguments.dropFirst() {
      let place = argument.namePlace ?? argument.value.place
      switch (argument.name, argument.value.unwrapped.form) {
      case ("id", .name(let text)), ("id", .string(let text)): options.identifier = text
      case ("cov", _), ("by", _), ("dist", _):
        options.later = place.error(
          "the argument '\(argument.name ?? "")' of gr() is not available yet")
      default: throw place.error("gr() has no argument '\(argument.name ?? argument.value.text)'")
      }
    }
    return (first.value, options)
  }

  /// The grouping factors of `a/b`: `a` and `a:b`.
  private static func nested(_ expression: Expression) throws(FormulaError) -> [[Expression]] {
    switch expression.form {
    case .parenthesised(let inner): return try nested(inner)
    case .binary("/", let left, let right):
      let outer = try nested(left)
      let innermost = outer[outer.count - 1]
      return try outer + nested(right).map { innermost + $0 }
    case .binary(":", let left, let right):
      let (a, b) = (try nested(left), try nested(right))
      guard a.count == 1, b.count == 1 else {
        throw expression.place.error("'/' cannot stand inside ':' in a grouping factor")
      }
      return [a[0] + b[0]]
    case .binary("+", let left, let right), .binary("*", let left, let right):
      throw expression.place.error(
        "a term has one grouping factor: write (1 | \(left.text)) + (1 | \(right.text))")
    case .name("."): throw expression.place.error("'.' is not supported: name the column")
    case .name, .call: return [[expression]]
    default:
      throw expression.place.error("a grouping factor is a column, or columns joined by ':' or '/'")
    }
  }
}
