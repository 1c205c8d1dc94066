// All that a dashboard remembers between two events.

import Panes
import RunFolder
import TerminalCore

/// What the keys mean now.
package enum DashboardMode: Equatable {
  case browsing
  /// A filter is being typed.
  case filter(LineEditor)
  /// A command is being typed.
  case command(LineEditor)
  /// The help is open, scrolled down by so many lines.
  case help(scroll: Int)
  /// The user is asked whether the fit shall stop.
  case confirmStop
}

/// A line that says what happened.
package struct DashboardMessage: Equatable {
  package var text: String
  package var judgement: Judgement
}

/// All that a dashboard remembers.
package struct DashboardState {
  /// What is shown: the latest data, or those of the moment when the display was frozen.
  package internal(set) var snapshot: DashboardSnapshot
  /// The data that came in while the display was frozen.
  var pending: DashboardSnapshot?
  package internal(set) var isFrozen = false
  package internal(set) var pane = PaneKind.overview
  package var panes = PaneSet()
  package var browsing = Browsing()
  package internal(set) var mode = DashboardMode.browsing
  package internal(set) var message: DashboardMessage?
  package internal(set) var size: Size
  /// The themes that `t` goes through, and the one in use.
  package private(set) var themes: [Theme]
  private var themeIndex = 0
  let charset: Charset

  /// A dashboard of a run.
  ///
  /// - Parameters:
  ///   - themes: at least one; the first is in use.
  package init(
    snapshot: DashboardSnapshot, size: Size, themes: [Theme] = Theme.builtIn,
    charset: Charset = .braille
  ) {
    precondition(!themes.isEmpty, "a dashboard needs a theme")
    self.snapshot = snapshot
    self.size = size
    self.themes = themes
    self.charset = charset
    browsing.charset = charset
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

  /// The area of the pane on the screen.
  package var paneArea: Rect { DashboardLayout(size).pane }

  /// The parameters whose statistics are on the screen.
  package var parametersInView: [String] {
    panes.parametersInView(of: pane, snapshot, browsing, size: paneArea.size)
  }

  /// What the pane in front shows beyond the statistics of parameters.
  package var detailInView: DetailRequest? {
    panes.detailInView(of: pane, snapshot, browsing)
  }

  /// Puts a pane in front.
  package mutating func go(to pane: PaneKind) { self.pane = pane }

  mutating func say(_ text: String, _ judgement: Judgement = .none) {
    message = DashboardMessage(text: text, judgement: judgement)
  }
}
