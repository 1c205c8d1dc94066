// Every file that is not a table gets one line: the place, what is wrong, and the mend.

import Foundation
import Testing

@testable import Tables

@Suite("A malformed file gets one line with the exact place")
struct MalformedFileTests {
  @Test(
    "a fault in the rows",
    arguments: [
      ("a,b\n1,2\n3\n", "3:2: the row ends after 1 field, the header has 2"),
      ("a,b\n1,2\n\"3\"\n", "3:4: the row ends after 1 field, the header has 2"),
      ("a,b\n1,2\n3,4,5,6\n", "3:5: the row has 4 fields, the header 2"),
      ("a,b\nr,1,2\n", "2:5: the row has 3 fields, the header 2; if the rows begin with a row"),
      ("a,b\n1,\"x\ny\n2,z\n", "2:3: a quote opens here and is never closed"),
      (
        "a,b\n1,\"x\"y\n",
        "2:6: text after the closing quote of the field that opens at line 2, column 3"
      ),
      (
        "a,b\r\n1,\"x\r\nx\"y\n",
        "3:3: text after the closing quote of the field that opens at line 2, column 3"
      ),
      ("a,b\n1,x\0y\n", "2:4: a NUL byte"),
      ("é,b\nü,1e999\n", "2:3: an infinite or too large number in column 'b'"),
      ("a\n1\n-inf\n", "3:1: an infinite or too large number in column 'a'"),
      ("a;b\n1,5;2\n3;2\n", "2:1: '1,5' in column 'a' looks like a number with a comma"),
      ("g\n\"a\nb\"\n\"a\tb\"\n", "4:1: two values of column 'g' differ only in characters"),
      ("g\né\ne\u{301}\n", "3:1: two values of column 'g' differ only in characters"),
    ])
  func rows(text: String, expected: String) throws {
    try requireLine(of: text, expected)
  }

  @Test(
    "a fault in the header, or no rows",
    arguments: [
      ("", "1:1: the file is empty"),
      ("\n\r\n\n", "1:1: the file is empty"),
      ("\u{FEFF}", "1:1: the file is empty"),
      ("a,b", "1:4: there are names of columns but no rows"),
      ("a,b\n\n", "3:1: there are names of columns but no rows"),
      ("a,\"b\n1,2\n", "1:3: a quote opens here and is never closed"),
      ("a,b,a\n1,2,3\n", "1:5: the name 'a' of column 3 is already that of column 1"),
      ("a\u{200B},a\u{200C}\n1,2\n", "1:4: the name 'a\u{FFFD}' of column 2 is already"),
      ("é,e\u{301}\n1,2\n", "1:3: the name 'e\u{301}' of column 2 is already"),
      (",row\n1,2\n", "1:2: the name 'row' of column 2 is already that of column 1"),
      ("a,,c\n1,2,3\n", "1:3: column 2 has no name"),
      ("a,b,\n1,2,3\n", "1:5: column 3 has no name"),
      ("1,2\n3,4\n", "1:1: the first line holds numbers, not names"),
    ])
  func header(text: String, expected: String) throws {
    try requireLine(of: text, expected)
  }

  private func requireLine(of text: String, _ expected: String) throws {
    let line = try #require(errorLine(text))
    #expect(line.hasPrefix("f.csv:" + expected), "\(line)")
    #expect(line.contains("; "), "no mend: \(line)")
  }

  @Test(
    "bytes that are not UTF-8",
    arguments: [
      [0xE9], [0xC0, 0x80], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xE2, 0x28, 0xA1], [0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) throws {
    let line = try #require(errorLine(Array("name,x\nab".utf8) + bytes + Array(",1\n".utf8)))
    let first = String(bytes[0], radix: 16, uppercase: true)
    #expect(line.hasPrefix("f.csv:2:3: the byte 0x\(first) is not UTF-8; save the file as UTF-8"))
    #expect(String(validating: bytes, as: UTF8.self) == nil, "the test's bytes must be wrong")
  }

  @Test(
    "other formats are named",
    arguments: [
      ([0xFF, 0xFE, 0x61, 0], "the text is UTF-16"),
      ([0xFE, 0xFF, 0, 0x61], "the text is UTF-16"),
      ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "the text is UTF-32"),
      ([0x1F, 0x8B, 8], "this is a gzip file"),
      ([0x50, 0x4B, 3, 4, 9], "this is a zip or Excel file"),
      ([0x61, 0, 0x2C, 0], "a NUL byte"),
    ] as [([UInt8], String)])
  func formats(bytes: [UInt8], expected: String) throws {
    #expect(try #require(errorLine(bytes)).contains(expected))
  }

  @Test("options that the file does not meet name what is missing")
  func options() throws {
    let text = "a,b\nx,1\ny,2\nz,3\n"
    #expect(
      errorLine(text, .init(columns: ["a", "c"]))
        == "f.csv:1:1: there is no column 'c'; the columns are a, b")
    #expect(try #require(errorLine(text, .init(factors: ["q"]))).contains("no column 'q'"))
    #expect(try #require(errorLine(text, .init(levels: ["q": []]))).contains("no column 'q'"))
    #expect(
      errorLine(text, .init(levels: ["a": ["x", "y"]]))
        == "f.csv:4:1: the level 'z' of column 'a' is not in the given order; add it")
    #expect(
      errorLine(text, .init(levels: ["b": ["1", "2", "3", "4"]]))
        == "f.csv:1:3: column 'b' has no level '4'; its levels are 1, 2, 3")
    #expect(
      errorLine(text, .init(levels: ["a": ["x", "y", "z", "x"]]))
        == "f.csv:1:1: the order of the levels of 'a' has 'x' twice; name it once")
  }

  @Test("numbers with commas can still be text on purpose")
  func commaOnPurpose() throws {
    #expect(try parse("a;b\n1,5;2\n", .init(factors: ["a"])).factor("a")?.levels == ["1,5"])
    #expect(try parse("a;b\n1,5;2\nx;1\n").factor("a")?.levels == ["1,5", "x"])
  }

  @Test("a folder or no file: the system's words")
  func unreadable() throws {
    try withFolder { folder in
      let isFolder = TableError(
        kind: .unreadable, file: folder,
        message: "this is a folder; give the CSV or TSV file inside it")
      #expect(throws: isFolder) { try DelimitedFile.read(path: folder) }
      let isAbsent = TableError(
        kind: .unreadable, file: folder + "/no",
        message: "cannot be read (No such file or directory); check the path")
      #expect(throws: isAbsent) { try DelimitedFile.read(path: folder + "/no") }
    }
  }

  @Test("the error itself cannot steer the terminal")
  func errorIsClean() throws {
    let error = TableError(
      kind: .malformed, file: "a\u{1B}[2J\n.csv", line: 3, column: 4, message: "m")
    #expect(error.description == "a\u{FFFD}[2J\u{FFFD}.csv:3:4: m")
    let line = try #require(errorLine("a,\"\u{1B}]0;x\"\n1,2,3\n", .init(columns: ["\u{1B}"])))
    #expect(line.unicodeScalars.allSatisfy { !SanitizedText.isUnsafe($0) })
  }
}
