// Bytes into a new file that appears whole, and never over one that is there.

import Glibc
import RunFolder

/// Writes new files.
package enum NewFile {
  /// Whether something is at a path.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a text to a path where nothing is yet, with mode 0600: written beside it, then linked to its
  /// name, so that a reader sees all of it or nothing.
  ///
  /// - Returns: whether it was written; not if something is there already.
  package static func write(_ text: String, to path: String) throws(FileError) -> Bool {
    let temporary = "\(path).\(getpid()).new"
    try create(temporary, text)
    defer { unlink(temporary) }
    if link(temporary, path) == 0 { return true }
    switch errno {
    case EEXIST: return false
    // File systems without links: the file appears under its name at once and grows there.
    case EPERM, ENOTSUP, ENOSYS, EMLINK:
      do throws(FileError) { try create(path, text) } catch {
        guard error.code == EEXIST else { throw error }
        return false
      }
      return true
    default: throw FileError("write", path)
    }
  }

  /// Writes a text to a path, in the place of what may be there; after a failure that is untouched.
  package static func replace(_ path: String, with text: String) throws(FileError) {
    let temporary = "\(path).\(getpid()).new"
    try create(temporary, text)
    guard rename(temporary, path) == 0 else {
      let error = FileError("replace", path)
      unlink(temporary)
      throw error
    }
  }

  /// Writes a text into a file that must not be there yet; after a failure it is not there again.
  private static func create(_ path: String, _ text: String) throws(FileError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileError("write", path) }
    do throws(FileError) {
      defer { close(file) }
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { throw FileError("write", path) }
        rest = rest.dropFirst(written)
      }
      // Pipes and some network folders cannot be synchronised and say EINVAL.
      guard fsync(file) == 0 || errno == EINVAL else { throw FileError("write", path) }
    } catch {
      unlink(path)
      throw error
    }
  }
}
