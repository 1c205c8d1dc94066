// Appends events to events.ndjson; several threads of a worker may write.

import Synchronization

/// Appends events to `events.ndjson`, one line and one system call each; may be used from several threads.
package final class EventWriter: Sendable {
  private struct State: ~Copyable {
    var file: AppendFile
  }

  private let state: Mutex<State>
  private let clock: @Sendable () -> Double

  /// Opens the file, creating it if need be; a torn last line of a worker that was killed is cut off.
  ///
  /// `clock` gives seconds since 1970.
  package init(
    path: String, clock: @escaping @Sendable () -> Double = { wallClock() }
  ) throws(FileError) {
    state = Mutex(State(file: try AppendFile(continuing: path)))
    self.clock = clock
  }

  /// Appends an event; when writing fails, the event waits and goes out before the next one, or by `retry()`.
  package func write(_ event: FitEvent) throws(FileError) {
    let line = StampedEvent(time: clock(), event: event).line
    try state.withLock { (state: inout State) throws(FileError) in
      state.file.append { text in
        text.append(line)
        text.append("\n")
      }
      try state.file.commit()
    }
  }

  /// Writes what waits since a write that failed.
  package func retry() throws(FileError) {
    try state.withLock { (state: inout State) throws(FileError) in try state.file.commit() }
  }

  /// True when events wait for a disk that takes them.
  package var isBehind: Bool { state.withLock { !$0.file.pending.bytes.isEmpty } }
}
