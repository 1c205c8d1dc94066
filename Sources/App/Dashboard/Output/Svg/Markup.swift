// Text inside XML and HTML: escaped, and without what XML forbids.

import TerminalCore

/// Pieces of markup.
enum Markup {
  /// A text that means itself between tags and inside quoted attributes.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": result.append(scalar)
      default: result.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return String(result)
  }

  /// Whether a character may stand in XML 1.0 and means nothing to a terminal.
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    return value >= 0x20 && value != 0x7F && !(0x80...0x9F).contains(value)
      && value & 0xFFFE != 0xFFFE
  }

  /// A colour as six hexadecimal digits: `#1f77b4`.
  static func hex(_ color: RGB) -> String {
    let digits = Array("0123456789abcdef")
    var text = "#"
    for part in [color.red, color.green, color.blue] {
      text.append(digits[Int(part >> 4)])
      text.append(digits[Int(part & 15)])
    }
    return text
  }
}
