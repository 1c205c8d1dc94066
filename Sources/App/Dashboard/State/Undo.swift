// The view before a change, so that every change of the view can be undone.

import Panes
import TerminalCore

/// What is shown and how, at one moment.
struct ViewMoment {
  var pane: PaneKind
  var split: PaneSplit?
  var isFullScreen: Bool
  var panes: PaneSet
  var browsing: Browsing
  var themeIndex: Int
  /// What was done after it, in words: `sorting`.
  var change: String
}

extension DashboardState {
  /// How many changes can be undone.
  private static let mostMoments = 100

  /// Whether there is a change of the view to undo.
  package var canUndo: Bool { !undoStack.isEmpty }

  /// The view as it is, before a change.
  func moment(before change: String) -> ViewMoment {
    ViewMoment(
      pane: pane, split: split, isFullScreen: isFullScreen, panes: panes, browsing: browsing,
      themeIndex: themeIndex, change: change)
  }

  /// Keeps a view so that ``undo()`` brings it back.
  mutating func keep(_ moment: ViewMoment) {
    undoStack.append(moment)
    if undoStack.count > Self.mostMoments { undoStack.removeFirst() }
  }

  /// Brings back the view before the last change; the data stay the newest.
  mutating func undo() {
    guard let moment = undoStack.popLast() else { return say("There is nothing to undo.") }
    pane = moment.pane
    split = moment.split
    isFullScreen = moment.isFullScreen
    panes = moment.panes
    browsing = moment.browsing
    // Parameters may have come in since.
    browsing.refresh(from: snapshot.run)
    say("Undone: \(moment.change).")
    if moment.themeIndex != themeIndex { useTheme(moment.themeIndex) }
  }

  /// What an action changes in the view, in a word or two; `nil` for what is not worth undoing.
  func change(by action: DashboardAction) -> String? {
    switch action {
    case .nextTheme: return "theme \(theme.name)"
    case .split: return "split view"
    case .pane(let command):
      switch command {
      case .sortColumn, .sortReverse: return "sorting"
      case .zoomIn, .zoomOut, .zoomReset: return "zoom"
      case .toggleWarmup: return "warm-up \(browsing.includesWarmup ? "in" : "out")"
      case .cycleChain: return "chain in front"
      case .pin: return "pin"
      case .toggleGrid: return "grid"
      default: return nil
      }
    default: return nil
    }
  }

  /// What is said after a change that the screen does not explain by itself.
  func wordsAfter(_ action: DashboardAction) -> String? {
    switch action {
    case .pane(.toggleWarmup):
      return browsing.includesWarmup
        ? "With warm-up; the scale follows." : "Without warm-up; the scale follows."
    case .pane(.cycleChain):
      return browsing.chain.map { "Chain \($0) is in front." } ?? "All chains alike."
    case .pane(.pin):
      guard let name = browsing.parameter else { return nil }
      return browsing.pinned.contains(name)
        ? "\(name) is pinned and comes first." : "\(name) is not pinned any more."
    case .nextTheme: return "Theme \(theme.name)."
    default: return nil
    }
  }
}
