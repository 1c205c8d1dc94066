// Numbers from text: the fast path against the C library, and the texts that only look like numbers.

import Glibc
import Testing

@testable import Tables

@Suite("A decimal number is read to the nearest double, and nothing else is read as a number")
struct NumberReadingTests {
  private func reading(_ text: String) -> NumberReading {
    let bytes = Array(text.utf8)
    return NumberReading(bytes.span, from: 0, to: bytes.count)
  }

  @Test("known values")
  func known() {
    let cases: [(String, Double)] = [
      ("0", 0), ("-0", -0.0), ("1", 1), ("+3", 3), ("-2.50", -2.5), (".5", 0.5), ("5.", 5),
      ("1e5", 1e5), ("1E-5", 1e-5), ("1e+05", 1e5), ("000123", 123), ("0.1", 0.1),
      ("9007199254740992", 9_007_199_254_740_992), ("1e22", 1e22), ("1e23", 1e23),
      ("2.2250738585072011e-308", .leastNormalMagnitude.nextDown),
      ("5e-324", .leastNonzeroMagnitude),
      ("1.7976931348623157e308", .greatestFiniteMagnitude), (" 7 ", 7), ("1e-400", 0),
      ("0e999999999", 0), ("100000000000000000000", 1e20), ("0.00000000000000000000000001", 1e-26),
      ("123456789012345678901234567890e-29", 1.2345678901234567),
    ]
    for (text, value) in cases {
      #expect(reading(text).value?.bitPattern == value.bitPattern, "\(text)")
    }
  }

  @Test(
    "text that is no number",
    arguments: [
      "", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "0x1F", "0x1p3", "1d5", "1,5", "1_000", "nan",
      "--1", "+-1", "1 2", "12a", "1f", "NA", "in", "infin", "١", "−1", "1e5.5",
    ])
  func text(text: String) {
    #expect(reading(text) == .text)
  }

  @Test(
    "infinities and overflow",
    arguments: [
      "inf", "Inf", "-Inf", "INFINITY", "+infinity", "1e309", "-2e308", "1e999999999999",
    ])
  func infinite(text: String) {
    #expect(reading(text) == .infinite)
  }

  @Test("integers that no double holds, and those it does")
  func integers() {
    for text in [
      "9007199254740993", "-9007199254740993", "36893488147419103233", "0009007199254740993",
    ] {
      #expect(reading(text) == .inexactInteger, "\(text)")
    }
    for text in ["9007199254740994", "36893488147419103232", "12345678901234567168"] {
      #expect(reading(text).value != nil, "\(text)")
    }
    // With a point or an exponent it is a measurement, not an id.
    #expect(reading("9007199254740993.0").value == 9_007_199_254_740_992)
  }

  @Test("random decimals are the doubles that strtod gives")
  func againstStrtod() {
    var generator = SplitMix(state: 99)
    for _ in 0..<100_000 {
      let whole = String(UInt64.random(in: 0...UInt64.max, using: &generator))
        .prefix(Int.random(in: 1...20, using: &generator))
      let fraction = String(UInt64.random(in: 0...UInt64.max, using: &generator))
        .prefix(Int.random(in: 0...20, using: &generator))
      var text = Bool.random(using: &generator) ? "-\(whole).\(fraction)" : "\(whole).\(fraction)"
      if Bool.random(using: &generator) {
        text += "e\(Int.random(in: -330...288, using: &generator))"
      }
      #expect(reading(text).value?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  @Test("every double is read back from its shortest text")
  func roundTrip() {
    var generator = SplitMix(state: 3)
    for _ in 0..<100_000 {
      let value = Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator))
      guard value.isFinite else { continue }
      var builder = TextBuilder()
      builder.append(value)
      let bytes = builder.bytes
      let back = NumberReading(bytes.span, from: 0, to: bytes.count).value
      #expect(back?.bitPattern == value.bitPattern, "\(builder.string)")
    }
  }
}
