// All keys: footer, help and the README's table are made from this list.

import Panes
import RunFolder
import TerminalCore

/// The table of keys.
package enum KeyTable {
  /// All entries with the keys they have unless the user wants others, in the order of the help.
  package static let all: [KeyBinding] =
    panes + moving + looking + plots + screen + fit + program

  /// The table as the README has it.
  package static func markdown() -> String {
    var lines = ["| key | does |", "|---|---|"]
    for binding in all {
      let label = binding.keys.map { key in
        // A bar would end the cell.
        key.label == "|" ? "`\\|`" : "`\(key.label)`"
      }.joined(separator: " ")
      lines.append("| \(label) | \(binding.help) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let panes: [KeyBinding] =
    PaneKind.allCases.map { kind in
      KeyBinding(
        "\(kind.rawValue)-pane", [.character(Character(String(kind.number)))], kind.title,
        help: "go to \(kind.title)", .panes, .go(kind)
      ) { state in
        // The key of pane 0 first shows a zoomed plot as a whole.
        kind.number == 0
          && state.panes.availability(
            of: .zoomReset, in: state.pane, state.snapshot, state.browsing
          )
          .isEnabled ? .absent : .enabled
      }
    } + [
      KeyBinding("next-pane", [.tab], "next pane", help: "go to the next pane", .panes, .nextPane),
      KeyBinding(
        "previous-pane", [.backTab], "previous pane", help: "go to the previous pane", .panes,
        .previousPane),
      KeyBinding(
        "back", [.backspace], "back", help: "go back to the pane before", .panes, .back,
        availability: {
          $0.visited.isEmpty ? .disabled("there is no pane to go back to") : .enabled
        }
      ),
    ]

  private static let moving: [KeyBinding] = [
    KeyBinding(
      "down", [.character("j"), .down], "down",
      help: "next row, verdict, parameter or level; newer step; next outcome", .moving,
      pane: .down),
    KeyBinding(
      "up", [.character("k"), .up], "up",
      help: "previous row, verdict, parameter or level; older step; previous outcome", .moving,
      pane: .up),
    KeyBinding(
      "left", [.character("h"), .left], "left",
      help: "older iterations of a zoomed trace; previous block, outcome or axis", .moving,
      pane: .left),
    KeyBinding(
      "right", [.character("l"), .right], "right",
      help: "newer iterations of a zoomed trace; next block, outcome or axis", .moving,
      pane: .right),
    KeyBinding(
      "page-down", [.pageDown], "page down", help: "a page further", .moving, pane: .pageDown),
    KeyBinding("page-up", [.pageUp], "page up", help: "a page back", .moving, pane: .pageUp),
    KeyBinding(
      "first", [.character("g"), .home], "first", help: "the first", .moving, pane: .first),
    KeyBinding("last", [.character("G"), .end], "last", help: "the last", .moving, pane: .last),
    KeyBinding(
      "next-view", [.character("]")], "next", help: "next outcome or view", .moving,
      pane: .nextSection, footer: 10),
    KeyBinding(
      "previous-view", [.character("[")], "previous", help: "previous outcome or view", .moving,
      pane: .previousSection),
    KeyBinding(
      "open", [.enter], "trace",
      help: "trace of the parameter in front; the pane that a verdict is about", .moving,
      pane: .open, footer: 11),
  ]

  private static let looking: [KeyBinding] = [
    KeyBinding(
      "filter", [.character("/")], "filter",
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
      "sort", [.character("s")], "sort", help: "sort by the next column", .looking,
      pane: .sortColumn, footer: 13),
    KeyBinding(
      "reverse", [.character("S")], "reverse", help: "reverse the order", .looking,
      pane: .sortReverse, footer: 14),
    KeyBinding(
      "pin", [.character("m")], "pin",
      help: "pin the parameter in front, or let it go; pinned ones come first", .looking,
      pane: .pin, footer: 19),
    KeyBinding(
      "warmup", [.character("w")], "warm-up", help: "with or without warm-up", .looking,
      pane: .toggleWarmup, footer: 15),
    KeyBinding(
      "chain", [.character("c")], "chain",
      help: "one chain in front, then the next, then all alike",
      .looking, pane: .cycleChain, footer: 16),
    KeyBinding(
      "new-groups", [.character("n")], "groups",
      help: "data simulated for the groups there are, or for new ones", .looking,
      pane: .newGroups, footer: 18),
    KeyBinding(
      "undo", [.character("u")], "undo", help: "undo the last change of the view", .looking, .undo,
      availability: { $0.canUndo ? .enabled : .disabled("there is nothing to undo") }),
  ]

  private static let plots: [KeyBinding] = [
    KeyBinding(
      "zoom-in", [.character("+"), .character("=")], "zoom in",
      help: "zoom in on the readout, or on the newest iterations", .plots, pane: .zoomIn,
      footer: 17),
    KeyBinding(
      "zoom-out", [.character("-"), .character("_")], "zoom out", help: "zoom out", .plots,
      pane: .zoomOut),
    KeyBinding(
      "zoom-reset", [.character("0")], "all", help: "the whole plot again, where one is zoomed",
      .plots, pane: .zoomReset),
    KeyBinding(
      "axis", [.character("y")], "other axis",
      help: "zoom in values instead of draws, and back", .plots, pane: .switchAxis),
    KeyBinding(
      "pan-up", [.character("K"), .shiftUp], "larger values",
      help: "larger values of a plot that is zoomed in values", .plots, pane: .panUp),
    KeyBinding(
      "pan-down", [.character("J"), .shiftDown], "smaller values",
      help: "smaller values of a plot that is zoomed in values", .plots, pane: .panDown),
    KeyBinding(
      "range", [.character("x")], "range", help: "type the range to show: 100:500, y -1:1", .plots,
      .typeRange
    ) { state in
      state.panes.availability(of: .zoomIn, in: state.pane, state.snapshot, state.browsing)
    },
    KeyBinding(
      "readout", [.character("r")], "readout", help: "read the plot's values under a cursor",
      .plots,
      pane: .toggleReadout, footer: 18),
    KeyBinding(
      "readout-left", [.character("<"), .character(",")], "readout left",
      help: "move the cursor of the readout to the left", .plots, pane: .readoutLeft),
    KeyBinding(
      "readout-right", [.character(">"), .character(".")], "readout right",
      help: "move the cursor of the readout to the right", .plots, pane: .readoutRight),
    KeyBinding(
      "grid", [.character("#")], "grid", help: "a grid of small plots, or one large plot", .plots,
      pane: .toggleGrid, footer: 18),
  ]

  private static let screen: [KeyBinding] = [
    KeyBinding(
      "full-screen", [.character("z")], "full screen",
      help: "the pane alone on the screen, and back", .screen, .fullScreen),
    KeyBinding(
      "split", [.character("|")], "split", help: "two panes at once, and back", .screen, .split
    ) { state in state.splitAvailability },
    KeyBinding(
      "other-side", [.character("o")], "other side",
      help: "the keys go to the other of two panes", .screen, .otherSide
    ) { state in state.split == nil ? .absent : .enabled },
    KeyBinding(
      "freeze", [.character(" ")], "freeze",
      help: "freeze and thaw the display; the fit goes on", .screen, .freeze, footer: 20),
    KeyBinding(
      "export", [.character("e")], "export",
      help: "write what is shown into a new file, in the form used last", .screen, .export,
      footer: 24),
    KeyBinding(
      "export-menu", [.character("E")], "export as",
      help: "choose the form of an export: drawing, numbers, text", .screen, .exportMenu),
    KeyBinding(
      "copy", [.control("o")], "copy",
      help: "put what is shown on the clipboard of your terminal (OSC 52)", .screen, .copy),
    KeyBinding(
      "theme", [.character("t")], "theme", help: "next theme", .screen, .nextTheme, footer: 25),
    KeyBinding(
      "themes", [.character("T")], "theme by name", help: "choose a theme by name", .screen,
      .themeList),
  ]

  private static let fit: [KeyBinding] = [
    KeyBinding(
      "pause", [.character("p")], "pause", help: "pause the fit, and let it go on", .fit, .pause,
      footer: 21, availability: whileLive),
    KeyBinding(
      "stop", [.control("x")], "stop", help: "stop the fit; asks first", .fit, .stop, footer: 22,
      availability: whileLive),
  ]

  private static let program: [KeyBinding] = [
    KeyBinding(
      "leave", [.character("q"), .character("d")], "leave",
      help: "leave; the fit goes on in the background", .program, .leave, footer: 1),
    KeyBinding(
      "help", [.character("?"), .function(1)], "help", help: "these keys; / searches them",
      .program, .help, footer: 2),
    KeyBinding(
      "command", [.character(":")], "command",
      help: "command line; Tab completes, ↑ brings back what was typed before", .program,
      .commandLine, footer: 23),
    KeyBinding(
      "redraw", [.control("l")], "redraw", help: "draw the screen anew", .program, .redraw),
    KeyBinding(
      "suspend", [.control("z")], "suspend", help: "suspend the dashboard; the fit goes on",
      .program, .suspend),
  ]

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

extension [KeyBinding] {
  /// The entry for a key: the first that can be used, else the first that says why not.
  package func binding(for key: KeyEvent, in state: DashboardState) -> KeyBinding? {
    let candidates = filter { $0.keys.contains(key) }
    func first(_ isWanted: (Availability) -> Bool) -> KeyBinding? {
      candidates.first { isWanted($0.availability(state)) }
    }
    return first { $0 == .enabled } ?? first { $0 != .absent } ?? candidates.first
  }
}
