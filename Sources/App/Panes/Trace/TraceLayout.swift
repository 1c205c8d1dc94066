// Where the parts of the pane of traces stand, at any size.

import TerminalCore

/// The parts of the pane in an area: the plot, the list of parameters and the density where there is room.
struct TraceLayout {
  /// The frame of the parameters.
  private(set) var list: Rect?
  /// The frame of the plot or of the grid.
  private(set) var panel: Rect
  /// The frame of the density beside a trace.
  private(set) var density: Rect?

  init(_ area: Rect, mode: TraceMode, isGrid: Bool) {
    let wantsDensity = mode == .trace && !isGrid
    panel = area
    if area.columns >= 100, area.rows >= 8 {
      let parts = area.splitLeft(min(56, area.columns / 3))
      (list, panel) = (parts.left, parts.rest)
      if wantsDensity, panel.columns >= 78 {
        let beside = panel.columns([.rest, .fixed(max(24, panel.columns / 4))])
        (panel, density) = (beside[0], beside[1])
      }
    } else if area.rows >= 36, area.columns >= 40, !isGrid {
      // Higher than wide: what stands beside the plot elsewhere stands below it.
      let parts = area.splitBottom(min(18, area.rows / 3))
      panel = parts.rest
      if wantsDensity, area.columns >= 54 {
        let below = parts.bottom.columns([.rest, .fixed(max(24, area.columns * 2 / 5))])
        (list, density) = (below[0], below[1])
      } else {
        list = parts.bottom
      }
    }
  }

  /// What is inside the frame of the plot.
  var inside: Rect { panelInside(of: panel) }

  private var parts: [Rect] { inside.rows([.rest, .fixed(hasNumbers ? 2 : 1)]) }

  /// Whether there is a row for numbers under the legend.
  var hasNumbers: Bool { inside.rows >= 6 }

  /// The plot with its axes.
  var plot: Rect { parts[0] }

  /// The rows under the plot.
  var lines: Rect { parts[1].inset(left: 1, right: 1) }

  /// The rows of names inside the frame of the parameters, the header included.
  var listInside: Rect? { list.map { panelInside(of: $0) } }
}
