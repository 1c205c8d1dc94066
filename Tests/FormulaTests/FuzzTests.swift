// Hostile and accidental texts: every one ends in a frame or in a FormulaError.

import Tables
import Testing

@testable import Formula

@Suite("No text can crash the formula language")
struct FuzzTests {
  private static let words = [
    "+", "-", "*", "/", ":", "^", "%in%", "%%", "~", "|", "||", "(", ")", ",", "=", "==", "!", "<",
    "&", "0", "1", "2", "math", "SES", "gender", "school", ".", "'a'", "`SES`", "I(", "poly(",
    "log(",
    "factor(", "offset(", "bf(", "cbind(", "us(", "gr(", "trials(", "sigma", "family", "relevel(",
  ]

  private func survive(_ text: String) {
    do {
      let formula = try ModelFormula.parse([text])
      _ = try ModelFrame(formula, families: [], table: schoolTable())
    } catch {
      #expect(!error.message.isEmpty)
      #expect(error.offset <= text.count)
      #expect(error.description.split(separator: "\n", omittingEmptySubsequences: false).count == 3)
    }
  }

  @Test("all pairs of words, alone, before and after a formula")
  func pairs() {
    for a in Self.words {
      for b in Self.words {
        survive("\(a) \(b)")
        survive("math ~ SES \(a) \(b) gender")
        survive("math ~ \(a)\(b)SES)")
        survive("math ~ (1 \(a) \(b) school)")
        survive("math \(a) \(b) ~ SES")
      }
    }
  }

  @Test("twenty thousand random sentences")
  func sentences() {
    var stream = SplitMix(state: 42)
    for _ in 0..<20_000 {
      let count = Int(stream.next() % 14) + 1
      let text = (0..<count).map { _ in Self.words[Int(stream.next() % UInt64(Self.words.count))] }
      survive(Bool.random(using: &stream) ? "math ~ " + text.joined(separator: " ") : text.joined())
    }
  }

  @Test("random bytes")
  func bytes() {
    var stream = SplitMix(state: 7)
    for _ in 0..<5000 {
      let bytes = (0..<Int(stream.next() % 40)).map { _ in UInt8(truncatingIfNeeded: stream.next())
      }
      survive(String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("depth, length and size have bounds that are said")
  func bounds() {
    func message(_ text: String) -> String {
      String(complaint { try modelFrame(text) }.prefix { $0 != "\n" })
    }
    let nested = "math ~ " + String(repeating: "(", count: 5000) + "SES"
    #expect(message(nested) == "the formula is nested more than 100 deep")
    #expect(message("math ~ " + String(repeating: "-", count: 5000) + "1").hasSuffix("100 deep"))
    #expect(message("math ~ SES" + String(repeating: "^2", count: 5000)).hasSuffix("100 deep"))
    let sum = "math ~ " + Array(repeating: "SES", count: 2000).joined(separator: "+")
    #expect(message(sum) == "the formula has more than 1000 terms")
    #expect(
      message(String(repeating: "a", count: 30_000)) == "the formula has more than 20000 characters"
    )
    #expect(message("math ~ a1" + (2..<30).map { "*a\($0)" }.joined()).hasSuffix("2000 terms"))
    let factors = Array(repeating: "gender", count: 900).joined(separator: "+")
    #expect(message("math ~ \(factors)") == "no error")
  }
}

/// A fixed stream of random numbers (SplitMix64).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
