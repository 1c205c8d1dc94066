// A plot's frame: the two axes with ticks and labels, and the region that is left for the data.

import TerminalCore

/// One axis: its scale, whether it is shown, and its name.
package struct Axis: Hashable, Sendable {
  package var scale: Scale
  /// What the axis measures; shown where there is room.
  package var name: String
  /// Whether it is drawn at all, where there is room.
  package var isShown: Bool

  /// An axis along a scale.
  package init(_ scale: Scale, name: String = "", isShown: Bool = true) {
    self.scale = scale
    self.name = name
    self.isShown = isShown
  }
}

/// The two axes of a plot.
package struct Axes: Hashable, Sendable {
  package var x: Axis
  package var y: Axis
  /// Whether labels on x are whole numbers, such as draws and lags.
  package var hasWholeX = false

  /// Axes for a plot.
  package init(x: Axis, y: Axis, hasWholeX: Bool = false) {
    self.x = x
    self.y = y
    self.hasWholeX = hasWholeX
  }

  /// Where the data go when the axes are drawn in an area; an axis that leaves too little room for
  /// the data is left out.
  package func dataArea(in area: Rect) -> Rect {
    layout(in: area).data
  }

  /// Draws the axes and returns the region for the data.
  package func draw(into buffer: inout CellBuffer, in area: Rect) -> PlotRegion {
    let plan = layout(in: area)
    let style = Style(.axis)
    let data = plan.data
    if plan.showsY { drawY(into: &buffer, data: data, ticks: plan.yTicks, style) }
    if plan.showsX { drawX(into: &buffer, data: data, area: area, style) }
    if plan.showsX && plan.showsY {
      buffer.set(
        Cell(buffer.charset.lines.bottomLeft, style),
        at: Point(column: data.column - 1, row: data.endRow))
    }
    return PlotRegion(area: data, x: x.scale, y: y.scale, charset: buffer.charset)
  }

  /// What is shown of the axes, and what is left for the data.
  func layout(
    in area: Rect
  ) -> (data: Rect, showsX: Bool, showsY: Bool, yTicks: Ticks) {
    let showsX = x.isShown && area.rows >= 5 && area.columns >= 8
    let height = area.rows - (showsX ? 2 : 0)
    let ticks = Ticks(on: y.scale, atMost: max(2, min(height / 3 + 1, 12)))
    let labelWidth = ticks.width
    let showsY =
      y.isShown && area.rows >= 2 && labelWidth > 0 && area.columns >= 12
      && labelWidth + 1 <= area.columns / 2
    let data = area.inset(left: showsY ? labelWidth + 1 : 0, bottom: showsX ? 2 : 0)
    return (data, showsX, showsY, ticks)
  }

  private func drawY(
    into buffer: inout CellBuffer, data: Rect, ticks: Ticks, _ style: Style
  ) {
    let column = data.column - 1
    buffer.drawVerticalRule(column: column, from: data.row, to: data.endRow, style)
    var lastRow: Int?
    for (value, label) in zip(ticks.values, ticks.labels) {
      guard let place = y.scale.position(of: value), (-1e-6...1.000001).contains(place) else {
        continue
      }
      let row = data.row + Int(((1 - place) * Double(data.rows - 1)).rounded())
      if row == lastRow { continue }
      lastRow = row
      buffer.set(Cell(buffer.charset.lines.teeLeft, style), at: Point(column: column, row: row))
      buffer.write(
        label, in: Rect(column: column - ticks.width, row: row, columns: ticks.width, rows: 1),
        style, aligned: .right)
    }
  }

  private func drawX(
    into buffer: inout CellBuffer, data: Rect, area: Rect, _ style: Style
  ) {
    let row = data.endRow
    buffer.drawHorizontalRule(row: row, from: data.column, to: data.endColumn, style)
    let widest = Ticks(on: x.scale, atMost: 4).width
    var ticks = Ticks(on: x.scale, atMost: max(2, data.columns / max(6, 2 * widest)))
    if hasWholeX, ticks.values.contains(where: { $0 != $0.rounded() }) {
      ticks = Ticks(on: x.scale, atMost: 1)
    }
    var nameRoom = data.endColumn
    if !x.name.isEmpty {
      let width = displayWidth(of: x.name, in: buffer.charset)
      if width + 8 <= data.columns {
        nameRoom -= width + 2
        buffer.write(
          " " + x.name + " ", in: Rect(column: nameRoom, row: row, columns: width + 2, rows: 1),
          style)
      }
    }
    var free = area.column
    for (value, label) in zip(ticks.values, ticks.labels) {
      guard let place = x.scale.position(of: value), (-1e-6...1.000001).contains(place) else {
        continue
      }
      if hasWholeX && value != value.rounded() { continue }
      let column = data.column + Int((place * Double(data.columns - 1)).rounded())
      let width = displayWidth(of: label)
      let start = min(max(area.column, column - width / 2), area.endColumn - width)
      guard start >= free else { continue }
      if column < nameRoom {
        buffer.set(Cell(buffer.charset.lines.teeDown, style), at: Point(column: column, row: row))
      }
      buffer.write(label, at: Point(column: start, row: row + 1), style)
      free = start + width + 1
    }
  }
}
