// What the pane of traces shows at a size: its parts, its plot, and what can be read off it.

import Plots
import RunFolder
import TerminalCore

/// The pane's content at a size, for drawing and for finding what was pressed.
struct TraceView {
  let pane: TracePane
  let snapshot: DashboardSnapshot
  let browsing: Browsing
  let data: TraceData
  let layout: TraceLayout

  init(
    _ pane: TracePane, _ snapshot: DashboardSnapshot, _ browsing: Browsing, _ size: Size
  ) {
    self.pane = pane
    self.snapshot = snapshot
    self.browsing = browsing
    data = TraceData(snapshot, browsing)
    layout = TraceLayout(Rect(size), mode: pane.mode, isGrid: pane.isGrid)
  }

  /// The parameter in front.
  var name: String? { browsing.parameter }

  /// The grid of small plots.
  var grid: TraceGridPlan {
    TraceGridPlan(layout.inside.size, hasAxes: true)
  }

  /// The parameters on the page of the grid that holds the one in front.
  var namesInGrid: [String] {
    let count = max(1, grid.count)
    let page = (browsing.parameterIndex ?? 0) / count
    return Array(browsing.parameters.dropFirst(page * count).prefix(count))
  }

  /// The trace of a parameter.
  func trace(of name: String, showsValueWindow: Bool = true) -> TracePlot {
    var plot = TracePlot(data.series(of: name), warmup: data.warmup)
    plot.showsWarmup = data.showsWarmup
    plot.scalesToWarmup = browsing.includesWarmup
    plot.window = pane.draws.range(of: data.available)
    plot.plannedLength = plot.window == nil ? data.plannedLength : nil
    plot.valueRange = showsValueWindow ? pane.values.range(of: name) : nil
    if data.thin > 1 { plot.xName = "draw" }
    return plot
  }

  /// The plots of the other modes.
  func plots(of name: String, showsValueWindow: Bool = true) -> DrawsPlots {
    DrawsPlots(
      mode: pane.mode, name: name, data: data, snapshot: snapshot,
      valueRange: showsValueWindow ? pane.values.range(of: name) : nil)
  }

  /// The plot that can be zoomed; `nil` where there is none.
  var frame: PlotFrame? {
    guard !pane.isGrid, let name, snapshot.hasDraws else { return nil }
    switch pane.mode {
    case .trace: return trace(of: name).frame(in: layout.plot, charset: browsing.charset)
    case .density: return reading?.frames.first
    default: return nil
    }
  }

  /// All values that there are to see, whatever is in view.
  var allValues: ClosedRange<Double>? {
    guard let name else { return nil }
    let scale: Scale? =
      pane.mode == .trace
      ? trace(of: name, showsValueWindow: false).valueScale
      : plots(of: name, showsValueWindow: false).reading(
        in: layout.plot, browsing.charset)?.frames.first?.x
    return scale.map { $0.lower...$0.upper }
  }

  /// What can be read off the plot.
  var reading: PlotReading? {
    guard !pane.isGrid, let name, snapshot.hasDraws else { return nil }
    guard pane.mode == .trace else {
      return plots(of: name).reading(in: layout.plot, browsing.charset)
    }
    return TraceReading(plot: trace(of: name), data: data).reading(
      in: layout.plot, browsing.charset)
  }

  /// What is said of the part that is in view.
  var zoomWords: String {
    var words: [String] = []
    if pane.mode == .trace, let shown = pane.draws.range(of: data.available) {
      words.append("\(data.unitName)s \(shown.lowerBound + 1) to \(shown.upperBound)")
    }
    if !pane.isGrid, let values = pane.values.range(of: name) {
      let scale = Scale(from: values.lowerBound, to: values.upperBound)
      words.append(
        "values \(Panes.reading(values.lowerBound, on: scale)) to "
          + Panes.reading(values.upperBound, on: scale))
    }
    if !words.isEmpty { words.append("0: all") }
    if pane.zoomsValues, pane.mode == .trace, !pane.isGrid { words.append("+ - values (y)") }
    return words.joined(separator: ", ")
  }
}
