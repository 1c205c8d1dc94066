// Writing what is shown into a new file.

import Glibc
import RunFolder

/// Somewhere to write texts to.
package protocol TextExporter {
  /// Writes a text under a name that begins as given, and returns where it stands.
  func write(_ text: String, name: String) throws(RunError) -> String
}

/// Writes into new files of the working folder; never over a file that is there.
package struct FileExporter: TextExporter {
  /// An exporter to the working folder.
  package init() {}

  package func write(_ text: String, name: String) throws(RunError) -> String {
    let stem = String(name.map { $0 == "/" ? "-" : $0 })
    var number = 1
    while true {
      let path = number == 1 ? "\(stem).txt" : "\(stem)-\(number).txt"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if file < 0 {
        guard errno == EEXIST, number < 10_000 else { throw .file(FileError("write", path)) }
        number += 1
        continue
      }
      defer { close(file) }
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else { throw .file(FileError("write", path)) }
        rest = rest.dropFirst(written)
      }
      return path
    }
  }
}
