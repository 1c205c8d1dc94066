// Step size and tree depth by iteration, warm-up included.

import Plots
import RunFolder
import TerminalCore

/// Two traces, one above the other: step sizes and tree depths.
struct AdaptationPlots: Drawable {
  var snapshot: DashboardSnapshot
  var browsing: Browsing

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let data = TraceData(snapshot, browsing)
    let parts = area.rows([.rest, .rest, .fixed(1)])
    trace("stepsize__", "step size", data, into: &buffer, in: parts[0])
    trace("treedepth__", "tree depth", data, into: &buffer, in: parts[1])
    buffer.draw(Legend(data.legend), in: parts[2].inset(left: 1, right: 1))
  }

  private func trace(
    _ column: String, _ title: String, _ data: TraceData, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    let series = data.series(of: column)
    let heading = area.splitTop(area.rows >= 3 ? 1 : 0)
    let last = snapshot.run.chains.compactMap { $0[column]?.last }.filter(\.isFinite)
    var words = title
    if let low = last.min(), let high = last.max() {
      let ends = [low, high].map { Format.compact($0, digits: 3) }
      words += ends[0] == ends[1] ? ", now \(ends[0])" : ", now \(ends[0]) to \(ends[1])"
    }
    buffer.write(words, in: heading.top.inset(left: 1, right: 1), Style(.heading))
    guard !series.isEmpty else {
      return buffer.drawNotice(
        "Not available: no column \(column).", in: heading.rest.inset(left: 1, right: 1))
    }
    var plot = TracePlot(series, warmup: data.warmup)
    plot.scalesToWarmup = true
    buffer.draw(plot, in: heading.rest)
  }
}
