// What the mouse does: tabs, keys of the footer, and what lies under the pointer in a pane.

import Panes
import TerminalCore

extension DashboardState {
  mutating func handle(_ event: MouseEvent, isDouble: Bool) -> [DashboardEffect] {
    switch mode {
    case .browsing: return browse(event, isDouble: isDouble)
    case .help(var help):
      switch event.action {
      case .wheelUp: help = help.after(.up, in: self) ?? help
      case .wheelDown: help = help.after(.down, in: self) ?? help
      case .press where !HelpOverlay.area(in: size).contains(event.position):
        mode = .browsing
        return []
      default: break
      }
      mode = .help(help)
    case .themes(let chooser):
      if event.action == .wheelUp { chooseTheme(.up, chooser) }
      if event.action == .wheelDown { chooseTheme(.down, chooser) }
    case .filter, .command, .export, .confirmStop, .runs: break
    }
    return []
  }

  private mutating func browse(_ event: MouseEvent, isDouble: Bool) -> [DashboardEffect] {
    let layout = layout
    switch event.action {
    case .press(button: 1):
      message = nil
      dragStart = nil
      if layout.tabs.contains(event.position) {
        let tabs = Tabs(pane: pane)
        if let kind = tabs.kind(at: event.position, in: layout.tabs, charset) { go(to: kind) }
        return []
      }
      if layout.footer.contains(event.position) {
        let footer = Footer(state: self)
        return footer.binding(at: event.position, in: layout.footer).map { obey($0) } ?? []
      }
      if let other = layout.other, other.contains(event.position) { goToOtherSide() }
      guard self.layout.front.contains(event.position) else { return [] }
      dragStart = event.position
      let place = inPane(event.position)
      // Lists open what is pressed twice, however slowly.
      point(isDouble && pane == .trace ? .doublePress(place) : .press(place))
    case .press: return []
    case .move:
      guard let start = dragStart else { return [] }
      point(.drag(from: inPane(start), to: inPane(event.position)))
    case .release:
      guard let start = dragStart else { return [] }
      dragStart = nil
      let moment = moment(before: "zoom by the mouse")
      point(.release(from: inPane(start), to: inPane(event.position)))
      if start != event.position { keep(moment) }
    case .wheelUp, .wheelDown:
      if let other = layout.other, other.contains(event.position) { goToOtherSide() }
      guard self.layout.front.contains(event.position) else { return [] }
      let place = inPane(event.position)
      point(event.action == .wheelUp ? .wheelUp(place) : .wheelDown(place))
    }
    return []
  }

  private mutating func point(_ pointer: PanePointer) {
    let area = layout.front
    if let next = panes.handle(pointer, in: pane, snapshot, &browsing, size: area.size) {
      go(to: next)
    }
  }

  /// A point of the screen as the pane in front counts, kept inside the pane.
  private func inPane(_ point: Point) -> Point {
    let area = layout.front
    return Point(
      column: min(max(0, point.column - area.column), max(0, area.columns - 1)),
      row: min(max(0, point.row - area.row), max(0, area.rows - 1)))
  }
}
