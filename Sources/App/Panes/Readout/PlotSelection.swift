// A part of a plot that is being selected with the mouse.

import Plots
import TerminalCore

/// The cells from where the button was pressed to where the pointer is.
struct PlotSelection: Equatable {
  var start: Point
  var end: Point

  private static let least = 2

  /// What is selected in a frame that can be zoomed along both axes or only one; `nil` if too little.
  ///
  /// A drag along one axis selects that axis, a slanted one a box.
  func part(
    of frame: PlotFrame, selectsX: Bool = true, selectsY: Bool = true
  ) -> (columns: ClosedRange<Int>?, rows: ClosedRange<Int>?) {
    let across = abs(end.column - start.column)
    // Cells are about twice as high as wide.
    let down = 2 * abs(end.row - start.row)
    let hasX = selectsX && across >= Self.least && (!selectsY || 4 * across >= down)
    let hasY = selectsY && down >= 2 * Self.least && (!selectsX || 4 * down >= across)
    func clamped(_ a: Int, _ b: Int, _ low: Int, _ end: Int) -> ClosedRange<Int>? {
      guard low < end else { return nil }
      let (first, last) = (min(max(min(a, b), low), end - 1), min(max(max(a, b), low), end - 1))
      return first...last
    }
    return (
      hasX ? clamped(start.column, end.column, frame.area.column, frame.area.endColumn) : nil,
      hasY ? clamped(start.row, end.row, frame.area.row, frame.area.endRow) : nil
    )
  }

  /// Draws the part that is selected, by its ground and by lines along its edges.
  func draw(
    over frame: PlotFrame, selectsX: Bool = true, selectsY: Bool = true,
    into buffer: inout CellBuffer
  ) {
    let part = part(of: frame, selectsX: selectsX, selectsY: selectsY)
    guard part.columns != nil || part.rows != nil, !frame.area.isEmpty else { return }
    let columns = part.columns ?? frame.area.column...frame.area.endColumn - 1
    let rows = part.rows ?? frame.area.row...frame.area.endRow - 1
    let area = Rect(
      column: columns.lowerBound, row: rows.lowerBound, columns: columns.count, rows: rows.count)
    buffer.restyle(area) { $0 = $0.on(.selectionBackground) }
    let style = Style(.accent, on: .selectionBackground)
    if part.rows != nil {
      for row in [rows.lowerBound, rows.upperBound] {
        buffer.drawHorizontalRule(row: row, from: area.column, to: area.endColumn, style)
      }
    }
    if part.columns != nil {
      for column in [columns.lowerBound, columns.upperBound] {
        buffer.drawVerticalRule(column: column, from: area.row, to: area.endRow, style)
      }
    }
    guard part.rows != nil, part.columns != nil else { return }
    let glyphs = buffer.charset.lines
    for (glyph, column, row) in [
      (glyphs.topLeft, area.column, area.row), (glyphs.topRight, area.endColumn - 1, area.row),
      (glyphs.bottomLeft, area.column, area.endRow - 1),
      (glyphs.bottomRight, area.endColumn - 1, area.endRow - 1),
    ] {
      buffer.set(Cell(glyph, style), at: Point(column: column, row: row))
    }
  }
}
