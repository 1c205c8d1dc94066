// The same plot many times, such as once for each chain, in a grid with a heading over each.

import TerminalCore

/// One plot of a grid.
package struct SmallPlot {
  package var title: String
  package var role: ThemeRole
  package var plot: any Drawable

  /// A plot with its heading.
  package init(_ title: String, role: ThemeRole = .heading, plot: any Drawable) {
    self.title = title
    self.role = role
    self.plot = plot
  }
}

/// Plots in a grid as near to the shape of the area as whole rows and columns allow; those for which
/// there is no room are counted.
package struct SmallMultiples: Drawable {
  package var plots: [SmallPlot]
  /// The smallest plot worth drawing, its heading included.
  package var least = Size(columns: 16, rows: 3)

  /// Plots in their order, row by row.
  package init(_ plots: [SmallPlot]) { self.plots = plots }

  /// The places of the plots that are shown, each with its heading.
  private func places(in area: Rect) -> [Rect] {
    guard !plots.isEmpty, !area.isEmpty else { return [] }
    let most = max(1, area.columns / least.columns) * max(1, area.rows / least.rows)
    let count = min(plots.count, most)
    let across = columnCount(count, in: area)
    let cells = area.grid(columns: across, rows: (count + across - 1) / across)
    return cells.prefix(count).enumerated().map { index, cell in
      cell.inset(right: (index + 1) % across == 0 ? 0 : 1)
    }
  }

  /// The areas that the plots themselves are drawn in, under their headings.
  package func plotAreas(in area: Rect) -> [Rect] {
    places(in: area).map { $0.rows >= 2 ? $0.splitTop(1).rest : $0 }
  }

  package func draw(into buffer: inout CellBuffer, in area: Rect) {
    let places = places(in: area)
    let count = places.count
    for (index, place) in places.enumerated() {
      let item = plots[index]
      let isLast = index == count - 1 && count < plots.count
      let title = isLast ? "\(item.title)  +\(plots.count - count) more" : item.title
      guard place.rows >= 2 else {
        buffer.draw(item.plot, in: place)
        continue
      }
      let parts = place.splitTop(1)
      buffer.write(title, in: parts.top, Style(item.role, .bold), aligned: .center)
      buffer.draw(item.plot, in: parts.rest)
    }
  }

  /// The number of columns that makes plots about three times as wide as high.
  private func columnCount(_ count: Int, in area: Rect) -> Int {
    let possible = (1...count).filter {
      let down = (count + $0 - 1) / $0
      return $0 == 1
        || (area.columns / $0 >= least.columns && area.rows / down >= min(least.rows, area.rows))
    }
    func misfit(_ across: Int) -> Double {
      let down = (count + across - 1) / across
      let shape = Double(area.columns / across) / Double(max(1, area.rows / down))
      let empty = Double(across * down - count) / Double(count)
      return max(shape / 3, 3 / max(shape, 0.01)) * (1 + empty)
    }
    let fitting = possible.filter { area.rows / ((count + $0 - 1) / $0) >= least.rows }
    return (fitting.isEmpty ? possible : fitting).min { misfit($0) < misfit($1) } ?? 1
  }
}
