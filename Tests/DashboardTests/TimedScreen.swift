// A screen with a clock: events come at their times, writing takes time, frames are kept with theirs.

import Dashboard
import TerminalCore

@testable import RunFolder

/// The time of a test, in seconds; whoever waits or works lets it pass.
final class TestTime {
  var now = 1_800_000_010.0
  /// The time at which the test began.
  let beginning = 1_800_000_010.0

  /// Seconds since the test began.
  var passed: Double { now - beginning }
}

/// A screen that plays events at their times and then hangs up.
final class TimedScreen: Screen {
  struct Frame {
    /// Seconds since the test began.
    var time: Double
    var text: String
    /// The cells that are other than in the frame before.
    var changedCells: Int
  }

  var size = Size(columns: 100, rows: 30)
  let charset = Charset.braille
  let colorDepth = ColorDepth.indexed
  private(set) var output = ScreenOutput()
  private(set) var frames: [Frame] = []
  /// What a frame costs the line.
  var cost = ScreenOutput()
  /// Whether the line is full at a time.
  var isFull: (Double) -> Bool = { _ in false }
  private let time: TestTime
  private var events: [(time: Double, event: ScreenEvent)]
  private let end: Double
  private var last: CellBuffer?

  /// A screen for so many seconds.
  init(
    _ time: TestTime, seconds: Double, events: [(time: Double, event: ScreenEvent)] = []
  ) {
    self.time = time
    self.events = events
    end = time.now + seconds
  }

  var isReady: Bool { !isFull(time.passed) }
  var hasEvent: Bool { events.first.map { $0.time <= time.passed } ?? false }

  func present(_ frame: CellBuffer, theme: Theme) {
    time.now += cost.seconds
    output.bytes += cost.bytes
    output.seconds += cost.seconds
    let changed = frame.changes(since: last).reduce(0) { $0 + $1.cells.count }
    frames.append(Frame(time: time.passed, text: frame.asText(), changedCells: changed))
    last = frame
  }

  func invalidate() {}
  func suspend() {}
  func copy(_ text: String) throws(ClipboardError) {}
  func useMouse(_ isOn: Bool) {}

  func nextEvent(timeout milliseconds: Int?, descriptors: [Int32]) -> ScreenEvent {
    let wait = milliseconds.map { Double($0) / 1000 } ?? .infinity
    if let next = events.first, next.time <= time.passed + wait {
      time.now = max(time.now, time.beginning + next.time)
      return events.removeFirst().event
    }
    if time.now + wait >= end {
      time.now = end
      return .hangup
    }
    time.now += wait
    return .timeout
  }
}

/// A run whose readings take time and come in parts.
final class SlowRun: RunControl {
  private(set) var snapshot: RunSnapshot
  /// What each reading does to the run, and whether it changes anything.
  ///
  /// After all of them nothing changes.
  private let reading: (Int, inout RunSnapshot) -> Bool
  private let time: TestTime
  /// What one reading takes, in seconds.
  private let seconds: Double
  private(set) var readings: [(time: Double, extent: ReadingExtent)] = []

  init(
    _ snapshot: RunSnapshot, _ time: TestTime, seconds: Double = 0.0001,
    reading: @escaping (Int, inout RunSnapshot) -> Bool = { _, _ in false }
  ) {
    self.snapshot = snapshot
    self.time = time
    self.seconds = seconds
    self.reading = reading
  }

  func refresh() throws(RunError) -> Bool { try refresh(.all) }

  func refresh(_ extent: ReadingExtent) throws(RunError) -> Bool {
    readings.append((time.passed, extent))
    time.now += seconds
    return reading(readings.count, &snapshot)
  }

  func send(_ command: FitCommand) throws(RunError) {}
  func resume() throws(RunError) {}
  func extend(to draws: Int) throws(RunError) {}
}

extension ChainDraws {
  /// Adds a draw to a chain of one parameter.
  mutating func append(_ value: Double) { columns[0].append(value) }

  /// Where the draws of the first parameter lie in memory.
  var place: UInt { columns[0].withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } }
}
