// What the tests of this room share: reading from a string, a folder for files, a random stream.

import Foundation

@testable import Tables

/// A small random stream with a fixed seed (Steele, Lea, Flood 2014, SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The table in a text, as if it stood in the file `f.csv`.
func parse(
  _ text: String, _ options: DelimitedFile.Options = .init()
) throws(TableError) -> Table {
  try parse(Array(text.utf8), options)
}

/// The table in bytes, as if they stood in the file `f.csv`.
func parse(
  _ bytes: [UInt8], _ options: DelimitedFile.Options = .init()
) throws(TableError) -> Table {
  try DelimitedFile.parse(bytes.span, file: "f.csv", options: options)
}

/// The error of a text that is not a table, as the user sees it; nil when it is one.
func errorLine(_ text: String, _ options: DelimitedFile.Options = .init()) -> String? {
  errorLine(Array(text.utf8), options)
}

/// The error of bytes that are not a table, as the user sees it; nil when they are one.
func errorLine(_ bytes: [UInt8], _ options: DelimitedFile.Options = .init()) -> String? {
  do throws(TableError) {
    _ = try parse(bytes, options)
    return nil
  } catch {
    return error.description
  }
}

/// A fresh folder for the files of one test, removed afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("tables-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

extension Table {
  /// The numbers of a column; empty when it is not one of numbers.
  func numbers(_ name: String) -> [Double] {
    if case .numeric(let values) = self[name] { values } else { [] }
  }

  /// The factor of a column; nil when it is not one.
  func factor(_ name: String) -> Factor? {
    if case .factor(let factor) = self[name] { factor } else { nil }
  }
}

/// Whether two tables are the same, bit for bit, missing numbers included.
func isSame(_ first: Table, _ second: Table) -> Bool {
  guard first.names == second.names, first.rowCount == second.rowCount else { return false }
  return first.names.allSatisfy { name in
    switch (first[name], second[name]) {
    case (.numeric(let left), .numeric(let right)):
      zip(left, right).allSatisfy { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN }
    case (.factor(let left), .factor(let right)):
      left.codes == right.codes
        && left.levels.map { Array($0.utf8) } == right.levels.map { Array($0.utf8) }
    default: false
    }
  }
}
