// What a user can ask of the pane in front: by keys, by the mouse, or by typing a range.

import TerminalCore

/// What a key can ask of the pane in front; each pane understands some of it.
package enum PaneCommand: Hashable, Sendable, CaseIterable {
  case up, down, left, right
  case pageUp, pageDown
  case first, last
  case zoomIn, zoomOut, zoomReset
  /// Zooming and moving act on the other axis: draws, or values.
  case switchAxis
  /// A zoomed plot moves to larger or to smaller values, whichever axis zooming acts on.
  case panUp, panDown
  /// The cursor in a plot whose readings are shown: on or off, and moved along.
  case toggleReadout, readoutLeft, readoutRight
  /// Takes away what lies over a plot: a part being selected, else the cursor.
  case dismiss
  case toggleWarmup
  case cycleChain
  case sortColumn, sortReverse
  /// Pins the parameter in front, or lets it go.
  case pin
  /// One large plot, or a grid of small ones.
  case toggleGrid
  case previousSection, nextSection
  case open
  case newGroups
}

/// What the mouse does in a pane.
package enum PanePointer: Hashable, Sendable {
  case press(Point)
  /// The second of two presses at one place in short time; the first came as ``press(_:)``.
  case doublePress(Point)
  /// The pointer moves with the button held.
  case drag(from: Point, to: Point)
  case release(from: Point, to: Point)
  case wheelUp(Point), wheelDown(Point)
}

/// A part of a plot that the user typed; `nil` leaves an axis as it is.
package struct PlotRange: Hashable, Sendable {
  /// Iterations, counted from 1.
  package var draws: ClosedRange<Int>?
  package var values: ClosedRange<Double>?

  /// A part of a plot.
  package init(draws: ClosedRange<Int>? = nil, values: ClosedRange<Double>? = nil) {
    self.draws = draws
    self.values = values
  }
}
