// The effects of levels with their intervals, sorted: a caterpillar plot.

import Plots
import TerminalCore

/// A row for each level.
struct CaterpillarView: Drawable {
  var dimension: LevelEffectDimension
  /// The rows in their order.
  var rows: [LevelEffectRow]
  var order: String
  /// What the intervals are and rest on.
  var basis: String
  /// The row in front.
  var selected: Int
  /// The rows in view.
  var scroll = ListScroll()
  /// Why there are no effects.
  var emptyWords: String

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !rows.isEmpty else {
      let inside = buffer.drawPanel(area, title: title).inset(left: 1, right: 1)
      return buffer.drawNotice(emptyWords, in: inside)
    }
    let clear = rows.count { $0.sign != 0 }
    let unknown = rows.count { !$0.point.isFinite }
    var note = "\(clear) of \(rows.count) exclude 0, \(order)"
    if unknown > 0 { note = "\(unknown) to follow, " + note }
    let inside = buffer.drawPanel(area, title: title, note: note, footnote: basis)
      .inset(left: 1, right: 1)
    buffer.draw(plot(in: inside), in: inside)
  }

  /// The plot as drawn inside the frame.
  private func plot(in inside: Rect) -> IntervalPlot {
    var plot = IntervalPlot(rows.map(row))
    plot.selected = selected
    plot.firstRow = scroll.first(
      showing: selected, visible: plot.visibleCount(in: inside), of: rows.count)
    return plot
  }

  /// The row at a point of the area that it is drawn in, and the first row in view.
  func row(at point: Point, in area: Rect) -> (row: Int, first: Int)? {
    guard !rows.isEmpty else { return nil }
    let inside = panelInside(of: area).inset(left: 1, right: 1)
    let plot = plot(in: inside)
    return plot.row(at: point, in: inside).map { ($0, plot.firstRow) }
  }

  private var title: String { "Levels of \(dimension.group): \(dimension.label)" }

  private func row(_ effect: LevelEffectRow) -> IntervalRow {
    let mark = effect.sign > 0 ? "+" : effect.sign < 0 ? "-" : " "
    let value = Format.significant(effect.point, digits: 3)
    let interval = intervalText(effect.outer?.lowerBound, effect.outer?.upperBound)
    return IntervalRow(
      effect.level, point: effect.point, inner: effect.inner, outer: effect.outer,
      role: effect.sign == 0 ? .muted : .chain(1),
      note: effect.outer == nil ? "\(mark) \(value)" : "\(mark) \(value) \(interval)")
  }
}
