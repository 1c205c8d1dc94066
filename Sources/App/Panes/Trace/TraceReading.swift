// What the chains were at an iteration, or over the iterations that share a column of a trace.

import Plots
import RunFolder
import TerminalCore

/// The readings of a trace.
struct TraceReading {
  var plot: TracePlot
  var data: TraceData

  /// What can be read off the trace as it is drawn in an area.
  func reading(in area: Rect, _ charset: Charset) -> PlotReading {
    let frame = plot.frame(in: area, charset: charset)
    let window = plot.shownWindow
    let newest = min(window.upperBound, plot.series.map(\.values.count).max() ?? 0)
    return PlotReading(frames: [frame], start: Double(max(newest, 1)), unit: 1) { value, column in
      words(at: value, column, frame.y)
    }
  }

  /// The words at an iteration, which counts from 1.
  private func words(
    at value: Double, _ column: ClosedRange<Double>, _ scale: Scale
  ) -> [[StyledText]] {
    let window = plot.shownWindow
    guard !window.isEmpty else { return [] }
    func bounded(_ number: Double) -> Int {
      Int(min(max(number, Double(window.lowerBound + 1)), Double(window.upperBound)))
    }
    var first = bounded(column.lowerBound.rounded(.up))
    var last = bounded(column.upperBound.rounded(.down))
    // Zoomed in, an iteration is wider than a column.
    if first >= last { (first, last) = (bounded(value.rounded()), bounded(value.rounded())) }
    let every = data.thin > 1 ? " (one in \(data.thin) iterations)" : ""
    let phase = first <= plot.warmup && plot.showsWarmup ? " (warm-up)" : ""
    let place =
      first == last ? "\(data.unitName) \(first)" : "\(data.unitName)s \(first)–\(last)"
    // Drawn last is in front, and read first.
    return [[StyledText(place + phase + every, Style(.accent))]]
      + plot.series.reversed().sorted { isBefore($0, $1) }.enumerated().map { index, chain in
        // A chain that lags behind may end before what is read.
        let shown = (first - 1..<last).clamped(to: chain.values.indices)
        let values = chain.values[shown].filter(\.isFinite)
        return [
          StyledText((index == 0 ? "chain " : "") + chain.name + ": ", Style(chain.role, .bold)),
          StyledText(text(values, scale)),
        ]
      }
  }

  /// The chain in front, then the others by number.
  private func isBefore(_ left: TraceSeries, _ right: TraceSeries) -> Bool {
    let front = data.front.map(String.init)
    if (left.name == front) != (right.name == front) { return left.name == front }
    return (Int(left.name) ?? 0) < (Int(right.name) ?? 0)
  }

  private func text(_ values: [Double], _ scale: Scale) -> String {
    guard let low = values.min(), let high = values.max() else { return Format.notAvailable }
    let text = Panes.reading(low, on: scale)
    return low == high ? text : "\(text) to \(Panes.reading(high, on: scale))"
  }
}
