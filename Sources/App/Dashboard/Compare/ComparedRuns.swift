// Several runs that are read side by side, with what is derived from each.

import Panes
import RunFolder

/// Several runs, read again and again.
package struct ComparedRuns {
  private var controls: [FolderRunControl]
  private var caches: [DiagnosticCache]
  /// The runs as they were last read.
  package private(set) var snapshots: [DashboardSnapshot]
  /// Whether statistics are still to be computed.
  package private(set) var isBehind = false

  /// Files that cannot be used, each with its reason.
  package var problems: [String] { snapshots.flatMap(\.run.problems) }

  /// As many runs as are compared at once.
  package static let counts = 2...4

  /// The runs of folders, or files of draws.
  package init(_ controls: [FolderRunControl], now: Double) {
    self.controls = controls
    caches = controls.map { _ in DiagnosticCache() }
    snapshots = controls.map { DashboardSnapshot(run: $0.snapshot, now: now) }
  }

  /// The runs at paths, as the dashboard finds them.
  package init(paths: [String], now: Double) throws(RunError) {
    var controls: [FolderRunControl] = []
    for path in paths { controls.append(try FolderRunControl(paths: [path])) }
    self.init(controls, now: now)
  }

  /// Reads what is new and computes what is most needed.
  ///
  /// - Parameter budget: the time for statistics of all runs together; `nil` for as long as it takes.
  package mutating func refresh(now: Double, budget: Duration?) throws(RunError) {
    isBehind = false
    let share = budget.map { $0 / controls.count }
    for place in controls.indices {
      _ = try controls[place].refresh()
      let run = controls[place].snapshot
      // Effects of single levels are not compared, so the others come first.
      caches[place].refresh(run, inView: run.countedParameterNames, now: now, budget: share)
      if caches[place].isBehind { isBehind = true }
      snapshots[place] = DashboardSnapshot(
        run: run, diagnostics: caches[place].report, now: now)
    }
  }
}
