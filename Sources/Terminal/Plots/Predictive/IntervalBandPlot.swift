// Points along a number, each with the intervals that were predicted for it.

import TerminalCore

/// An observed value with its predicted intervals.
package struct PredictedPoint: Hashable, Sendable {
  package var x: Double
  package var observed: Double
  /// The middle of the prediction.
  package var predicted: Double
  /// The narrow interval, such as 50%.
  package var inner: ClosedRange<Double>
  /// The wide interval, such as 90%.
  package var outer: ClosedRange<Double>

  /// A value at x.
  package init(
    x: Double, observed: Double, predicted: Double, inner: ClosedRange<Double>,
    outer: ClosedRange<Double>
  ) {
    self.x = x
    self.observed = observed
    self.predicted = predicted
    self.inner = inner
    self.outer = outer
  }

  /// Whether the value lies in the wide interval.
  package var isInside: Bool { outer.contains(observed) }

  fileprivate var isFinite: Bool {
    [x, observed, predicted, outer.lowerBound, outer.upperBound].allSatisfy(\.isFinite)
  }

  /// The same with everything counted from the predicted value.
  fileprivate var relative: PredictedPoint {
    func shifted(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      (range.lowerBound - predicted)...(range.upperBound - predicted)
    }
    return PredictedPoint(
      x: x, observed: observed - predicted, predicted: 0, inner: shifted(inner),
      outer: shifted(outer))
  }
}

/// Observed values over upright predicted intervals; those outside are marked by a cross.
package struct IntervalBandPlot: Drawable, Sendable {
  package var points: [PredictedPoint]
  /// Whether everything is counted from the predicted value, which shows intervals that are narrow beside
  /// the range of the predictions.
  package var isRelative = false
  package var xName = ""
  package var showsAxes = true

  /// Points in any order.
  package init(_ points: [PredictedPoint]) { self.points = points }

  /// Whether in so many rows most intervals would shrink to a cell or two.
  package func needsRelative(rows: Int) -> Bool {
    let finite = points.filter(\.isFinite)
    let ends = finite.flatMap { [$0.outer.lowerBound, $0.outer.upperBound, $0.observed] }
    guard let least = ends.min(), let greatest = ends.max(), greatest > least, rows > 0 else {
      return false
    }
    let widths = finite.map { $0.outer.upperBound - $0.outer.lowerBound }.sorted()
    return widths[widths.count / 2] < 3 * (greatest - least) / Double(rows)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let known = points.filter(\.isFinite)
    let shown = isRelative ? known.map(\.relative) : known
    guard !shown.isEmpty else { return drawNotice("no points yet", into: &buffer, in: area) }
    let ends = shown.flatMap { [$0.outer.lowerBound, $0.outer.upperBound, $0.observed] }
    let axes = Axes(
      x: Axis(Scale(covering: shown.map(\.x), margin: 0.02), name: xName, isShown: showsAxes),
      y: Axis(
        Scale(covering: ends, including: isRelative ? [0] : [], margin: 0.02), isShown: showsAxes))
    var region = axes.draw(into: &buffer, in: area)
    if isRelative { region.horizontalLine(at: 0, Style(.grid)) }
    for point in shown {
      guard let low = region.dotY(point.outer.lowerBound),
        let high = region.dotY(point.outer.upperBound), let cell = region.column(of: point.x)
      else { continue }
      // In the middle of the cell that the narrow interval and the value stand in.
      let dots = region.canvas.dots.columns / max(1, region.area.columns)
      region.canvas.setColumn(
        x: (cell - region.area.column) * dots + dots / 2, from: Int(low.rounded()),
        to: Int(high.rounded()), Style(.chain(1)))
    }
    region.finish(into: &buffer)
    drawGlyphs(shown, region, &buffer)
  }

  /// The narrow intervals and the observed values, in whole cells so that they stand out in any charset.
  private func drawGlyphs(
    _ shown: [PredictedPoint], _ region: PlotRegion, _ buffer: inout CellBuffer
  ) {
    let charset = buffer.charset
    let bar: Unicode.Scalar = charset == .ascii ? "#" : "┃"
    for point in shown {
      guard let column = region.column(of: point.x) else { continue }
      if let low = region.row(of: point.inner.lowerBound),
        let high = region.row(of: point.inner.upperBound)
      {
        for row in high...max(high, low) {
          buffer.set(Cell(bar, Style(.chain(1))), at: Point(column: column, row: row))
        }
      }
    }
    // Observed values last, over the intervals of their neighbours.
    for point in shown {
      guard let column = region.column(of: point.x), let row = region.row(of: point.observed)
      else { continue }
      let mark = point.isInside ? charset.point : charset.cross
      buffer.set(
        Cell(mark, Style(point.isInside ? .accent : .bad, .bold)),
        at: Point(column: column, row: row))
    }
  }
}
