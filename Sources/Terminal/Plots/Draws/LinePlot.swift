// Lines through points: an optimizer's path, the growth of an effective sample size, a density.

import TerminalCore

/// A line through points.
package struct Curve: Hashable, Sendable {
  package var x: [Double]
  package var y: [Double]
  package var role: ThemeRole
  package var isDashed: Bool
  /// The name in the legend.
  package var name: String

  /// A line through points in the order given; a value that is not finite leaves a gap.
  package init(
    x: [Double], y: [Double], role: ThemeRole = .chain(1), isDashed: Bool = false, name: String = ""
  ) {
    self.x = x
    self.y = y
    self.role = role
    self.isDashed = isDashed
    self.name = name
  }

  /// A line through values at 0, 1, 2, ...
  package init(_ values: [Double], role: ThemeRole = .chain(1), name: String = "") {
    self.init(x: values.indices.map(Double.init), y: values, role: role, name: name)
  }
}

/// A guide line across a plot at one value.
package struct ReferenceLine: Hashable, Sendable {
  package var value: Double
  package var role: ThemeRole
  /// Written at the line's right end, if not empty.
  package var label: String

  /// A line at a value.
  package init(_ value: Double, role: ThemeRole = .grid, label: String = "") {
    self.value = value
    self.role = role
    self.label = label
  }
}

/// Lines through points over linear or logarithmic axes.
package struct LinePlot: PlotWithAxes, Sendable {
  package var curves: [Curve]
  package var xName = ""
  package var xKind = Scale.Kind.linear
  package var yKind = Scale.Kind.linear
  /// The part of the axes to show; what the curves and reference lines need if `nil`.
  package var xRange: ClosedRange<Double>?
  package var yRange: ClosedRange<Double>?
  /// Values that the y axis must also have room for.
  package var yIncludes: [Double] = []
  /// Guide lines at values of y.
  package var references: [ReferenceLine] = []
  package var hasWholeX = false
  package var showsAxes = true
  /// Whether the names of the curves stand on them, which tells them apart without colour.
  package var showsNames = false
  /// What is said when there is nothing to draw.
  package var emptyNotice = "nothing to draw yet"

  /// A plot of lines.
  package init(_ curves: [Curve]) { self.curves = curves }

  /// The axes as drawn.
  package var axes: Axes {
    let x =
      xRange.map { Scale(from: $0.lowerBound, to: $0.upperBound, xKind) }
      ?? Scale(covering: curves.lazy.flatMap(\.x), xKind)
    let y =
      yRange.map { Scale(from: $0.lowerBound, to: $0.upperBound, yKind) }
      ?? Scale(
        covering: curves.lazy.flatMap(\.y), including: yIncludes + references.map(\.value), yKind)
    return Axes(
      x: Axis(x, name: xName, isShown: showsAxes), y: Axis(y, isShown: showsAxes),
      hasWholeX: hasWholeX)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let hasPoints = curves.contains { curve in
      zip(curve.x, curve.y).contains { $0.isFinite && $1.isFinite && (yKind == .linear || $1 > 0) }
    }
    guard hasPoints else { return drawNotice(emptyNotice, into: &buffer, in: area) }
    var region = axes.draw(into: &buffer, in: area)
    for reference in references {
      region.horizontalLine(at: reference.value, Style(reference.role))
    }
    for curve in curves {
      region.path(x: curve.x, y: curve.y, Style(curve.role), dashed: curve.isDashed)
    }
    region.finish(into: &buffer)
    if showsNames {
      CurveNames(
        curves.filter { !$0.name.isEmpty }.map {
          NamedCurve(name: $0.name, role: $0.role, x: $0.x, y: $0.y)
        }
      ).draw(on: region, into: &buffer)
    }
    for reference in references where !reference.label.isEmpty {
      guard let row = region.row(of: reference.value) else { continue }
      label(reference, row: row, in: region.area, &buffer)
    }
  }

  private func label(
    _ reference: ReferenceLine, row: Int, in area: Rect, _ buffer: inout CellBuffer
  ) {
    let width = displayWidth(of: reference.label, in: buffer.charset)
    guard width <= area.columns / 2 else { return }
    let place = Point(column: area.endColumn - width, row: row)
    buffer.write(reference.label, at: place, Style(reference.role))
  }
}
