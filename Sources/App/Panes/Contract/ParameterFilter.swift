// A regular expression typed by the user, compiled as it is typed.

/// A filter on names of parameters.
///
/// A pattern without capital letters matches either case. A pattern that cannot be compiled lets
/// everything through and keeps what is wrong with it in ``problem``.
package struct ParameterFilter {
  /// The pattern as typed; empty lets everything through.
  package let pattern: String
  /// What is wrong with the pattern, in words.
  package let problem: String?
  private let regex: Regex<AnyRegexOutput>?

  /// A filter made of a pattern in Swift's (and mostly Perl's) syntax of regular expressions.
  package init(_ pattern: String = "") {
    self.pattern = pattern
    guard !pattern.isEmpty else {
      regex = nil
      problem = nil
      return
    }
    do {
      let ignoresCase = !pattern.contains(where: \.isUppercase)
      regex = try Regex(pattern).ignoresCase(ignoresCase)
      problem = nil
    } catch {
      regex = nil
      problem = Self.words(for: error)
    }
  }

  /// Whether a pattern is in force.
  package var isActive: Bool { regex != nil }

  /// Whether a name passes: the pattern occurs anywhere in it.
  package func matches(_ name: String) -> Bool {
    guard let regex else { return true }
    // An error while matching means that no match was found.
    return (try? regex.firstMatch(in: name)) != nil
  }

  /// The compiler's message without its code.
  private static func words(for error: any Error) -> String {
    let text = String(describing: error)
    let line = text.split(separator: "\n").first.map(String.init) ?? text
    return line.isEmpty ? "not a regular expression" : line
  }
}
