// Where a plot's data lie on the screen: from a cell to the values drawn in it, and back.

import TerminalCore

/// The place of a plot's data on the screen, found without drawing it.
///
/// A value belongs to the cell that holds its dot, as ``PlotRegion`` draws it.
package struct PlotFrame: Hashable, Sendable {
  /// The cells of the data, in the coordinates of the area that the plot is drawn in.
  package var area: Rect
  package let x: Scale
  package let y: Scale
  /// Whether the x axis is drawn in the row below the data.
  package let hasAxis: Bool
  private let dots: Size

  /// The frame of data in an area.
  package init(area: Rect, x: Scale, y: Scale, hasAxis: Bool, charset: Charset) {
    self.area = area
    self.x = x
    self.y = y
    self.hasAxis = hasAxis
    dots = charset.dots
  }

  /// The column of a value; `nil` if it is not shown.
  package func column(of value: Double) -> Int? {
    guard let place = x.position(of: value), (-1e-9...1 + 1e-9).contains(place) else { return nil }
    return cell(place, of: area.columns, dots: dots.columns).map { area.column + $0 }
  }

  /// The row of a value; `nil` if it is not shown.
  package func row(of value: Double) -> Int? {
    guard let place = y.position(of: value), (-1e-9...1 + 1e-9).contains(place) else { return nil }
    return cell(1 - place, of: area.rows, dots: dots.rows).map { area.row + $0 }
  }

  /// The column of a value, or the nearest there is.
  package func nearestColumn(of value: Double) -> Int {
    let place = min(max(x.position(of: value) ?? 0, 0), 1)
    return area.column + (cell(place, of: area.columns, dots: dots.columns) ?? 0)
  }

  /// The value in the middle of a column; beyond the edges that of the last column.
  package func xValue(at column: Int) -> Double {
    let offset = min(max(column - area.column, 0), max(0, area.columns - 1))
    return x.value(at: share(offset, dots: dots.columns, of: area.columns, at: 0.5))
  }

  /// The value in the middle of a row; beyond the edges that of the last row.
  package func yValue(at row: Int) -> Double {
    let offset = min(max(row - area.row, 0), max(0, area.rows - 1))
    return y.value(at: 1 - share(offset, dots: dots.rows, of: area.rows, at: 0.5))
  }

  /// All values whose dots lie in a column.
  package func xValues(in column: Int) -> ClosedRange<Double> {
    let offset = min(max(column - area.column, 0), max(0, area.columns - 1))
    let low = x.value(at: share(offset, dots: dots.columns, of: area.columns, at: 0))
    return low...max(low, x.value(at: share(offset, dots: dots.columns, of: area.columns, at: 1)))
  }

  /// All values whose dots lie in a row.
  package func yValues(in row: Int) -> ClosedRange<Double> {
    let offset = min(max(row - area.row, 0), max(0, area.rows - 1))
    let low = y.value(at: 1 - share(offset, dots: dots.rows, of: area.rows, at: 1))
    return low...max(low, y.value(at: 1 - share(offset, dots: dots.rows, of: area.rows, at: 0)))
  }

  /// The cell that holds the dot at a place from 0 to 1.
  private func cell(_ place: Double, of cells: Int, dots: Int) -> Int? {
    guard cells > 0 else { return nil }
    let dot = Int((place * Double(cells * dots - 1)).rounded())
    return min(max(dot / dots, 0), cells - 1)
  }

  /// The place of a part of a cell from its first edge (0) to its second (1): dots reach half a dot to
  /// either side.
  private func share(_ cell: Int, dots: Int, of cells: Int, at part: Double) -> Double {
    guard cells * dots > 1 else { return part }
    let dot = Double(cell * dots) - 0.5 + part * Double(dots)
    return dot / Double(cells * dots - 1)
  }
}

/// A plot over axes, whose frame is known without drawing it.
package protocol PlotWithAxes: Drawable {
  /// The axes as drawn.
  var axes: Axes { get }
}

extension PlotWithAxes {
  /// Where the data lie when the plot is drawn in an area.
  package func frame(in area: Rect, charset: Charset) -> PlotFrame {
    axes.frame(in: area, charset: charset)
  }
}

extension Axes {
  /// Where the data lie when the axes are drawn in an area.
  package func frame(in area: Rect, charset: Charset) -> PlotFrame {
    let plan = layout(in: area)
    return PlotFrame(
      area: plan.data, x: x.scale, y: y.scale, hasAxis: plan.showsX, charset: charset)
  }
}
