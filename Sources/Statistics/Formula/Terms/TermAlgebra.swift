// Multiplies a formula out into terms with the algebra of Wilkinson and Rogers (1973), as R reads it.

/// Multiplies a formula out into terms with the algebra of Wilkinson and Rogers (1973), as R reads it.
struct TermAlgebra {
  /// The most terms one predictor may have; `(a + b + ...)^20` would otherwise fill the memory.
  private static let mostTerms = 2000

  private var hasIntercept = true
  /// Whether an even number of minus signs stands before what is being read.
  private var isAdding = true
  private var variables: [Expression] = []
  private var indices: [String: Int] = [:]
  private var offsets: [Expression] = []

  /// The terms of the sum of `addends`.
  static func terms(of addends: [Expression]) throws(FormulaError) -> FixedTerms {
    var algebra = TermAlgebra()
    var terms: [Term] = []
    for addend in addends {
      // A leading minus takes terms away from those before it.
      if case .prefix("-", let operand) = addend.form {
        terms = try algebra.difference(terms, operand)
      } else {
        terms = distinct(terms + (try algebra.expand(addend)))
      }
    }
    var byDegree: [[Term]] = []
    for term in terms {
      while byDegree.count < term.variables.count { byDegree.append([]) }
      byDegree[term.variables.count - 1].append(term)
    }
    return FixedTerms(
      hasIntercept: algebra.hasIntercept, variables: algebra.variables,
      terms: byDegree.flatMap { $0 }, offsets: algebra.offsets)
  }

  private mutating func expand(_ expression: Expression) throws(FormulaError) -> [Term] {
    let terms: [Term]
    switch expression.form {
    case .parenthesised(let inner): return try expand(inner)
    case .name, .call: return try variable(expression)
    case .number(let value, _):
      guard value == 0 || value == 1 else {
        throw expression.place.error(
          "\(numberText(value)) is not a term: only 0 (no intercept) and 1 (intercept) can be added"
        )
      }
      hasIntercept = (value == 1) == isAdding
      return []
    case .string:
      throw expression.place.error("a text is not a term: write the column's name without quotes")
    case .prefix("+", let operand): return try expand(operand)
    case .prefix("-", let operand): return try difference([], operand)
    case .prefix(let symbol, _):
      throw expression.place.error("'\(symbol)' cannot stand in a term; inside I() it can")
    case .binary("+", let left, let right): terms = try expand(left) + expand(right)
    case .binary("-", let left, let right): return try difference(try expand(left), right)
    case .binary("*", let left, let right):
      let (a, b) = (try factor(left), try factor(right))
      terms = a + b + (try products(a, b, at: expression.place))
    case .binary(":", let left, let right):
      terms = try products(try factor(left), try factor(right), at: expression.place)
    case .binary("%in%", let left, let right):
      let (a, b) = (try factor(left), try factor(right))
      terms = try products(a, [union(b, at: expression.place)], at: expression.place)
    case .binary("/", let left, let right):
      let (a, b) = (try factor(left), try factor(right))
      terms = a + (try products([union(a, at: expression.place)], b, at: expression.place))
    case .binary("^", let left, let right):
      terms = try power(left, right, at: expression.place)
    case .binary("|", _, _), .binary("||", _, _):
      throw expression.place.error(
        "a random-effect term is written in parentheses and added with '+': (1 | g)")
    case .binary("~", _, _): throw expression.place.error("a second '~' cannot stand here")
    case .binary(let symbol, _, _):
      throw expression.place.error(
        "'\(symbol)' cannot stand between terms; inside I() it calculates")
    }
    return try checkingCount(Self.distinct(terms), at: expression.place)
  }

  private mutating func variable(_ expression: Expression) throws(FormulaError) -> [Term] {
    if expression.name == "." {
      throw expression.place.error("'.' is not supported: name the columns")
    }
    if case .call("offset", _, let arguments) = expression.form {
      guard arguments.count == 1, arguments[0].name == nil else {
        throw expression.place.error("offset() takes one argument")
      }
      guard isAdding else { throw expression.place.error("an offset cannot be taken away") }
      offsets.append(arguments[0].value)
      return []
    }
    let text = expression.text
    let index = indices[text] ?? variables.count
    if index == variables.count {
      indices[text] = index
      variables.append(expression)
    }
    return [Term(variables: [index], place: expression.place)]
  }

  /// The terms of an operand of a product, where a number or an offset means nothing.
  private mutating func factor(_ expression: Expression) throws(FormulaError) -> [Term] {
    let offsetCount = offsets.count
    let terms = try expand(expression)
    guard offsets.count == offsetCount else {
      throw expression.place.error("offset() can only be added, not multiplied")
    }
    if case .number = expression.unwrapped.form {
      throw expression.place.error("a number cannot be in an interaction")
    }
    return terms
  }

  private mutating func difference(
    _ terms: [Term], _ operand: Expression
  ) throws(FormulaError) -> [Term] {
    isAdding.toggle()
    defer { isAdding.toggle() }
    let removed = Set(try expand(operand).map(\.variables))
    return terms.filter { !removed.contains($0.variables) }
  }

  private mutating func power(
    _ base: Expression, _ exponent: Expression, at place: Place
  ) throws(FormulaError) -> [Term] {
    guard case .number(let value, _) = exponent.unwrapped.form, value >= 1, value <= 100,
      value == value.rounded()
    else {
      throw exponent.place.error(
        "the exponent of a formula is a whole number from 1 to 100; I(x^2) is arithmetic")
    }
    let terms = try factor(base)
    var power = terms
    for _ in 1..<max(1, Int(value)) {
      // A term times itself is itself, so the terms of lower degree stay in.
      let next = try products(power, terms, at: place)
      if next == power { break }
      power = next
    }
    return power
  }

  private func union(_ terms: [Term], at place: Place) -> Term {
    Term(variables: Set(terms.flatMap(\.variables)).sorted(), place: place)
  }

  private func products(
    _ a: [Term], _ b: [Term], at place: Place
  ) throws(FormulaError) -> [Term] {
    try checkingCount(a.count, times: b.count, at: place)
    return Self.distinct(
      a.flatMap { left in b.map { right in union([left, right], at: place) } })
  }

  private func checkingCount(_ a: Int, times b: Int, at place: Place) throws(FormulaError) {
    // Products are counted before duplicates are removed, so the bound on them is wider.
    guard a * b <= 20 * Self.mostTerms else { throw tooMany(at: place) }
  }

  private func checkingCount(_ terms: [Term], at place: Place) throws(FormulaError) -> [Term] {
    guard terms.count <= Self.mostTerms else { throw tooMany(at: place) }
    return terms
  }

  private func tooMany(at place: Place) -> FormulaError {
    place.error("this multiplies out to more than \(Self.mostTerms) terms")
  }

  private static func distinct(_ terms: [Term]) -> [Term] {
    var seen: Set<[Int]> = []
    return terms.filter { seen.insert($0.variables).inserted }
  }
}
