// True colour is used where it is safe, and nowhere else.

import Testing

@testable import TerminalCore

@Suite("True colour is used where the terminal has it and passes it on")
struct DirectColorTests {
  private func names(_ environment: [String: String], isWanted: Bool = false) -> [String] {
    DirectColor.descriptions(isWanted: isWanted) { environment[$0] }
  }

  @Test("where COLORTERM says so and the terminal is like xterm")
  func claimed() {
    #expect(names(["TERM": "xterm-256color", "COLORTERM": "truecolor"]) == ["xterm-direct"])
    #expect(names(["TERM": "xterm", "COLORTERM": "24bit"]) == ["xterm-direct"])
    #expect(
      names(["TERM": "xterm-kitty", "COLORTERM": "truecolor"]) == ["kitty-direct", "xterm-direct"])
    #expect(
      names(["TERM": "xterm-256color", "COLORTERM": "truecolor", "VTE_VERSION": "7006"])
        == ["vte-direct", "xterm-direct"])
    #expect(names(["TERM": "foot", "COLORTERM": "truecolor"]) == ["foot-direct", "xterm-direct"])
    #expect(names(["TERM": "tmux-256color", "COLORTERM": "truecolor"]) == ["tmux-direct"])
    #expect(
      names(["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/x,1,0"])
        == ["tmux-direct"])
  }

  @Test(
    "and not in GNU screen, on the Linux console, over mosh or in a terminal that does not say",
    arguments: [
      ["TERM": "xterm-256color"], ["TERM": "xterm-256color", "COLORTERM": "yes"],
      ["TERM": "screen-256color", "COLORTERM": "truecolor"],
      ["TERM": "linux", "COLORTERM": "truecolor"], ["TERM": "dumb", "COLORTERM": "truecolor"],
      ["TERM": "rxvt-unicode-256color", "COLORTERM": "truecolor"], ["COLORTERM": "truecolor"],
      ["TERM": "stterm", "COLORTERM": "truecolor"],
    ])
  func refused(environment: [String: String]) {
    #expect(names(environment).isEmpty)
  }

  @Test("What the user asks for is tried anyway")
  func wanted() {
    #expect(names(["TERM": "screen"], isWanted: true) == ["screen-direct", "xterm-direct"])
    #expect(names(["TERM": "tmux"], isWanted: true) == ["tmux-direct", "xterm-direct"])
    #expect(names([:], isWanted: true) == ["xterm-direct"])
  }
}
