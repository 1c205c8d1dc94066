// Commands from outside, taken from the run folder and from signals.

import RunFolder
import Synchronization

/// The reader of a run's commands, shared between the threads of a worker.
final class CommandBox: Sendable {
  private let reader: Mutex<CommandReader>

  init(_ reader: CommandReader) { self.reader = Mutex(reader) }

  /// Applies what has been asked since the last call, and says so in an event.
  func poll(_ control: RunControl, _ sink: any FitEventSink) {
    if StopSignal.number != nil { control.apply(.stop) }
    let commands = reader.withLock { reader in
      do { return try reader.refresh() } catch {
        // A folder that cannot be read for a moment: the commands are still there at the next call.
        return []
      }
    }
    for command in commands {
      control.apply(command)
      switch command {
      case .pause: sink.receive(.paused)
      case .resume: sink.receive(.resumed)
      case .extend(let draws): sink.receive(.extended(draws: draws))
      case .stop: break
      }
    }
  }
}
