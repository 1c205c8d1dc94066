// Reading theme files, in btop's grammar: theme[key]="value".

/// What is wrong with a theme file, and where.
package struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, counted from 1.
  package let line: Int
  package let problem: String

  /// The line and the problem, without the name of the file.
  package var description: String { "\(line): \(problem)" }
}

extension Theme {
  /// A theme from the text of a file.
  ///
  /// Lines are `theme[key]="value"`, comments begin with `#`. A value is `#rrggbb`, `#gg` (a grey),
  /// three decimal numbers, or empty for the terminal's own colour; it may be followed by the name of
  /// one of the eight colours, also with `bright-` before it (or `default`, the terminal's own), for
  /// terminals of 8 or 16 colours, and by `bold`, `dim`, `underline`, `reverse`. Keys that mean nothing here are kept in ``unusedKeys``. What the file leaves out is
  /// taken from `base`; by itself the built-in theme that suits the file's background.
  package init(name: String, parsing text: String, base: Theme? = nil) throws(ThemeError) {
    var entries: [ThemeKey: ThemeEntry] = [:]
    var unused: [String] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      guard let (key, value) = try assignment(in: line, number: index + 1) else { continue }
      guard let known = ThemeKey(rawValue: key) else {
        unused.append(key)
        continue
      }
      entries[known] = try themeEntry(value, number: index + 1)
    }
    self.init(
      name: name, entries: entries, unusedKeys: unused,
      base: base ?? Theme.builtIn(suiting: entries[.mainBackground]?.color))
  }
}

/// The key and the value of a line, `nil` for a comment or an empty line.
private func assignment(
  in line: Substring, number: Int
) throws(ThemeError) -> (key: String, value: String)? {
  let text = trimmed(line)
  if text.isEmpty || text.hasPrefix("#") { return nil }
  guard text.hasPrefix("theme["), let close = text.firstIndex(of: "]") else {
    throw ThemeError(line: number, problem: "expected theme[key]=\"value\", found \(text)")
  }
  let key = trimmed(text[text.index(text.startIndex, offsetBy: 6)..<close])
  var rest = trimmed(text[text.index(after: close)...])
  guard rest.hasPrefix("=") else {
    throw ThemeError(line: number, problem: "expected = after theme[\(key)]")
  }
  rest = trimmed(rest.dropFirst())
  guard let quote = rest.first, quote == "\"" || quote == "'" else {
    // btop also takes a bare value, up to a blank.
    return (String(key), String(rest.prefix { $0 != " " && $0 != "\t" }))
  }
  guard let end = rest.dropFirst().firstIndex(of: quote) else {
    throw ThemeError(line: number, problem: "the value of \(key) has no closing quote")
  }
  let after = trimmed(rest[rest.index(after: end)...])
  guard after.isEmpty || after.hasPrefix("#") else {
    throw ThemeError(line: number, problem: "unexpected \(after) after the value of \(key)")
  }
  return (String(key), String(rest[rest.index(after: rest.startIndex)..<end]))
}

private func themeEntry(_ value: String, number: Int) throws(ThemeError) -> ThemeEntry {
  var words = value.split { $0 == " " || $0 == "\t" }[...]
  var entry = ThemeEntry()
  if let first = words.first, first.hasPrefix("#") {
    guard let color = hexadecimalColor(first.dropFirst()) else {
      throw ThemeError(line: number, problem: "\(first) is not #rrggbb or #gg")
    }
    entry.color = color
    words.removeFirst()
  } else if let first = words.first, Int(first) != nil {
    let parts = words.prefix(3).compactMap { UInt8($0) }
    guard parts.count == 3 else {
      throw ThemeError(
        line: number, problem: "\(value) is not three numbers from 0 to 255")
    }
    entry.color = RGB(parts[0], parts[1], parts[2])
    words.removeFirst(3)
  }
  for word in words {
    switch word {
    case "bold": entry.attributes.insert(.bold)
    case "dim": entry.attributes.insert(.dim)
    case "underline": entry.attributes.insert(.underline)
    case "reverse": entry.attributes.insert(.reverse)
    case "default": entry.fallback = .standard
    default:
      let isBright = word.hasPrefix("bright-")
      let name = isBright ? word.dropFirst(7) : word
      guard let index = colorNames.firstIndex(where: { $0 == name }) else {
        throw ThemeError(
          line: number,
          problem:
            "\(word) is neither one of default \(colorNames.joined(separator: " ")) nor an attribute"
        )
      }
      entry.fallback = .index(UInt8(index) + (isBright ? 8 : 0))
    }
  }
  return entry
}

private let colorNames = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

private func hexadecimalColor(_ digits: Substring) -> RGB? {
  guard digits.allSatisfy(\.isHexDigit), let number = UInt32(digits, radix: 16) else { return nil }
  switch digits.count {
  case 2: return RGB(UInt8(number), UInt8(number), UInt8(number))
  case 6: return RGB(number)
  default: return nil
  }
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return text
}
