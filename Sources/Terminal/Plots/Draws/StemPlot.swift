// Upright lines from zero: autocorrelations by lag.

import TerminalCore

/// An upright line from zero for each value at 0, 1, 2, ...
package struct StemPlot: PlotWithAxes, Sendable {
  package var values: [Double]
  package var role: ThemeRole
  /// Values within plus and minus this are noise; shown as dashed lines.
  package var band: Double?
  package var range: ClosedRange<Double>
  package var xName = "lag"
  package var showsAxes = true

  /// Stems of values, by itself for correlations.
  package init(
    _ values: [Double], role: ThemeRole = .chain(1), range: ClosedRange<Double> = -0.2...1
  ) {
    self.values = values
    self.role = role
    self.range = range
  }

  /// The axes as drawn.
  package var axes: Axes {
    Axes(
      x: Axis(
        Scale(from: 0, to: Double(max(1, values.count - 1))), name: xName, isShown: showsAxes),
      y: Axis(Scale(from: range.lowerBound, to: range.upperBound), isShown: showsAxes),
      hasWholeX: true)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard values.contains(where: \.isFinite) else {
      return drawNotice("no draws yet", into: &buffer, in: area)
    }
    var region = axes.draw(into: &buffer, in: area)
    region.horizontalLine(at: 0, Style(.grid), dashed: false)
    if let band {
      region.horizontalLine(at: band, Style(.grid))
      region.horizontalLine(at: -band, Style(.grid))
    }
    for (lag, value) in values.enumerated() {
      region.line(from: (Double(lag), 0), to: (Double(lag), value), Style(role))
    }
    region.finish(into: &buffer)
  }
}
