// Text from outside is shown safely: nothing that a terminal obeys, nothing invisible, nothing endless.

import Testing

@testable import Tables

@Suite("Cleaned text cannot steer a terminal, hide a character or run on for ever")
struct SanitizedTextTests {
  @Test(
    "printable text stays as it is",
    arguments: ["", "school 1", "Björn", "σ²", "東京", "a\u{301}"])
  func keepsPlainText(text: String) {
    #expect(SanitizedText.clean(text) == text)
  }

  @Test(
    "unsafe characters become U+FFFD",
    arguments: [
      "\0", "\t", "\n", "\r", "\u{1B}", "\u{7F}", "\u{80}", "\u{9B}", "\u{9F}", "\u{AD}",
      "\u{200B}", "\u{200D}", "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}",
      "\u{2060}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{FFF9}", "\u{E0041}", "\u{61C}",
      "\u{3164}",
    ] as [Unicode.Scalar])
  func replacesUnsafe(scalar: Unicode.Scalar) {
    let text = "a" + String(Character(scalar)) + "b"
    #expect(SanitizedText.clean(text) == "a\u{FFFD}b")
  }

  @Test("CR LF, one character for Swift, is two unsafe ones")
  func lineEnd() {
    #expect(SanitizedText.clean("\r\n") == "\u{FFFD}\u{FFFD}")
  }

  @Test("long text is cut at the limit with an ellipsis")
  func cutsLongText() {
    #expect(SanitizedText.clean(String(repeating: "x", count: 200)).utf8.count == 200)
    let long = SanitizedText.clean(String(repeating: "x", count: 201))
    #expect(long == String(repeating: "x", count: 199) + "…")
    // Marks that pile up on one letter are one character for Swift; they count one by one.
    let piled = "a" + String(repeating: "\u{301}", count: 999)
    #expect(SanitizedText.clean(piled).unicodeScalars.count == 200)
    #expect(SanitizedText.clean("abcdef", limit: 3) == "ab…")
  }

  @Test("cleaning twice is cleaning once")
  func isIdempotent() {
    var generator = SplitMix(state: 7)
    for _ in 0..<2000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...250, using: &generator) {
        let range: ClosedRange<UInt32> = Bool.random(using: &generator) ? 0...0xFF : 0x2000...0x20FF
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) {
          text.append(scalar)
        }
      }
      let once = SanitizedText.clean(String(text))
      #expect(Array(SanitizedText.clean(once).utf8) == Array(once.utf8))
      #expect(once.unicodeScalars.allSatisfy { !SanitizedText.isUnsafe($0) })
      #expect(once.unicodeScalars.count <= 200)
    }
  }
}
