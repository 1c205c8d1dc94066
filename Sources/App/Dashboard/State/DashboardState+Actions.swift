// What the dashboard does for each action.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// Does what a key or a command stands for, and says how to undo it.
  mutating func perform(_ action: DashboardAction) -> [DashboardEffect] {
    guard let change = change(by: action) else { return act(action) }
    let moment = moment(before: change)
    let effects = act(action)
    keep(moment)
    if message == nil, let words = wordsAfter(action) { say(words + undoHint) }
    return effects
  }

  /// How to undo what was just done, in words.
  var undoHint: String {
    guard let key = keys.first(where: { $0.action == .undo })?.keys.first else { return "" }
    return " \(key.label) undoes it."
  }

  private mutating func act(_ action: DashboardAction) -> [DashboardEffect] {
    switch action {
    case .go(let kind): go(to: kind)
    case .nextPane, .previousPane: goAround(forward: action == .nextPane)
    case .back: goBack()
    case .pane(let command):
      let next = panes.update(
        command, in: pane, snapshot, &browsing, size: paneArea.size)
      if let next { go(to: next) }
    case .filter:
      mode = .filter(LineEditor(browsing.filter.pattern), before: browsing.filter.pattern)
    case .commandLine: mode = .command(LineEditor())
    case .typeRange: mode = .command(LineEditor("range "))
    case .themeList: mode = .command(LineEditor("theme "))
    case .freeze: toggleFreeze()
    case .fullScreen: toggleFullScreen()
    case .split: toggleSplit()
    case .otherSide: goToOtherSide()
    case .undo: undo()
    case .pause:
      let isPaused = newest.run.state == .paused
      say(
        isPaused
          ? "Asked the worker to go on."
          : "Asked the worker to pause; \(label(of: .pause)) goes on.")
      return [.send(isPaused ? .resume : .pause)]
    case .stop: mode = .confirmStop
    case .leave: return [.leave]
    case .export: return [.export(ExportRequest(lastExport))]
    case .exportMenu: mode = .export(ExportMenu(name: pane.title, hasNumbers: hasNumbers))
    case .copy: return [.copy(.shown(.text))]
    case .nextTheme: useNextTheme()
    case .help: mode = .help(HelpState())
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    }
    return []
  }

  /// The first key of an action, as it is shown.
  func label(of action: DashboardAction) -> String {
    keys.first { $0.action == action }?.keys.first?.label ?? "the command"
  }

  private mutating func goAround(forward: Bool) {
    let all = PaneKind.allCases
    let step = forward ? 1 : all.count - 1
    guard let place = all.firstIndex(of: pane) else { return }
    go(to: all[(place + step) % all.count])
  }

  private mutating func goBack() {
    guard let last = visited.popLast() else { return }
    go(to: last)
    // Going back is not a visit of its own.
    visited.removeLast()
  }

  private mutating func toggleFreeze() {
    isFrozen.toggle()
    if isFrozen {
      say("The display is frozen; the fit goes on. \(label(of: .freeze)) thaws it.")
    } else {
      if let pending { take(pending) }
      pending = nil
      say("The display follows the fit again.")
    }
  }

  private mutating func toggleFullScreen() {
    isFullScreen.toggle()
    if isFullScreen { say("\(pane.title) alone; \(label(of: .fullScreen)) brings back the rest.") }
  }

  /// Whether there is room for two panes.
  var splitAvailability: Availability {
    split != nil || DashboardLayout.hasRoomForTwo(size)
      ? .enabled : .disabled("two panes want 100 columns or 30 rows")
  }

  mutating func toggleSplit(with wanted: PaneKind? = nil) {
    if split != nil, wanted == nil {
      split = nil
      say("\(pane.title) alone.\(undoHint)")
      return
    }
    let other =
      wanted ?? visited.last { $0 != pane } ?? (pane == .trace ? .convergence : .trace)
    guard other != pane else { return say("\(pane.title) is in front already.") }
    split = PaneSplit(other: other)
    say("Two panes; \(label(of: .otherSide)) goes to the other.\(undoHint)")
  }

  mutating func goToOtherSide() {
    if let split { go(to: split.other) }
  }
}
