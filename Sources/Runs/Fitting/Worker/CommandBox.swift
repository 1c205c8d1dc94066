// Commands from outside, taken from the run folder and from signals.

import RunFolder
import Synchronization

/// The reader of a run's commands, shared between the threads of a worker.
final class CommandBox: Sendable {
  private let reader: Mutex<CommandReader>
  private let folder: RunFolder

  init(_ reader: CommandReader, of folder: RunFolder) {
    self.reader = Mutex(reader)
    self.folder = folder
  }

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
      case .extend(let draws):
        record(draws, sink)
        sink.receive(.extended(draws: control.wantedDraws))
      case .stop: break
      }
    }
  }

  /// Writes the new number of draws into the request: a later worker, or the run done again, is to make as many.
  private func record(_ draws: Int, _ sink: any FitEventSink) {
    do {
      let request = try folder.request()
      var extended = request
      extended.extend(to: draws)
      guard extended != request else { return }
      try folder.write(extended)
    } catch {
      sink.receive(
        .warning(
          FitWarning(
            code: "write-failed", message: "\(error)",
            advice: "the fit goes on to \(draws) draws, but a resumed one would not know of it")))
    }
  }
}
