// Text for screen readers and logs: no drawing characters, every line complete by itself.

import RunFolder

/// Makes lines of plain text.
enum PlainText {
  /// A time since the beginning: `0:00:05`, `26:03:00`.
  static func stamp(_ seconds: Double) -> String {
    let whole = seconds.isFinite ? Int(max(0, seconds)) : 0
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60))"
  }

  /// A text on one line, with words or ASCII for signs that screen readers spell out or skip.
  static func line(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "×": out += "x"
      case "–": out += "not available"
      case "…": out += "..."
      case "−": out += "-"
      case "≥": out += ">="
      case "≤": out += "<="
      case "✓", "✗": break
      // Braille, blocks and lines of boxes.
      case "\u{2500}"..."\u{259F}", "\u{2800}"..."\u{28FF}": break
      case _ where character.isNewline || character == "\t": out += " "
      default:
        let isControl = character.unicodeScalars.contains {
          $0.value < 0x20 || (0x7F..<0xA0).contains($0.value)
        }
        if !isControl { out.append(character) }
      }
    }
    return out
  }
}
