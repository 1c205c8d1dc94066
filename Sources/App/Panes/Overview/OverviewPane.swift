// The state of the run at a glance, the verdicts of all checks first.

import Plots
import RunFolder
import TerminalCore

/// The pane that the dashboard opens on.
package struct OverviewPane: Pane {
  package static let kind = PaneKind.overview

  /// What tells a line from the others while new ones come in.
  private struct Key: Equatable {
    var check: String
    var subject: String
    var meaning: String
  }
  private var chosen: Key?
  /// The outcome that the line opened last is about, for the pane of residuals.
  private(set) var openedOutcome: String?

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability {
    switch command {
    case .up, .down, .pageUp, .pageDown, .first, .last, .open:
      return OverviewReport.isEmpty(snapshot)
        ? .disabled("there are no verdicts yet") : .enabled
    default: return .absent
    }
  }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    let lines = OverviewReport(snapshot).lines
    guard !lines.isEmpty else { return nil }
    let row = selectedRow(lines)
    if command == .open {
      let line = lines[row]
      if browsing.parameters.contains(line.subject) { browsing.choose(line.subject) }
      let outcomes = snapshot.run.residualReport?.outcomes.map(\.name) ?? []
      openedOutcome = outcomes.contains(line.subject) ? line.subject : nil
      return line.pane
    }
    guard let steps = rowSteps(command, page: max(1, size.rows / 2)) else { return nil }
    let target = row + min(max(steps, -lines.count), lines.count)
    let line = lines[min(max(0, target), lines.count - 1)]
    chosen = Key(check: line.check, subject: line.subject, meaning: line.meaning)
    return nil
  }

  /// The line in front: the one chosen, or the most serious; numbers in its words may have changed.
  private func selectedRow(_ lines: [OverviewLine]) -> Int {
    guard let chosen else { return 0 }
    return lines.firstIndex {
      Key(check: $0.check, subject: $0.subject, meaning: $0.meaning) == chosen
    }
      ?? lines.firstIndex { $0.check == chosen.check && $0.subject == chosen.subject } ?? 0
  }

  package func parametersInView(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, size: Size
  ) -> [String] {
    snapshot.run.parameterNames.filter { $0.hasPrefix("sd_") || $0.hasPrefix("cor_") }
  }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let report = OverviewReport(snapshot)
    let rest = OverviewProgress(snapshot: snapshot).draw(into: &buffer, top: area)
    var left = rest
    if rest.columns >= 110, rest.rows >= 18 {
      let sketches = OverviewSketches(snapshot, worst: report.worst)
      if !sketches.isEmpty {
        let parts = rest.splitRight(min(64, rest.columns * 2 / 5))
        left = parts.rest
        sketches.draw(into: &buffer, in: parts.right)
      }
    }
    VerdictList(
      report: report, selected: selectedRow(report.lines), emptyWords: emptyWords(snapshot)
    ).draw(into: &buffer, in: left)
  }

  private func emptyWords(_ snapshot: DashboardSnapshot) -> String {
    switch snapshot.run.state {
    case .failed, .lost, .foreign, .waiting, .reading: missingWords(.keptDraws, snapshot)
    case .optimizing: "Verdicts come once the optimizer has ended."
    default: "There is nothing to judge yet."
    }
  }
}
