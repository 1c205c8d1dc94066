// Keys of the user's own choice: in force, in footer and help, and without conflicts.

import Panes
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard
@testable import RunFolder

@Suite("Keys can be put elsewhere, and a key never means two things")
struct KeymapTests {
  private func read(_ keys: String) -> ConfigurationReading {
    ConfigurationReading("[keys]\n" + keys, path: "c")
  }

  private func state(_ keys: String) -> DashboardState {
    let reading = read(keys)
    #expect(reading.problems == [])
    return DashboardState(
      snapshot: DashboardSnapshot(run: SampleRun.live, now: SampleRun.begin + 10),
      size: Size(columns: 120, rows: 40), keys: reading.configuration.keys)
  }

  @Test("names of actions are told apart and written as a key of TOML without quotes")
  func names() {
    let names = KeyTable.all.map(\.name)
    #expect(Set(names).count == names.count)
    for name in names { #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(name)") }
  }

  @Test("every key of the key table has a name that reads back")
  func keyNames() {
    for key in KeyTable.all.flatMap(\.keys) { #expect(KeyEvent(named: key.name) == key) }
  }

  @Test("a key elsewhere does there what it did, and nothing where it was")
  func moved() {
    var dashboard = state("freeze = 'ctrl-f'\nfilter = ['F', 'f2']")
    _ = dashboard.handle(.key(.control("f")))
    #expect(dashboard.isFrozen)
    _ = dashboard.handle(.key(.character(" ")))
    #expect(dashboard.isFrozen && dashboard.message?.text.contains("does nothing") == true)
    let screen = dashboard.frame().asText()
    #expect(!screen.contains("Space freeze"))
    _ = dashboard.handle(.key(.character("?")))
    let help = dashboard.frame().asText()
    #expect(help.contains("Ctrl-F") || help.contains("F F2"))
  }

  @Test("two actions can change their keys; one can be freed")
  func swapped() {
    let dashboard = state("sort = 'S'\nreverse = 's'\nsuspend = 'none'")
    func keys(_ name: String) -> [KeyEvent]? { dashboard.keys.first { $0.name == name }?.keys }
    #expect(keys("sort") == [.character("S")] && keys("reverse") == [.character("s")])
    #expect(keys("suspend") == [])
    #expect(keys("filter") == [.character("/")])
  }

  @Test(
    "a conflict, an unknown action and an unknown key are named with their line and a way out",
    arguments: [
      ("sort = '/'", 2, "sort: the key '/' is that of 'filter' already"),
      ("sort = 'i'\nchain = 'i'", 3, "chain: the key 'i' is that of 'sort' already"),
      ("zoom-inn = 'i'", 2, "there is no action 'zoom-inn'; did you mean 'zoom-in'?"),
      ("qwertyuiop = 'i'", 2, "there is no action 'qwertyuiop'; mglmm-tui config lists them"),
      ("sort = 'ctrl+o'", 2, "there is no key 'ctrl+o'; did you mean 'ctrl-o'?"),
      ("sort = 'pgupp'", 2, "there is no key 'pgupp'; did you mean 'pgup'?"),
      ("sort = 'hyperspace-9'", 2, "keys are written as x, X, ctrl-x"),
      ("sort = ''", 2, "there is no key ''"),
      ("sort = 'ctrl-c'", 2, "the key 'ctrl-c' always leaves"),
      ("sort = 'esc'", 2, "the key 'esc' always closes what is open"),
      ("sort = ['none', 'i']", 2, "\"none\" stands alone"),
      ("sort = 5", 2, "sort is not a key in quotes"),
      ("sort = ['i', 5]", 2, "sort is not a key in quotes"),
    ])
  func wrong(_ text: String, _ line: Int, _ message: String) {
    let found = read(text).problems.map(\.description)
    #expect(found.count == 1, "\(found)")
    #expect(
      found.first?.hasPrefix("c:\(line):1: ") == true && found[0].contains(message), "\(found)")
  }

  @Test("keys that the key table shares may be shared elsewhere too")
  func shared() {
    for first in KeyTable.all {
      for second in KeyTable.all
      where first.name != second.name && !Set(first.keys).isDisjoint(with: second.keys) {
        let text = "\(first.name) = 'f9'\n\(second.name) = 'f9'"
        #expect(read(text).problems == [], "\(first.name) \(second.name)")
      }
    }
  }

  @Test("after any single change of a free key no key means two things in any pane and state")
  func noConflicts() {
    for changed in KeyTable.all {
      let keys = read("\(changed.name) = 'f12'").configuration.keys
      for kind in PaneKind.allCases {
        var dashboard = DashboardState(
          snapshot: DashboardSnapshot(run: SampleRun.live, now: 0),
          size: Size(columns: 80, rows: 24), keys: keys)
        dashboard.go(to: kind)
        #expect(dashboard.keys.binding(for: .function(12), in: dashboard)?.name == changed.name)
      }
    }
  }
}
