// Reads a stopping rule: comparisons joined by `and` and `or`, `and` first, brackets before both.

/// A reader that goes once through the words of a rule.
struct StoppingRuleParser {
  private let text: String
  private let words: [Word]
  private var next = 0
  private var depth = 0

  /// A word, a sign or a number with its place.
  private struct Word {
    var text: String
    var offset: Int
    var length: Int { max(1, text.count) }
  }

  /// What a rule says.
  ///
  /// - Throws: what is wrong at the first place that is.
  static func parse(_ text: String) throws(StoppingRuleError) -> StoppingRule.Condition {
    var parser = StoppingRuleParser(text)
    if parser.words.count == 1 {
      throw parser.error("the rule is empty; write it as 'ess >= 400 and rhat < 1.01'")
    }
    let condition = try parser.alternatives()
    guard parser.isAtEnd else {
      throw parser.error("'\(parser.word.text)' is one word too many; join comparisons by and, or")
    }
    return condition
  }

  private init(_ text: String) {
    self.text = text
    words = Self.words(of: Array(text)) + [Word(text: "", offset: text.count)]
  }

  private static func words(of characters: [Character]) -> [Word] {
    var words: [Word] = []
    var place = 0
    while place < characters.count {
      let begin = place
      let isOfKind: (Character) -> Bool
      switch characters[place] {
      case let character where character.isWhitespace:
        place += 1
        continue
      case "(", ")": isOfKind = { _ in false }
      case let character where "<>=!&|".contains(character): isOfKind = { "<>=!&|".contains($0) }
      default: isOfKind = { !$0.isWhitespace && !"()<>=!&|".contains($0) }
      }
      place += 1
      while place < characters.count, isOfKind(characters[place]) { place += 1 }
      words.append(Word(text: String(characters[begin..<place]), offset: begin))
    }
    return words
  }

  private var word: Word { words[next] }
  private var isAtEnd: Bool { next == words.count - 1 }

  private func error(_ message: String) -> StoppingRuleError {
    StoppingRuleError(
      message: "until: \(cleanText(message))", rule: text, offset: word.offset, length: word.length)
  }

  private mutating func take(_ spellings: [String]) -> Bool {
    guard !isAtEnd, spellings.contains(word.text.lowercased()) else { return false }
    next += 1
    return true
  }

  private mutating func alternatives() throws(StoppingRuleError) -> StoppingRule.Condition {
    var parts = [try conjunction()]
    while take(["or", "|", "||"]) { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(StoppingRuleError) -> StoppingRule.Condition {
    var parts = [try comparison()]
    while take(["and", "&", "&&"]) { parts.append(try comparison()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func comparison() throws(StoppingRuleError) -> StoppingRule.Condition {
    if !isAtEnd, word.text == "(" {
      let open = next
      guard depth < 100 else { throw error("the brackets are nested too deeply") }
      next += 1
      depth += 1
      let inside = try alternatives()
      depth -= 1
      guard take([")"]) else {
        if isAtEnd { next = open }
        throw error(
          isAtEnd || next == open ? "the bracket is not closed" : "here ')' or and, or is missing")
      }
      return inside
    }
    let names = StoppingMeasure.allCases.map(\.rawValue).joined(separator: ", ")
    guard !isAtEnd else { throw error("a comparison is missing; write one as 'ess >= 400'") }
    guard let measure = StoppingMeasure(rawValue: word.text.lowercased()) else {
      throw error("there is no figure '\(word.text)'; there are \(names)")
    }
    next += 1
    guard !isAtEnd, let sign = StoppingRule.Comparison(rawValue: word.text) else {
      throw error("'\(measure.rawValue)' is compared by >=, >, <= or <")
    }
    next += 1
    guard !isAtEnd, let bound = Double(word.text), bound.isFinite else {
      throw error("'\(measure.rawValue) \(sign.rawValue)' wants a number")
    }
    next += 1
    return .comparison(measure, sign, bound)
  }
}
