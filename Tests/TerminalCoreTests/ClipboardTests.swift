// OSC 52: what is sent for a text, plain and through tmux and screen.

import Testing

@testable import TerminalCore

@Suite("Text reaches the clipboard of the terminal")
struct ClipboardTests {
  @Test("base64 is that of RFC 4648")
  func base64() {
    // RFC 4648, section 10.
    let known = [
      "": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foob": "Zm9vYg==", "fooba": "Zm9vYmE=",
      "foobar": "Zm9vYmFy",
    ]
    for (text, code) in known { #expect(Base64.encoded(Array(text.utf8)) == code) }
    #expect(Base64.encoded([0xFB, 0xFF, 0xFE]) == "+//+")
    for count in 0..<10 {
      #expect(
        Base64.encoded(Array(repeating: 7, count: count)).count == Base64.length(ofBytes: count))
    }
  }

  @Test("a sequence is plain, wrapped for tmux, or in pieces for screen")
  func sequences() throws {
    let plain = "\u{1B}]52;c;Zm9v\u{7}"
    #expect(try ClipboardSequence.text(copying: "foo", through: .none) == plain)
    #expect(
      try ClipboardSequence.text(copying: "foo", through: .tmux)
        == plain + "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\")
    let long = String(repeating: "a", count: 500)
    let pieces = try ClipboardSequence.text(copying: long, through: .screen)
    let inside = pieces.split(separator: "\u{1B}\\").map { $0.dropFirst(2) }
    #expect(inside.count > 1 && inside.allSatisfy { $0.count <= ClipboardSequence.screenChunk })
    #expect(inside.joined() == (try ClipboardSequence.text(copying: long, through: .none)))
  }

  @Test("the environment says what lies between")
  func multiplexers() {
    func found(_ values: [String: String]) -> Multiplexer { Multiplexer { values[$0] } }
    #expect(found([:]) == .none && found(["TMUX": ""]) == .none)
    #expect(found(["TMUX": "/tmp/tmux-0/default,1,0"]) == .tmux)
    #expect(found(["STY": "1.pts-0.lab"]) == .screen)
  }

  @Test("what is longer than terminals take is refused in words")
  func limit() throws {
    let most = String(repeating: "x", count: ClipboardSequence.mostBytes)
    let sequence = try ClipboardSequence.text(copying: most, through: .none)
    #expect(sequence.utf8.count - 8 <= ClipboardSequence.mostCharacters)
    #expect(throws: ClipboardError.tooLong(bytes: most.utf8.count + 1)) {
      try ClipboardSequence.text(copying: most + "x", through: .none)
    }
    #expect("\(ClipboardError.tooLong(bytes: 80_000))".contains("80 kB"))
  }
}
