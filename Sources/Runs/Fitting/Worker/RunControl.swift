// What is asked of a running fit from outside: pause, stop, more draws.

import RunFolder
import Synchronization

/// The wishes of whoever watches a fit; read by its threads between two slices of work.
package final class RunControl: Sendable {
  private let stopped = Atomic(false)
  private let paused = Atomic(false)
  private let wanted = Atomic(0)

  /// No wishes.
  package init() {}

  /// Whether the fit is to end as soon as it can.
  package var isStopped: Bool { stopped.load(ordering: .relaxed) }
  /// Whether the chains are to wait.
  package var isPaused: Bool { paused.load(ordering: .relaxed) }
  /// The draws that each chain is to have after warm-up, where more were asked for than the request says; 0 if not.
  package var wantedDraws: Int { wanted.load(ordering: .relaxed) }

  /// Takes a command.
  package func apply(_ command: FitCommand) {
    switch command {
    case .stop: stopped.store(true, ordering: .relaxed)
    case .pause: paused.store(true, ordering: .relaxed)
    case .resume: paused.store(false, ordering: .relaxed)
    case .extend(let draws): wanted.max(draws, ordering: .relaxed)
    }
  }
}
