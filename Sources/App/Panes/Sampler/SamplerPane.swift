// How the sampler moved: energies, divergences, step sizes and tree depths.

import TerminalCore

/// How the sampler moved: energies, divergences, step sizes and tree depths.
package struct SamplerPane: Pane {
  package static let kind = PaneKind.sampler

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
    let inside = buffer.drawPanel(area, title: "Sampler")
    buffer.drawNotice("Under construction.", in: inside)
  }
}
