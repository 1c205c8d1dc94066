// The one-line error of a data file that cannot be used: where it is wrong, what is wrong, and the mend.

/// Why a data file could not be read as a table, with the place in the file.
package struct TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What kind of failure it is; a program chooses its exit code by it.
  package enum Kind: Sendable, Equatable {
    /// The file cannot be opened or read.
    case unreadable
    /// The content of the file is not a table, or not the table that the options ask for.
    case malformed
  }

  /// What kind of failure it is.
  package let kind: Kind
  /// The path of the file as the caller gave it.
  package let file: String
  /// The line, counted from 1, where the place is known; CRLF, LF and lone CR each end a line.
  package let line: Int?
  /// The column of the line in characters (Unicode scalars), counted from 1.
  package let column: Int?
  /// What is wrong and, after a semicolon, how to mend it: one line of sanitised text.
  package let message: String

  /// An error at a place of a file; without `line` and `column` it is about the file as a whole.
  package init(
    kind: Kind, file: String, line: Int? = nil, column: Int? = nil, message: String
  ) {
    self.kind = kind
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// The error as one line, `file:line:column: what is wrong; the mend`.
  package var description: String {
    let place = [line, column].compactMap { $0.map { ":\($0)" } }.joined()
    return "\(SanitizedText.clean(file, limit: 1000))\(place): \(message)"
  }
}
