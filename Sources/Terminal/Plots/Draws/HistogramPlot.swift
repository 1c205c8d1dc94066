// Counts in bins as upright bars: ranks, simulated statistics, data.

import TerminalCore

/// Upright bars of counts over equal bins.
package struct HistogramPlot: PlotWithAxes, Sendable {
  package var counts: [Double]
  /// The values from the first bin's left to the last bin's right edge.
  package var range: ClosedRange<Double>
  package var role: ThemeRole = .chain(1)
  /// The count that is expected in every bin, as a guide line.
  package var expected: Double?
  /// A value to mark by an upright line, such as an observed statistic.
  package var mark: ReferenceLine?
  /// A count that the axis has room for, so that several plots share their scale.
  package var leastTop = 0.0
  package var showsAxes = true
  package var xName = ""

  /// Bars of counts, or of any heights.
  package init(counts: [Double], range: ClosedRange<Double>) {
    self.counts = counts
    self.range = range
  }

  /// Bars of how many values fall into each of so many bins; what is not finite is left out.
  package init(values: [Double], bins: Int, range: ClosedRange<Double>? = nil) {
    let scale =
      range.map { Scale(from: $0.lowerBound, to: $0.upperBound) } ?? Scale(covering: values)
    var counts = Array(repeating: 0.0, count: max(1, bins))
    for value in values {
      guard let place = scale.position(of: value), (0...1).contains(place) else { continue }
      counts[min(Int(place * Double(counts.count)), counts.count - 1)] += 1
    }
    self.init(counts: counts, range: scale.lower...scale.upper)
  }

  private var heights: [Double] { counts.map { $0.isFinite ? max(0, $0) : 0 } }

  /// The axes as drawn.
  package var axes: Axes {
    let top = Scale(from: 0, to: max(heights.max() ?? 0, expected ?? 0, leastTop))
    return Axes(
      x: Axis(
        Scale(from: range.lowerBound, to: range.upperBound), name: xName, isShown: showsAxes),
      y: Axis(top, isShown: showsAxes))
  }

  /// The bin that is drawn in a column of the frame.
  package func bin(at column: Int, in frame: PlotFrame) -> Int? {
    guard frame.area.columns > 0, !counts.isEmpty else { return nil }
    let offset = min(max(column - frame.area.column, 0), frame.area.columns - 1)
    return min(offset * counts.count / frame.area.columns, counts.count - 1)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let heights = heights
    guard let highest = heights.max(), highest > 0 else {
      return drawNotice("no values yet", into: &buffer, in: area)
    }
    let axes = axes
    let top = axes.y.scale
    let region = axes.draw(into: &buffer, in: area)
    let inside = region.area
    if let expected, let row = region.row(of: expected) {
      buffer.drawHorizontalRule(
        row: row, from: inside.column, to: inside.endColumn, Style(.grid), dashed: true)
    }
    for column in 0..<inside.columns {
      let bin = min(column * heights.count / inside.columns, heights.count - 1)
      drawBar(heights[bin] / top.upper, column: inside.column + column, of: inside, &buffer)
    }
    if let mark, let column = region.column(of: mark.value) {
      buffer.drawVerticalRule(
        column: column, from: inside.row, to: inside.endRow, Style(mark.role, .bold))
    }
  }

  private func drawBar(
    _ share: Double, column: Int, of area: Rect, _ buffer: inout CellBuffer
  ) {
    let glyphs = buffer.charset.verticalBars
    let parts = glyphs.count - 1
    var left = Int((min(max(share, 0), 1) * Double(area.rows * parts)).rounded())
    if share > 0 { left = max(left, 1) }
    var row = area.endRow - 1
    while left > 0, row >= area.row {
      let point = Point(column: column, row: row)
      buffer.set(Cell(glyphs[min(left, parts)], Style(role)), at: point)
      left -= parts
      row -= 1
    }
  }
}
