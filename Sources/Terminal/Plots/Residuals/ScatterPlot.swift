// Points with curves over them: residuals against predictions, pairs of parameters.

import TerminalCore

/// A cloud of points of one look.
package struct PointSeries: Hashable, Sendable {
  package var x: [Double]
  package var y: [Double]
  package var role: ThemeRole
  /// A character for each point instead of a dot, for few points that must be seen.
  package var glyph: Unicode.Scalar?
  package var name: String

  /// Points by their coordinates; one that is not finite is left out.
  package init(
    x: [Double], y: [Double], role: ThemeRole = .chain(1), glyph: Unicode.Scalar? = nil,
    name: String = ""
  ) {
    self.x = x
    self.y = y
    self.role = role
    self.glyph = glyph
    self.name = name
  }
}

/// Points with guide lines under them and curves over them.
package struct ScatterPlot: PlotWithAxes, Sendable {
  package var points: [PointSeries]
  package var curves: [Curve] = []
  /// Guide lines at values of y and of x.
  package var references: [ReferenceLine] = []
  package var xReferences: [ReferenceLine] = []
  package var xRange: ClosedRange<Double>?
  package var yRange: ClosedRange<Double>?
  package var xName = ""
  package var showsAxes = true
  package var emptyNotice = "no points yet"

  /// A plot of points, later series over earlier ones.
  package init(_ points: [PointSeries]) { self.points = points }

  /// The axes as drawn.
  package var axes: Axes {
    func scale(
      _ range: ClosedRange<Double>?, _ values: some Sequence<Double>, _ extra: [Double]
    ) -> Scale {
      range.map { Scale(from: $0.lowerBound, to: $0.upperBound) }
        ?? Scale(covering: values, including: extra, margin: 0.02)
    }
    return Axes(
      x: Axis(
        scale(xRange, points.lazy.flatMap(\.x), xReferences.map(\.value)), name: xName,
        isShown: showsAxes),
      y: Axis(
        scale(yRange, points.lazy.flatMap(\.y), references.map(\.value)), isShown: showsAxes))
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let hasPoints = points.contains { zip($0.x, $0.y).contains { $0.isFinite && $1.isFinite } }
    guard hasPoints else { return drawNotice(emptyNotice, into: &buffer, in: area) }
    var region = axes.draw(into: &buffer, in: area)
    for reference in references {
      region.horizontalLine(at: reference.value, Style(reference.role))
    }
    for reference in xReferences { region.verticalLine(at: reference.value, Style(reference.role)) }
    for series in points where series.glyph == nil {
      for (x, y) in zip(series.x, series.y) { region.point(x, y, Style(series.role)) }
    }
    for curve in curves {
      region.path(x: curve.x, y: curve.y, Style(curve.role, .bold), dashed: curve.isDashed)
    }
    region.finish(into: &buffer)
    for series in points {
      guard let glyph = series.glyph else { continue }
      for (x, y) in zip(series.x, series.y) {
        guard let column = region.column(of: x), let row = region.row(of: y) else { continue }
        let cell = Cell(buffer.charset.folded(glyph), Style(series.role, .bold))
        buffer.set(cell, at: Point(column: column, row: row))
      }
    }
  }
}
