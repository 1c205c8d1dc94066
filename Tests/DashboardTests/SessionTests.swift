// Scripted sessions: keys in, screen out.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("Every key does on the screen what the help says")
struct SessionTests {
  @Test("the first frame names the run, its state, its panes and the keys")
  func firstFrame() {
    let session = Session(SampleRun.live, columns: 120, rows: 40, [])
    let lines = session.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 40)
    #expect(lines[0].contains("edu-2027-01-15-1") && lines[0].contains("● sampling 25%  10 s"))
    #expect(lines[0].contains("cbind(math_score, passed)"))
    #expect(lines[1].contains("[1 Overview]") && lines[1].contains("6 Residuals"))
    #expect(lines[1].contains("9 Sampler"))
    #expect(session.lastLine.contains("q leave") && session.lastLine.contains("? help"))
    #expect(session.end == .hangup)
  }

  @Test("numbers, Tab and Shift-Tab go from pane to pane", arguments: PaneKind.allCases)
  func panes(_ kind: PaneKind) {
    #expect(Session(SampleRun.live, keys(String(kind.number))).state.pane == kind)
    let tabs = Array(repeating: ScreenEvent.key(.tab), count: kind.place)
    #expect(Session(SampleRun.live, tabs).state.pane == kind)
    let back = Array(
      repeating: ScreenEvent.key(.backTab), count: PaneKind.allCases.count - kind.place)
    #expect(Session(SampleRun.live, back).state.pane == kind)
    #expect(Session(SampleRun.live, keys(String(kind.number))).text.contains("[\(kind.number) "))
  }

  @Test("j and k, arrows, pages and ends choose a parameter")
  func moving() {
    #expect(Session(SampleRun.live, keys("3 j j")).text.contains("─ Trace: b_math_score_SES ─"))
    #expect(Session(SampleRun.live, keys("3 down down k")).text.contains("2 of 11"))
    #expect(Session(SampleRun.live, keys("3 G")).text.contains("─ Trace: lp__ ─"))
    #expect(Session(SampleRun.live, keys("3 end up")).text.contains("10 of 11"))
    #expect(Session(SampleRun.live, keys("3 pgdn g")).text.contains("1 of 11"))
    #expect(Session(SampleRun.live, keys("3 pgdn pgup home")).text.contains("1 of 11"))
  }

  @Test("the choice made in the table is the parameter of the trace")
  func sharedChoice() {
    let session = Session(SampleRun.finished, keys("4 j enter"))
    #expect(session.state.pane == .trace)
    #expect(session.state.browsing.parameter != "b_math_score_Intercept")
  }

  @Test("w shows the warm-up, c brings chains to the front, + - 0 zoom, h and l move")
  func looking() {
    #expect(Session(SampleRun.finished, keys("3")).text.contains("without warm-up"))
    #expect(Session(SampleRun.finished, keys("3 w")).text.contains("with warm-up"))
    #expect(Session(SampleRun.finished, keys("3 c c")).text.contains("2 in front"))
    let whole = Session(SampleRun.finished, keys("3")).text
    let zoomed = Session(SampleRun.finished, keys("3 + +")).text
    #expect(zoomed != whole)
    #expect(Session(SampleRun.finished, keys("3 + + h")).text != zoomed)
    #expect(Session(SampleRun.finished, keys("3 + + h l")).text == zoomed)
    #expect(Session(SampleRun.finished, keys("3 + + - -")).text == whole)
    #expect(Session(SampleRun.finished, keys("3 + + + 0")).text == whole)
  }

  @Test("s and S sort the table and say how")
  func sorting() {
    #expect(Session(SampleRun.live, keys("4")).text.contains("sorted by worst"))
    #expect(Session(SampleRun.live, keys("4 s")).text.contains("sorted by parameter"))
    #expect(Session(SampleRun.live, keys("4 S")).text.contains("sorted by worst, reversed"))
  }

  @Test("/ filters while it is typed, Enter keeps, Esc clears, a bad pattern is explained")
  func filtering() {
    let typing = Session(SampleRun.live, keys("4 /") + typed("^sd"))
    #expect(typing.lastLine.hasPrefix(" filter /^sd"))
    #expect(typing.lastLine.contains("2 of 11"))
    #expect(!typing.text.contains("sigma"))
    let kept = Session(SampleRun.live, keys("4 /") + typed("^sd") + keys("enter"))
    #expect(kept.text.contains("2 of 11") && kept.state.mode == .browsing)
    let cleared = Session(SampleRun.live, keys("4 /") + typed("^sd") + keys("enter esc"))
    #expect(cleared.state.browsing.parameters.count == 11)
    #expect(cleared.lastLine.contains("filter is off"))
    let given = Session(SampleRun.live, keys("4 /") + typed("^sd") + keys("esc"))
    #expect(given.state.browsing.filter.pattern.isEmpty)
    let wrong = Session(SampleRun.live, columns: 120, keys("4 /") + typed("(b"))
    #expect(wrong.state.browsing.filter.problem != nil)
    #expect(wrong.state.browsing.parameters.count == 11)
    let nothing = Session(SampleRun.live, keys("4 /") + typed("nothing") + keys("enter"))
    #expect(nothing.text.contains("no parameter passes the filter nothing"))
  }

  @Test("keys that have no use in a pane say so instead of doing something else")
  func absentKeys() {
    #expect(Session(SampleRun.live, keys("2 s")).lastLine.contains("no use for s"))
    #expect(Session(SampleRun.live, keys("Q")).lastLine.contains("Q does nothing here"))
    #expect(Session(SampleRun.waiting, keys("3 w")).lastLine.contains("Not now:"))
    #expect(Session(SampleRun.likelihood, keys("4 s")).lastLine.contains("Not now: estimates"))
  }

  @Test("[ and ] go through outcomes and views, h and l through blocks and their effects")
  func sections() {
    #expect(Session(SampleRun.live, keys("6")).text.contains("residuals are uniform"))
    #expect(Session(SampleRun.live, keys("6 ]")).text.contains("residuals are not uniform"))
    #expect(Session(SampleRun.live, keys("6 ] [")).text.contains("residuals are uniform"))
    let blocks = SampleRun.blocks(3)
    #expect(Session(blocks, keys("5 l l")).text.contains("district"))
    #expect(Session(blocks, keys("5 h")).text.contains("block 3 of 3"))
    #expect(Session(SampleRun.likelihood, keys("5 l")).lastLine.contains("Not now:"))
    let levels = Session(SampleRun.likelihood, keys("5 ]"))
    #expect(levels.text.contains("Levels of school_id: math_score (Intercept)"))
    #expect(Session(SampleRun.likelihood, keys("5 ] l")).text.contains("school_id: passed"))
    #expect(Session(SampleRun.likelihood, keys("5 ] ]")).text.contains("Correlations"))
    #expect(Session(SampleRun.optimizing, keys("5 ]")).lastLine.contains("Not now:"))
  }

  @Test(
    "Enter on a verdict leads to the pane that shows it, with its parameter or outcome in front")
  func verdicts() {
    let trace = Session(SampleRun.checked, keys("enter"))
    #expect(trace.state.pane == .trace && trace.state.browsing.parameter == "b_passed_Intercept")
    let residuals = Session(SampleRun.checked, keys("j enter"))
    #expect(residuals.state.pane == .residuals)
    #expect(residuals.text.contains("not uniform"), "the outcome is the one of the verdict")
    #expect(Session(SampleRun.checked, keys("j j enter")).state.pane == .predictive)
    #expect(Session(SampleRun.checked, keys("j j j j enter")).state.pane == .sampler)
    #expect(Session(SampleRun.checked, []).lastLine.contains("Enter go there"))
    #expect(Session(SampleRun.waiting, keys("enter")).lastLine.contains("Not now:"))
  }

  @Test("estimates can be filtered without draws, sorted, and lead to their traces")
  func estimates() {
    let filtered = Session(SampleRun.likelihood, keys("8 /") + typed("ses") + keys("enter"))
    #expect(filtered.text.contains("SES") && !filtered.text.contains("gendermale"))
    #expect(Session(SampleRun.likelihood, keys("8 s s")).text.contains("by estimate"))
    let trace = Session(SampleRun.checked, keys("8 j enter"))
    #expect(trace.state.pane == .trace)
    #expect(trace.state.browsing.parameter == "b_math_score_gendermale")
    let level = Session(SampleRun.checked, rows: 40, keys("5 ] enter"))
    #expect(level.state.browsing.parameter?.hasPrefix("r_school_id__math_score[") == true)
  }

  @Test("the tab of the pane in front shows at every width", arguments: PaneKind.allCases)
  func tabs(_ kind: PaneKind) {
    for columns in 12...200 {
      let text = Session(SampleRun.waiting, columns: columns, keys(String(kind.number))).text
      let line = text.split(separator: "\n", omittingEmptySubsequences: false)[1]
      #expect(line.contains("[\(kind.number) "), "\(columns): \(line)")
      #expect(columns < 40 || PaneKind.allCases.allSatisfy { line.contains("\($0.number)") })
    }
  }

  @Test("Space freezes the display while data come in, and thaws it to the newest")
  func freezing() {
    let frozen = Session(
      SampleRun.optimizing, news: [SampleRun.optimizing, SampleRun.live],
      keys("space") + [.timeout, .timeout])
    #expect(frozen.text.contains("frozen") && frozen.text.contains("optimizing"))
    #expect(frozen.state.newest.run.state == .sampling)
    let thawed = Session(
      SampleRun.optimizing, news: [SampleRun.optimizing, SampleRun.live],
      keys("space") + [.timeout, .timeout] + keys("space"))
    #expect(thawed.text.contains("sampling") && !thawed.text.contains("frozen  "))
  }

  @Test("p pauses and lets go on, Ctrl-X asks before it stops")
  func fit() {
    #expect(Session(SampleRun.live, keys("p")).run.commands == [.pause])
    var paused = SampleRun.live
    paused.state = .paused
    #expect(Session(paused, keys("p")).run.commands == [.resume])
    #expect(Session(paused, []).lastLine.contains("p go on"))
    let asked = Session(SampleRun.live, keys("ctrl-x"))
    #expect(asked.text.contains("Stop the fit?") && asked.run.commands.isEmpty)
    #expect(Session(SampleRun.live, keys("ctrl-x y")).run.commands == [.stop])
    #expect(Session(SampleRun.live, keys("ctrl-x n")).run.commands.isEmpty)
    #expect(Session(SampleRun.live, keys("ctrl-x q")).end == .hangup, "q answers the question")
    let done = Session(SampleRun.finished, keys("p"))
    #expect(done.run.commands.isEmpty && done.lastLine.contains("the fit has ended"))
    #expect(Session(SampleRun.foreign, keys("ctrl-x")).lastLine.contains("another program"))
  }

  @Test("q, d and Ctrl-C leave", arguments: ["q", "d", "ctrl-c"])
  func leaving(_ key: String) {
    let session = Session(SampleRun.live, keys("\(key) 2"))
    #expect(session.end == .left)
    #expect(session.state.pane == .overview, "nothing is done after leaving")
    #expect(session.run.commands.isEmpty)
  }

  @Test("e writes the pane as text and says where")
  func export() {
    let session = Session(SampleRun.live, keys("5 e"))
    #expect(session.texts.files.map(\.name) == ["edu-2027-01-15-1-random-effects"])
    let text = session.texts.files.first?.text ?? ""
    #expect(text.contains("Correlations") && !text.contains("q leave"))
    #expect(session.lastLine.contains("Written to edu-2027-01-15-1-random-effects.txt"))
  }

  @Test("? and F1 list every key with its sentence, scroll, and close")
  func help() {
    for key in ["?", "f1"] {
      #expect(Session(SampleRun.live, keys(key)).text.contains("Help: Overview"))
    }
    let tall = Session(SampleRun.live, columns: 120, rows: 120, keys("?")).text
    for binding in KeyTable.all { #expect(tall.contains(binding.help), "\(binding.label)") }
    for command in CommandTable.all { #expect(tall.contains(":" + command.name)) }
    let end = Session(SampleRun.live, keys("? G")).text
    #expect(end.contains(":quit"))
    #expect(Session(SampleRun.live, keys("? j j k g")).text.contains("go to Progress"))
    let closed = Session(SampleRun.live, keys("? 3"))
    #expect(closed.state.mode == .browsing && closed.state.pane == .overview)
  }

  @Test("Ctrl-L draws anew, Ctrl-Z suspends")
  func terminal() {
    #expect(Session(SampleRun.live, keys("ctrl-z")).screen.suspensions == 1)
    var state = DashboardState(
      snapshot: DashboardSnapshot(run: SampleRun.live, now: 0), size: Size(columns: 80, rows: 24))
    #expect(state.handle(.key(.control("l"))) == [.redraw])
  }
}
