// All keys: footer, help and the README's table are made from this list.

import Panes
import RunFolder
import TerminalCore

/// The table of keys.
package enum KeyTable {
  /// All entries, in the order of the help.
  package static let all: [KeyBinding] =
    panes + moving + looking + fit + program

  /// The entry for a key: the first that can be used, else the first that says why not.
  package static func binding(for key: KeyEvent, in state: DashboardState) -> KeyBinding? {
    let candidates = all.filter { $0.keys.contains(key) }
    func first(_ isWanted: (Availability) -> Bool) -> KeyBinding? {
      candidates.first { isWanted($0.availability(state)) }
    }
    return first { $0 == .enabled } ?? first { $0 != .absent } ?? candidates.first
  }

  /// The table as the README has it.
  package static func markdown() -> String {
    var lines = ["| key | does |", "|---|---|"]
    for binding in all {
      let label = binding.label.split(separator: " ").map { "`\($0)`" }.joined(separator: " ")
      lines.append("| \(label) | \(binding.help) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let panes: [KeyBinding] =
    PaneKind.allCases.map { kind in
      let key = KeyEvent.character(Character(String(kind.number)))
      return KeyBinding(
        [key], String(kind.number), kind.title, help: "go to \(kind.title)", .panes, .go(kind)
      ) { state in
        // The key shows the whole plot again where one is zoomed.
        kind == .model && isZoomed(state) ? .absent : .enabled
      }
    } + [
      KeyBinding([.tab], "Tab", "next pane", help: "go to the next pane", .panes, .nextPane),
      KeyBinding(
        [.backTab], "Shift-Tab", "previous pane", help: "go to the previous pane", .panes,
        .previousPane),
    ]

  private static let moving: [KeyBinding] = [
    KeyBinding(
      [.character("j"), .down], "j ↓", "down",
      help: "next row, verdict, parameter or level; newer step; next outcome", .moving,
      pane: .down),
    KeyBinding(
      [.character("k"), .up], "k ↑", "up",
      help: "previous row, verdict, parameter or level; older step; previous outcome",
      .moving,
      pane: .up),
    KeyBinding(
      [.character("h"), .left], "h ←", "left",
      help: "older iterations of a zoomed trace; previous block, outcome or axis", .moving,
      pane: .left),
    KeyBinding(
      [.character("l"), .right], "l →", "right",
      help: "newer iterations of a zoomed trace; next block, outcome or axis", .moving,
      pane: .right),
    KeyBinding([.pageDown], "PgDn", "page down", help: "a page further", .moving, pane: .pageDown),
    KeyBinding([.pageUp], "PgUp", "page up", help: "a page back", .moving, pane: .pageUp),
    KeyBinding(
      [.character("g"), .home], "g Home", "first", help: "the first", .moving, pane: .first),
    KeyBinding([.character("G"), .end], "G End", "last", help: "the last", .moving, pane: .last),
    KeyBinding(
      [.character("]")], "]", "next", help: "next outcome or view", .moving, pane: .nextSection,
      footer: 10),
    KeyBinding(
      [.character("[")], "[", "previous", help: "previous outcome or view", .moving,
      pane: .previousSection),
    KeyBinding(
      [.enter], "Enter", "trace",
      help: "trace of the parameter in front; the pane that a verdict is about", .moving,
      pane: .open, footer: 11),
  ]

  private static let looking: [KeyBinding] = [
    KeyBinding(
      [.character("/")], "/", "filter",
      help: "filter parameters by regular expression, live; Esc clears", .looking, .filter,
      footer: 12
    ) { state in
      switch state.pane {
      case .trace, .convergence:
        state.browsing.parameterCount > 0 ? .enabled : .disabled("there are no parameters yet")
      case .estimates:
        state.browsing.parameterCount > 0 || state.snapshot.run.fitReport != nil
          ? .enabled : .disabled("there are no estimates yet")
      default: .absent
      }
    },
    KeyBinding(
      [.character("s")], "s", "sort", help: "sort by the next column", .looking,
      pane: .sortColumn, footer: 13),
    KeyBinding(
      [.character("S")], "S", "reverse", help: "reverse the order", .looking, pane: .sortReverse,
      footer: 14),
    KeyBinding(
      [.character("w")], "w", "warm-up", help: "with or without warm-up", .looking,
      pane: .toggleWarmup, footer: 15),
    KeyBinding(
      [.character("c")], "c", "chain", help: "one chain in front, then the next, then all alike",
      .looking, pane: .cycleChain, footer: 16),
    KeyBinding(
      [.character("+"), .character("=")], "+", "zoom in", help: "zoom in on the newest iterations",
      .looking, pane: .zoomIn, footer: 17),
    KeyBinding(
      [.character("-"), .character("_")], "-", "zoom out", help: "zoom out", .looking,
      pane: .zoomOut),
    KeyBinding(
      [.character("0")], "0", "all", help: "zoom out all the way", .looking, .pane(.zoomReset)
    ) { isZoomed($0) ? .enabled : .absent },
    KeyBinding(
      [.character("n")], "n", "groups",
      help: "data simulated for the groups there are, or for new ones", .looking,
      pane: .newGroups, footer: 18),
    KeyBinding(
      [.character(" ")], "Space", "freeze",
      help: "freeze and thaw the display; the fit goes on", .looking, .freeze, footer: 20),
    KeyBinding(
      [.character("e")], "e", "export", help: "write what is shown as text into a file", .looking,
      .export, footer: 24),
    KeyBinding(
      [.character("t")], "t", "theme", help: "next theme", .looking, .nextTheme, footer: 25),
    KeyBinding(
      [.character("T")], "T", "theme by name", help: "choose a theme by name", .looking,
      .themeList),
  ]

  private static let fit: [KeyBinding] = [
    KeyBinding(
      [.character("p")], "p", "pause", help: "pause the fit, and let it go on", .fit, .pause,
      footer: 21, availability: whileLive),
    KeyBinding(
      [.control("x")], "Ctrl-X", "stop", help: "stop the fit; asks first", .fit, .stop, footer: 22,
      availability: whileLive),
  ]

  private static let program: [KeyBinding] = [
    KeyBinding(
      [.character("q"), .character("d")], "q d", "leave",
      help: "leave; the fit goes on in the background", .program, .leave, footer: 1),
    KeyBinding(
      [.character("?"), .function(1)], "? F1", "help", help: "these keys", .program, .help,
      footer: 2),
    KeyBinding(
      [.character(":")], ":", "command",
      help: "command line: :stop :extend N :resume :theme NAME :pane NAME :quit", .program,
      .commandLine, footer: 23),
    KeyBinding(
      [.control("l")], "Ctrl-L", "redraw", help: "draw the screen anew", .program, .redraw),
    KeyBinding(
      [.control("z")], "Ctrl-Z", "suspend", help: "suspend the dashboard; the fit goes on",
      .program, .suspend),
  ]

  /// Whether a plot shows only a part of what it could.
  @Sendable private static func isZoomed(_ state: DashboardState) -> Bool {
    state.panes.availability(of: .zoomReset, in: state.pane, state.snapshot, state.browsing)
      == .enabled
  }

  @Sendable private static func whileLive(_ state: DashboardState) -> Availability {
    switch state.newest.run.state {
    case .foreign: .disabled("these draws are another program's")
    case .finished: .disabled("the fit has ended")
    case .stopped: .disabled("the fit was stopped; :resume goes on")
    case .failed: .disabled("the fit failed")
    case .lost: .disabled("the worker is gone; :resume starts another")
    default: .enabled
    }
  }
}
