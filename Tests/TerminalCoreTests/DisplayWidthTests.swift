// Widths against the C library's, which ncurses goes by.

import Glibc
import Testing

@testable import TerminalCore

@Suite("A character takes as many columns as ncurses thinks")
struct DisplayWidthTests {
  @Test("for every character that the C library knows and that may be shown")
  func agreesWithLibrary() throws {
    // Not among the declarations that Swift sees.
    let symbol = try #require(dlsym(nil, "wcwidth"))
    let wcwidth = unsafeBitCast(symbol, to: (@convention(c) (wchar_t) -> Int32).self)
    let locale = try #require(newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))
    let former = uselocale(locale)
    defer {
      _ = uselocale(former)
      freelocale(locale)
    }
    var compared = 0
    var different: [String] = []
    for value in UInt32(0x20)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), let ours = displayWidth(of: scalar) else {
        continue
      }
      let theirs = Int(wcwidth(wchar_t(value)))
      guard theirs >= 0 else { continue }
      compared += 1
      if ours != theirs { different.append(String(value, radix: 16)) }
    }
    #expect(compared > 100_000)
    // Unicode versions differ about a few marks; a handful is no danger, a block would be.
    #expect(different.count < 40, "\(different)")
  }

  @Test(
    "with the right answers for those on our screens",
    arguments: [
      ("A", 1), ("é", 1), ("σ", 1), ("⣿", 1), ("█", 1), ("─", 1), ("…", 1), ("日", 2), ("한", 2),
      ("Ａ", 2), ("😀", 2), ("\u{302}", 0), ("\u{20DD}", 0),
    ] as [(Unicode.Scalar, Int)])
  func known(scalar: Unicode.Scalar, width: Int) {
    #expect(displayWidth(of: scalar) == width)
  }

  @Test(
    "and none for what must never reach a terminal",
    arguments: [
      0, 7, 9, 10, 13, 27, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x200D, 0x202E, 0x2066, 0xFEFF,
    ]
      as [UInt32])
  func harmful(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(displayWidth(of: scalar) == nil)
  }

  @Test("Text is as wide as its parts")
  func text() {
    #expect(displayWidth(of: "θ̂ = 日本") == 8)
    #expect(displayWidth(of: "a\u{1B}[31mb") == 6)
    #expect(displayWidth(of: "Größe", in: .ascii) == 5)
    #expect(displayWidth(of: "日本", in: .ascii) == 2)
  }
}
