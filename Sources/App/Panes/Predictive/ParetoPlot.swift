// The Pareto k of every observation, with those above the threshold named.

import Plots
import RunFolder
import TerminalCore

/// k by observation, and a list of the largest where there is room.
struct ParetoPlot: Drawable {
  var content: PredictiveContent
  /// The first of the observations above the threshold that is listed.
  var firstRow: Int

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard let loo = content.loo else { return }
    let points = content.looPoints
    let bad = points.enumerated().filter { !($0.element.paretoK <= loo.paretoKThreshold) }
      .sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }
    var rest = area
    if !bad.isEmpty, area.columns >= 60, area.rows >= 4 {
      let parts = area.columns([.rest, .fixed(28)])
      rest = parts[0]
      drawList(bad.map(\.element), loo, into: &buffer, in: parts[1].inset(left: 1, right: 1))
    } else if !bad.isEmpty, area.rows >= 10 {
      let parts = area.splitBottom(min(1 + bad.count, 5))
      rest = parts.rest
      drawList(bad.map(\.element), loo, into: &buffer, in: parts.bottom.inset(left: 1, right: 1))
    }
    drawPoints(points, bad.map(\.offset), loo, into: &buffer, in: rest)
  }

  private func drawPoints(
    _ points: [LooPoint], _ bad: [Int], _ loo: LooReport, into buffer: inout CellBuffer,
    in area: Rect
  ) {
    // A k that is infinite stands at the top, with its mark.
    let finite = points.map(\.paretoK).filter(\.isFinite)
    let top = max(finite.max() ?? 1, loo.paretoKThreshold) + 0.1
    let isBad = Set(bad)
    func series(_ places: [Int], _ role: ThemeRole, _ glyph: Unicode.Scalar?) -> PointSeries {
      PointSeries(
        x: places.map { Double($0 + 1) },
        y: places.map { points[$0].paretoK.isFinite ? points[$0].paretoK : top }, role: role,
        glyph: glyph)
    }
    var plot = ScatterPlot([
      series(points.indices.filter { !isBad.contains($0) }, .chain(1), nil),
      series(bad, .bad, buffer.charset.cross),
    ])
    let least = min(finite.min() ?? 0, 0)
    plot.yRange = least...(top + 0.02 * (top - least))
    plot.xRange = 1...Double(max(2, points.count))
    plot.references = [ReferenceLine(0, role: .grid)]
    if loo.paretoKThreshold > 0.5 { plot.references.append(ReferenceLine(0.5, role: .grid)) }
    plot.references.append(ReferenceLine(loo.paretoKThreshold, role: .warning))
    plot.xName = loo.leftOut ?? "observation"
    buffer.draw(plot, in: area)
  }

  private func drawList(
    _ bad: [LooPoint], _ loo: LooReport, into buffer: inout CellBuffer, in area: Rect
  ) {
    var table = Table(
      columns: [
        TableColumn(
          loo.leftOut ?? "row of data", alignment: .left, rank: 0, isFlexible: true),
        TableColumn("k", rank: 0), TableColumn("elpd", rank: 1),
      ],
      rows: bad.map { point in
        [
          StyledText(point.label),
          .judged(
            point.paretoK.isFinite ? Format.fixed(point.paretoK, decimals: 2) : "inf", .doubtful,
            buffer.charset),
          StyledText(Format.significant(point.elpd, digits: 3)),
        ]
      })
    table.firstRow = firstRow
    buffer.draw(table, in: area)
  }
}

extension LooPoint {
  /// The largest k first; one that cannot be found before all.
  fileprivate var rank: Double { paretoK.isNaN ? .infinity : paretoK }
}
