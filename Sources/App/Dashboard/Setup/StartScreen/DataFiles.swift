// The data files of the working folder: tables to model, and draws of other programs to watch.

import Glibc
import RunFolder
import Tables

/// A file that the start screen lists.
package struct DataFile: Sendable, Equatable {
  /// The path to open it by.
  package let path: String
  /// The name, harmless for a terminal.
  package let name: String
  package let bytes: Int
  /// Whether it holds draws as CmdStan writes them.
  package let holdsDraws: Bool

  package init(path: String, bytes: Int, holdsDraws: Bool = false) {
    self.path = path
    name = DataProfile.shown(path)
    self.bytes = bytes
    self.holdsDraws = holdsDraws
  }

  /// Whether a file begins as CmdStan's CSV files do.
  package static func holdsDraws(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = read(file, &bytes, bytes.count)
    guard count > 0 else { return false }
    let beginning = String(decoding: bytes.prefix(count), as: UTF8.self)
    return beginning.hasPrefix("#") || beginning.hasPrefix("lp__")
  }
}

/// The data files of a folder, as far as they were looked at.
package struct ListedFiles: Sendable, Equatable {
  /// In the order of their names.
  package var files: [DataFile]
  /// Whether the folder holds more than was looked at.
  package var isCut = false
  /// What went wrong, in one line.
  package var problem: String?

  package init(_ files: [DataFile], isCut: Bool = false, problem: String? = nil) {
    self.files = files
    self.isCut = isCut
    self.problem = problem
  }

  /// Endings of names of files that may be data.
  private static let endings = [".csv", ".tsv", ".tab", ".txt", ".dat"]
  /// Entries of the folder that are looked at, and files that are listed.
  private static let (seenEntries, listedFiles) = (20_000, 500)

  /// Reads what there is in a folder, whose path may be empty for the working folder.
  package static func read(_ folder: String = "") -> ListedFiles {
    guard let open = opendir(folder.isEmpty ? "." : folder) else {
      return ListedFiles([], problem: FileError("read the folder", folder).description)
    }
    defer { closedir(open) }
    var names: [String] = []
    var seen = 0
    while let entry = readdir(open), seen < seenEntries {
      seen += 1
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let lower = name.lowercased()
      if !name.hasPrefix("."), endings.contains(where: lower.hasSuffix) { names.append(name) }
    }
    names.sort()
    var files: [DataFile] = []
    for name in names.prefix(listedFiles) {
      let path = folder.isEmpty ? name : "\(folder)/\(name)"
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
      let isCSV = path.lowercased().hasSuffix(".csv")
      files.append(
        DataFile(
          path: path, bytes: Int(status.st_size),
          holdsDraws: isCSV && DataFile.holdsDraws(path)))
    }
    return ListedFiles(files, isCut: names.count > listedFiles || seen == seenEntries)
  }

  /// The draws that belong together with those of a file: `fit-1.csv`, `fit-2.csv`, ...
  package func chains(with file: DataFile) -> [String] {
    func stem(_ path: String) -> Substring? {
      var rest = path.dropLast(path.lowercased().hasSuffix(".csv") ? 4 : 0)
      let length = rest.count
      while rest.last?.isNumber == true { rest.removeLast() }
      return rest.count < length ? rest : nil
    }
    guard let own = stem(file.path) else { return [file.path] }
    return files.filter { $0.holdsDraws && stem($0.path) == own }.map(\.path)
  }
}
