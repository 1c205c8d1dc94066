// Cuts the text of a formula into words.

/// Cuts the text of a formula into words.
struct Tokenizer {
  /// The longest formula that is read; more is a mistake or an attack.
  static let longestFormula = 20_000

  private let formula: String
  private let characters: [Character]
  private var position = 0

  private init(_ formula: String) {
    self.formula = formula
    characters = Array(formula)
  }

  /// The words of `formula`, the last being `.end`.
  static func tokens(of formula: String) throws(FormulaError) -> [Token] {
    var tokenizer = Tokenizer(formula)
    guard tokenizer.characters.count <= longestFormula else {
      throw FormulaError(
        "the formula has more than \(longestFormula) characters", formula: formula,
        offset: longestFormula, length: 1)
    }
    var tokens: [Token] = []
    while true {
      let token = try tokenizer.next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private func place(from start: Int) -> Place {
    Place(formula: formula, offset: start, length: max(1, position - start))
  }

  private func peek(_ ahead: Int = 0) -> Character? {
    position + ahead < characters.count ? characters[position + ahead] : nil
  }

  private mutating func next() throws(FormulaError) -> Token {
    while let character = peek(), character.isWhitespace { position += 1 }
    let start = position
    guard let character = peek() else { return Token(kind: .end, place: place(from: start)) }
    let nextIsDigit = peek(1).map(\.isDigit) ?? false
    if character.isDigit || (character == "." && nextIsDigit) { return try number(from: start) }
    if character.isLetter || character == "." { return name(from: start) }
    switch character {
    case "`": return try quoted(from: start, by: character) { .name($0) }
    case "\"", "'": return try quoted(from: start, by: character) { .string($0) }
    case "%": return try percentOperator(from: start)
    default: return try symbol(from: start)
    }
  }

  private mutating func name(from start: Int) -> Token {
    while let character = peek(), character.isNamePart { position += 1 }
    return Token(kind: .name(String(characters[start..<position])), place: place(from: start))
  }

  private mutating func number(from start: Int) throws(FormulaError) -> Token {
    func digits(_ position: inout Int) {
      while position < characters.count, characters[position].isDigit { position += 1 }
    }
    digits(&position)
    if peek() == "." {
      position += 1
      digits(&position)
    }
    if let exponent = peek(), exponent == "e" || exponent == "E" {
      let signed = peek(1) == "+" || peek(1) == "-"
      if let digit = peek(signed ? 2 : 1), digit.isDigit {
        position += signed ? 2 : 1
        digits(&position)
      }
    }
    let text = String(characters[start..<position])
    if peek() == "L" { position += 1 }
    let written = String(characters[start..<position])
    if let following = peek(), following.isNamePart {
      while let character = peek(), character.isNamePart { position += 1 }
      let word = String(characters[start..<position])
      throw place(from: start).error(
        "'\(word)' is neither a number nor a name: write a column name that starts with a digit "
          + "in backticks, `\(word)`")
    }
    guard let value = Double(text), value.isFinite else {
      throw place(from: start).error("'\(text)' is not a number that can be represented")
    }
    return Token(kind: .number(value, written: written), place: place(from: start))
  }

  private mutating func quoted(
    from start: Int, by quote: Character, make: (String) -> Token.Kind
  ) throws(FormulaError) -> Token {
    var text = ""
    position += 1
    while let character = peek() {
      position += 1
      if character == quote {
        if text.isEmpty && quote == "`" {
          throw place(from: start).error("a name in backticks cannot be empty")
        }
        return Token(kind: make(text), place: place(from: start))
      }
      if character == "\\", quote != "`", let escaped = peek() {
        position += 1
        text.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
      } else {
        text.append(character)
      }
    }
    position = start + 1
    throw place(from: start).error("this \(quote) is never closed")
  }

  private mutating func percentOperator(from start: Int) throws(FormulaError) -> Token {
    position += 1
    while let character = peek(), character != "%", position - start < 12 { position += 1 }
    let closed = peek() == "%"
    position = closed ? position + 1 : start + 1
    let text = String(characters[start..<position])
    guard ["%in%", "%%", "%/%"].contains(text) else {
      throw place(from: start).error(
        closed
          ? "'\(text)' is not an operator of the formula language; of this form are %in%, %% and %/%"
          : "'%' starts an operator such as %in%, but its second '%' is missing")
    }
    return Token(kind: .symbol(text), place: place(from: start))
  }

  private mutating func symbol(from start: Int) throws(FormulaError) -> Token {
    let character = characters[start]
    let pair = String(characters[start..<min(start + 2, characters.count)])
    if ["||", "&&", "==", "!=", "<=", ">=", "**"].contains(pair) {
      position += 2
      return Token(kind: .symbol(pair == "**" ? "^" : pair), place: place(from: start))
    }
    if ["<-", "::", "|>"].contains(pair) {
      position += 2
      throw place(from: start).error(Tokenizer.complaint(about: pair))
    }
    position += 1
    switch character {
    case "(": return Token(kind: .openParenthesis, place: place(from: start))
    case ")": return Token(kind: .closeParenthesis, place: place(from: start))
    case ",": return Token(kind: .comma, place: place(from: start))
    case "+", "-", "*", "/", "^", ":", "~", "|", "&", "!", "<", ">", "=":
      return Token(kind: .symbol(String(character)), place: place(from: start))
    default: throw place(from: start).error(Tokenizer.complaint(about: String(character)))
    }
  }

  private static func complaint(about text: String) -> String {
    switch text {
    case "$", "[", "]", "@":
      "'\(text)' cannot stand in a formula: name the column of the data alone"
    case "::": "'::' cannot stand in a formula: write the function without its package"
    case "_": "a name cannot start with '_': write it in backticks"
    case "\u{2018}", "\u{2019}", "\u{201C}", "\u{201D}":
      "the typographic quote \(text) cannot stand in a formula: write \" or '"
    case "\u{2212}", "\u{2013}": "'\(text)' is not a minus sign: write -"
    case "?", "#", "!", "&", ";", "{", "}", "\\":
      "'\(text)' cannot stand in a formula: a name with it is written in backticks, `a \(text)`"
    default: "'\(text)' cannot stand in a formula"
    }
  }
}

extension Character {
  /// An ASCII digit.
  var isDigit: Bool { ("0"..."9").contains(self) }
  /// A character that can stand inside a name.
  var isNamePart: Bool { isLetter || isDigit || self == "." || self == "_" }
}
