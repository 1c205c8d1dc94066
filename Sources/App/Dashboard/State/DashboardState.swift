// All that a dashboard remembers between two events.

import Panes
import RunFolder
import TerminalCore

/// What the keys mean now.
package enum DashboardMode: Equatable {
  case browsing
  /// A filter is being typed; the one in force before comes back with Escape.
  case filter(LineEditor, before: String)
  /// A command is being typed.
  case command(LineEditor)
  /// The help is open.
  case help(HelpState)
  /// The menu of exports is open.
  case export(ExportMenu)
  /// The user is asked whether the fit shall stop.
  case confirmStop
}

/// A line that says what happened.
package struct DashboardMessage: Equatable {
  package var text: String
  package var judgement: Judgement
}

/// The second of two panes on the screen.
package struct PaneSplit: Equatable, Sendable {
  /// The pane that the keys do not go to.
  package var other: PaneKind
  /// Whether the pane in front stands on the right, or below.
  package var isFrontSecond = false
}

/// All that a dashboard remembers.
package struct DashboardState {
  /// What is shown: the latest data, or those of the moment when the display was frozen.
  package internal(set) var snapshot: DashboardSnapshot
  /// The data that came in while the display was frozen.
  var pending: DashboardSnapshot?
  package internal(set) var isFrozen = false
  package internal(set) var pane = PaneKind.overview
  /// The other pane, while two are shown.
  package internal(set) var split: PaneSplit?
  /// Whether the pane has the whole screen.
  package internal(set) var isFullScreen = false
  /// The panes that were in front before, the last at the end.
  var visited: [PaneKind] = []
  package var panes = PaneSet()
  package var browsing = Browsing()
  package internal(set) var mode = DashboardMode.browsing
  package internal(set) var message: DashboardMessage?
  package internal(set) var size: Size
  /// The views before the last changes, the latest at the end.
  var undoStack: [ViewMoment] = []
  /// The commands that were typed, the latest at the end.
  var typedCommands: [String] = []
  /// The form of the last export, in which the key for exports writes the next one.
  var lastExport = ExportFormat.text
  /// Where the button went down, while it is held.
  var dragStart: Point?
  /// The keys and what they do.
  package let keys: [KeyBinding]
  /// The themes that `t` goes through, and the one in use.
  package private(set) var themes: [Theme]
  var themeIndex = 0
  let charset: Charset

  /// A dashboard of a run.
  ///
  /// - Parameters:
  ///   - themes: at least one; the first is in use.
  ///   - keys: the key table, perhaps with other keys of the user's choice.
  package init(
    snapshot: DashboardSnapshot, size: Size, themes: [Theme] = Theme.builtIn,
    charset: Charset = .braille, keys: [KeyBinding] = KeyTable.all
  ) {
    precondition(!themes.isEmpty, "a dashboard needs a theme")
    self.snapshot = snapshot
    self.size = size
    self.themes = themes
    self.charset = charset
    browsing.charset = charset
    self.keys = keys
    browsing.refresh(from: snapshot.run)
  }

  /// The theme in use.
  package var theme: Theme { themes[themeIndex] }

  /// The newest state of the run, also while the display is frozen.
  package var newest: DashboardSnapshot { pending ?? snapshot }

  mutating func useNextTheme() { themeIndex = (themeIndex + 1) % themes.count }

  /// Puts a theme in use by name; whether there is one.
  mutating func useTheme(named name: String) -> Bool {
    let wanted = name.lowercased()
    guard let index = themes.firstIndex(where: { $0.name.lowercased() == wanted }) else {
      return false
    }
    themeIndex = index
    return true
  }

  /// Where everything stands on the screen.
  var layout: DashboardLayout { DashboardLayout(size, isFull: isFullScreen, split: split) }

  /// The area of the pane in front on the screen.
  package var paneArea: Rect { layout.front }

  /// The parameters whose statistics are on the screen.
  package var parametersInView: [String] {
    let layout = layout
    let front = panes.parametersInView(of: pane, snapshot, browsing, size: layout.front.size)
    guard let split, let area = layout.other else { return front }
    return front
      + panes.parametersInView(of: split.other, snapshot, browsing, size: area.size)
  }

  /// What the panes on the screen show beyond the statistics of parameters: that of the pane in front,
  /// or that of the other where it is still missing.
  package var detailInView: DetailRequest? {
    let front = panes.detailInView(of: pane, snapshot, browsing)
    guard let split, layout.other != nil,
      let other = panes.detailInView(of: split.other, snapshot, browsing)
    else { return front }
    guard let front else { return other }
    return snapshot.diagnostics.has(front) && !snapshot.diagnostics.has(other) ? other : front
  }

  /// Puts a pane in front.
  package mutating func go(to pane: PaneKind) {
    guard pane != self.pane else { return }
    if split?.other == pane {
      split?.other = self.pane
      split?.isFrontSecond.toggle()
    }
    visited.append(self.pane)
    if visited.count > 50 { visited.removeFirst() }
    self.pane = pane
  }

  mutating func say(_ text: String, _ judgement: Judgement = .none) {
    message = DashboardMessage(text: text, judgement: judgement)
  }
}
