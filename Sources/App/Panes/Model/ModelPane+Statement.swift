// What the pane of model and data says of itself.

import RunFolder
import TerminalCore

extension ModelPane {
  package func statement(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> PaneStatement {
    let run = snapshot.run
    let data = snapshot.diagnostics.data
    var statement = PaneStatement(shows: "model of \(run.name)")
    switch view {
    case .model:
      statement.basis = run.fitReport.map { counted($0.observations, "observation") } ?? ""
    case .data:
      statement.shows = "data of \(run.name)"
      if let summary = data?.summary {
        let rows = counted(summary.rows, "row")
        statement.shows += ", \(counted(summary.columns.count, "column"))"
        statement.basis = summary.isComplete ? rows : "the first \(rows)"
        let missing = summary.columns.filter { $0.missing > 0 }
        if !missing.isEmpty {
          statement.add(
            ["missing values in " + missing.map(\.name).joined(separator: ", ")], .doubtful)
        }
      } else {
        statement.add([ModelPane.missingData(snapshot)], .none)
      }
    case .priors:
      let priors = PriorTable(run)
      statement.shows = "priors of \(run.name)"
      statement.basis = priors.absence == nil ? counted(priors.rowCount, "prior") : ""
      if let absence = priors.absence { statement.add([absence], .none) }
    case .log:
      statement.shows = "log of \(run.name)"
      statement.basis = counted(run.happenings.count, "event")
      if run.state.isLive { statement.computed = run.lastEventTime }
    }
    if run.state != .foreign, let summary = data?.summary, summary.sourceBytes == nil {
      statement.add(["the data file is no longer where it was"], .doubtful)
    }
    statement.add(run.problems, .doubtful)
    return statement.ended(snapshot)
  }
}
