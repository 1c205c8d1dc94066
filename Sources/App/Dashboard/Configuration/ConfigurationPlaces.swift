// Where each key stands in the text of a TOML file; the parser does not tell.

/// A place in a text; both count from 1.
struct TextPlace: Comparable, Sendable {
  var line: Int
  var column: Int

  static func < (left: TextPlace, right: TextPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// The places of the keys of a valid TOML text by their dotted paths: `keys.zoom-in`.
struct ConfigurationPlaces {
  private var places: [String: TextPlace] = [:]

  init(_ text: String) {
    var heading: [String] = []
    var open: Character?  // the quote of a text over several lines
    var depth = 0  // of brackets of lists over several lines
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      var scan = LineScan(line)
      scan.skipBlanks()
      if open == nil, depth == 0 {
        let place = TextPlace(line: index + 1, column: scan.column)
        if scan.next == "[" {
          while scan.next == "[" { scan.advance() }
          heading = scan.keyPath()
          note(heading, place)
          continue
        }
        let path = scan.keyPath()
        if !path.isEmpty, scan.next == "=" { note(heading + path, place) }
      }
      scan.finish(&open, &depth)
    }
  }

  private mutating func note(_ path: [String], _ place: TextPlace) {
    // A table that is only named inside a longer path begins there.
    for length in path.indices {
      let name = path[...length].joined(separator: ".")
      if places[name] == nil { places[name] = place }
    }
  }

  /// The place of a key; that of the table around it where it stands in one on a single line.
  subscript(path: String) -> TextPlace? {
    if let place = places[path] { return place }
    guard let dot = path.lastIndex(of: ".") else { return nil }
    return self[String(path[..<dot])]
  }
}

/// Goes along one line.
private struct LineScan {
  private let characters: [Character]
  private var index = 0

  init(_ line: Substring) { characters = Array(line) }

  var next: Character? { index < characters.count ? characters[index] : nil }
  var column: Int { index + 1 }
  mutating func advance() { index += 1 }

  mutating func skipBlanks() { while next == " " || next == "\t" { advance() } }

  /// A key with dots between its parts, quoted or bare, and the blanks after it.
  mutating func keyPath() -> [String] {
    var parts: [String] = []
    while true {
      skipBlanks()
      var part = ""
      if let quote = next, quote == "\"" || quote == "'" {
        advance()
        while let character = next, character != quote {
          part.append(character)
          advance()
        }
        advance()
      } else {
        while let character = next,
          character.isLetter || character.isNumber || character == "-" || character == "_"
        {
          part.append(character)
          advance()
        }
      }
      if part.isEmpty { return parts }
      parts.append(part)
      skipBlanks()
      guard next == "." else { return parts }
      advance()
    }
  }

  /// Goes to the end of the line, minding texts and lists that go on in the next one.
  mutating func finish(_ open: inout Character?, _ depth: inout Int) {
    while let character = next {
      let isTriple =
        (character == "\"" || character == "'") && index + 2 < characters.count
        && characters[index + 1] == character && characters[index + 2] == character
      if let quote = open {
        if character == quote, isTriple {
          open = nil
          index += 2
        } else if character == "\\", quote == "\"" {
          advance()
        }
      } else if isTriple {
        open = character
        index += 2
      } else if character == "\"" || character == "'" {
        advance()
        while let inside = next, inside != character {
          if inside == "\\", character == "\"" { advance() }
          advance()
        }
      } else if character == "#" {
        return
      } else if character == "[" || character == "{" {
        depth += 1
      } else if character == "]" || character == "}" {
        depth = max(0, depth - 1)
      }
      advance()
    }
  }
}
