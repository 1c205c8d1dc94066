// The mouse in the pane of random effects: pairs of the matrix, and levels.

import Plots
import RunFolder
import TerminalCore

extension RandomEffectsPane {
  package mutating func handle(
    _ pointer: PanePointer, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, size: Size
  ) -> PaneKind? {
    switch pointer {
    case .wheelUp: return update(.up, snapshot, &browsing, size: size)
    case .wheelDown: return update(.down, snapshot, &browsing, size: size)
    case .press(let point): return press(point, snapshot, &browsing, size)
    case .doublePress, .drag, .release: return nil
    }
  }

  private mutating func press(
    _ point: Point, _ snapshot: DashboardSnapshot, _ browsing: inout Browsing, _ size: Size
  ) -> PaneKind? {
    // The heading is left out as in the drawing.
    let area = Rect(size).rows >= 6 ? Rect(size).splitTop(1).rest : Rect(size)
    if view == .levels {
      guard let view = caterpillar(snapshot), let found = view.row(at: point, in: area) else {
        return nil
      }
      let isOpen = level != nil && view.selected == found.row
      scroll.hold(found.first)
      level = view.rows[found.row].level
      return isOpen && snapshot.hasDraws
        ? update(.open, snapshot, &browsing, size: size) : nil
    }
    let blocks = RandomEffectsBlock.all(of: snapshot)
    guard !blocks.isEmpty else { return nil }
    let view = CovarianceView(
      block: blocks[shownBlock(blocks)], dimension: dimension, partner: partner)
    if let found = view.dimensions(at: point, in: area, browsing.charset) {
      dimension = found.row
      partner = found.column == found.row ? nil : found.column
    }
    return nil
  }
}
