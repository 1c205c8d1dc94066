// What is wrong with a model, and where in its formula.

/// Where in a formula's text something is wrong; printed as the message and the formula with a caret line.
///
/// Formulas and column names are untrusted: control characters in them are shown escaped.
package struct FormulaError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and how to mend it: one line without control characters.
  package let message: String
  /// The formula as it was given.
  package let formula: String
  /// The first character that is wrong, counted in characters from 0.
  package let offset: Int
  /// The number of characters that are wrong, at least 1.
  package let length: Int

  /// An error at `length` characters of `formula` from character `offset` on.
  package init(_ message: String, formula: String, offset: Int, length: Int) {
    self.message = message.escapingControls()
    self.formula = formula
    self.offset = max(0, offset)
    self.length = max(1, length)
  }

  /// The message, the formula and a line of `^~~~` under the place, each of the last two indented by two spaces.
  ///
  /// Of a long formula only the surroundings of the place are shown, with `...` where it is cut.
  package var description: String {
    let reach = 60
    let characters = Array(formula)
    let start = min(offset, characters.count)
    let end = min(start + length, characters.count)
    let first = characters.count <= 2 * reach ? 0 : max(0, start - reach)
    let last =
      characters.count <= 2 * reach ? characters.count : min(characters.count, start + reach)
    func shown(_ range: Range<Int>) -> String { String(characters[range]).escapingControls() }
    let before = (first > 0 ? "..." : "") + shown(first..<start)
    let shownEnd = max(start, min(end, last))
    let wrong = shown(start..<shownEnd)
    let after = shown(shownEnd..<max(shownEnd, last)) + (last < characters.count ? "..." : "")
    let caret =
      String(repeating: " ", count: before.count) + "^"
      + String(repeating: "~", count: max(0, wrong.count - 1))
    return "\(message)\n  \(before)\(wrong)\(after)\n  \(caret)"
  }
}

extension String {
  /// The text with control, format and line-breaking characters written as `\u{..}`, `\n`, `\t`.
  func escapingControls() -> String {
    var escaped = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": escaped += "\\n"
      case "\t": escaped += "\\t"
      case "\r": escaped += "\\r"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
          escaped += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: escaped.unicodeScalars.append(scalar)
        }
      }
    }
    return escaped
  }
}
