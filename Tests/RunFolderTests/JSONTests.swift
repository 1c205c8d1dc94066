// JSON in and out.

import Testing

@testable import RunFolder

@Suite("JSON keeps order and exact numbers, and says where a text goes wrong")
struct JSONTests {
  @Test("members keep their order and numbers their bits")
  func roundTrip() throws {
    let value = JSONValue.object([
      JSONMember("z", .number(0.1)), JSONMember("a", .integer(-7)),
      JSONMember("big", .number(1.7976931348623157e308)),
      JSONMember("small", .number(Double.leastNonzeroMagnitude)),
      JSONMember("list", .array([.null, .bool(true), .string("a\"b\\c\n\u{7}\u{e9}\u{1F600}")])),
      JSONMember("empty", .object([])),
    ])
    #expect(try JSONValue(parsing: value.compactText) == value)
    #expect(try JSONValue(parsing: value.prettyText) == value)
    #expect(
      value.compactText
        == #"{"z":0.1,"a":-7,"big":1.7976931348623157e+308,"small":5e-324,"#
        + #""list":[null,true,"a\"b\\c\n\u0007é😀"],"empty":{}}"#)
  }

  @Test("what is not finite is null, and null is read as a number that is none")
  func nonFinite() throws {
    #expect(
      JSONValue.numbers([.nan, .infinity, -.infinity, 1]).compactText == "[null,null,null,1]")
    let back = try #require(try JSONValue(parsing: "[null,2]").asNumbers)
    #expect(back[0].isNaN && back[1] == 2)
  }

  @Test("random doubles survive text unchanged")
  func randomNumbers() throws {
    var random = SplitMix(state: 1)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let back = try #require(try JSONValue(parsing: JSONValue.number(value).compactText).asNumber)
      #expect(back.bitPattern == value.bitPattern || (value == 0 && back == 0))
    }
  }

  @Test(
    "errors name line and column",
    arguments: [
      ("", 1, 1), ("{\"a\" 1}", 1, 6), ("[1,\n 2,\n x]", 3, 2), ("{\"a\":1}}", 1, 8),
      ("\"abc", 1, 5), ("[1,]", 1, 4), ("nul", 1, 1), ("-", 1, 1), ("\"\\x\"", 1, 4),
      ("{1:2}", 1, 2), ("[1 2]", 1, 4), ("+1", 1, 1), ("\"\\u12g4\"", 1, 4),
    ])
  func errors(text: String, line: Int, column: Int) {
    do {
      _ = try JSONValue(parsing: text)
      Issue.record("\(text) is not JSON")
    } catch {
      #expect(error.line == line && error.column == column, "\(text): \(error)")
    }
  }

  @Test("nesting without end is an error, not a crash")
  func deepNesting() {
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: String(repeating: "[", count: 1_000_000))
    }
  }

  @Test("surrogate pairs and lone surrogates")
  func surrogates() throws {
    #expect(try JSONValue(parsing: #""\ud83d\ude00""#) == .string("\u{1F600}"))
    #expect(try JSONValue(parsing: #""\ud83dx""#) == .string("\u{FFFD}x"))
  }

  @Test("random cuts and flipped bytes of a text never crash the parser")
  func mutations() throws {
    let text = Array(#"{"a":[1,2.5e-3,null,"é\u00e9\n"],"b":{"c":true,"d":[[],{}]}}"#.utf8)
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
      var mutated = text
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        mutated[Int.random(in: 0..<mutated.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      mutated.removeLast(Int.random(in: 0..<mutated.count, using: &random))
      _ = try? JSONValue(parsing: mutated)
    }
  }
}
