// Untrusted text made safe to show: no control, bidirectional or invisible characters, and a length limit.

/// The one door for text that comes from a file, a formula or another program and will be shown or compared.
package enum SanitizedText {
  /// The greatest number of Unicode scalars of a cleaned text, unless another limit is given.
  package static let defaultLimit = 200

  /// The text with every unsafe character replaced by U+FFFD and cut, with an ellipsis, to `limit` scalars.
  ///
  /// Unsafe are the control characters of C0 and C1 (so also newline and tab) and DEL, line and paragraph separators,
  /// bidirectional controls, and all characters that Unicode calls format characters or default
  /// ignorable (zero-width spaces and joiners, soft hyphens, tags, fillers, variation selectors):
  /// a terminal obeys some of them, and none can be seen, so two names could look the same.
  /// Cleaning a clean text changes nothing.
  package static func clean(_ text: String, limit: Int = defaultLimit) -> String {
    precondition(limit >= 1, "no room for the ellipsis")
    if isPlainASCII(text.utf8, limit: limit) { return text }
    var result = String.UnicodeScalarView()
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit {
        result.removeLast()
        result.append("\u{2026}")
        break
      }
      result.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar)
      count += 1
    }
    return String(result)
  }

  /// Whether the character may not reach a terminal or a name.
  package static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
    }
  }

  /// Whether the text is printable ASCII within the limit, as nearly all text is.
  private static func isPlainASCII(_ bytes: String.UTF8View, limit: Int) -> Bool {
    bytes.count <= limit && bytes.allSatisfy { (0x20...0x7E).contains($0) }
  }
}
