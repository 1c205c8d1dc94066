// Files that the benchmarks read and write: the data of the repository, and temporary folders.

import Glibc

/// Small text files.
enum TextFile {
  /// The text of a file, or nil when it cannot be read.
  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces a file by `text`.
  static func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw BenchError("cannot write \(path)") }
    let bytes = Array(text.utf8)
    let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
    guard fclose(file) == 0 && isWhole else { throw BenchError("cannot write \(path)") }
  }
}

/// The files of the repository, found from where the program lies or from the current folder.
enum Repository {
  /// The folder of `Package.swift`, if there is one above the program or the current folder.
  static let root: String? = {
    for start in [programFolder, currentFolder] {
      var folder = start
      while !folder.isEmpty {
        if access(folder + "/Package.swift", R_OK) == 0 { return folder }
        folder = parent(of: folder)
      }
    }
    return nil
  }()

  /// The folder of the running program.
  static var programFolder: String { parent(of: programPath) }

  /// The path of the running program.
  static var programPath: String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.map {
        readlink("/proc/self/exe", $0, bytes.count)
      } ?? 0
    }
    return String(decoding: buffer[..<max(count, 0)], as: UTF8.self)
  }

  /// A dataset by its name without `.csv`, from the references or from the demo data.
  static func dataset(_ name: String, root: String? = root) -> String? {
    guard let root else { return nil }
    return ["/Tests/Golden/data/", "/demo-data/"].map { root + $0 + name + ".csv" }
      .first { access($0, R_OK) == 0 }
  }

  private static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { free(path) }
    return String(cString: path)
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
  }
}

/// A folder that is gone after use.
enum TemporaryFolder {
  /// Calls `body` with the path of a new folder, and removes the folder with what is in it.
  static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/mglmm-bench.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw BenchError("cannot make a folder in \(base)") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(path) }
    return try body(path)
  }

  /// Removes a folder tree, or a file.
  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { remove(path + "/" + name) }
      }
      closedir(folder)
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}
