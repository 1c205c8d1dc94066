// When the next frame of new data may be drawn, so that no line gets more than it can take.

import TerminalCore

/// Spaces frames of new data in time; frames that answer a key do not wait, but count.
///
/// A frame goes out at most once in an interval. What it wrote is a debt that the line pays off at ten kilobytes a second; while
/// the debt is more than a burst, data wait. Where writing itself takes long, the terminal is slow: then
/// at most a fifth of the time is spent writing. No frame waits longer than two seconds.
struct FramePacer {
  /// From when on the next frame of data may be drawn, on the clock of the dashboard.
  private(set) var nextFrame = -Double.infinity
  /// When the last frame was drawn.
  private(set) var lastFrame = -Double.infinity
  private let interval: Double
  private var debt = 0.0

  /// Bytes a second that the line is believed to take; the promise is twelve thousand.
  static let rate = 10_000.0
  /// Bytes that may go out at once, so that a change of the whole screen is followed without delay.
  static let burst = 12_000.0
  /// The most seconds between two frames while data come in.
  static let longestPause = 2.0
  /// Seconds of writing that say nothing about the line.
  private static let quickWriting = 0.02

  /// A pacer of at most one frame in an interval, in seconds.
  init(interval: Double) { self.interval = interval }

  /// Takes note of a frame and what it cost.
  mutating func drew(at now: Double, _ cost: ScreenOutput) {
    if lastFrame.isFinite { debt = max(0, debt - Self.rate * max(0, now - lastFrame)) }
    debt += Double(cost.bytes)
    lastFrame = now
    var pause = max(interval, (debt - Self.burst) / Self.rate)
    if cost.seconds > Self.quickWriting { pause = max(pause, 4 * cost.seconds) }
    nextFrame = now + min(pause, max(interval, Self.longestPause))
  }

  /// The line cannot take anything now: data wait a moment.
  mutating func wasBusy(at now: Double) { nextFrame = now + 0.1 }
}
