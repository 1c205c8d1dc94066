// Independent pieces of work on a few threads, with results in order.

import Synchronization

/// Runs pieces of work that do not depend on each other.
enum ParallelMap {
  private final class Board<Result: Sendable>: Sendable {
    let state: Mutex<(next: Int, results: [Int: Result], failure: FittingError?)>

    init() { state = Mutex((0, [:], nil)) }

    /// Takes pieces until there are no more.
    func work(_ count: Int, _ body: (Int) throws(FittingError) -> Result) {
      while true {
        let piece = state.withLock { state -> Int? in
          guard state.next < count, state.failure == nil else { return nil }
          state.next += 1
          return state.next - 1
        }
        guard let piece else { return }
        do throws(FittingError) {
          let result = try body(piece)
          state.withLock { $0.results[piece] = result }
        } catch {
          state.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
  }

  /// The results of `body` for 0 ..< count, in that order, whatever the number of threads; the calling thread is one of
  /// them.
  ///
  /// - Throws: one of the errors of `body`, or that there can be no thread.
  static func results<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) throws(FittingError) -> Result
  ) throws(FittingError) -> [Result] {
    let board = Board<Result>()
    var others: [DedicatedThread] = []
    for _ in 1..<max(min(threads, count), 1) {
      others.append(try DedicatedThread { board.work(count, body) })
    }
    board.work(count, body)
    for thread in others { thread.join() }
    return try board.state.withLock { state throws(FittingError) in
      if let failure = state.failure { throw failure }
      return (0..<count).compactMap { state.results[$0] }
    }
  }
}
