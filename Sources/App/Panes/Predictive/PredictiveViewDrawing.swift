// One view of predictive checks in its frame: the plot, and under it what it says.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// The view in front.
struct PredictiveViewDrawing: Drawable {
  var content: PredictiveContent
  /// The statistic, column or style in front.
  var item: Int
  /// The first group or observation listed.
  var firstRow: Int

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let finding = content.finding(item: item)
    let footnote =
      content.view == .paretoK
      ? content.loo.map { "\(Format.grouped($0.draws)) draws" } ?? ""
      : content.report?.basisWords ?? ""
    let inside = buffer.drawPanel(
      area, title: title, note: place, footnote: footnote)
    let width = max(1, inside.columns - 4)
    let text = wrapped(finding.words, columns: width)
    let lines = inside.rows >= 8 ? min(text.count, 3) : inside.rows >= 4 ? 1 : 0
    let parts = inside.splitBottom(lines)
    drawPlot(into: &buffer, in: parts.rest)
    for (index, line) in text.prefix(lines).enumerated() {
      let isCut = index == lines - 1 && text.count > lines
      let row = Rect(
        column: inside.column + 1, row: parts.bottom.row + index, columns: inside.columns - 2,
        rows: 1)
      let mark = index == 0 ? finding.judgement.mark(in: buffer.charset) : " "
      let ink =
        finding.judgement == .good || finding.judgement == .none
        ? Style.plain : Style(finding.judgement.role)
      let rest = isCut ? line + String(buffer.charset.ellipsis) : line
      buffer.write(
        [StyledText(mark + " ", Style(finding.judgement.role)), StyledText(rest, ink)], in: row)
    }
  }

  private var title: String {
    let outcome = content.outcome
    let statistics = outcome?.statistics ?? []
    return switch content.view {
    case .distribution:
      outcome?.bars == nil ? "Density of data over simulations" : "Counts of data and simulations"
    case .rootogram: "Rootogram, \(item == 0 ? "hanging" : "standing")"
    case .statistics:
      item < statistics.count ? "T = \(statistics[item].name)" : "Statistics"
    case .predictor, .group:
      item < content.series.count ? "Mean by \(content.series[item].column)" : ""
    case .calibration:
      "\(PredictiveView.calibration.title(of: outcome)): share below minus uniform"
    case .paretoK: "Pareto k" + (content.loo?.leftOut.map { " without one of \($0)" } ?? "")
    }
  }

  private var place: String {
    switch content.view {
    case .statistics, .predictor, .group,
      .rootogram where content.itemCount > 1:
      "\(item + 1) of \(content.itemCount)"
    case .paretoK: "\(Format.grouped(content.looPoints.count)) points"
    default: content.outcome.map { "\(Format.grouped($0.observations)) observations" } ?? ""
    }
  }

  private func drawPlot(into buffer: inout CellBuffer, in area: Rect) {
    guard !area.isEmpty else { return }
    switch content.view {
    case .distribution:
      if let bars = content.outcome?.bars {
        drawBars(bars, into: &buffer, in: area)
      } else if let density = content.outcome?.density {
        drawDensity(density, into: &buffer, in: area)
      }
    case .rootogram:
      if let bars = content.outcome?.bars { drawRootogram(bars, into: &buffer, in: area) }
    case .statistics: drawStatistics(into: &buffer, in: area)
    case .predictor:
      if item < content.series.count {
        drawSeries(content.series[item], into: &buffer, in: area)
      }
    case .group:
      if item < content.series.count {
        drawGroups(content.series[item], into: &buffer, in: area)
      }
    case .calibration:
      if let calibration = content.outcome?.calibration {
        drawCalibration(calibration, into: &buffer, in: area)
      }
    case .paretoK: ParetoPlot(content: content, firstRow: firstRow).draw(into: &buffer, in: area)
    }
  }

  /// The plot under a row of what is what, where there is room.
  private func drawLegend(
    _ entries: [(name: String, role: ThemeRole)], into buffer: inout CellBuffer, in area: Rect
  ) -> Rect {
    guard area.rows >= 8 else { return area }
    let top = area.splitTop(1)
    buffer.draw(Legend(entries), in: top.top.inset(left: 1))
    return top.rest
  }

  private func drawDensity(
    _ density: PredictiveDensity, into buffer: inout CellBuffer, in area: Rect
  ) {
    // With many curves a terminal's few dots fill up: an even choice of them shows the same.
    let step = max(1, density.replicated.count / (area.rows >= 24 ? 50 : 20))
    let drawn = Array(stride(from: 0, to: density.replicated.count, by: step))
    let rest = drawLegend(
      [("data", .accent), (counted(drawn.count, "simulation"), .chain(1))], into: &buffer, in: area)
    var plot = LinePlot(
      drawn.map { Curve(x: density.grid, y: density.replicated[$0], role: .chain(1)) }
        + [Curve(x: density.grid, y: density.observed, role: .accent)])
    plot.yIncludes = [0]
    plot.xName = content.names[content.place]
    buffer.draw(plot, in: rest)
  }

  private func drawBars(_ bars: PredictiveBars, into buffer: inout CellBuffer, in area: Rect) {
    let rest = drawLegend(
      [("data", .chain(1)), ("simulated mean and 90%", .accent)], into: &buffer, in: area)
    let plot = CountBarPlot(
      bars.observed.indices.map { bar in
        let isOutside =
          bars.observed[bar] < bars.lower[bar] || bars.observed[bar] > bars.upper[bar]
        return CountBar(
          top: bars.observed[bar], expected: bars.mean[bar],
          interval: Self.range(bars.lower[bar], bars.upper[bar]),
          role: isOutside ? .bad : .chain(1))
      }, first: bars.first, width: bars.width)
    draw(plot, into: &buffer, in: rest)
  }

  private func drawRootogram(
    _ report: PredictiveBars, into buffer: inout CellBuffer, in area: Rect
  ) {
    let root = buffer.charset == .ascii ? "root of" : "√"
    let rest = drawLegend(
      [("\(root) data", .chain(1)), ("\(root) simulated mean and 90%", .accent)],
      into: &buffer, in: area)
    let bars = CountBars(
      first: report.first, width: report.width, opensBelow: report.opensBelow,
      opensAbove: report.opensAbove, observed: report.observed, mean: report.mean,
      lower: report.lower, upper: report.upper)
    let shape = Rootogram(bars, isHanging: item == 0)
    let outside = Set(bars.outside)
    let plot = CountBarPlot(
      bars.observed.indices.map { bar in
        CountBar(
          base: shape.base[bar], top: shape.top[bar], expected: shape.expected[bar],
          interval: Self.range(shape.lower[bar], shape.upper[bar]),
          role: outside.contains(bar) ? .bad : .chain(1))
      }, first: bars.first, width: bars.width)
    draw(plot, into: &buffer, in: rest)
  }

  private func draw(_ plot: CountBarPlot, into buffer: inout CellBuffer, in area: Rect) {
    var plot = plot
    plot.xName = content.names[content.place]
    buffer.draw(plot, in: area)
  }

  private func drawSeries(
    _ series: PredictiveSeries, into buffer: inout CellBuffer, in area: Rect
  ) {
    var plot = IntervalBandPlot(
      series.position.indices.compactMap { bin in
        guard let inner = Self.range(series.quantiles[1][bin], series.quantiles[3][bin]),
          let outer = Self.range(series.quantiles[0][bin], series.quantiles[4][bin])
        else { return nil }
        return PredictedPoint(
          x: series.position[bin], observed: series.observed[bin],
          predicted: series.quantiles[2][bin], inner: inner, outer: outer)
      })
    plot.isRelative = plot.needsRelative(rows: area.rows)
    plot.xName = series.column
    let marks = "\(buffer.charset.point) inside, \(buffer.charset.cross) outside"
    let data = plot.isRelative ? "mean minus predicted: \(marks)" : "mean of data: \(marks)"
    let rest = drawLegend(
      [(data, .accent), ("50%, 90% predicted", .chain(1))], into: &buffer, in: area)
    buffer.draw(plot, in: rest)
  }

  private func drawGroups(
    _ series: PredictiveSeries, into buffer: inout CellBuffer, in area: Rect
  ) {
    let rest = drawLegend(
      [
        ("mean of data \(buffer.charset.point)", .accent), ("50%, 90% predicted", .chain(1)),
      ], into: &buffer, in: area)
    let cross = buffer.charset.cross
    var plot = IntervalPlot(
      series.position.indices.map { bin in
        let outer = Self.range(series.quantiles[0][bin], series.quantiles[4][bin])
        let isOutside = outer.map { !$0.contains(series.observed[bin]) } ?? false
        return IntervalRow(
          series.levels?[bin] ?? "", point: series.observed[bin],
          inner: Self.range(series.quantiles[1][bin], series.quantiles[3][bin]), outer: outer,
          role: isOutside ? .bad : .chain(1),
          note: "n \(series.count[bin])" + (isOutside ? " \(cross)" : "  "))
      })
    plot.firstRow = firstRow
    plot.reference = nil
    buffer.draw(plot, in: rest.inset(left: 1, right: 1))
  }

  private func drawCalibration(
    _ calibration: PredictiveCalibration, into buffer: inout CellBuffer, in area: Rect
  ) {
    let rest = drawLegend(
      [("data", .accent), ("95% band", .axis)], into: &buffer, in: area)
    var plot = LinePlot([
      Curve(x: calibration.points, y: calibration.lower, role: .axis, isDashed: true),
      Curve(x: calibration.points, y: calibration.upper, role: .axis, isDashed: true),
      Curve(x: calibration.points, y: calibration.difference, role: .accent),
    ])
    plot.xRange = 0...1
    plot.xName = "PIT"
    plot.references = [ReferenceLine(0)]
    buffer.draw(plot, in: rest)
  }

  private func drawStatistics(into buffer: inout CellBuffer, in area: Rect) {
    guard let outcome = content.outcome, item < outcome.statistics.count else { return }
    let simulations = content.report?.simulations ?? 0
    var plotArea = area
    let count = outcome.statistics.count
    if area.columns >= 70, area.rows >= 6 {
      let parts = area.columns([.fixed(44), .rest])
      StatisticTable(outcome: outcome, selected: item, simulations: simulations).draw(
        into: &buffer, in: parts[0].inset(left: 1, right: 1))
      plotArea = parts[1]
    } else if area.rows >= 12 + count {
      let parts = area.splitTop(count + 1)
      StatisticTable(outcome: outcome, selected: item, simulations: simulations).draw(
        into: &buffer, in: parts.top.inset(left: 1, right: 1))
      plotArea = parts.rest
    }
    let result = outcome.statistics[item]
    let rest = plotArea.rows >= 6 ? plotArea.splitTop(1) : (top: Rect(.zero), rest: plotArea)
    if !rest.top.isEmpty {
      let share = "P(sim >= data) " + pText(result.pAtLeast, of: simulations)
      let text =
        plotArea.column > area.column
        ? share
        : "data \(Format.significant(result.observed, digits: 4)), \(share), two-sided "
          + pText(result.pTwoSided, of: simulations / 2)
      buffer.write(text, in: rest.top.inset(left: 1), Style(.accent))
    }
    let known = result.values.filter(\.isFinite)
    let ends = known + [result.observed].filter(\.isFinite)
    guard let least = ends.min(), let greatest = ends.max() else {
      return buffer.drawNotice("This statistic does not exist here.", in: rest.rest)
    }
    let bins = max(5, min(30, rest.rest.columns / 2))
    var plot = HistogramPlot(
      values: known, bins: bins, range: least < greatest ? least...greatest : nil)
    plot.mark = ReferenceLine(result.observed, role: .accent)
    plot.xName = "T(simulated)"
    buffer.draw(plot, in: rest.rest)
  }

  /// An interval, if its ends are numbers in order.
  static func range(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
    low <= high ? low...high : nil
  }
}

/// The statistics of an outcome with their p values.
struct StatisticTable: Drawable {
  var outcome: OutcomePredictive
  var selected: Int
  var simulations: Int

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let charset = buffer.charset
    var table = Table(
      columns: [
        TableColumn("statistic", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("data"), TableColumn("two-sided p", rank: 0),
      ],
      rows: outcome.statistics.map { result in
        let judgement = result.verdict(of: outcome).map { Judgement($0.level) } ?? .none
        let p = pText(result.pTwoSided, of: simulations / 2)
        return [
          StyledText(result.name), StyledText(Format.significant(result.observed, digits: 4)),
          .judged(p, judgement, charset),
        ]
      })
    table.selected = selected
    table.firstRow = Table.firstRow(
      showing: selected, from: 0, visible: table.visibleCount(in: area),
      of: outcome.statistics.count)
    buffer.draw(table, in: area)
  }
}
