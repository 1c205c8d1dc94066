// Traces or densities of many parameters at once, each under its name and its R-hat.

import Diagnostics
import Plots
import RunFolder
import TerminalCore

/// How many small plots an area holds at a size that can be read.
struct TraceGridPlan: Equatable {
  let across: Int
  let down: Int

  /// How many plots a page has.
  var count: Int { across * down }

  private static let least = Size(columns: 34, rows: 8)
  private static let most = (across: 5, down: 6, all: 24)

  init(_ size: Size, hasAxes: Bool) {
    let width = max(1, min(Self.most.across, size.columns / Self.least.columns))
    across = width
    down = max(1, min(Self.most.down, size.rows / Self.least.rows, Self.most.all / width))
  }

  /// The place in a page of a point in the area.
  func place(at point: Point, in area: Rect) -> Int? {
    area.grid(columns: across, rows: down).firstIndex { $0.contains(point) }
  }
}

/// A page of small plots.
struct TraceGrid: Drawable {
  var view: TraceView

  func draw(into buffer: inout CellBuffer, in area: Rect) {
    let plan = TraceGridPlan(area.size, hasAxes: true)
    let cells = area.grid(columns: plan.across, rows: plan.down)
    for (cell, name) in zip(cells, view.namesInGrid) {
      let room = cell.inset(
        left: cell.column > area.column ? 1 : 0, right: cell.endColumn < area.endColumn ? 1 : 0)
      drawTitle(name, into: &buffer, in: room.splitTop(1).top)
      drawPlot(of: name, into: &buffer, in: room.inset(top: 1))
    }
  }

  private func drawTitle(_ name: String, into buffer: inout CellBuffer, in area: Rect) {
    let charset = buffer.charset
    let isSelected = name == view.name
    if isSelected { buffer.fill(area, with: .blank(.selected)) }
    let known = view.snapshot.diagnostics.parameters[name]
    let rHat = known.map {
      StyledText.judged(
        "R-hat " + Format.fixed($0.summary.rHat ?? .nan, decimals: 3), $0.judgements.rHat, charset)
    }
    let width = rHat.map { displayWidth(of: $0.text, in: charset) + 2 } ?? 0
    let mark = isSelected ? "\(charset.pointer) " : "  "
    let pin = view.browsing.pinned.contains(name) ? "\(charset.pin) " : ""
    let room = max(4, area.columns - width - 2 - pin.count)
    buffer.write(
      mark + pin + shortened(name, columns: room, charset: charset), in: area,
      isSelected ? .selected : Style(.heading, .bold))
    guard let rHat, width < area.columns / 2 else { return }
    let isPlain = rHat.style.foreground == .text
    buffer.write(
      rHat.text, in: area.inset(left: area.columns - width),
      isSelected ? (isPlain ? .selected : rHat.style.on(.selectionBackground)) : rHat.style,
      aligned: .right)
  }

  private func drawPlot(of name: String, into buffer: inout CellBuffer, in area: Rect) {
    guard view.pane.mode == .density else {
      return buffer.draw(view.trace(of: name, showsValueWindow: false), in: area)
    }
    var plot = DensityPlot(
      view.data.keptSeries(of: name).map { chain in
        TraceSeries(thinned(chain.values), role: chain.role, name: chain.name)
      })
    plot.showsNames = true
    buffer.draw(plot, in: area)
  }

  /// Evenly spaced values: few dots show no more of very many.
  private func thinned(_ values: [Double]) -> [Double] {
    let most = 2000
    guard values.count > most else { return values }
    return (0..<most).map { values[$0 * values.count / most] }
  }
}
