// The mouse in the pane of residuals: outcomes, and the residual under the pointer.

import Plots
import RunFolder
import TerminalCore

extension ResidualsPane {
  package mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    guard let view = view(snapshot) else { return nil }
    switch pointer {
    case .press(let point), .drag(_, let point):
      let layout = ResidualsLayout(Rect(size), tests: view.tests.count)
      if layout.heading.contains(point) {
        if case .press = pointer {
          chooseOutcome(at: point, view, layout.heading, browsing.charset)
        }
      } else {
        pickNearest(point, view, snapshot, layout, browsing.charset)
      }
    case .wheelUp where pick != nil: pick = ResidualPick(view).moved(pick, by: 1)
    case .wheelDown where pick != nil: pick = ResidualPick(view).moved(pick, by: -1)
    default: break
    }
    return nil
  }

  private mutating func chooseOutcome(
    at point: Point, _ view: ResidualView, _ heading: Rect, _ charset: Charset
  ) {
    let names = view.outcomes.map { " \($0.name) " }
    guard
      let place = tab(at: point.column - heading.column, names, gap: 2, charset),
      place != view.index
    else { return }
    outcome = view.outcomes[place].name
    pick = nil
  }

  private mutating func pickNearest(
    _ point: Point, _ view: ResidualView, _ snapshot: DashboardSnapshot,
    _ layout: ResidualsLayout, _ charset: Charset
  ) {
    if let area = layout.quantiles.map({ panelInside(of: $0) }), area.contains(point) {
      let frame = quantilePlot(view).frame(in: area, charset: charset)
      guard frame.area.contains(point) else { return }
      pick = ResidualPick(view).nearest(
        quantileAt: (frame.xValue(at: point.column), frame.yValue(at: point.row)), in: frame)
    } else if let area = layout.beside.map({ panelInside(of: $0) }), area.contains(point),
      let plot = scatterPlot(view, snapshot)
    {
      let frame = plot.frame(in: area, charset: charset)
      guard frame.area.contains(point) else { return }
      let points = plot.points.flatMap { series in
        zip(series.x, series.y).map { (x: $0, y: $1) }
      }
      pick = ResidualPick(view).nearest(
        among: points, at: (frame.xValue(at: point.column), frame.yValue(at: point.row)),
        in: frame)
    }
  }
}

/// Which of several titles in a row stands at an offset from the first; `nil` in a gap.
func tab(at offset: Int, _ titles: [String], gap: Int, _ charset: Charset) -> Int? {
  var start = 0
  for (place, title) in titles.enumerated() {
    let end = start + displayWidth(of: title, in: charset)
    if offset >= start, offset < end { return place }
    start = end + gap
  }
  return nil
}
