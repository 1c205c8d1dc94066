// What well-formed files mean: delimiters, quotes, line ends, missing values, types, levels.

import Foundation
import Testing

@testable import Tables

@Suite("A well-formed file means what R, RFC 4180 and the eye say it means")
struct ReadingTests {
  @Test("numbers are numeric and text is a factor with levels in byte order")
  func types() throws {
    let table = try parse("y,spp\n1.5,DM\n-2,GP\n3e2,DES-L\n+.5,DF\n")
    #expect(table.names == ["y", "spp"])
    #expect(table.numbers("y") == [1.5, -2, 300, 0.5])
    #expect(table.factor("spp")?.levels == ["DES-L", "DF", "DM", "GP"])
    #expect(table.factor("spp")?.codes == [2, 3, 0, 1])
  }

  @Test("byte order is not the order of a dictionary", arguments: [false, true])
  func byteOrder(isLong: Bool) throws {
    let prefix = isLong ? "a long common beginning " : ""
    let inOrder = ["10", "2", "B", "a", "a1", "b", "ä"].map { prefix + $0 }
    let text = "g\n" + inOrder.reversed().joined(separator: "\n") + "\n"
    #expect(try parse(text).factor("g")?.levels == inOrder)
  }

  @Test("the delimiter is the one the header has most of", arguments: [",", ";", "\t"])
  func delimiters(delimiter: String) throws {
    let header = ["a", "\"b,b;;;,,,\"", "c"].joined(separator: delimiter)
    let table = try parse(header + "\n" + ["1", "x", "2"].joined(separator: delimiter))
    #expect(table.names == ["a", "b,b;;;,,,", "c"])
    #expect(table.numbers("c") == [2])
  }

  @Test(
    "LF, CRLF and lone CR end a row, with or without a last one",
    arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    for text in ["a,b\(end)1,x\(end)2,y\(end)", "a,b\(end)1,x\(end)\(end)2,y"] {
      let table = try parse(text)
      #expect(table.numbers("a") == [1, 2])
      #expect(table.factor("b")?.levels == ["x", "y"])
    }
  }

  @Test("a byte-order mark is not part of the first name")
  func byteOrderMark() throws {
    #expect(try parse([0xEF, 0xBB, 0xBF] + Array("a\n1\n".utf8)).names == ["a"])
  }

  @Test("quotes hold delimiters, line breaks and doubled quotes; outer blanks are not text")
  func quotes() throws {
    let table = try parse(
      "name , n\n\"a, b\",1\n \"say \"\"hi\"\"\" , 2\n  plain 5\" pipe ,3\n\"l1\nl2\",4\n")
    #expect(table.names == ["name", "n"])
    #expect(
      table.factor("name")?.levels == ["a, b", "l1\u{FFFD}l2", "plain 5\" pipe", "say \"hi\""])
    #expect(table.numbers("n") == [1, 2, 3, 4])
  }

  @Test("empty, NA, NaN and . are missing, also quoted among numbers")
  func missing() throws {
    let table = try parse("x,g\n1,a\n,\nNA,NA\nNaN,NaN\n.,.\n\"\",b\n\"NA\",a\n2,a\n")
    #expect(table.numbers("x").map(\.isNaN) == [false, true, true, true, true, true, true, false])
    #expect(table.factor("g")?.codes == [0, -1, -1, -1, -1, 1, 0, 0])
  }

  @Test("a quoted NA among text is text, wherever the first text stands")
  func quotedMissingInText() throws {
    let table = try parse("g,h,k\n\"NA\",NA,1\n,\"NA\",\"NA\"\nb,c,\"\"\n1,NA,d\n")
    #expect(table.factor("g") == Factor(levels: ["1", "NA", "b"], codes: [1, -1, 2, 0]))
    #expect(table.factor("h") == Factor(levels: ["NA", "c"], codes: [-1, 0, 1, -1]))
    #expect(table.factor("k") == Factor(levels: ["", "1", "NA", "d"], codes: [1, 2, 0, 3]))
  }

  @Test("a column that begins with numbers and ends in text loses nothing")
  func lateText() throws {
    let table = try parse("a,b,c\n1,007,1\n2,x,2\n,7,NA\n1.0,x,3\nz,7.0,4\n")
    #expect(
      table.factor("a") == Factor(levels: ["1", "1.0", "2", "z"], codes: [0, 2, -1, 1, 3]))
    #expect(
      table.factor("b") == Factor(levels: ["007", "7", "7.0", "x"], codes: [0, 3, 1, 3, 2]))
    #expect(table.numbers("c")[3] == 3)
  }

  @Test("a column without a value is numeric and missing")
  func allMissing() throws {
    #expect(try parse("a,b\n1,NA\n2,\n").numbers("b").map(\.isNaN) == [true, true])
  }

  @Test("logical values are the levels FALSE and TRUE")
  func logical() throws {
    let table = try parse("a,b,c\nT,true,T\nF,NA,x\nTRUE,false,F\n")
    #expect(table.factor("a") == Factor(levels: ["FALSE", "TRUE"], codes: [1, 0, 1]))
    #expect(table.factor("b") == Factor(levels: ["FALSE", "TRUE"], codes: [1, -1, 0]))
    #expect(table.factor("c") == Factor(levels: ["F", "T", "x"], codes: [1, 2, 0]))
  }

  @Test("long ids that no double holds stay apart")
  func longIds() throws {
    let table = try parse(
      "id,ok\n9007199254740993,9007199254740992\n9007199254740992,4\n12,5\n9007199254740994,NA\n")
    let levels = ["12", "9007199254740992", "9007199254740993", "9007199254740994"]
    #expect(table.factor("id") == Factor(levels: levels, codes: [2, 1, 0, 3]))
    #expect(table.numbers("ok").first == 9_007_199_254_740_992)
    let negative = try parse("id\n-9007199254740993\n-9007199254740992\n1\n")
    #expect(
      negative.factor("id")?.levels == ["-9007199254740993", "-9007199254740992", "1"])
  }

  @Test("numeric columns become factors on demand, in numeric order, equal numbers one level")
  func factorsOption() throws {
    let table = try parse(
      "id,x\n10,1\n9,2\n1e1,3\n\"NA\",4\n100000,5\n-1,6\n", .init(factors: ["id"]))
    #expect(
      table.factor("id")
        == Factor(levels: ["-1", "9", "10", "100000"], codes: [2, 1, 2, -1, 3, 0]))
  }

  @Test("the user's order of levels holds, matched as text or as numbers")
  func levelsOption() throws {
    let text = "g,n,t\nb,1.0,F\na,2,T\nc,1,T\n"
    let table = try parse(
      text, .init(levels: ["g": ["c", "a", "b"], "n": ["2", "1"], "t": ["TRUE", "FALSE"]]))
    #expect(table.factor("g") == Factor(levels: ["c", "a", "b"], codes: [2, 1, 0]))
    #expect(table.factor("n") == Factor(levels: ["2", "1.0"], codes: [1, 0, 1]))
    #expect(table.factor("t") == Factor(levels: ["TRUE", "FALSE"], codes: [1, 0, 0]))
    let asWritten = try parse(text, .init(levels: ["t": ["T", "F"]]))
    #expect(asWritten.factor("t") == Factor(levels: ["T", "F"], codes: [1, 0, 0]))
  }

  @Test("a choice of columns keeps the order of the file")
  func columnsOption() throws {
    let table = try parse("a,b,c\n1,x,2\n3,y,4\n", .init(columns: ["c", "a"]))
    #expect(table.names == ["a", "c"])
    #expect(table.numbers("c") == [2, 4])
  }

  @Test("R's empty first name, above row names, is called row")
  func rowNames() throws {
    #expect(try parse("\"\",\"y\"\n\"1\",2\n").names == ["row", "y"])
    #expect(try parse(",y\n1,2\n").names == ["row", "y"])
  }

  @Test("the ending .tsv means tabs whatever the header holds")
  func extensions() throws {
    try withFolder { folder in
      try Data("a,b,c\td\nx,y\t3\n".utf8).write(to: URL(fileURLWithPath: folder + "/t.tsv"))
      #expect(try DelimitedFile.read(path: folder + "/t.tsv").names == ["a,b,c", "d"])
      try Data("a\tb\n1\t3\n".utf8).write(to: URL(fileURLWithPath: folder + "/t.txt"))
      #expect(try DelimitedFile.read(path: folder + "/t.txt").names == ["a", "b"])
    }
  }

  @Test("a pipe is read to its end")
  func pipe() throws {
    try withFolder { folder in
      let path = folder + "/pipe"
      #expect(mkfifo(path, 0o600) == 0)
      let writer = Process()
      writer.executableURL = URL(fileURLWithPath: "/bin/sh")
      writer.arguments = ["-c", "{ echo a,b; yes 1,x | head -n 100000; } > \"$0\"", path]
      try writer.run()
      let table = try DelimitedFile.read(path: path)
      writer.waitUntilExit()
      #expect(table.rowCount == 100_000)
    }
  }
}
