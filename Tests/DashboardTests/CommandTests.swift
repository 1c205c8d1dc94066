// The command line of the dashboard, and what happens to runs while it is open.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("Commands and news of the run are obeyed and answered in words")
struct CommandTests {
  private func command(_ text: String, on run: RunSnapshot = SampleRun.live) -> Session {
    Session(run, columns: 110, keys(":") + typed(text) + keys("enter"))
  }

  @Test("commands do what keys do, and may be shortened")
  func commands() {
    #expect(command("pane resid").state.pane == .residuals)
    #expect(command("pa tr").lastLine.contains("no command pa"), "pause or pane")
    #expect(command("quit").end == .left)
    #expect(command("q").end == .left)
    #expect(command("pause").run.commands == [.pause])
    #expect(command("stop").text.contains("Stop the fit?"))
    #expect(command("filter ^b_").state.browsing.parameters.count == 6)
    #expect(command("help").text.contains("Help:"))
    #expect(command("export").texts.files.count == 1)
    #expect(command("").state.message == nil)
    #expect(command("pane nowhere").lastLine.contains("There is no pane nowhere"))
    #expect(command("stop now").lastLine.contains(":stop takes nothing"))
  }

  @Test(":extend wants more draws than there will be, and a run that is sampled")
  func extend() {
    #expect(command("extend 2000").run.extensions == [2000])
    #expect(command("extend 2000", on: SampleRun.finished).run.extensions == [2000])
    #expect(command("extend 500").lastLine.contains("more than that"))
    #expect(command("extend").lastLine.contains("wants the number"))
    #expect(command("extend -3").lastLine.contains("wants the number"))
    #expect(command("extend 2000", on: SampleRun.likelihood).lastLine.contains("not sampled"))
    #expect(command("extend 2000", on: SampleRun.foreign).lastLine.contains("another program"))
  }

  @Test(":resume starts a worker only where there is none")
  func resume() {
    #expect(command("resume", on: SampleRun.lost).run.resumptions == 1)
    #expect(command("resume").lastLine.contains("a worker is at work"))
    #expect(command("resume", on: SampleRun.finished).lastLine.contains(":extend"))
    var paused = SampleRun.live
    paused.state = .paused
    #expect(command("resume", on: paused).run.commands == [.resume])
  }

  @Test("Tab completes, Esc leaves, Backspace on nothing leaves, the line can be edited")
  func editing() {
    let completed = Session(SampleRun.live, keys(":") + typed("ext") + keys("tab"))
    #expect(completed.state.mode == .command(LineEditor("extend ")))
    #expect(Session(SampleRun.live, keys(": a esc")).state.mode == .browsing)
    #expect(Session(SampleRun.live, keys(": a backspace backspace")).state.mode == .browsing)
    let edited = Session(
      SampleRun.live,
      keys(":") + typed("pane xtrace") + keys("left left left left left backspace enter"))
    #expect(edited.state.pane == .trace)
    let hints = Session(SampleRun.live, columns: 110, keys(":")).lastLine
    #expect(hints.contains("stop pause resume extend"))
  }

  @Test("a line knows words, ends and marks that join letters")
  func lineEditor() {
    func after(_ text: String, _ keys: KeyEvent...) -> LineEditor {
      keys.reduce(into: LineEditor(text)) { _ = $0.handle($1) }
    }
    #expect(after("one two", .control("w")).text == "one ")
    #expect(after("one", .home, .character("a")).text == "aone")
    #expect(after("one", .home, .delete).text == "ne")
    #expect(after("one", .left, .control("u")).text == "e")
    #expect(after("one", .control("a"), .right, .control("e")).cursor == 3)
    #expect(after("one", .function(5)) == LineEditor("one"))
    let accented = after("", .character("e"), .character("\u{301}"))
    #expect(accented.text == "e\u{301}" && accented.cursor == 1)
    #expect(after("", .character("e"), .character("\u{301}"), .backspace) == LineEditor())
    #expect(after("", .backspace, .delete) == LineEditor())
  }

  @Test("news of the run are on the screen within a quarter of a second")
  func news() {
    let session = Session(
      SampleRun.waiting, news: [SampleRun.waiting, SampleRun.optimizing, SampleRun.live],
      [.timeout, .timeout])
    let states = session.screen.frames.map { frame in
      ["starting", "optimizing", "sampling"].first { frame.asText().contains($0) } ?? ""
    }
    // Once before the first reading, and with each change.
    var changes = states
    for index in changes.indices.reversed().dropLast() where changes[index] == changes[index - 1] {
      changes.remove(at: index)
    }
    #expect(changes == ["starting", "optimizing", "sampling"])
  }

  @Test("a resize is drawn at once, down to nothing and up again")
  func resize() {
    let small = Size(columns: 40, rows: 12)
    let session = Session(
      SampleRun.live, columns: 120, rows: 40,
      [.resized(.zero), .resized(Size(columns: 200, rows: 60)), .resized(small)])
    var widths = session.screen.frames.map(\.fullSize.columns)
    // A size is drawn again when new numbers are there.
    for index in widths.indices.reversed().dropLast() where widths[index] == widths[index - 1] {
      widths.remove(at: index)
    }
    #expect(widths == [120, 0, 200, 40])
    #expect(session.text.contains("[1 Over]"))
    #expect(session.lastLine.contains("q leave"))
  }

  @Test("an error of reading is said once and goes when the next key comes")
  func problems() {
    let gone = RunError.file(FileError("read", "/runs/edu", code: 2))
    let session = Session(SampleRun.live, columns: 100, problem: gone, [.timeout, .timeout])
    #expect(session.lastLine.contains("cannot read /runs/edu"))
    let after = Session(SampleRun.live, columns: 100, problem: gone, keys("2") + [.timeout])
    #expect(after.lastLine.contains("q leave"))
  }

  @Test("a run that fails right after its start ends the dashboard with its line")
  func earlyFailure() {
    let session = Session(
      SampleRun.waiting, news: [SampleRun.waiting, SampleRun.failed], isNewRun: true,
      [.timeout, .timeout, .timeout])
    #expect(
      session.end
        == .failed(message: "there is no column 'sess' in edu.csv; did you mean 'SES'?"))
    let opened = Session(SampleRun.failed, [.timeout])
    #expect(opened.end == .hangup, "a failed run that is opened is shown")
  }

  @Test("signals and a lost terminal end the loop")
  func ends() {
    #expect(Session(SampleRun.live, [.terminated(signal: 15)]).end == .terminated(signal: 15))
    #expect(Session(SampleRun.live, [.hangup]).end == .hangup)
  }

  @Test("no sequence of keys, sizes and states crashes")
  func randomSessions() {
    var state: UInt64 = 20_270_115
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    // The list of runs would show, and open, those of the machine that the test runs on.
    let all = KeyTable.all.flatMap(\.keys).filter {
      ![.character("q"), .character("d"), .character("R"), .character("C")].contains($0)
    }
    let extra: [KeyEvent] = [
      .escape, .enter, .backspace, .delete, .character("y"), .character("("), .character("é"),
      .character("字"), .function(7), .control("w"), .alt("x"),
    ]
    let runs = SampleRun.named.map(\.run)
    for _ in 0..<60 {
      var events: [ScreenEvent] = []
      for _ in 0..<60 {
        switch next(12) {
        case 0: events.append(.timeout)
        case 1: events.append(.resized(Size(columns: next(401), rows: next(101))))
        case 2...3: events.append(.key(extra[next(extra.count)]))
        default: events.append(.key(all[next(all.count)]))
        }
      }
      let news = (0..<6).map { _ in runs[next(runs.count)] }
      let session = Session(
        runs[next(runs.count)], columns: next(401), rows: next(101), news: news, events)
      #expect(session.end == .hangup)
      let answers = events.count { $0 != .timeout }
      #expect(session.screen.frames.count > answers)
      for frame in session.screen.frames {
        #expect(frame.cells.count == frame.fullSize.area)
      }
    }
  }
}
