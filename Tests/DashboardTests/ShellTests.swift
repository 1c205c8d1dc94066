// Undo, split view, full screen, the mouse, the searchable help, and what is remembered of a run.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("The shell around the panes")
struct ShellTests {
  private func state(
    _ run: RunSnapshot = SampleRun.finished, columns: Int = 120, rows: Int = 40
  ) -> DashboardState {
    DashboardState(
      snapshot: DashboardSnapshot(run: run, now: SampleRun.begin + 10),
      size: Size(columns: columns, rows: rows))
  }

  private func mouse(_ action: MouseEvent.Action, _ column: Int, _ row: Int) -> ScreenEvent {
    .mouse(MouseEvent(action, at: Point(column: column, row: row)))
  }

  /// Where a text stands on a screen.
  private func place(of text: String, in session: Session) -> Point? {
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (row, line) in lines.enumerated() {
      if let range = line.firstRange(of: text) {
        return Point(
          column: line.distance(from: line.startIndex, to: range.lowerBound), row: row)
      }
    }
    return nil
  }

  // MARK: - Undo

  @Test("u brings back what a change of the view took away, change by change")
  func undo() {
    let filtered = keys("4 /") + typed("^sd") + keys("enter")
    let one = Session(SampleRun.live, columns: 110, filtered + keys("u"))
    #expect(one.state.browsing.filter.pattern.isEmpty)
    #expect(one.lastLine.contains("Undone: filter ^sd."))
    let two = Session(SampleRun.live, filtered + keys("s s u u"))
    #expect(two.text.contains("sorted by worst") && two.state.browsing.filter.pattern == "^sd")
    #expect(Session(SampleRun.live, keys("u")).lastLine.contains("nothing to undo"))
    #expect(Session(SampleRun.live, keys("t u")).state.theme.name == "default")
    let escaped = Session(SampleRun.live, filtered + keys("esc u"))
    #expect(escaped.state.browsing.filter.pattern == "^sd")
  }

  @Test("messages say how to undo, and the key is the one of the table")
  func undoHint() {
    #expect(Session(SampleRun.finished, columns: 110, keys("3 w")).lastLine.contains("u undoes it"))
    #expect(Session(SampleRun.live, columns: 110, keys("t")).lastLine.contains("u undoes it"))
  }

  // MARK: - Two panes and one alone

  @Test("| shows two panes, o goes to the other, | again leaves one")
  func split() {
    let both = Session(SampleRun.finished, columns: 160, rows: 40, keys("3 4 |"))
    #expect(both.text.contains("▶ 4 Convergence") && both.text.contains("  3 Trace"))
    let other = Session(SampleRun.finished, columns: 160, rows: 40, keys("3 4 | o"))
    #expect(other.state.pane == .trace && other.text.contains("▶ 3 Trace"))
    #expect(other.text.contains("4 Convergence"))
    // The panes keep their sides when the keys go from one to the other.
    let left = both.text.split(separator: "\n")[2].prefix(40)
    #expect(left.contains("4 Convergence"))
    #expect(other.text.split(separator: "\n")[2].prefix(40).contains("4 Convergence"))
    let alone = Session(SampleRun.finished, columns: 160, rows: 40, keys("3 4 | |"))
    #expect(alone.state.split == nil && alone.state.pane == .convergence)
    let chosen = Session(
      SampleRun.finished, columns: 80, rows: 40, keys(":") + typed("split sampler") + keys("enter"))
    #expect(chosen.state.split?.other == .sampler)
    #expect(
      Session(SampleRun.finished, columns: 80, rows: 24, keys("|")).lastLine.contains("100 columns")
    )
    let shared = Session(SampleRun.finished, columns: 160, rows: 40, keys("4 3 | j"))
    #expect(shared.state.browsing.parameterIndex == 1)
  }

  @Test("going to the pane on the other side goes over, and never shows one pane twice")
  func splitSides() {
    var state = state(columns: 160)
    state.go(to: .trace)
    _ = state.perform(.split)
    for kind in PaneKind.allCases {
      state.go(to: kind)
      #expect(state.split?.other != state.pane)
    }
  }

  @Test("z gives the pane the whole screen; messages and what is typed still show")
  func fullScreen() {
    let full = Session(SampleRun.finished, keys("3 z 3"))
    #expect(!full.text.contains("[3 Trace]") && !full.text.contains("q leave"))
    #expect(full.text.hasPrefix("┌─ Trace"))
    #expect(Session(SampleRun.finished, keys("3 z z")).text.contains("[3 Trace]"))
    #expect(Session(SampleRun.finished, keys("3 z esc")).text.contains("[3 Trace]"))
    #expect(Session(SampleRun.finished, keys("3 z :") + typed("th")).lastLine.contains(":th"))
    #expect(Session(SampleRun.finished, keys("3 z Q")).lastLine.contains("Q does nothing"))
  }

  @Test("Backspace goes back to the pane before, as often as one came")
  func back() {
    #expect(Session(SampleRun.live, keys("3 5 6 backspace")).state.pane == .randomEffects)
    #expect(
      Session(SampleRun.live, keys("3 5 6 backspace backspace backspace")).state.pane == .overview)
    #expect(Session(SampleRun.live, keys("backspace")).lastLine.contains("no pane to go back to"))
  }

  // MARK: - The mouse

  @Test("a click on a tab goes there, at every width", arguments: [40, 60, 80, 120, 200])
  func clickTab(_ columns: Int) throws {
    for kind in PaneKind.allCases {
      let first = Session(SampleRun.live, columns: columns, [])
      let line = first.text.split(separator: "\n")[1]
      let index = try #require(line.firstIndex(of: Character(String(kind.number))))
      let column = line.distance(from: line.startIndex, to: index)
      let session = Session(
        SampleRun.live, columns: columns, [mouse(.press(button: 1), column, 1)])
      #expect(session.state.pane == kind, "\(columns) columns")
    }
  }

  @Test("a click on a key of the footer does what the key does")
  func clickFooter() throws {
    let first = Session(SampleRun.live, columns: 120, rows: 40, [])
    let help = try #require(place(of: "? help", in: first))
    let session = Session(
      SampleRun.live, columns: 120, rows: 40, [mouse(.press(button: 1), help.column + 3, help.row)])
    #expect(session.text.contains("Help: Overview"))
    let closed = Session(
      SampleRun.live, columns: 120, rows: 40,
      [mouse(.press(button: 1), help.column, help.row), mouse(.press(button: 1), 1, 39)])
    #expect(closed.state.mode == .browsing, "a click outside closes the help")
  }

  @Test("a click into the other of two panes goes there")
  func clickOtherSide() {
    let session = Session(
      SampleRun.finished, columns: 160, rows: 40,
      keys("3 4 |") + [mouse(.press(button: 1), 120, 20)])
    #expect(session.state.pane == .trace)
  }

  @Test("no click, drag or wheel anywhere, in any pane and state, crashes")
  func mouseEverywhere() {
    let actions: [MouseEvent.Action] = [
      .press(button: 1), .move, .release(button: 1), .wheelUp, .wheelDown, .press(button: 3),
    ]
    for (_, run) in SampleRun.named {
      for kind in PaneKind.allCases {
        var state = state(run, columns: 90, rows: 30)
        state.go(to: kind)
        for step in 0..<48 {
          let point = Point(column: step * 37 % 95, row: step * 11 % 33)
          _ = state.handle(.mouse(MouseEvent(actions[step % actions.count], at: point)))
        }
        #expect(state.frame().cells.count == 2700)
      }
    }
  }

  @Test(":mouse off leaves the mouse to the terminal")
  func mouseOff() {
    let off = Session(SampleRun.live, keys(":") + typed("mouse off") + keys("enter"))
    #expect(!off.screen.usesMouse)
    let on = Session(
      SampleRun.live,
      keys(":") + typed("mouse off") + keys("enter :") + typed("mouse on") + keys("enter"))
    #expect(on.screen.usesMouse)
    let wrong = Session(SampleRun.live, keys(":") + typed("mouse cat") + keys("enter"))
    #expect(wrong.lastLine.contains("on or off"))
  }

  // MARK: - Help and commands

  @Test("the help is searched as it is typed, over keys, sentences and commands")
  func helpSearch() {
    let found = Session(SampleRun.live, columns: 120, rows: 40, keys("? /") + typed("warm"))
    #expect(found.text.contains("with or without warm-up") && found.text.contains(":warmup"))
    #expect(!found.text.contains("go to Progress"))
    let none = Session(SampleRun.live, keys("? /") + typed("xyzzy"))
    #expect(none.text.contains("Nothing in the help has xyzzy"))
    let all = Session(
      SampleRun.live, columns: 120, rows: 40, keys("? /") + typed("warm") + keys("enter esc"))
    #expect(all.text.contains("go to Progress"))
    let command = Session(
      SampleRun.live, columns: 120, rows: 40, keys(":") + typed("help theme") + keys("enter"))
    #expect(command.text.contains("next theme") && !command.text.contains("go to Progress"))
  }

  @Test("a menu shows what may be typed, Tab completes words in the middle, arrows bring back")
  func commandLine() {
    let menu = Session(SampleRun.live, columns: 100, rows: 30, keys(":") + typed("p"))
    #expect(menu.text.contains(":pane NAME") && menu.text.contains("pause the fit"))
    let panes = Session(SampleRun.live, columns: 100, rows: 30, keys(":") + typed("pane r"))
    #expect(panes.text.contains("random-effects") && panes.text.contains("residuals"))
    let name = Session(
      SampleRun.live, columns: 100, keys(":") + typed("parameter sigma") + keys("tab enter"))
    #expect(name.state.browsing.parameter == "sigma_math_score")
    let again = Session(
      SampleRun.live, keys(":") + typed("pane trace") + keys("enter 1 : up enter"))
    #expect(again.state.pane == .trace)
    let forth = Session(SampleRun.live, keys(":") + typed("pane trace") + keys("enter : up down"))
    #expect(forth.state.mode == .command(LineEditor()))
  }

  @Test("commands choose chains, warm-up, pins and parameters, and say what they want")
  func commands() {
    func command(_ text: String) -> Session {
      Session(SampleRun.finished, columns: 110, keys(":") + typed(text) + keys("enter"))
    }
    #expect(command("chain 2").state.browsing.chain == 2)
    #expect(command("chain 9").lastLine.contains("wants all or one of"))
    #expect(command("warmup on").state.browsing.includesWarmup)
    #expect(command("warmup maybe").lastLine.contains("on or off"))
    let name = SampleRun.finished.parameterNames[2]
    #expect(command("pin \(name)").state.browsing.pinned == [name])
    #expect(command("pin nobody").lastLine.contains("no parameter nobody"))
    #expect(command("unpin").lastLine.contains("Nothing is pinned"))
    #expect(command("parameter zzz").lastLine.contains("No parameter in view"))
    #expect(command("range what").lastLine.contains("not a range"))
    #expect(command("open other").end == .open("other"))
    #expect(command("open").lastLine.contains(":open wants a run"))
    #expect(command("full").state.isFullScreen)
  }

  @Test("ranges are read as typed, and what is not one is named")
  func ranges() throws {
    #expect(try PlotRange(typed: "100:500") == PlotRange(draws: 100...500))
    #expect(try PlotRange(typed: "y -1:1.5") == PlotRange(values: -1...1.5))
    #expect(try PlotRange(typed: "1:9 y 0:2") == PlotRange(draws: 1...9, values: 0...2))
    for wrong in ["", "5", "9:1", "0:5", "a:b", "y 2:1", "y nan:1", "1:2:3", "y"] {
      #expect(throws: RangeTextError.self) { try PlotRange(typed: wrong) }
    }
  }

  // MARK: - What is remembered

  @Test("a dashboard comes back as it was left")
  func remembered() throws {
    var first = state()
    for text in ["pane trace", "split estimates", "filter b_", "chain 2", "warmup on"] {
      _ = first.run(command: text)
    }
    _ = first.run(command: "parameter SES")
    _ = first.run(command: "pin \(try #require(first.browsing.parameter))")
    _ = first.perform(.pane(.nextSection))
    let record = first.record
    var second = state()
    second.recall(record)
    #expect(second.record == record)
    #expect(
      second.frame().asText()
        == {
          first.message = nil; return first.frame().asText()
        }())
    #expect(!second.canUndo)
  }

  @Test("a view that names what is not there any more does no harm")
  func foreignRecord() {
    var state = state(SampleRun.waiting)
    state.recall(
      ViewRecord(
        pane: "weather", other: "clouds", parameter: "gone", filter: "(", pinned: ["gone"],
        chain: 99, panes: ["trace": ["view": "77"], "rain": [:]]))
    #expect(state.pane == .overview && state.split == nil)
    #expect(state.frame().cells.count == 4800)
  }
}

extension ShellTests {
  @Test("two quick presses in a zoomed trace show it whole; two slow ones do not")
  func doublePress() {
    var state = DashboardState(
      snapshot: DashboardSnapshot(run: SampleRun.finished, now: SampleRun.begin + 10),
      size: Size(columns: 80, rows: 24))
    state.go(to: .trace)
    let whole = state.frame().asText()
    _ = state.perform(.pane(.zoomIn))
    let press = MouseEvent(.press(button: 1), at: Point(column: 40, row: 10))
    let release = MouseEvent(.release(button: 1), at: Point(column: 40, row: 10))
    var slow = state
    for event in [press, release, press, release] { _ = slow.handle(.mouse(event)) }
    #expect(
      slow.panes.availability(of: .zoomReset, in: .trace, slow.snapshot, slow.browsing).isEnabled)
    for (event, isDouble) in [(press, false), (release, false), (press, true), (release, false)] {
      _ = state.handle(.mouse(event, isDouble: isDouble))
    }
    _ = state.perform(.pane(.dismiss))
    #expect(state.frame().asText() == whole)
  }

  @Test("a readout stays inside chains of unequal length")
  func unequalChains() {
    var run = SampleRun.live
    run.chains = [run.chains[0], run.chains[1]].enumerated().map { place, chain in
      place == 0
        ? chain
        : ChainDraws(
          id: chain.id, names: chain.names, columns: chain.columns.map { Array($0.prefix(210)) },
          warmupCount: chain.warmupCount, phase: chain.phase, stepSize: chain.stepSize)
    }
    var state = DashboardState(
      snapshot: DashboardSnapshot(run: run, now: SampleRun.begin + 10),
      size: Size(columns: 100, rows: 30))
    state.go(to: .trace)
    _ = state.perform(.pane(.toggleReadout))
    for _ in 0..<100 {
      _ = state.perform(.pane(.readoutLeft))
      #expect(state.frame().cells.count == 3000)
    }
    for _ in 0..<100 {
      _ = state.perform(.pane(.readoutRight))
      #expect(state.frame().cells.count == 3000)
    }
  }
}
