// Counts as bars with what is expected of them: bar charts of categories and rootograms.

import TerminalCore

/// One bar with the interval that is expected of it.
package struct CountBar: Hashable, Sendable {
  /// Where the bar begins: zero, or below it where it hangs from the expected value.
  package var base: Double
  package var top: Double
  /// The expected height, marked by a point; none if not finite.
  package var expected: Double
  /// The interval of the height, drawn as an upright line; none if `nil`.
  package var interval: ClosedRange<Double>?
  package var role: ThemeRole

  /// A bar from `base` to `top`.
  package init(
    base: Double = 0, top: Double, expected: Double = .nan, interval: ClosedRange<Double>? = nil,
    role: ThemeRole = .chain(1)
  ) {
    self.base = base
    self.top = top
    self.expected = expected
    self.interval = interval
    self.role = role
  }
}

/// Upright bars side by side along the whole numbers.
package struct CountBarPlot: Drawable, Sendable {
  package var bars: [CountBar]
  /// The value of the first bar and how many values share each.
  package var first: Int
  package var width: Int
  /// The role of the expected points and intervals.
  package var expectedRole: ThemeRole = .accent
  package var xName = ""
  package var showsAxes = true

  /// Bars of so many values each, from a first value on.
  package init(_ bars: [CountBar], first: Int = 0, width: Int = 1) {
    self.bars = bars
    self.first = first
    self.width = max(1, width)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !bars.isEmpty else { return drawNotice("no counts yet", into: &buffer, in: area) }
    let ends = bars.flatMap { bar in
      [bar.base, bar.top, bar.expected]
        + (bar.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let start = Double(first) - 0.5
    let axes = Axes(
      x: Axis(
        Scale(from: start, to: start + Double(bars.count) * Double(width)), name: xName,
        isShown: showsAxes),
      y: Axis(Scale(covering: ends, including: [0]), isShown: showsAxes), hasWholeX: true)
    var region = axes.draw(into: &buffer, in: area)
    let inside = region.area
    guard !inside.isEmpty else { return }
    // The dots of a bar's columns; where bars are wide enough a column between them stays empty.
    let dots = region.canvas.dots.columns
    for (index, bar) in bars.enumerated() {
      guard let low = region.dotY(bar.base), let high = region.dotY(bar.top) else { continue }
      let left = index * dots / bars.count
      let right = (index + 1) * dots / bars.count
      let gap = (right - left) / 4
      for column in left..<max(left + 1, right - gap) where column < dots {
        region.canvas.setColumn(
          x: column, from: Int(low.rounded()), to: Int(high.rounded()), Style(bar.role))
      }
    }
    if axes.y.scale.lower < 0 { region.horizontalLine(at: 0, Style(.axis), dashed: false) }
    region.finish(into: &buffer)
    drawExpected(region, &buffer)
  }

  private func drawExpected(_ region: PlotRegion, _ buffer: inout CellBuffer) {
    let inside = region.area
    let style = Style(expectedRole, .bold)
    for (index, bar) in bars.enumerated() {
      let left = index * inside.columns / bars.count
      let right = (index + 1) * inside.columns / bars.count
      // Several bars in a column: the marks of one must do.
      guard right > left else { continue }
      let column = inside.column + left + max(0, (right - left - 1) * 3 / 8)
      if let interval = bar.interval, let low = region.row(of: interval.lowerBound),
        let high = region.row(of: interval.upperBound)
      {
        for row in high...max(high, low) {
          buffer.set(
            Cell(buffer.charset.lines.vertical, style), at: Point(column: column, row: row))
        }
      }
      if let row = region.row(of: bar.expected) {
        buffer.set(Cell(buffer.charset.point, style), at: Point(column: column, row: row))
      }
    }
  }
}
