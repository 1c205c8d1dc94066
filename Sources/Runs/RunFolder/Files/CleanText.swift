// Text from files that others write, made harmless for a terminal.

import Tables

/// The text with every character that a terminal obeys, or that cannot be seen, replaced by U+FFFD.
///
/// Everything that comes out of a run folder passes through here: another program may have written it.
func cleanText(_ text: String) -> String { SanitizedText.clean(text, limit: textLimit) }

/// The same for a text of several lines, which stay apart.
func cleanLines(_ text: String) -> String {
  text.split(separator: "\n", omittingEmptySubsequences: false)
    .map { cleanText(String($0)) }.joined(separator: "\n")
}

/// Longer than any formula or message of ours; what is longer would only fill the screen.
private let textLimit = 10_000
