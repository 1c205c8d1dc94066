// What a user asks of a running worker: the lines of commands.ndjson.

/// What a user asks of a running worker.
package enum FitCommand: Sendable, Equatable {
  case pause
  case resume
  case stop
  /// Go on until each chain has this many kept draws.
  case extend(draws: Int)
}
