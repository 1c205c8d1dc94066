// Names of keys, and the screen that only exists in memory.

import Testing

@testable import TerminalCore

@Suite("A key's name leads back to the key")
struct KeyEventTests {
  @Test(
    "for every kind",
    arguments: [
      .character("q"), .character("G"), .character(" "), .character("é"), .control("x"), .alt("F"),
      .up, .shiftLeft, .pageUp, .home, .tab, .backTab, .enter, .escape, .backspace, .delete,
      .function(1), .function(12),
    ] as [KeyEvent])
  func roundTrip(key: KeyEvent) {
    #expect(KeyEvent(named: key.name) == key)
  }

  @Test("in any case, and nonsense is no key")
  func names() {
    #expect(KeyEvent(named: "Ctrl-X") == .control("x"))
    #expect(KeyEvent(named: "PgDn") == .pageDown)
    #expect(KeyEvent(named: "ctrl-") == nil)
    #expect(KeyEvent(named: "f99") == nil)
    #expect(KeyEvent(named: "") == nil)
    #expect(KeyEvent.character(" ").name == "space")
  }
}

@Suite("The memory screen plays its script and keeps its frames")
struct MemoryScreenTests {
  @Test("in order, with resizes, and then hangs up")
  func script() {
    let screen = MemoryScreen(size: Size(columns: 5, rows: 1))
    screen.type("ab")
    screen.type(.escape)
    screen.post(.resized(Size(columns: 3, rows: 2)), .timeout)
    var seen: [ScreenEvent] = []
    while seen.last != .hangup {
      var frame = screen.makeFrame()
      frame.write("\(seen.count)", at: .zero)
      screen.present(frame, theme: .standard)
      seen.append(screen.nextEvent(timeout: nil, descriptors: []))
    }
    let size = Size(columns: 3, rows: 2)
    #expect(
      seen == [
        .key(.character("a")), .key(.character("b")), .key(.escape), .resized(size), .timeout,
        .hangup,
      ])
    #expect(screen.frames.map(\.fullSize.columns) == [5, 5, 5, 5, 3, 3])
    #expect(screen.text == "5\n")
  }
}
