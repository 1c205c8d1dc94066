// The state of the run at a glance, the verdicts of all checks first.

import TerminalCore

/// The state of the run at a glance, the verdicts of all checks first.
package struct OverviewPane: Pane {
  package static let kind = PaneKind.overview

  package init() {}

  package func availability(
    of command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: Browsing
  ) -> Availability { .absent }

  package mutating func update(
    _ command: PaneCommand, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? { nil }

  package func draw(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let inside = buffer.drawPanel(area, title: "Overview")
    buffer.drawNotice("Under construction.", in: inside)
  }
}
