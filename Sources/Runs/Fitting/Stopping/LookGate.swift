// Where the threads of a run wait for one another: the last to come looks at the draws, then all go on or end.

import Glibc
import Synchronization

/// A meeting point of threads.
final class LookGate: Sendable {
  private struct State {
    var waiting = 0
    var round = 0
    var isOver = false
  }

  private let count: Int
  private let state = Mutex(State())

  /// A meeting point of `count` threads.
  init(_ count: Int) { self.count = count }

  /// Waits until all threads are here and one of them, the last, has called `look`; returns what it said.
  ///
  /// A run that is stopped from outside is over at once.
  func isOver(_ control: RunControl, look: () -> Bool) -> Bool {
    if control.isStopped { return true }
    let round = state.withLock { state -> Int? in
      state.waiting += 1
      return state.waiting == count ? nil : state.round
    }
    guard let round else {
      let isOver = look()
      state.withLock { ($0.waiting, $0.round, $0.isOver) = (0, $0.round + 1, isOver) }
      return isOver
    }
    while !control.isStopped {
      if let isOver = state.withLock({ $0.round > round ? $0.isOver : nil }) { return isOver }
      usleep(200)
    }
    return true
  }
}
