// The dashboard's only way to a run: read it, and tell its worker something.

import RunFolder

/// A run that can be read again and again, and told something.
package protocol RunControl: AnyObject {
  /// All that is known of the run.
  var snapshot: RunSnapshot { get }
  /// Reads what is new; whether anything changed.
  func refresh() throws(RunError) -> Bool
  /// Reads what is new as far as an extent goes, and says in the snapshot what is left; whether anything
  /// changed.
  func refresh(_ extent: ReadingExtent) throws(RunError) -> Bool
  /// Tells the worker something.
  func send(_ command: FitCommand) throws(RunError)
  /// Starts a worker that goes on where the last one ended.
  func resume() throws(RunError)
  /// Goes on until each chain has this many kept draws, with a new worker if there is none.
  func extend(to draws: Int) throws(RunError)
}

extension RunControl {
  /// Reads all that is new, as for a run that takes no time to read.
  package func refresh(_ extent: ReadingExtent) throws(RunError) -> Bool { try refresh() }
}
