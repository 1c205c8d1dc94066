// Tables into files and back: the same table, quoting where it is needed, and no half-written file.

import Foundation
import Testing

@testable import Tables

@Suite("What is written is read back as the same table")
struct WritingTests {
  @Test("the text on paper")
  func text() {
    let table = Table(
      rowCount: 4,
      columns: [
        ("y", .numeric([1, 0.1, .nan, -1e300])),
        ("a \"b\"", .factor(Factor(levels: ["x,y", "", " z", "NA"], codes: [0, 1, 2, -1]))),
        ("12", .factor(Factor(levels: ["p", "NA", ".", "q\"r"], codes: [1, 0, 2, 3]))),
      ])
    #expect(
      DelimitedWriter().text(of: table).string == """
        y,"a ""b\""","12"
        1,"x,y","NA"
        0.1,"",p
        NA," z","."
        -1e+300,NA,"q""r"

        """)
  }

  @Test("random tables come back bit for bit", arguments: [",", ";", "\t"])
  func roundTrip(delimiter: String) throws {
    let byte = try #require(delimiter.utf8.first)
    var generator = SplitMix(state: 42)
    for _ in 0..<400 {
      let table = randomTable(&generator)
      // Order and kind of a factor are not in a CSV file; the options are where they are told.
      var options = DelimitedFile.Options(delimiter: byte)
      for name in table.names {
        if let factor = table.factor(name) { options.levels[name] = factor.levels }
      }
      let text = DelimitedWriter(delimiter: byte).text(of: table)
      let back = try parse(text.bytes, options)
      #expect(isSame(back, table), "\(text.string)")
    }
  }

  private func randomTable(_ generator: inout SplitMix) -> Table {
    let rows = Int.random(in: 1...30, using: &generator)
    var columns: [(name: String, column: Column)] = []
    for index in 0..<Int.random(in: 1...6, using: &generator) {
      let name = "\(index)" + randomText(&generator)
      if Bool.random(using: &generator) {
        columns.append((name, .numeric((0..<rows).map { _ in randomNumber(&generator) })))
      } else {
        columns.append((name, .factor(randomFactor(rows: rows, &generator))))
      }
    }
    return Table(rowCount: rows, columns: columns)
  }

  /// A factor whose levels all occur and are not all numbers or marks of missing values.
  private func randomFactor(rows: Int, _ generator: inout SplitMix) -> Factor {
    var levels = ["k"]
    for _ in 0..<5 {
      let text = randomText(&generator)
      if !levels.contains(text) { levels.append(text) }
    }
    var codes = (0..<rows).map { _ in
      Int32.random(in: -1..<Int32(levels.count), using: &generator)
    }
    codes[0] = 0
    let used = Set(codes).subtracting([-1]).sorted()
    codes = codes.map { code in Int32(used.firstIndex(of: code) ?? -1) }
    return Factor(levels: used.map { levels[Int($0)] }, codes: codes)
  }

  private func randomText(_ generator: inout SplitMix) -> String {
    let pieces = [
      "a", "B", "\"", ",", ";", " ", "é", "NA", ".", "東", "1", "-", "'", "#", "\u{FFFD}", "T",
    ]
    let count = Int.random(in: 0...5, using: &generator)
    return (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
  }

  private func randomNumber(_ generator: inout SplitMix) -> Double {
    switch Int.random(in: 0..<4, using: &generator) {
    case 0: return .nan
    case 1: return Double(Int.random(in: -100...100, using: &generator))
    case 2: return Double.random(in: -1e6...1e6, using: &generator)
    default:
      let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
      return value.isFinite ? value : 0
    }
  }

  @Test("an atomic write replaces the whole file, keeps it private and leaves nothing beside it")
  func atomic() throws {
    try withFolder { folder in
      let path = folder + "/t.csv"
      let table = Table(rowCount: 1, columns: [("a", .numeric([1]))])
      try Data("a much longer old content".utf8).write(to: URL(fileURLWithPath: path))
      try DelimitedWriter().write(table, to: path)
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "a\n1\n")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["t.csv"])
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
      try DelimitedWriter().write(table, to: folder + "/u.csv", placement: .inPlace)
      #expect(try String(contentsOfFile: folder + "/u.csv", encoding: .utf8) == "a\n1\n")
    }
  }

  @Test("a write that fails says why and leaves nothing behind")
  func failures() throws {
    try withFolder { folder in
      let error = #expect(throws: WriteError.self) {
        try OutputFile.write([1], to: folder + "/none/t.csv")
      }
      #expect(
        error?.description
          == "\(folder)/none/t.csv: cannot be created (No such file or directory)")
      #expect(throws: WriteError(file: folder, step: .replace, code: EISDIR)) {
        try OutputFile.write([1], to: folder)
      }
      #expect(!FileManager.default.fileExists(atPath: "\(folder).\(getpid()).new"))
    }
    #expect(throws: WriteError(file: "/dev/full", step: .write, code: ENOSPC)) {
      try OutputFile.write([1], to: "/dev/full", placement: .inPlace)
    }
  }

  @Test("the builder writes integers and numbers as they are known")
  func builder() {
    var builder = TextBuilder()
    for value in [0, 7, -7, 10, Int.max, Int.min] {
      builder.append(value)
      builder.append(byte: 32)
    }
    builder.append(1.0 / 3, significantDigits: 4)
    builder.append(" " as StaticString)
    builder.append(1e100)
    #expect(builder.string == "0 7 -7 10 9223372036854775807 -9223372036854775808 0.3333 1e+100")
    builder.removeAll()
    #expect(builder.count == 0)
  }
}
