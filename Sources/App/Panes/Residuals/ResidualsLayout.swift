// Where the parts of the pane of residuals stand, at any size.

import TerminalCore

/// The parts of the pane in an area.
struct ResidualsLayout {
  /// The row of outcomes; empty where there is no room.
  private(set) var heading = Rect(.zero)
  /// The frame of the quantile plot.
  private(set) var quantiles: Rect?
  /// The frame of the plot beside or below it.
  private(set) var beside: Rect?
  /// The frame of the tests.
  private(set) var tests: Rect

  init(_ area: Rect, tests count: Int) {
    var rest = area
    if area.rows >= 6 {
      let top = area.splitTop(1)
      heading = top.top.inset(left: 1, right: 1)
      rest = top.rest
    }
    // The frame, the header and a row for each test; where rows are few, tests come without frame.
    let height =
      rest.rows >= count + 11 ? count + 3 : max(0, min(count + 1, rest.rows - 5))
    guard rest.rows >= 8 else {
      tests = rest
      return
    }
    let parts = rest.rows([.rest, .fixed(height)])
    tests = parts[1]
    let plots = parts[0]
    if plots.rows >= 24, plots.columns * 2 < plots.rows * 5 {
      // Higher than wide: one below the other.
      let halves = plots.rows([.rest, .rest])
      (quantiles, beside) = (halves[0], halves[1])
    } else if plots.columns >= 56 {
      let halves = plots.columns([.rest, .rest])
      (quantiles, beside) = (halves[0], halves[1])
    } else {
      quantiles = plots
    }
  }
}
