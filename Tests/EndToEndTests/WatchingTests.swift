// A fit watched from its start to its end: every pane moves, the user leaves, comes back, and stops it.

import Foundation
import Testing

/// The demo model with more draws than any test waits for.
func startCommand(draws: Int = 400_000, name: String = "watched") -> String {
  "mglmm-tui '\(Programs.demoData)/edu.csv' "
    + "-f 'cbind(math_score, passed) ~ gender + SES + (1 | school_id)' "
    + "--family gaussian,bernoulli --method mcmc --seed 3 --draws \(draws) --name \(name)"
}

extension Terminal {
  /// Goes to a pane.
  @discardableResult
  func go(to number: Int, _ title: String) throws -> Sight {
    try press("\(number)")
    return Sight(try wait(until: "pane \(title) is in front") { Sight($0).pane == title })
  }

  /// Waits until what is read off a pane is there and is another than before.
  func waitForChange<Value: Equatable>(
    of what: String, _ read: (Sight) -> Value?
  ) throws {
    var first: Value?
    try wait(
      until: "\(what) changes while the sampler runs (first seen: \(String(describing: first)))"
    ) {
      guard let value = read(Sight($0)) else { return false }
      guard let before = first else {
        first = value
        return false
      }
      return value != before
    }
  }

  /// Checks that the terminal is as a program has to leave it.
  func expectRestored() throws {
    try wait(until: "the shell is back") { $0.last { !$0.isEmpty } == "$" }
    #expect(try property("alternate_on") == "0", "the main screen is back")
    #expect(try property("cursor_flag") == "1", "the cursor is visible")
    try enter("clear; stty -a")
    let modes = try wait(for: "icanon").joined(separator: " ").split(separator: " ")
    #expect(modes.contains("icanon") && modes.contains("echo") && modes.contains("isig"))
    try enter("clear")
  }
}

extension EndToEnd {
  @Test(
    "every pane moves while the sampler runs; leaving, returning, pausing and stopping do what they say"
  )
  func watching() throws {
    let scratch = try Scratch()
    let terminal = try Terminal(columns: 120, rows: 40, in: scratch)
    let run = scratch.run("watched")
    try terminal.enter(startCommand())
    try terminal.wait(for: "Sampling:")

    // Each pane is another when the sampler has gone on. Intervals settle and residuals are made anew at each doubling of
    // the draws, so these panes come first.
    try terminal.go(to: 5, "Random")
    try terminal.waitForChange(of: "the number of draws") { $0.draws }
    try terminal.waitForChange(of: "an interval of a deviation or correlation") {
      $0.intervals.count >= 3 ? $0.intervals : nil
    }
    try terminal.go(to: 6, "Residuals")
    try terminal.waitForChange(of: "a residual test") {
      $0.residualTests.count == 3 ? $0.residualTests : nil
    }
    try terminal.go(to: 4, "Convergence")
    var rows: [String: String] = [:]
    try terminal.wait(until: "R-hat and effective draws of a parameter change") {
      let seen = Sight($0).convergence
      if rows.isEmpty { rows = seen }
      return seen.contains { name, numbers in rows[name].map { $0 != numbers } ?? false }
    }
    try terminal.go(to: 3, "Trace")
    try terminal.waitForChange(of: "the trace") { $0.dots.contains { !$0.isEmpty } ? $0.dots : nil }
    try terminal.waitForChange(of: "R-hat or effective draws") { $0.traceNumbers }
    try terminal.waitForChange(of: "the number of draws") { $0.draws }
    try terminal.go(to: 2, "Progress")
    for chain in 1...4 {
      try terminal.waitForChange(of: "the iteration of chain \(chain)") {
        $0.iteration(ofChain: chain)
      }
    }

    try leaveAndReturn(terminal, run)
    try lookAround(terminal, run)
    try resize(terminal)
    try pauseAndStop(terminal, run)
  }

  /// Leaves with `q`: the fit goes on and can be come back to.
  private func leaveAndReturn(_ terminal: Terminal, _ run: RunFiles) throws {
    let before = try #require(Sight(try terminal.screen()).iteration(ofChain: 1))
    try terminal.press("q")
    try terminal.wait(for: "The fit goes on in the background")
    try terminal.wait(for: "mglmm-tui watched comes back to it")
    try terminal.expectRestored()
    let bytes = run.drawBytes
    try eventually("draws are written after leaving") { run.drawBytes > bytes }
    #expect(run.isAlive && !run.has("stopped"))
    try terminal.enter("mglmm-tui ls")
    let list = try terminal.wait(for: "watched")
    #expect(list.contains { $0.contains("watched") && $0.contains("sampling") })
    try terminal.enter("clear; mglmm-tui watched")
    try terminal.wait(until: "the dashboard opens on the pane that was left") {
      Sight($0).pane == "Progress"
    }
    try terminal.wait(until: "more draws than before") {
      Sight($0).iteration(ofChain: 1) ?? 0 > before
    }
  }

  /// Help, theme, filter and freeze.
  private func lookAround(_ terminal: Terminal, _ run: RunFiles) throws {
    try terminal.press("?")
    let help = try terminal.wait(for: "Help: Progress")
    #expect(help.contains { $0.contains("go to Convergence") })
    try terminal.press("Escape")
    try terminal.wait(until: "the help is closed") { !$0.contains { $0.contains("Help: ") } }
    try terminal.press("t")
    try terminal.wait(for: "Theme dark")

    try terminal.go(to: 4, "Convergence")
    try terminal.press("/")
    try terminal.wait(for: "filter /")
    try terminal.type("^sd_")
    // The list follows while the pattern is typed; it is whole when only standard deviations are left.
    try terminal.wait(until: "only standard deviations are listed") {
      let names = Sight($0).convergence.keys
      return !names.isEmpty && names.allSatisfy { $0.hasPrefix("sd_") }
    }
    try terminal.press("Enter")
    try terminal.press("Escape")
    try terminal.wait(for: "The filter is off")
    try terminal.wait(until: "all parameters are back") {
      Sight($0).convergence.keys.contains { !$0.hasPrefix("sd_") }
    }

    try terminal.go(to: 2, "Progress")
    try terminal.press("Space")
    let frozen = try terminal.wait(for: "frozen")
    let bytes = run.drawBytes
    try eventually("the fit goes on behind a frozen display") { run.drawBytes > bytes + 1_000_000 }
    #expect(
      Sight(try terminal.screen()).iteration(ofChain: 1) == Sight(frozen).iteration(ofChain: 1))
    try terminal.press("Space")
    try terminal.waitForChange(of: "the iteration after thawing") { $0.iteration(ofChain: 1) }
  }

  /// Every pane on a usual, a very small and a large terminal.
  private func resize(_ terminal: Terminal) throws {
    for (columns, rows) in [(80, 24), (40, 12), (200, 60), (120, 40)] {
      // Any key takes the last message away, so that the keys are seen again.
      try terminal.press("1")
      try terminal.resize(columns: columns, rows: rows)
      try terminal.wait(until: "the keys are on the last of \(rows) lines") { screen in
        let lines = screen.last == "" ? screen.dropLast() : screen[...]
        return lines.count == rows && lines.last?.contains("q leave") == true
      }
      for pane in 0...9 {
        try terminal.press("\(pane)")
        try terminal.wait(until: "pane \(pane) is in front at \(columns)x\(rows)") { screen in
          screen.prefix(2).contains { $0.contains("[\(pane)") }
        }
      }
    }
    try terminal.go(to: 2, "Progress")
  }

  /// Pauses, goes on, and stops after being asked.
  private func pauseAndStop(_ terminal: Terminal, _ run: RunFiles) throws {
    try terminal.press("p")
    try terminal.wait(for: "Paused. p goes on.")
    var bytes = -1
    try eventually("draws stop growing", every: 0.4) {
      defer { bytes = run.drawBytes }
      return bytes == run.drawBytes
    }
    try terminal.press("p")
    try terminal.wait(for: "Sampling:")
    try eventually("draws grow again") { run.drawBytes > bytes }

    try terminal.press("C-x")
    try terminal.wait(for: "Stop the fit?")
    try terminal.press("n")
    try terminal.wait(for: "The fit goes on.")
    #expect(run.isAlive && !run.has("stopped"))
    try terminal.press("C-x")
    try terminal.wait(for: "Stop the fit?")
    try terminal.press("y")
    try terminal.wait(for: "Stopped on request")
    try eventually("the worker ends") { !run.isAlive && run.has("stopped") }
    try terminal.press("q")
    try terminal.wait(for: "The fit was stopped")
    try terminal.expectRestored()
  }

  @Test(
    "a model that cannot be fitted leaves the screen and says why in one place, with exit code 65")
  func failingStart() throws {
    let scratch = try Scratch()
    let terminal = try Terminal(columns: 100, rows: 30, in: scratch)
    try terminal.enter(
      "mglmm-tui '\(Programs.demoData)/edu.csv' -f 'math_score ~ gendr + (1 | school_id)'; echo code $?"
    )
    let screen = try terminal.wait(for: "code 65")
    #expect(screen.contains { $0.contains("there is no column 'gendr'") })
    #expect(screen.contains { $0.contains("did you mean 'gender'?") })
    let formula = try #require(screen.firstIndex { $0.contains("  math_score ~ gendr") })
    #expect(
      screen[formula + 1].firstIndex(of: "^") == screen[formula].range(of: "gendr")?.lowerBound)
    try terminal.expectRestored()
  }
}
