// The shell around the panes in a real terminal: two panes, one alone, the mouse, undo, the help.

import Foundation
import Testing

extension Terminal {
  /// Presses and lets go the left button at a cell, counted from 0, as terminals report it.
  func click(column: Int, row: Int) throws {
    for button in [0, 3] {
      let bytes = [0x1B, 0x5B, 0x4D, 32 + button, 33 + column, 33 + row]
      try send(bytes)
    }
  }
}

extension EndToEnd {
  @Test("split view, full screen, mouse, undo, help, suspension and a storm of sizes in a terminal")
  func shellSession() throws {
    let scratch = try Scratch()
    let run = "\(scratch.path)/salamanders"
    try FileManager.default.copyItem(
      atPath: "\(Programs.demoData)/recorded/salamanders", toPath: run)
    let terminal = try Terminal(columns: 120, rows: 40, in: scratch)
    try terminal.enter("mglmm-tui '\(run)'")
    try terminal.wait(until: "the dashboard is there") { Sight($0).pane == "Overview" }

    // A click on a tab; the line of tabs is the second.
    let tabs = try terminal.screen()[1]
    let trace = try #require(tabs.firstRange(of: "3 Trace"))
    try terminal.click(
      column: tabs.distance(from: tabs.startIndex, to: trace.lowerBound) + 2, row: 1)
    try terminal.wait(until: "the clicked pane is in front") { Sight($0).pane == "Trace" }

    try terminal.go(to: 4, "Convergence")
    try terminal.press("|")
    try terminal.wait(until: "two panes") { screen in
      screen.contains { $0.contains("▶ 4 Convergence") && $0.contains("3 Trace") }
    }
    try terminal.press("o")
    try terminal.wait(for: "▶ 3 Trace")
    try terminal.press("|")
    try terminal.press("z")
    try terminal.wait(until: "the pane is alone") { !$0.contains { $0.contains("[3 Trace]") } }
    try terminal.press("z")
    try terminal.wait(until: "the tabs are back") { Sight($0).pane == "Trace" }

    try terminal.press("w")
    try terminal.wait(for: "With warm-up")
    try terminal.press("u")
    try terminal.wait(for: "Undone: warm-up")

    try terminal.press("?")
    try terminal.wait(for: "Help: Trace")
    try terminal.press("/")
    try terminal.type("undo")
    try terminal.wait(for: "undo the last change of the view")
    try terminal.press("Enter")
    try terminal.press("q")
    try terminal.wait(until: "the help is closed") { !$0.contains { $0.contains("Help: ") } }

    try terminal.press("C-z")
    try terminal.wait(until: "the shell is back") { !$0.contains { $0.contains("[3 Trace]") } }
    try terminal.enter("fg")
    try terminal.wait(until: "the dashboard is back") { Sight($0).pane == "Trace" }

    for step in 0..<30 {
      try terminal.resize(columns: 40 + step * 53 % 160, rows: 12 + step * 29 % 60)
    }
    try terminal.resize(columns: 120, rows: 40)
    try terminal.press("1")
    try terminal.wait(until: "all is as before the storm") { screen in
      Sight(screen).pane == "Overview"
        && screen.last { !$0.isEmpty }?.contains("q leave") == true
    }
    try terminal.go(to: 3, "Trace")
    try terminal.press("q")
    try terminal.expectRestored()
    try terminal.enter("mglmm-tui '\(run)'")
    try terminal.wait(until: "it opens where it was left") { Sight($0).pane == "Trace" }
    try terminal.press("q")
    try terminal.expectRestored()
  }

  @Test(
    "an unknown, a dumb and a missing TERM are served or refused in one line",
    arguments: ["no-such-terminal", "dumb", "screen", "linux", "vt100", "xterm-256color"])
  func terminals(name: String) throws {
    let scratch = try Scratch()
    let run = "\(scratch.path)/salamanders"
    try FileManager.default.copyItem(
      atPath: "\(Programs.demoData)/recorded/salamanders", toPath: run)
    let terminal = try Terminal(columns: 100, rows: 30, in: scratch)
    try terminal.enter("TERM=\(name) LC_ALL=C mglmm-tui '\(run)'; echo code $?")
    if name == "dumb" {
      try terminal.wait(for: "code ")
    } else {
      try terminal.wait(for: "1 Over")
      try terminal.wait(for: "q leave")
      let isASCII = try terminal.text().utf8.allSatisfy { $0 < 128 }
      #expect(isASCII, "no UTF-8 locale, so nothing but ASCII")
      try terminal.press("q")
      try terminal.wait(for: "code 0")
    }
  }
}
