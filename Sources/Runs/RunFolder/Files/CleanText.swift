// Text from files that others write, made harmless for a terminal.

/// The text with every character that a terminal obeys, or that cannot be seen, replaced by U+FFFD.
///
/// Everything that comes out of a run folder passes through here: another program may have written it.
func cleanText(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text }
  var clean = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { clean.append(isUnsafe(scalar) ? "\u{FFFD}" : scalar) }
  return String(clean)
}

/// The same for a text of several lines, which stay apart.
func cleanLines(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { cleanText(String($0)) }.joined(separator: "\n")
}

private func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
  default: scalar.properties.isDefaultIgnorableCodePoint
  }
}
