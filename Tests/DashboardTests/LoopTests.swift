// The loop in time: what is drawn when, and what is left undone.

import Panes
import RunFolder
import SampleRuns
import TerminalCore
import Testing

@testable import Dashboard

@Suite("Keys come first, nothing is done for nothing, and no line gets more than it can take")
struct LoopTests {
  /// Plays a run on a screen.
  @discardableResult
  static func play(_ run: SlowRun, _ screen: TimedScreen, _ time: TestTime) -> DashboardLoop {
    let loop = DashboardLoop(screen: screen, control: run, clock: { time.now })
    #expect(loop.run() == .hangup)
    return loop
  }

  /// A run of which nothing is known until it is read, a hundred slices of ten milliseconds.
  static func unread(_ time: TestTime, slices: Int = 100) -> SlowRun {
    var run = RunSnapshot(name: "edu", path: "/runs/edu", state: .waiting)
    run.reading = .notBegun
    return SlowRun(run, time, seconds: 0.01) { count, snapshot in
      if count > slices { return false }
      snapshot = SampleRun.finished
      snapshot.reading =
        count < slices ? ReadingProgress(readBytes: count, totalBytes: slices) : nil
      return true
    }
  }

  @Test("the first frame comes before the first reading and says that the run is being read")
  func firstFrame() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 3)
    let run = Self.unread(time)
    Self.play(run, screen, time)
    #expect(screen.frames[0].time == 0 && screen.frames[0].text.contains("● reading"))
    #expect(screen.frames[0].text.contains("Reading the run."))
    #expect(!screen.frames[0].text.contains("starting"))
    #expect(run.readings[0].time >= screen.frames[0].time)
    let shares = screen.frames.compactMap { frame in
      frame.text.firstMatch(of: /reading (\d+)%/).flatMap { Int($0.1) }
    }
    #expect(shares.count >= 3 && shares == shares.sorted() && (shares.last ?? 0) >= 75)
    #expect(screen.frames.last?.text.contains("✓ finished") == true)
    #expect(screen.frames.last?.text.contains("reading") == false)
    // What was waited for is shown at once: a hundred slices take one second.
    let whole = screen.frames.first { !$0.text.contains("eading") }
    #expect((0.99...1.02).contains(whole?.time ?? 0))
  }

  @Test("a key is answered while reading goes on, before another slice is read")
  func keysWhileReading() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 3, events: [(0.105, .key(.character("3")))])
    let run = Self.unread(time)
    Self.play(run, screen, time)
    let answer = screen.frames.first { $0.text.contains("[3 Trace]") }
    // The slice under way ends first.
    #expect((0.105...0.12).contains(answer?.time ?? 9))
    #expect(answer?.text.contains("reading 1") == true)
    #expect(!run.readings.contains { $0.time > 0.111 && $0.time < answer?.time ?? 0 })
    #expect(run.readings.contains { $0.time > answer?.time ?? 9 })
  }

  @Test(
    "of an ended run that does not change nothing is drawn, and its files are looked at once a second"
  )
  func idle() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 120)
    let run = SlowRun(SampleRun.finished, time)
    Self.play(run, screen, time)
    let idle = screen.frames.filter { $0.time > 15 }
    // The clock goes on every ten seconds, in case an age is shown.
    #expect(idle.count <= 11)
    #expect(idle.allSatisfy { $0.changedCells == 0 })
    let readings = run.readings.count { $0.time > 20 && $0.time <= 120 }
    #expect((95...101).contains(readings))
  }

  @Test("of a live run that says nothing only the clock is drawn, once a second")
  func liveIdle() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 40)
    let run = SlowRun(SampleRun.live, time)
    Self.play(run, screen, time)
    let later = screen.frames.filter { $0.time > 20 }
    #expect((19...21).contains(later.count))
    #expect(later.allSatisfy { $0.changedCells < 40 })
    #expect(later.contains { $0.changedCells > 0 }, "the clock does not stand still")
  }

  @Test("news are drawn four times a second, or as often as is asked for", arguments: [0.25, 1])
  func interval(_ interval: Double) {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 20)
    let run = SlowRun(SampleRun.live, time) { _, _ in true }
    let loop = DashboardLoop(
      screen: screen, control: run, interval: interval, clock: { time.now })
    _ = loop.run()
    let count = screen.frames.count { $0.time > 10 }
    #expect(abs(Double(count) - 10 / interval) <= 2)
  }

  @Test("heavy frames come less often, so that the line carries less than 12 kB a second")
  func heavyFrames() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 40)
    screen.cost = ScreenOutput(bytes: 6000, seconds: 0.001)
    Self.play(SlowRun(SampleRun.live, time) { _, _ in true }, screen, time)
    let bytes = 6000 * screen.frames.count { $0.time > 10 && $0.time <= 40 }
    #expect(bytes < 12_000 * 30 && bytes > 8_000 * 30)
  }

  @Test("where writing takes long, a frame of news comes every two seconds, and keys are answered")
  func slowLine() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 60, events: [(30.3, .key(.character("3")))])
    screen.cost = ScreenOutput(bytes: 500, seconds: 0.6)
    Self.play(SlowRun(SampleRun.live, time) { _, _ in true }, screen, time)
    let later = screen.frames.map(\.time).filter { $0 > 10 && $0 < 28 }
    let gaps = zip(later, later.dropFirst()).map { $1 - $0 }
    #expect(!gaps.isEmpty && gaps.allSatisfy { (1.9...2.9).contains($0) })
    let answer = screen.frames.first { $0.text.contains("[3 Trace]") }
    // A frame of news may be under way, 0.6 s, and the answer itself takes as long.
    #expect((answer?.time ?? 99) <= 30.3 + 1.21)
  }

  @Test("while the line is full no frame of news is drawn, and no frames pile up")
  func fullLine() {
    let time = TestTime()
    let screen = TimedScreen(time, seconds: 30)
    screen.isFull = { (10..<20).contains($0) }
    Self.play(SlowRun(SampleRun.live, time) { _, _ in true }, screen, time)
    #expect(!screen.frames.contains { (10.001..<20).contains($0.time) })
    #expect(screen.frames.count { (20..<21).contains($0.time) } <= 5)
    #expect(screen.frames.contains { (20..<20.3).contains($0.time) })
  }

  @Test("keys that come in together are answered together")
  func hurry() {
    let time = TestTime()
    let keys = (0..<20).map { _ in (5.1, ScreenEvent.key(.character("j"))) }
    let screen = TimedScreen(time, seconds: 8, events: [(5, .key(.character("3")))] + keys)
    let run = SlowRun(SampleRun.finished, time)
    let loop = Self.play(run, screen, time)
    #expect(screen.frames.count { (5.1..<5.15).contains($0.time) } <= 2)
    #expect(loop.state.browsing.parameter == "lp__", "all were obeyed")
  }

  @Test("while the display is frozen no draws are read, and all are afterwards")
  func frozen() {
    let time = TestTime()
    let space = ScreenEvent.key(.character(" "))
    let screen = TimedScreen(time, seconds: 30, events: [(10, space), (20, space)])
    let run = SlowRun(SampleRun.live, time) { _, _ in true }
    Self.play(run, screen, time)
    let during = run.readings.filter { (10.1..<19.9).contains($0.time) }
    #expect(during.count > 30 && during.allSatisfy { !$0.extent.includesDraws })
    let others = run.readings.filter { $0.time < 9.9 || $0.time > 20.3 }
    #expect(others.count > 60 && others.allSatisfy { $0.extent.includesDraws })
  }

  @Test("draws grow in place: nothing holds a second copy of them while they are read")
  func growsInPlace() {
    let time = TestTime()
    var first = SampleRun.live
    first.chains = [Self.roomy()]
    var places: Set<UInt> = []
    let run = SlowRun(first, time) { count, snapshot in
      guard count <= 40 else { return false }
      // An append to an array that someone else holds moves it.
      snapshot.chains[0].append(Double(count))
      places.insert(snapshot.chains[0].place)
      return true
    }
    let screen = TimedScreen(
      time, seconds: 20,
      events: "3456782".map { (2.0 + Double($0.wholeNumberValue ?? 0) / 5, .key(.character($0))) })
    let loop = Self.play(run, screen, time)
    #expect(loop.state.snapshot.run.chains[0].count == 240, "the draws are on show")
    #expect(places.count == 1)
  }

  /// A chain of one parameter with room for more draws.
  private static func roomy() -> ChainDraws {
    var column = (0..<200).map { Double($0 * 37 % 101) }
    column.reserveCapacity(1000)
    return ChainDraws(id: 1, names: ["b_y"], columns: [column], phase: .sampling)
  }
}

@Suite("The pacer's times are those of paper and pencil")
struct FramePacerTests {
  @Test("small frames: the interval")
  func small() {
    var pacer = FramePacer(interval: 0.25)
    for step in 0..<100 {
      pacer.drew(at: Double(step) * 0.25, ScreenOutput(bytes: 2000, seconds: 0))
      #expect(abs(pacer.nextFrame - (Double(step) * 0.25 + 0.25)) < 1e-9)
    }
  }

  @Test("a frame of 27,000 bytes at rest: 15,000 beyond the burst wait 1.5 s")
  func large() {
    var pacer = FramePacer(interval: 0.25)
    pacer.drew(at: 0, ScreenOutput(bytes: 27_000, seconds: 0))
    #expect(abs(pacer.nextFrame - 1.5) < 1e-9)
    pacer.drew(at: 1.5, ScreenOutput(bytes: 5000, seconds: 0))
    #expect(abs(pacer.nextFrame - 2) < 1e-9)
  }

  @Test("writing that takes 0.1 s: 0.4 s; that takes 3 s: no more than 2 s")
  func slow() {
    var pacer = FramePacer(interval: 0.25)
    pacer.drew(at: 10, ScreenOutput(bytes: 100, seconds: 0.1))
    #expect(abs(pacer.nextFrame - 10.4) < 1e-9)
    pacer.drew(at: 20, ScreenOutput(bytes: 100, seconds: 3))
    #expect(abs(pacer.nextFrame - 22) < 1e-9)
  }

  @Test(
    "background work of 2 ms at a share of 1% comes every 0.2 s, after what is free at the start")
  func allowance() {
    var allowance = WorkAllowance(share: 0.01, start: 0.004, most: 0.01, now: 0)
    allowance.spend(0.003, at: 0)
    #expect(allowance.nextTime(after: 0) == 0)
    allowance.spend(0.003, at: 0)
    // Two milliseconds of debt are paid off in 0.2 s.
    #expect(abs(allowance.nextTime(after: 0) - 0.201) < 1e-9)
    #expect(allowance.nextTime(after: 0.3) == 0.3)
  }
}
