// Draws by iteration, one line a chain, with the warm-up marked.

import TerminalCore

/// One line of a plot over a running index: a chain's draws of one parameter.
package struct TraceSeries: Hashable, Sendable {
  package var values: [Double]
  package var role: ThemeRole
  /// The name in the legend.
  package var name: String

  /// A chain's draws, warm-up first.
  package init(_ values: [Double], role: ThemeRole, name: String = "") {
    self.values = values
    self.role = role
    self.name = name
  }
}

/// Draws by iteration: several chains over each other, the last one on top.
///
/// Where a column of dots holds many draws it shows their whole range, so no excursion is lost however
/// long the chains are.
package struct TracePlot: PlotWithAxes, Sendable {
  package var series: [TraceSeries]
  /// How many of the first values are warm-up; they are dimmed, ruled off and named.
  package var warmup: Int
  /// Whether the warm-up is drawn at all.
  package var showsWarmup = true
  /// Whether the y axis also has room for the warm-up.
  package var scalesToWarmup = false
  /// The iterations to show, counted from zero; all if `nil`.
  package var window: Range<Int>?
  /// The number of iterations planned, so that the axis stays while draws come in.
  package var plannedLength: Int?
  /// The values to show; what the draws need if `nil`.
  package var valueRange: ClosedRange<Double>?
  /// An iteration to mark, as the reading of a cursor.
  package var cursor: Int?
  /// Whether axes are drawn.
  package var showsAxes = true
  /// What the x axis counts.
  package var xName = "iteration"

  /// A plot of chains of which the first `warmup` values are warm-up.
  package init(_ series: [TraceSeries], warmup: Int = 0) {
    self.series = series
    self.warmup = max(0, warmup)
  }

  /// The iterations that are shown.
  package var shownWindow: Range<Int> {
    let length = max(plannedLength ?? 0, series.map(\.values.count).max() ?? 0)
    let first = showsWarmup ? 0 : min(warmup, length)
    let wanted = window ?? first..<length
    let lower = min(max(wanted.lowerBound, first), length)
    return lower..<min(max(wanted.upperBound, lower), length)
  }

  /// The scale of the values that are shown.
  package var valueScale: Scale {
    if let valueRange { return Scale(from: valueRange.lowerBound, to: valueRange.upperBound) }
    let window = shownWindow
    let hasSample = series.contains { $0.values.count > max(warmup, window.lowerBound) }
    let skipsWarmup = !scalesToWarmup && hasSample && window.upperBound > warmup
    let first = skipsWarmup ? max(warmup, window.lowerBound) : window.lowerBound
    var (low, high) = (Double.infinity, -Double.infinity)
    for chain in series {
      var index = first
      let end = min(window.upperBound, chain.values.count)
      while index < end {
        let value = chain.values[index]
        if value.isFinite {
          if value < low { low = value }
          if value > high { high = value }
        }
        index += 1
      }
    }
    return Scale(from: low, to: high)
  }

  /// The axes as drawn; iterations count from 1.
  package var axes: Axes {
    let window = shownWindow
    return Axes(
      x: Axis(
        Scale(from: Double(window.lowerBound + 1), to: Double(max(window.upperBound, 1))),
        name: xName, isShown: showsAxes),
      y: Axis(valueScale, isShown: showsAxes), hasWholeX: true)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let window = shownWindow
    let isEmpty = series.allSatisfy { chain in
      chain.values.count <= window.lowerBound
        || !chain.values[window.lowerBound..<min(window.upperBound, chain.values.count)]
          .contains(where: \.isFinite)
    }
    guard !isEmpty else { return drawNotice("no draws yet", into: &buffer, in: area) }
    var region = axes.draw(into: &buffer, in: area)
    let boundary = warmupColumns(in: region, window)
    if let boundary, boundary > 0 {
      buffer.restyle(
        Rect(
          column: region.area.column, row: region.area.row, columns: boundary,
          rows: region.area.rows)
      ) { $0 = $0.on(.warmup) }
    }
    for chain in series {
      let split = min(max(warmup, window.lowerBound), window.upperBound)
      trace(chain, window.lowerBound..<split, into: &region, Style(chain.role, .dim))
      trace(chain, split..<window.upperBound, into: &region, Style(chain.role))
    }
    if let cursor, window.contains(cursor) {
      region.verticalLine(at: Double(cursor + 1), Style(.accent))
    }
    region.finish(into: &buffer)
    if let boundary { mark(boundary, of: region.area, in: &buffer) }
  }

  /// How many columns of cells are warm-up; `nil` if none.
  private func warmupColumns(in region: PlotRegion, _ window: Range<Int>) -> Int? {
    guard warmup > window.lowerBound, !region.area.isEmpty else { return nil }
    if warmup >= window.upperBound { return region.area.columns }
    return region.column(of: Double(warmup + 1)).map { $0 - region.area.column }
  }

  private func mark(_ boundary: Int, of area: Rect, in buffer: inout CellBuffer) {
    if boundary < area.columns {
      buffer.drawVerticalRule(
        column: area.column + boundary, from: area.row, to: area.endRow, Style(.axis), dashed: true)
    }
    let word = "warm-up"
    if boundary >= word.count {
      buffer.write(
        word, in: Rect(column: area.column, row: area.row, columns: boundary, rows: 1),
        Style(.muted, on: .warmup), aligned: boundary > word.count + 1 ? .center : .left)
    }
  }

  /// One chain over some iterations: a line from draw to draw, or ranges by column of dots.
  private func trace(
    _ chain: TraceSeries, _ iterations: Range<Int>, into region: inout PlotRegion, _ style: Style
  ) {
    let end = min(iterations.upperBound, chain.values.count)
    guard iterations.lowerBound < end else { return }
    let columns = region.canvas.dots.columns
    guard columns > 0, let start = region.dotX(1), let next = region.dotX(2) else { return }
    var current = -1
    var (low, high, last) = (Double.infinity, -Double.infinity, Double.nan)
    func flush() {
      guard low <= high, let top = region.dotY(high), let bottom = region.dotY(low) else { return }
      region.canvas.setColumn(x: current, from: bounded(top), to: bounded(bottom), style)
    }
    for index in iterations.lowerBound..<end {
      let value = chain.values[index]
      guard value.isFinite else {
        flush()
        (current, low, high, last) = (-1, .infinity, -.infinity, .nan)
        continue
      }
      let place = start + Double(index) * (next - start)
      // Rounding by truncation: this is done for every draw of every chain.
      let column = min(max(Int(place + 0.5), 0), columns - 1)
      if column != current {
        flush()
        if let previous = region.dotY(last), let height = region.dotY(value) {
          region.canvas.line(
            from: (Double(current), previous), to: (Double(column), height), style)
        }
        (current, low, high) = (column, value, value)
      } else {
        low = min(low, value)
        high = max(high, value)
      }
      last = value
    }
    flush()
  }

  private func bounded(_ dot: Double) -> Int { Int(min(max(dot, -1), 100_000).rounded()) }
}
