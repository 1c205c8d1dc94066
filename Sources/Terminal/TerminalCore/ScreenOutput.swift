// What showing frames has cost the line to the terminal.

/// What showing frames has cost the line to the terminal, since the screen began.
package struct ScreenOutput: Sendable, Equatable {
  /// The bytes written.
  package var bytes: Int
  /// The seconds that writing them took; most of it is waiting where the line is slow.
  package var seconds: Double

  /// So many bytes in so many seconds.
  package init(bytes: Int = 0, seconds: Double = 0) {
    self.bytes = bytes
    self.seconds = seconds
  }

  /// What came after an earlier reading.
  package static func - (later: ScreenOutput, earlier: ScreenOutput) -> ScreenOutput {
    ScreenOutput(bytes: later.bytes - earlier.bytes, seconds: later.seconds - earlier.seconds)
  }
}
