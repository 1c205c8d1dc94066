// The help while it is open: how far it is scrolled, and what is searched in it.

import TerminalCore

/// The help while it is open.
package struct HelpState: Equatable {
  /// The first line shown.
  package var scroll = 0
  /// What is searched for; all is shown if empty.
  package var search = LineEditor()
  /// Whether the search is being typed.
  package var isTyping = false

  /// The help from its beginning.
  package init() {}

  /// The help after a key; `nil` closes it.
  func after(_ key: KeyEvent, in state: DashboardState) -> HelpState? {
    var help = self
    if isTyping {
      switch key {
      case .enter: help.isTyping = false
      case .escape:
        help.isTyping = false
        help.search = LineEditor()
      case .backspace where search.text.isEmpty: help.isTyping = false
      default: if help.search.handle(key) { help.scroll = 0 }
      }
      return help
    }
    let page = max(1, HelpOverlay.area(in: state.size).rows - 3)
    let most = HelpText.maximumScroll(state, help)
    func scrolled(to line: Int) -> HelpState {
      help.scroll = min(max(0, line), most)
      return help
    }
    switch key {
    case .down, .character("j"): return scrolled(to: scroll + 1)
    case .up, .character("k"): return scrolled(to: scroll - 1)
    case .pageDown, .character(" "): return scrolled(to: scroll + page)
    case .pageUp: return scrolled(to: scroll - page)
    case .home, .character("g"): return scrolled(to: 0)
    case .end, .character("G"): return scrolled(to: most)
    case .character("/"):
      help.isTyping = true
      help.scroll = 0
      return help
    case .escape where !search.text.isEmpty:
      help.search = LineEditor()
      help.scroll = 0
      return help
    default: return nil
    }
  }
}
