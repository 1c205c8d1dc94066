// Estimates with their intervals, as a table and as a forest plot.

import TerminalCore

/// Estimates with their intervals, as a table and as a forest plot.
package struct EstimatesPane: Pane {
  package static let kind = PaneKind.estimates

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
    let inside = buffer.drawPanel(area, title: "Estimates")
    buffer.drawNotice("Under construction.", in: inside)
  }
}
