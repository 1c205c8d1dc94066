// The mouse in the pane of convergence: rows, titles of columns, and the plot.

import Plots
import RunFolder
import TerminalCore

extension ConvergencePane {
  /// What can be read off the plot of effective sample sizes.
  func growthReading(
    _ snapshot: DashboardSnapshot, _ browsing: Browsing, _ size: Size
  ) -> PlotReading? {
    guard snapshot.hasKeptDraws else { return nil }
    return ConvergenceView(self, snapshot, browsing, size, browsing.charset).reading
  }

  package mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch pointer {
    case .wheelUp, .wheelDown:
      let count = showsEstimates(snapshot) ? 1 : browsing.parameters.count
      let command: PaneCommand = if case .wheelUp = pointer { .up } else { .down }
      for _ in 0..<wheelRows(of: count) {
        _ = update(command, snapshot, &browsing, size: size)
      }
    case .press(let point): return press(point, snapshot, &browsing, size)
    case .drag(_, let point):
      if let reading = growthReading(snapshot, browsing, size) {
        _ = cursor.put(at: point, in: reading)
      }
    case .doublePress, .release: break
    }
    return nil
  }

  private mutating func press(
    _ point: Point, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, _ size: Size
  ) -> PaneKind? {
    if showsEstimates(snapshot), let fit = snapshot.run.fitReport {
      let table = EstimateTable(fit: fit, isSampled: snapshot.isSampled, selected: estimateRow)
      estimateRow = table.row(at: point, in: Rect(size)) ?? estimateRow
      return nil
    }
    guard snapshot.hasKeptDraws else { return nil }
    let view = ConvergenceView(self, snapshot, browsing, size, browsing.charset)
    let (table, area) = (view.table, view.tableArea)
    if let place = table.header(at: point, in: area, charset: browsing.charset) {
      let column = view.columns[place]
      isDescending = column == sort ? !isDescending : column.beginsDescending
      sort = column
    } else if let row = table.row(at: point, in: area) {
      let isOpen = view.selected == row && browsing.chosenParameter != nil
      scroll.hold(table.firstRow)
      browsing.choose(view.names[row])
      return isOpen ? .trace : nil
    } else if let reading = view.reading {
      _ = cursor.put(at: point, in: reading)
    }
    return nil
  }
}
