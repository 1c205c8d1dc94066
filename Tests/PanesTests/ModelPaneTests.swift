// The pane of model and data as drawings, and how its parts scroll.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@Suite("The pane of model and data says what was asked for, of which data, and what happened")
struct ModelPaneTests {
  private static let states = [
    "waiting", "optimizing", "finished", "failed", "likelihood", "foreign",
  ]

  static let sheets: [DrawingSheet] = [
    DrawingSheet(kind: .model, screen: Size(columns: 80, rows: 24), states: states),
    DrawingSheet(kind: .model, screen: Size(columns: 120, rows: 40), states: states),
    DrawingSheet(
      kind: .model, screen: Size(columns: 80, rows: 24), charset: .ascii,
      states: ["live", "foreign"]),
    DrawingSheet(
      kind: .model, screen: Size(columns: 40, rows: 12), states: ["live", "foreign", "failed"]),
    DrawingSheet(
      kind: .model, screen: Size(columns: 200, rows: 50), states: ["finished", "checked"]),
    DrawingSheet(
      kind: .model, screen: Size(columns: 100, rows: 30), charset: .block,
      commands: [.nextSection], view: "-data", states: ["live", "failed", "foreign"]),
    DrawingSheet(
      kind: .model, screen: Size(columns: 100, rows: 30), commands: [.nextSection, .nextSection],
      view: "-priors", states: ["checked", "live", "likelihood"]),
    DrawingSheet(
      kind: .model, screen: Size(columns: 80, rows: 24), commands: [.previousSection],
      view: "-log", states: ["finished", "failed", "foreign"]),
    DrawingSheet(
      kind: .model, screen: Size(columns: 160, rows: 50), charset: .ascii,
      states: ["checked"]),
  ]

  @Test("a part is the drawing in Golden/", arguments: sheets)
  func matches(_ sheet: DrawingSheet) throws { try sheet.compare() }

  @Test("the pane of model and data scrolls each part on its own, and stops at its ends")
  func scrolling() {
    var panes = PaneSet()
    var choices = browsing(SampleRun.finished)
    func press(_ command: PaneCommand) -> String {
      _ = panes.update(
        command, in: .model, snapshot(SampleRun.finished, detail: .data), &choices,
        size: Size(columns: 80, rows: 12))
      return drawing(.model, of: SampleRun.finished, 80, 12, panes: panes, browsing: choices)
    }
    let top = drawing(.model, of: SampleRun.finished, 80, 12)
    #expect(top.contains("formula") && !top.contains("command"))
    let end = press(.last)
    #expect(end.contains("command") && !end.contains("formula"))
    #expect(press(.down) == end)
    #expect(press(.nextSection).contains("1975 rows"))
    #expect(press(.previousSection) == end)
    #expect(press(.first) == top)
    // The log is at its end until one goes back.
    #expect(press(.previousSection).contains("finished after"))
    #expect(press(.first).contains("begins, process 4242"))
    #expect(press(.down) != top)
  }
}
