// Parses the text of a formula by operator precedence (Pratt, 1973), with R's table of operators.

/// Parses the text of a formula by operator precedence (Pratt, 1973), with R's table of operators.
struct ExpressionParser {
  /// Parentheses, signs and calls inside one another; more is a mistake or an attack.
  private static let deepestNesting = 100
  /// The height of the tree, which for a sum is its number of addends.
  private static let deepestTree = 1000

  private let tokens: [Token]
  private var position = 0
  private var nesting = 0
  /// The parentheses that are open at this point.
  private var open: [Place] = []

  private init(_ text: String) throws(FormulaError) {
    tokens = try Tokenizer.tokens(of: text)
  }

  /// The expression that `text` holds.
  static func expression(_ text: String) throws(FormulaError) -> Expression {
    let list = try expressions(text)
    guard list.count == 1 else {
      throw list[1].place.error("one formula is expected here, not a list")
    }
    return list[0]
  }

  /// The expressions of `text`, separated by commas; at least one.
  static func expressions(_ text: String) throws(FormulaError) -> [Expression] {
    var parser = try ExpressionParser(text)
    var list = [try parser.expression(above: 0)]
    while parser.current.kind == .comma {
      parser.advance()
      list.append(try parser.expression(above: 0))
    }
    guard parser.current.kind == .end else { throw parser.unexpected() }
    return list
  }

  private var current: Token { tokens[position] }

  private mutating func advance() {
    if position + 1 < tokens.count { position += 1 }
  }

  /// Binding strength of an operator between two operands, and whether it groups from the right.
  private static func binding(_ symbol: String) -> (strength: Int, fromRight: Bool)? {
    switch symbol {
    case "~": (1, false)
    case "|", "||": (2, false)
    case "&", "&&": (3, false)
    case "==", "!=", "<", ">", "<=", ">=": (5, false)
    case "+", "-": (6, false)
    case "*", "/": (7, false)
    case "%in%", "%%", "%/%": (8, false)
    case ":": (9, false)
    case "^": (11, true)
    default: nil
    }
  }

  private mutating func expression(above minimum: Int) throws(FormulaError) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.deepestNesting else {
      throw current.place.error("the formula is nested more than \(Self.deepestNesting) deep")
    }
    var left = try operand()
    while case .symbol(let symbol) = current.kind,
      let (strength, fromRight) = Self.binding(symbol), strength > minimum
    {
      advance()
      let right = try expression(above: fromRight ? strength - 1 : strength)
      left = Expression(.binary(symbol, left, right), at: left.place.through(right.place))
      guard left.depth <= Self.deepestTree else {
        throw right.place.error("the formula has more than \(Self.deepestTree) terms")
      }
    }
    return left
  }

  private mutating func operand() throws(FormulaError) -> Expression {
    let token = current
    switch token.kind {
    case .number(let value, let written):
      advance()
      return Expression(.number(value, written: written), at: token.place)
    case .string(let text):
      advance()
      return Expression(.string(text), at: token.place)
    case .name(let name):
      advance()
      guard current.kind == .openParenthesis else {
        return Expression(.name(name), at: token.place)
      }
      return try call(name, at: token.place)
    case .openParenthesis:
      advance()
      open.append(token.place)
      let inner = try expression(above: 0)
      let end = current.place
      try close()
      return Expression(.parenthesised(inner), at: token.place.through(end))
    case .symbol(let symbol) where ["+", "-", "!", "~"].contains(symbol):
      advance()
      let operand = try expression(above: ["!": 4, "~": 1][symbol] ?? 10)
      return Expression(.prefix(symbol, operand), at: token.place.through(operand.place))
    default: throw unexpected()
    }
  }

  private mutating func call(_ function: String, at place: Place) throws(FormulaError) -> Expression
  {
    open.append(current.place)
    advance()
    var arguments: [Expression.Argument] = []
    while current.kind != .closeParenthesis {
      if !arguments.isEmpty {
        guard current.kind == .comma else { throw unexpected() }
        advance()
      }
      let start = current
      var value = try expression(above: 0)
      var name: String?
      if current.kind == .symbol("=") {
        switch value.form {
        case .name(let text), .string(let text): name = text
        default: throw current.place.error("only a name can stand before '='; '==' compares")
        }
        advance()
        value = try expression(above: 0)
      }
      arguments.append(
        Expression.Argument(name: name, namePlace: name == nil ? nil : start.place, value: value))
    }
    let end = current.place
    try close()
    return Expression(
      .call(function: function, at: place, arguments: arguments), at: place.through(end))
  }

  private mutating func close() throws(FormulaError) {
    guard current.kind == .closeParenthesis else { throw unexpected() }
    open.removeLast()
    advance()
  }

  /// The error for a word that cannot stand here.
  private func unexpected() -> FormulaError {
    switch current.kind {
    case .end:
      if let parenthesis = open.last { return parenthesis.error("this '(' is never closed") }
      return current.place.error(
        position == 0 ? "the formula is empty" : "the formula ends where something is missing")
    case .closeParenthesis:
      return current.place.error(
        open.isEmpty ? "this ')' closes nothing" : "something is missing before this ')'")
    case .comma:
      return current.place.error(
        open.isEmpty ? "a ',' cannot stand here" : "something is missing before this ','")
    case .symbol("="):
      return current.place.error("'=' cannot stand here: a formula is written with '~'")
    case .symbol(let symbol): return current.place.error("something is missing before '\(symbol)'")
    case .name(let text), .string(let text), .number(_, let text):
      return current.place.error("an operator is missing before '\(text)'")
    case .openParenthesis: return current.place.error("an operator is missing before this '('")
    }
  }
}
