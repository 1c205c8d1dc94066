// Writing what is shown into new files.

import Glibc
import RunFolder

/// Somewhere to write exports to.
package protocol TextExporter {
  /// Writes a file and returns where it stands.
  func write(_ file: ExportFile) throws(RunError) -> String
}

/// Writes into new files, of the working folder unless a path is given; never over a file that is there.
package struct FileExporter: TextExporter {
  /// The folder of files without a path; the working folder if empty.
  private let folder: String

  /// An exporter to a folder.
  package init(folder: String = "") { self.folder = folder.isEmpty ? "" : folder + "/" }

  package func write(_ file: ExportFile) throws(RunError) -> String {
    do throws(FileError) {
      if let path = file.path {
        let full = Self.expanded(path)
        guard try NewFile.write(file.text, to: full) else {
          throw FileError("write", path, code: EEXIST)
        }
        return full
      }
      let stem = folder + String(file.name.map { $0 == "/" ? "-" : $0 })
      for number in 1..<10_000 {
        let path =
          number == 1
          ? "\(stem).\(file.format.fileExtension)"
          : "\(stem)-\(number).\(file.format.fileExtension)"
        if try NewFile.write(file.text, to: path) { return path }
      }
      throw FileError("write", "\(stem).\(file.format.fileExtension)", code: EEXIST)
    } catch { throw .file(error) }
  }

  /// A path with the home folder in the place of a tilde, as shells have it.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = environment("HOME") else { return path }
    return home + path.dropFirst()
  }
}
