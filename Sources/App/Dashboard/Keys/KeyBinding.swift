// A key as a record: what it does, what is said of it, and when it can be used.

import Panes
import RunFolder
import TerminalCore

/// What a key or a command can make the dashboard do.
package enum DashboardAction: Hashable, Sendable {
  case go(PaneKind)
  case nextPane, previousPane
  case pane(PaneCommand)
  case filter
  case commandLine
  case themeList
  case freeze
  case pause
  case stop
  case leave
  case export
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
  case fit = "The fit"
  case program = "The program"
}

/// One entry of the key table.
package struct KeyBinding: Sendable {
  /// The keys that do it.
  package let keys: [KeyEvent]
  /// The keys as footer and help show them.
  package let label: String
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

  /// An entry; always available unless said otherwise.
  init(
    _ keys: [KeyEvent], _ label: String, _ summary: String, help: String, _ group: KeyGroup,
    _ action: DashboardAction, footer: Int? = nil,
    availability: @escaping @Sendable (DashboardState) -> Availability = { _ in .enabled }
  ) {
    self.keys = keys
    self.label = label
    self.summary = summary
    self.help = help
    self.group = group
    self.action = action
    footerRank = footer
    self.availability = availability
  }

  /// An entry for the pane in front, which says itself whether it can be used.
  init(
    _ keys: [KeyEvent], _ label: String, _ summary: String, help: String, _ group: KeyGroup,
    pane command: PaneCommand, footer: Int? = nil
  ) {
    self.init(keys, label, summary, help: help, group, .pane(command), footer: footer) { state in
      state.panes.availability(of: command, in: state.pane, state.snapshot, state.browsing)
    }
  }
}
