// Several histograms over the same bins on top of each other: filled ones and outlines.

import TerminalCore

/// The bars of one histogram among several.
package struct HistogramLayer: Hashable, Sendable {
  /// The height of each bin.
  package var heights: [Double]
  package var role: ThemeRole
  /// Whether the bars are filled with dots; only their outline is drawn otherwise, so that layers
  /// are told apart without colour.
  package var isFilled: Bool
  /// The name in the legend.
  package var name: String

  /// A layer of bars.
  package init(_ heights: [Double], role: ThemeRole, isFilled: Bool = false, name: String = "") {
    self.heights = heights
    self.role = role
    self.isFilled = isFilled
    self.name = name
  }
}

/// Histograms over the same bins, later ones on top: energies, ranks by chain.
package struct LayeredHistogramPlot: PlotWithAxes, Sendable {
  package var layers: [HistogramLayer]
  /// The values from the first bin's left to the last bin's right edge.
  package var range: ClosedRange<Double>
  /// The height that is expected in every bin, as a guide line.
  package var expected: Double?
  /// Whether heights count from zero; otherwise the axis has room for what there is.
  package var fromZero = true
  package var showsAxes = true
  package var xName = ""
  /// Whether the names of the layers stand on their outlines, which tells them apart without colour.
  package var showsNames = false
  package var emptyNotice = "no values yet"

  /// A plot of layers over a range.
  package init(_ layers: [HistogramLayer], range: ClosedRange<Double>) {
    self.layers = layers
    self.range = range
  }

  /// The axes as drawn.
  package var axes: Axes {
    let heights = layers.lazy.flatMap(\.heights).filter(\.isFinite)
    let extra = (expected.map { [$0] } ?? []) + (fromZero ? [0] : [])
    return Axes(
      x: Axis(
        Scale(from: range.lowerBound, to: range.upperBound), name: xName, isShown: showsAxes),
      y: Axis(Scale(covering: heights, including: extra, margin: 0), isShown: showsAxes))
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let heights = layers.lazy.flatMap(\.heights).filter(\.isFinite)
    guard heights.contains(where: { $0 > 0 }) else {
      return drawNotice(emptyNotice, into: &buffer, in: area)
    }
    var region = axes.draw(into: &buffer, in: area)
    if let expected { region.horizontalLine(at: expected, Style(.grid)) }
    for layer in layers where layer.isFilled { fill(layer, into: &region) }
    let outlines = layers.map { outline(of: $0) }
    for (layer, line) in zip(layers, outlines) {
      region.path(x: line.x, y: line.y, Style(layer.role))
    }
    region.finish(into: &buffer)
    if showsNames {
      CurveNames(
        zip(layers, outlines).map {
          NamedCurve(name: $0.name, role: $0.role, x: $1.x, y: $1.y)
        }
      ).draw(on: region, into: &buffer)
    }
  }

  /// Every other dot of each bar.
  private func fill(_ layer: HistogramLayer, into region: inout PlotRegion) {
    let dots = region.canvas.dots
    for column in 0..<dots.columns {
      let bin = min(column * layer.heights.count / dots.columns, layer.heights.count - 1)
      guard bin >= 0, layer.heights[bin].isFinite, layer.heights[bin] > 0,
        let top = region.dotY(layer.heights[bin])
      else { continue }
      let first = Int(min(max(top, 0), Double(dots.rows)).rounded())
      for row in first..<max(first, dots.rows) where (row + column) % 2 == 0 {
        region.canvas.set(x: column, y: row, Style(layer.role))
      }
    }
  }

  private func outline(of layer: HistogramLayer) -> (x: [Double], y: [Double]) {
    let count = layer.heights.count
    guard count > 0 else { return ([], []) }
    let scale = Scale(from: range.lowerBound, to: range.upperBound)
    var (x, y) = ([Double](), [Double]())
    for (bin, height) in layer.heights.enumerated() {
      x.append(scale.value(at: Double(bin) / Double(count)))
      x.append(scale.value(at: Double(bin + 1) / Double(count)))
      y.append(height)
      y.append(height)
    }
    return (x, y)
  }

  /// The bin that is drawn in a column of the frame.
  package func bin(at column: Int, in frame: PlotFrame) -> Int? {
    guard let count = layers.map(\.heights.count).max(), count > 0 else { return nil }
    let place = frame.x.position(of: frame.xValue(at: column)) ?? 0
    return min(max(Int(place * Double(count)), 0), count - 1)
  }
}
