// Manual pages in the language of man(7): headings, paragraphs, entries, and text that stays text.

/// Builds the source of a manual page.
struct Roff {
  private(set) var text = ""

  /// A page with its title line.
  init(name: String, section: Int, date: String, source: String) {
    text = ".TH \(name.uppercased()) \(section) \(date) \"\(source)\" \"User commands\"\n"
  }

  /// A text in which nothing means anything to roff; at the start of a line too.
  static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case "'": out += "\\(aq"
      case "`": out += "\\(ga"
      case "^": out += "\\(ha"
      case "~": out += "\\(ti"
      case "↑": out += "Up"
      case "↓": out += "Down"
      case "←": out += "Left"
      case "→": out += "Right"
      case "×": out += "x"
      case "…": out += "..."
      case "–": out += "\\-"
      case "±": out += "+/\\-"
      default: out.append(character)
      }
    }
    return out.hasPrefix(".") ? "\\&" + out : out
  }

  /// A text in bold, and one that stands for what the user puts there.
  static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
  static func placeholder(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  mutating func section(_ title: String) { text += ".SH \(title.uppercased())\n" }
  mutating func subsection(_ title: String) { text += ".SS \(Self.escaped(title))\n" }

  /// A paragraph of plain text.
  mutating func paragraph(_ words: String) {
    text += ".PP\n\(Self.wrapped(Self.escaped(words)))\n"
  }

  /// A text that is roff already, in lines of at most 78 columns where its words allow it.
  static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > 78 {
        lines.append(line)
        line = ""
      }
      // At the start of a line a dot would be a request.
      let beginning = word.first == "." ? "\\&" : ""
      line += line.isEmpty ? beginning + word : " " + word
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// Lines that are roff already.
  mutating func plain(_ lines: String) { text += lines + "\n" }

  /// An entry: a tag, which is roff already, and what is said of it.
  mutating func entry(_ tag: String, _ words: [String]) {
    text += ".TP\n\(tag)\n"
    let parts = words.filter { !$0.isEmpty }.map { Self.wrapped(Self.escaped($0)) }
    text += (parts.isEmpty ? ["\\&"] : parts).joined(separator: "\n") + "\n"
  }

  /// Lines as they are, in type of one width.
  mutating func example(_ lines: [String]) {
    text += ".PP\n.RS 4\n.nf\n"
    for line in lines { text += (line.isEmpty ? "\\&" : Self.escaped(line)) + "\n" }
    text += ".fi\n.RE\n"
  }
}
