// Where the events of a fit go: a run folder, a terminal line, a test's memory, or nowhere.

import RunFolder
import Synchronization

/// A receiver of a fit's events; it may be called from several threads.
package protocol FitEventSink: Sendable {
  /// Takes one event.
  func receive(_ event: FitEvent)
}

/// A sink that forgets.
package struct NullSink: FitEventSink {
  /// A sink that forgets.
  package init() {}
  package func receive(_ event: FitEvent) {}
}

/// A sink that remembers, for tests.
package final class MemorySink: FitEventSink {
  private let stored = Mutex<[FitEvent]>([])
  /// An empty memory.
  package init() {}
  package func receive(_ event: FitEvent) { stored.withLock { $0.append(event) } }
  /// What has been received so far.
  package var events: [FitEvent] { stored.withLock { $0 } }
}

/// A sink that passes every event on to several.
package struct SplitSink: FitEventSink {
  private let sinks: [any FitEventSink]
  /// A sink in front of `sinks`.
  package init(_ sinks: [any FitEventSink]) { self.sinks = sinks }
  package func receive(_ event: FitEvent) {
    for sink in sinks { sink.receive(event) }
  }
}

/// A sink that appends to a run folder's `events.ndjson`.
///
/// An event that cannot be written waits in the writer and goes out with a later one; the failure itself is kept in
/// `failure`, for whoever watches the disk.
package final class FolderSink: FitEventSink {
  private let writer: EventWriter
  private let lastFailure = Mutex<FileError?>(nil)

  /// A sink for the events of a run.
  package init(_ folder: RunFolder) throws(FileError) {
    writer = try EventWriter(path: folder.eventsPath())
  }

  package func receive(_ event: FitEvent) {
    do {
      try writer.write(event)
      lastFailure.withLock { $0 = nil }
    } catch {
      lastFailure.withLock { $0 = error }
    }
  }

  /// Why the last event could not be written, if it could not.
  package var failure: FileError? { lastFailure.withLock { $0 } }
}
