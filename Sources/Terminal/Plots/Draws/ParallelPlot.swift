// Draws as lines over standardised parameters, those in front marked where they cross each axis.

import TerminalCore

/// One draw: its value on each of the parallel axes.
package struct ParallelLine: Hashable, Sendable {
  package var values: [Double]
  /// Whether it is drawn in front with marks, such as a divergent draw.
  package var isInFront: Bool

  /// A draw by its values, axis by axis.
  package init(_ values: [Double], isInFront: Bool = false) {
    self.values = values
    self.isInFront = isInFront
  }
}

/// Parallel coordinates: an upright axis for each parameter, a line across them for each draw.
package struct ParallelPlot: Drawable, Sendable {
  /// The names of the axes, from left to right.
  package var names: [String]
  package var lines: [ParallelLine]
  package var role: ThemeRole = .grid
  package var frontRole: ThemeRole = .bad
  /// The mark of a line in front on each axis.
  package var frontGlyph: Unicode.Scalar = "✗"
  package var showsAxes = true
  package var emptyNotice = "no draws yet"

  /// Lines over named axes.
  package init(names: [String], lines: [ParallelLine]) {
    self.names = names
    self.lines = lines
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let values = lines.lazy.flatMap(\.values)
    guard names.count > 1, values.contains(where: \.isFinite) else {
      return drawNotice(emptyNotice, into: &buffer, in: area)
    }
    let hasNames = area.rows >= 4
    let parts = area.rows([.rest, .fixed(hasNames ? 1 : 0)])
    let axes = Axes(
      // Half a step on either side, for the names under the first and the last axis.
      x: Axis(Scale(from: -0.5, to: Double(names.count) - 0.5), isShown: false),
      y: Axis(Scale(covering: values), isShown: showsAxes))
    var region = axes.draw(into: &buffer, in: parts[0])
    for axis in names.indices { region.verticalLine(at: Double(axis), Style(.grid)) }
    for isInFront in [false, true] {
      for line in lines where line.isInFront == isInFront {
        region.path(
          x: line.values.indices.map(Double.init), y: line.values,
          Style(isInFront ? frontRole : role))
      }
    }
    region.finish(into: &buffer)
    for line in lines where line.isInFront {
      for (axis, value) in line.values.enumerated() {
        guard let column = region.column(of: Double(axis)), let row = region.row(of: value) else {
          continue
        }
        let mark = Cell(buffer.charset.folded(frontGlyph), Style(frontRole, .bold))
        buffer.set(mark, at: Point(column: column, row: row))
      }
    }
    if hasNames { drawNames(region.area, row: parts[1].row, &buffer) }
  }

  /// The names under their axes, each cut to the room between two axes.
  private func drawNames(_ data: Rect, row: Int, _ buffer: inout CellBuffer) {
    guard data.columns > 0 else { return }
    let step = Double(data.columns) / Double(names.count)
    let width = max(1, Int(step) - 1)
    for (axis, name) in names.enumerated() {
      let centre = data.column + Int(((Double(axis) + 0.5) * step).rounded(.down))
      let used = min(displayWidth(of: name, in: buffer.charset), width)
      let start = min(max(data.column, centre - used / 2), data.endColumn - used)
      buffer.write(
        name, at: Point(column: start, row: row), Style(.axis), limit: used, ellipsis: true)
    }
  }
}
