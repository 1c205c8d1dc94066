// The one-line error of a file that cannot be written.

/// Why a file could not be written.
package struct WriteError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The step that failed.
  package enum Step: String, Sendable {
    /// Making the file, or the new file beside the one to be replaced.
    case create = "cannot be created"
    /// Writing its content.
    case write = "cannot be written"
    /// Bringing the content to the disk.
    case synchronize = "cannot be brought to the disk"
    /// Putting the new file in the place of the old one.
    case replace = "cannot be replaced"
  }

  /// The path of the file.
  package let file: String
  /// The step that failed.
  package let step: Step
  /// The error number of the system.
  package let code: Int32

  /// An error of the system while writing a file.
  package init(file: String, step: Step, code: Int32) {
    self.file = file
    self.step = step
    self.code = code
  }

  /// The error as one line: file, step and the system's words.
  package var description: String {
    "\(SanitizedText.clean(file, limit: 1000)): \(step.rawValue) (\(SystemError.text(of: code)))"
  }
}
