// A data file at a glance: all of its columns, from all rows or from the first of a big file.

import Glibc
import RunFolder
import Tables

/// A data file at a glance.
package struct DataProfile: Sendable, Equatable {
  /// The path as the user gave it.
  package let path: String
  /// The rows looked at.
  package let rows: Int
  /// Whether there are more rows than those looked at.
  package let isSample: Bool
  /// The size of the file in bytes.
  package let bytes: Int
  package let columns: [ColumnProfile]

  /// The name of the file without its folder.
  package var name: String { Self.shown(path) }

  /// The last part of a path, harmless for a terminal.
  static func shown(_ path: String) -> String {
    SanitizedText.clean(path.split(separator: "/").last.map(String.init) ?? path)
  }

  /// A profile of a table.
  package init(path: String, table: Tables.Table, isSample: Bool = false, bytes: Int = 0) {
    self.path = path
    rows = table.rowCount
    self.isSample = isSample
    self.bytes = bytes
    columns = table.names.compactMap { name in
      table[name].map { ColumnProfile(name: name, column: $0) }
    }
  }

  /// Looks at a file: the whole of it, or its first rows where it is bigger than `limit` bytes.
  package static func read(
    _ path: String, factors: [String] = [], limit: Int = 16 << 20
  ) throws(DataFault) -> DataProfile {
    var (bytes, size) = try beginning(of: path, limit: limit)
    var options = DelimitedFile.Options(factors: Set(factors))
    if path.hasSuffix(".tsv") || path.hasSuffix(".tab") { options.delimiter = UInt8(ascii: "\t") }
    let isSample = bytes.count < size
    if isSample { bytes.removeSubrange(endOfRows(bytes)...) }
    do throws(TableError) {
      let table = try DelimitedFile.parse(
        bytes.span, file: path, options: options)
      return DataProfile(path: path, table: table, isSample: isSample, bytes: size)
    } catch { throw DataFault(description: error.description) }
  }

  /// The bytes of a file, at most `limit` of them, and how many it has.
  private static func beginning(
    of path: String, limit: Int
  ) throws(DataFault) -> (bytes: [UInt8], size: Int) {
    func fault() -> DataFault { DataFault(description: FileError("read", path).description) }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw fault() }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw fault() }
    let size = Int(status.st_size)
    let wanted = min(size, limit)
    var bytes = [UInt8](repeating: 0, count: wanted)
    var done = 0
    while done < wanted {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(file, buffer.baseAddress.map { $0 + done }, wanted - done)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw fault() }
      if count == 0 { break }
      done += count
    }
    if done < wanted { bytes.removeSubrange(done...) }
    return (bytes, done < wanted ? done : size)
  }

  /// Where the last whole row ends: after a line break outside quotes.
  private static func endOfRows(_ bytes: [UInt8]) -> Int {
    var end = 0
    var isQuoted = false
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted { end = index + 1 }
    }
    return end == 0 ? bytes.count : end
  }
}

/// Why a data file cannot be looked at, in one line.
package struct DataFault: Error, Sendable, Equatable, CustomStringConvertible {
  package let description: String
}
