// The newest runs of a place, however many there are: names first, details of a few.

import Glibc

/// Run folders by age, before anything inside them is read.
package struct NewestRuns: Sendable {
  /// The folders, newest first.
  package var folders: [RunFolder]
  /// Whether the place holds more entries than were looked at.
  package var isCut: Bool
}

extension RunCatalog {
  /// The run folders of the place, newest first; at most `limit` entries of it are looked at.
  ///
  /// Only the time of each `model.toml` is asked for: a place with a thousand runs, on a slow file system, too.
  package func newest(limit: Int) throws(FileError) -> NewestRuns {
    guard FileSystem.isFolder(root) else { return NewestRuns(folders: [], isCut: false) }
    guard let folder = opendir(root) else { throw FileError("read the folder", root) }
    defer { closedir(folder) }
    var found: [(folder: RunFolder, time: Double)] = []
    var count = 0
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasPrefix(".") { continue }
      count += 1
      if count > limit { break }
      let run = RunFolder(path: "\(root)/\(name)")
      if let status = try FileSystem.status(run.modelPath) {
        found.append((run, FileStamp(status).time))
      }
    }
    found.sort { ($0.time, $0.folder.path) > ($1.time, $1.folder.path) }
    return NewestRuns(folders: found.map(\.folder), isCut: count > limit)
  }
}
