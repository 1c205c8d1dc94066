// A key as a record: what it does, what is said of it, and when it can be used.

import Panes
import RunFolder
import TerminalCore

/// What a key or a command can make the dashboard do.
package enum DashboardAction: Hashable, Sendable {
  case go(PaneKind)
  case nextPane, previousPane
  /// To the pane before the last change of panes.
  case back
  case pane(PaneCommand)
  case filter
  case commandLine
  /// The command line, with the command that shows a range.
  case typeRange
  case themeList
  case freeze
  /// The pane alone on the screen, without header and footer.
  case fullScreen
  /// Two panes at once.
  case split
  /// The keys go to the other of two panes.
  case otherSide
  case undo
  case pause
  case stop
  case leave
  case export
  /// The menu of exports.
  case exportMenu
  /// What is shown to the clipboard.
  case copy
  case nextTheme
  case help
  case redraw
  case suspend
}

/// The headings under which the help lists keys.
package enum KeyGroup: String, CaseIterable, Sendable {
  case panes = "Panes"
  case moving = "Moving"
  case looking = "Looking"
  case plots = "Plots"
  case screen = "The screen"
  case fit = "The fit"
  case program = "The program"
}

/// One entry of the key table.
package struct KeyBinding: Sendable {
  /// The name by which a configuration file puts it on other keys: `zoom-in`.
  package let name: String
  /// The keys that do it; none if the user freed them.
  package var keys: [KeyEvent]
  /// One or two words for the footer.
  package let summary: String
  /// A sentence for the help.
  package let help: String
  package let group: KeyGroup
  package let action: DashboardAction
  /// The place in the footer, low first; not there if `nil`.
  package let footerRank: Int?
  /// Whether it can be used now.
  package let availability: @Sendable (DashboardState) -> Availability

  /// The keys as footer and help show them.
  package var label: String { keys.map(\.label).joined(separator: " ") }

  /// An entry; always available unless said otherwise.
  init(
    _ name: String, _ keys: [KeyEvent], _ summary: String, help: String, _ group: KeyGroup,
    _ action: DashboardAction, footer: Int? = nil,
    availability: @escaping @Sendable (DashboardState) -> Availability = { _ in .enabled }
  ) {
    self.name = name
    self.keys = keys
    self.summary = summary
    self.help = help
    self.group = group
    self.action = action
    footerRank = footer
    self.availability = availability
  }

  /// An entry for the pane in front, which says itself whether it can be used.
  init(
    _ name: String, _ keys: [KeyEvent], _ summary: String, help: String, _ group: KeyGroup,
    pane command: PaneCommand, footer: Int? = nil
  ) {
    self.init(name, keys, summary, help: help, group, .pane(command), footer: footer) { state in
      state.panes.availability(of: command, in: state.pane, state.snapshot, state.browsing)
    }
  }
}

extension KeyEvent {
  /// The key as it stands on a keyboard: `q`, `Space`, `Ctrl-X`, `↓`.
  package var label: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(" "): "Ctrl-Space"
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    case .alt(let character): "Alt-\(character)"
    case .function(let number): "F\(number)"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .shiftUp: "Shift-↑"
    case .shiftDown: "Shift-↓"
    case .shiftLeft: "Shift-←"
    case .shiftRight: "Shift-→"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .enter: "Enter"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    }
  }
}
