// A matrix as coloured cells with its numbers in them.

import TerminalCore

/// A matrix of values from -1 to 1, such as correlations, as coloured cells with the numbers in them.
///
/// Where the cells are too narrow for numbers they show a sign and a shade, so that the map can be
/// read without colours.
package struct HeatMap: Drawable, Sendable {
  /// Names of rows and of columns.
  package var rowLabels: [String]
  package var columnLabels: [String]
  /// The values row by row; what is not finite is shown as not available.
  package var values: [Double]
  /// A second line in each cell, such as an interval; row by row, or empty.
  package var notes: [String] = []
  /// How many decimals numbers have.
  package var decimals = 2
  /// The value that has the strongest colour.
  package var limit = 1.0
  /// The selected cell, if any.
  package var selected: (row: Int, column: Int)?
  /// The first row and column shown, when there are more than fit.
  package var firstRow = 0
  package var firstColumn = 0

  /// A map of `values`, `rowLabels.count` times `columnLabels.count` of them.
  package init(rowLabels: [String], columnLabels: [String], values: [Double]) {
    precondition(
      values.count == rowLabels.count * columnLabels.count,
      "\(values.count) values do not fill \(rowLabels.count) x \(columnLabels.count) cells")
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.values = values
  }

  /// A map of a square matrix with the same names on both sides.
  package init(labels: [String], values: [Double]) {
    self.init(rowLabels: labels, columnLabels: labels, values: values)
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    guard !values.isEmpty else { return drawNotice("no values yet", into: &buffer, in: area) }
    guard area.rows >= 2, area.columns >= 4 else { return }
    let plan = HeatMapPlan(self, in: area, charset: buffer.charset)
    drawHeader(plan, area, &buffer)
    for offset in 0..<plan.shownRows {
      let row = plan.firstRow + offset
      let top = area.row + 1 + offset * plan.cellHeight
      buffer.write(
        plan.isNumbered ? "\(row + 1) \(rowLabels[row])" : rowLabels[row],
        in: Rect(
          column: area.column, row: top + (plan.cellHeight - 1) / 2, columns: plan.labelWidth,
          rows: 1),
        Style(row == selected?.row ? .accent : .text))
      for across in 0..<plan.shownColumns {
        let column = plan.firstColumn + across
        let box = Rect(
          column: plan.left + across * plan.cellWidth, row: top, columns: plan.cellWidth,
          rows: plan.cellHeight)
        drawCell(row, column, in: box, &buffer)
      }
    }
  }

  /// The row and column of the cell at a point; `nil` where there is none.
  package func cell(
    at point: Point, in area: Rect, charset: Charset
  ) -> (row: Int, column: Int)? {
    guard area.contains(point), area.rows >= 2, area.columns >= 4, !values.isEmpty else {
      return nil
    }
    let plan = HeatMapPlan(self, in: area, charset: charset)
    let (across, down) = (point.column - plan.left, point.row - area.row - 1)
    guard across >= 0, down >= 0, plan.cellWidth > 0, plan.cellHeight > 0 else { return nil }
    let (column, row) = (across / plan.cellWidth, down / plan.cellHeight)
    guard column < plan.shownColumns, row < plan.shownRows else { return nil }
    return (plan.firstRow + row, plan.firstColumn + column)
  }

  private func drawHeader(_ plan: HeatMapPlan, _ area: Rect, _ buffer: inout CellBuffer) {
    for across in 0..<plan.shownColumns {
      let column = plan.firstColumn + across
      let room = Rect(
        column: plan.left + across * plan.cellWidth, row: area.row, columns: plan.cellWidth, rows: 1
      )
      let label = plan.isNumbered ? "\(column + 1)" : columnLabels[column]
      buffer.write(
        label, in: plan.cellWidth > 1 ? room.inset(right: 1) : room,
        Style(column == selected?.column ? .accent : .heading), aligned: .center)
    }
    let hidden = columnLabels.count - plan.shownColumns
    if hidden > 0 {
      buffer.write(
        "+\(hidden)",
        in: Rect(column: area.column, row: area.row, columns: plan.labelWidth, rows: 1),
        Style(.muted))
    }
  }

  private func drawCell(_ row: Int, _ column: Int, in box: Rect, _ buffer: inout CellBuffer) {
    let index = row * columnLabels.count + column
    let value = values[index]
    let isSelected = selected?.row == row && selected?.column == column
    let style = Style(
      .readable, on: .correlation(value / limit), isSelected ? [.bold, .underline] : [])
    buffer.fill(box, with: .blank(value.isFinite ? style : Style(.muted)))
    let text = Format.fixed(value, decimals: decimals)
    let line = Rect(
      column: box.column, row: box.row + (box.rows - 1) / 2, columns: box.columns, rows: 1)
    if displayWidth(of: text) <= box.columns {
      buffer.write(text, in: line, value.isFinite ? style : Style(.muted), aligned: .center)
    } else if value.isFinite {
      let shades = buffer.charset.shades
      let share = min(abs(value / limit), 1)
      let strength = share.isNaN ? 0 : Int(share * Double(shades.count - 1))
      let sign: Unicode.Scalar = value < 0 ? "-" : "+"
      buffer.set(Cell(sign, style), at: line.origin)
      if box.columns > 1 {
        buffer.set(
          Cell(shades[strength], style),
          at: Point(column: line.column + 1, row: line.row))
      }
    }
    if box.rows > 1, notes.indices.contains(index),
      displayWidth(of: notes[index], in: buffer.charset) <= box.columns
    {
      buffer.write(
        notes[index],
        in: Rect(column: box.column, row: line.row + 1, columns: box.columns, rows: 1),
        style, aligned: .center)
    }
  }
}

/// How a heat map is laid out in its area.
private struct HeatMapPlan {
  let labelWidth: Int
  let left: Int
  let cellWidth: Int
  let cellHeight: Int
  let isNumbered: Bool
  let firstRow: Int
  let firstColumn: Int
  let shownRows: Int
  let shownColumns: Int

  init(_ map: HeatMap, in area: Rect, charset: Charset) {
    func widest(_ labels: [String]) -> Int {
      labels.map { displayWidth(of: $0, in: charset) }.max() ?? 0
    }
    let count = max(1, map.columnLabels.count)
    let longest = widest(map.columnLabels)
    let noteWidth = widest(map.notes)
    let numberWidth = map.decimals + 3
    // Long names on both sides are told by numbers instead of being cut to nothing.
    let rowRoom = min(widest(map.rowLabels), max(4, area.columns / 3))
    let share = (area.columns - rowRoom - 1) / count
    // Names that begin alike cannot be told apart once they are cut.
    let room = min(share, 14) - 2
    let cut = Set(map.columnLabels.map { clipped($0, columns: max(0, room)) })
    let isAlike = longest > room && cut.count < Set(map.columnLabels).count
    isNumbered = longest > share - 1 && longest > numberWidth && (share < 9 || isAlike)
    let digits = String(map.rowLabels.count).count + 1
    labelWidth = min(rowRoom + (isNumbered ? digits : 0), max(4, area.columns / 2))
    left = area.column + labelWidth + 1
    let free = max(0, area.columns - labelWidth - 1)
    let wanted = max(numberWidth + 2, noteWidth + 1, isNumbered ? 0 : min(longest + 1, 14))
    let fair = free / count
    cellWidth = min(max(fair, min(2, free)), max(wanted, 2))
    shownColumns = cellWidth == 0 ? 0 : min(map.columnLabels.count, free / max(1, cellWidth))
    let rowsLeft = area.rows - 1
    let rowShare = rowsLeft / max(1, map.rowLabels.count)
    let most = noteWidth > 0 && noteWidth <= cellWidth ? 3 : 2
    let tall =
      rowShare >= 3 && most == 3 ? 3 : rowShare >= 2 && (most == 3 || cellWidth >= 8) ? 2 : 1
    cellHeight = tall
    shownRows = min(map.rowLabels.count, rowsLeft / tall)
    firstRow = min(max(0, map.firstRow), map.rowLabels.count - shownRows)
    firstColumn = min(max(0, map.firstColumn), map.columnLabels.count - shownColumns)
  }
}
