// The data of a run for the pane that shows them, read when it is in front.

import RunFolder

/// The data of a run, or why they cannot be shown.
package struct DataDetail: Sendable, Equatable {
  /// What tells whether the data have to be read anew.
  package struct Basis: Sendable, Equatable {
    var path: String
    /// The grouping factors are known once the model has been built.
    var groups: Set<String>
    /// Data that are not there may come while the worker reads.
    var phase: RunState

    /// What the data of a run depend on now.
    init(_ run: RunSnapshot) {
      path = run.path
      groups = Set(run.fitReport?.model.groups.map(\.name) ?? [])
      // The phases after reading are alike for the data.
      phase = run.state == .waiting || run.state == .reading ? run.state : .finished
    }
  }

  let basis: Basis
  /// The summary; nil where there is none.
  package let summary: DataSummary?
  /// Why there is none, in words.
  package let problem: String?

  /// A summary that is there, as tests and demos make it.
  package init(_ run: RunSnapshot, summary: DataSummary) {
    basis = Basis(run)
    self.summary = summary
    problem = nil
  }

  init(_ run: RunSnapshot, _ basis: Basis) {
    self.basis = basis
    guard run.state != .foreign else {
      summary = nil
      problem = "Draws of another program come without their data."
      return
    }
    do throws(RunError) {
      summary = try DataSummary(
        of: RunFolder(path: run.path),
        factors: basis.groups.union(run.request?.factors ?? []), source: run.request?.dataPath)
      problem = nil
    } catch {
      summary = nil
      problem = error.description
    }
  }
}
