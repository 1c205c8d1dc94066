// One file that is to be written, or was asked for by its path.

/// A file to be written.
package struct ExportFile: Equatable, Sendable {
  /// The name to begin with, without an ending; a number is added where a file is there already.
  package var name: String
  package var format: ExportFormat
  /// The path that the user gave; then it is that or nothing.
  package var path: String?
  package var text: String

  /// A file.
  package init(name: String, format: ExportFormat, path: String? = nil, text: String) {
    self.name = name
    self.format = format
    self.path = path
    self.text = text
  }
}

/// Why something cannot be exported or copied, in one line.
package struct ExportError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String
}
