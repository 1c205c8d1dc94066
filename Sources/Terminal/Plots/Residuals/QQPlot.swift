// Sorted residuals against what a uniform distribution would give.

import TerminalCore

/// Residuals on [0, 1], sorted, against the quantiles (i - 1/2)/n of the uniform distribution.
package struct QQPlot: PlotWithAxes, Sendable {
  /// The residuals in any order; what is not finite is left out.
  package var residuals: [Double]
  package var role: ThemeRole = .chain(1)
  /// Half the width of a band about the diagonal, such as 1.358/√n for the 5% limit of a
  /// Kolmogorov-Smirnov test; none if `nil`.
  package var band: Double?
  package var showsAxes = true

  /// A plot of residuals.
  package init(_ residuals: [Double]) { self.residuals = residuals }

  /// The axes as drawn.
  package var axes: Axes {
    let unit = Scale(from: 0, to: 1)
    return Axes(
      x: Axis(unit, name: "expected", isShown: showsAxes), y: Axis(unit, isShown: showsAxes))
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let sorted = residuals.filter(\.isFinite).sorted()
    guard !sorted.isEmpty else {
      return drawNotice("no residuals yet", into: &buffer, in: area)
    }
    var region = axes.draw(into: &buffer, in: area)
    region.line(from: (0, 0), to: (1, 1), Style(.grid))
    if let band {
      region.line(from: (0, band), to: (1, 1 + band), Style(.grid), dashed: true)
      region.line(from: (0, -band), to: (1, 1 - band), Style(.grid), dashed: true)
    }
    for (index, value) in sorted.enumerated() {
      region.point((Double(index) + 0.5) / Double(sorted.count), value, Style(role))
    }
    region.finish(into: &buffer)
  }
}
