// Data beside data simulated from the model, and how well it predicts.

import TerminalCore

/// Data beside data simulated from the model, and how well it predicts.
package struct PredictivePane: Pane {
  package static let kind = PaneKind.predictive

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
    let inside = buffer.drawPanel(area, title: "Predictive checks")
    buffer.drawNotice("Under construction.", in: inside)
  }
}
