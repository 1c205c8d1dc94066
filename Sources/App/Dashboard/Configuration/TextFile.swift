// Small files of text: read whole, and written whole without ever leaving half of one.

import Glibc
import RunFolder

/// Small files of text.
package enum TextFile {
  /// Whether there is anything at a path.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The text of a file.
  package static func read(_ path: String) throws(FileError) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileError("read", path) }
    return try read(file, named: path)
  }

  /// All that can be read from a descriptor, which is closed.
  package static func read(_ file: Int32, named path: String) throws(FileError) -> String {
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = Array(repeating: UInt8(0), count: 16_384)
    while true {
      let count = Glibc.read(file, &block, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError("read", path)
      }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += block[..<count]
    }
  }

  /// Writes a file and the folders above it; over a file that is there only if told so.
  package static func write(
    _ text: String, to path: String, replacing: Bool = false
  ) throws(FileError) {
    try makeFolders(above: path)
    if !replacing, exists(path) { throw FileError("write", path, code: EEXIST) }
    let draft = "\(path).\(getpid()).new"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw FileError("write", draft) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else {
        let error = FileError("write", draft)
        close(file)
        unlink(draft)
        throw error
      }
      rest = rest.dropFirst(written)
    }
    close(file)
    guard rename(draft, path) == 0 else {
      let error = FileError("write", path)
      unlink(draft)
      throw error
    }
  }

  private static func makeFolders(above path: String) throws(FileError) {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
    let folder = String(path[..<slash])
    if exists(folder) { return }
    try makeFolders(above: folder)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw FileError("create the folder", folder)
    }
  }
}
