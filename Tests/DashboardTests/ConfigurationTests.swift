// config.toml: what it may say, what is wrong in it and where, and the commented file.

import Diagnostics
import Foundation
import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("Settings are read from config.toml, and what is wrong is named with its line")
struct ConfigurationTests {
  private func problems(_ text: String) -> [String] {
    ConfigurationReading(text, path: "config.toml").problems.map(\.description)
  }

  private func read(_ text: String) throws -> Configuration {
    let reading = ConfigurationReading(text, path: "config.toml")
    #expect(reading.problems == [])
    return reading.configuration
  }

  @Test("an empty file changes nothing")
  func empty() throws {
    for text in ["", "# nothing\n", "[keys]\n[thresholds]\n"] {
      let configuration = try read(text)
      #expect(
        ConfigurationText.plain(configuration) == ConfigurationText.plain(Configuration()))
    }
  }

  @Test("every setting is taken over")
  func settings() throws {
    let configuration = try read(
      """
      theme = 'light'
      charset = "ascii"
      color = "16"
      mouse = false
      refresh = 2
      pane = "trace"
      thresholds = { rhat = 1.02, rhat-failed = 1.2, divergences = 3 }
      [keys]
      freeze = "ctrl-f"
      """)
    #expect(configuration.theme == "light" && configuration.charset == .ascii)
    #expect(configuration.color == "16" && !configuration.usesMouse)
    #expect(configuration.refresh == 2 && configuration.pane == .trace)
    #expect(configuration.thresholds.rHat == 1.02 && configuration.thresholds.rHatFailed == 1.2)
    #expect(configuration.thresholds.divergences == 3)
    #expect(configuration.thresholds.effectiveDrawsPerChain == 100)
    #expect(configuration.keys.first { $0.name == "freeze" }?.keys == [.control("f")])
    #expect(try read("charset = 'auto'").charset == nil)
  }

  @Test(
    "a value of the wrong kind or size is named with line, column and what is wanted",
    arguments: [
      ("mouse = 'on'", "config.toml:1:1: mouse is not true or false"),
      ("\n\nrefresh = 0", "config.toml:3:1: refresh is not a number of seconds from 0.1 to 60"),
      ("refresh = nan", "config.toml:1:1: refresh is not a number of seconds from 0.1 to 60"),
      ("refresh = 1979-05-27", "config.toml:1:1: refresh is not a number"),
      ("theme = 3", "config.toml:1:1: theme is not text in quotes"),
      ("theme = 'nope'", "config.toml:1:1: theme cannot be used: there is no theme 'nope'"),
      ("charset = 'utf8'", "config.toml:1:1: charset is not one of \"auto\", \"braille\""),
      ("color = 256", "config.toml:1:1: color is not one of"),
      ("pane = 'Trace'", "config.toml:1:1: pane is not one of \"overview\""),
      ("[thresholds]\n  rhat = 1.0", "config.toml:2:3: rhat is not a number above 1"),
      ("thresholds.ebfmi = 2", "config.toml:1:1: ebfmi is not a number from 0 to 1"),
      ("[thresholds]\ndivergences = 0.5", "config.toml:2:1: divergences is not a whole number"),
      (
        "[thresholds]\nrhat = 1.1", "config.toml:2:1: rhat is above rhat-failed, so one of them"
      ),
      (
        "[thresholds]\nebfmi-failed = 0.4",
        "config.toml:2:1: ebfmi-failed is above ebfmi, so one of them"
      ),
      ("colour = '16'", "config.toml:1:1: there is no setting 'colour'; did you mean 'color'?"),
      ("banana = 1", "config.toml:1:1: there is no setting 'banana'; there are theme, charset"),
      ("[thresholds]\nrhatt = 2", "there is no setting 'rhatt'; did you mean 'rhat'?"),
      ("keys = 3", "config.toml:1:1: keys is not a table; write [keys]"),
      ("mouse = ", "config.toml:1:"),
      ("mouse = true\nmouse = true", "config.toml:2:"),
    ])
  func wrongValues(_ text: String, _ message: String) {
    let found = problems(text)
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
  }

  @Test("all that is wrong is told, in the order of the text, with an exit code for bad content")
  func severalProblems() {
    let text = """
      # A text over several lines, whose lines look like settings:
      theme = \"\"\"
      mouse = 1
      \"\"\"
      [keys]
      zoom-in = [
        "i",   # mouse = 2
        "I",
      ]
      bogus-action-name = "b"
      "pause" = "no such key"
      """
    let reading = ConfigurationReading(text, path: "c")
    let lines = reading.problems.map { problem -> Int in
      guard case .malformed(_, let line, _, _) = problem else { return -1 }
      return line
    }
    #expect(lines == [2, 10, 11], "\(reading.problems)")
    #expect(reading.problems.allSatisfy { $0.exitCode == 65 })
  }

  @Test("names from the file reach a terminal without control characters")
  func control() {
    let found = problems("\"a\\u001B[2Jb\" = 1")
    #expect(found.count == 1 && !found[0].contains("\u{1B}") && found[0].contains("a[2Jb"))
  }

  @Test("the commented file is all comments, and says the defaults when they are taken away")
  func commentedFile() throws {
    let text = ConfigurationText.commented()
    let usual = ConfigurationText.plain(Configuration())
    let unchanged = try read(text)
    #expect(ConfigurationText.plain(unchanged) == usual)
    let settings = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasPrefix("#") && !$0.hasPrefix("# ") ? $0.dropFirst() : $0
    }
    let bare = settings.filter { !$0.hasPrefix("#") }.joined(separator: "\n")
    let stated = try read(bare)
    #expect(ConfigurationText.plain(stated) == usual)
    for setting in ConfigurationSetting.all { #expect(bare.contains("\n\(setting.name) = ")) }
    for binding in KeyTable.all {
      #expect(bare.contains("\n\(binding.name) = ") && text.contains("# \(binding.help)"))
    }
    #expect(text.split(separator: "\n").allSatisfy { displayWidth(of: String($0)) <= 120 })
    // What `config` prints is a file of the same meaning.
    let changed = try read("[keys]\nfreeze = 'none'\nsort = ['i', 'I']\n[thresholds]\nrhat = 1.02")
    let printed = ConfigurationText.plain(changed)
    let readAgain = try read(printed)
    #expect(printed != usual && ConfigurationText.plain(readAgain) == printed)
  }

  @Test("a missing usual file is fine, a missing named one is not; files are not written over")
  func files() throws {
    let folder = "/tmp/mglmm-configuration-\(UInt64.random(in: 0...UInt64.max))"
    let path = "\(folder)/deep/config.toml"
    #expect(throws: RunError.self) { try ConfigurationFile.load(path) }
    try TextFile.write(ConfigurationText.commented(), to: path)
    #expect(try ConfigurationFile.load(path).refresh == 0.25)
    #expect(throws: FileError.self) { try TextFile.write("refresh = 1", to: path) }
    try TextFile.write("refresh = 1", to: path, replacing: true)
    #expect(try ConfigurationFile.load(path).refresh == 1)
    try TextFile.write("mouse = 1", to: path, replacing: true)
    #expect(throws: RunError.self) { try ConfigurationFile.load(path) }
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test("thresholds reach the verdicts, refresh and pane the loop")
  func inForce() throws {
    var configuration = Configuration()
    configuration.thresholds.rHat = 1.0001
    configuration.pane = .convergence
    let screen = MemoryScreen(size: Size(columns: 100, rows: 30), events: [.timeout])
    let loop = DashboardLoop(
      screen: screen, control: ScriptedRun(SampleRun.finished),
      configuration: configuration, clock: { 1_800_000_020 })
    _ = loop.run()
    #expect(loop.state.pane == .convergence)
    #expect(loop.state.snapshot.diagnostics.thresholds.rHat == 1.0001)
  }
}
