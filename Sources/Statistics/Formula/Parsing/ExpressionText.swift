// Writes an expression as R's deparse does: R's coefficient names are made of it.

extension Expression {
  /// The expression as R writes it: `I(age^2)`, `poly(x, 2)`, `log(x + 1)`.
  var text: String {
    switch form {
    case .name(let name): Expression.quotedIfNeeded(name)
    case .number(let value, _): numberText(value)
    case .string(let string): "\"" + Expression.escaped(string) + "\""
    case .call(let function, _, let arguments):
      Expression.quotedIfNeeded(function) + "("
        + arguments.map { argument in
          (argument.name.map { Expression.quotedIfNeeded($0) + " = " } ?? "") + argument.value.text
        }.joined(separator: ", ") + ")"
    case .binary(let symbol, let left, let right):
      ["^", ":", "/", "%%", "%/%"].contains(symbol)
        ? left.text + symbol + right.text : "\(left.text) \(symbol) \(right.text)"
    case .prefix(let symbol, let operand):
      symbol == "~" ? "~" + operand.text : symbol + operand.text
    case .parenthesised(let inner): "(" + inner.text + ")"
    }
  }

  private static func quotedIfNeeded(_ name: String) -> String {
    let characters = Array(name)
    guard let first = characters.first else { return "``" }
    let startsWell =
      first.isLetter
      || (first == "." && !(characters.count > 1 && characters[1].isDigit))
    return startsWell && characters.allSatisfy(\.isNamePart) ? name : "`\(name)`"
  }

  private static func escaped(_ string: String) -> String {
    var text = ""
    for character in string {
      if character == "\"" || character == "\\" { text.append("\\") }
      text.append(character)
    }
    return text
  }
}

/// The shortest decimal that reads back as `value`, whole numbers without a point: `3`, `0.25`, `1e-08`.
func numberText(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
