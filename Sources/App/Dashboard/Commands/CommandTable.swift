// The commands of the command line, and what can stand after each.

import Panes
import RunFolder
import TerminalCore

/// A command that is typed after a colon.
package struct DashboardCommand: Sendable {
  package let name: String
  /// What follows the name, for the hint; empty if nothing does.
  package let argument: String
  package let help: String
  /// Words that may follow, for completion.
  let candidates: @Sendable (DashboardState) -> [String]

  init(
    _ name: String, _ argument: String = "", help: String,
    candidates: @escaping @Sendable (DashboardState) -> [String] = { _ in [] }
  ) {
    self.name = name
    self.argument = argument
    self.help = help
    self.candidates = candidates
  }
}

/// The commands there are.
package enum CommandTable {
  /// All commands, in the order of the help.
  package static let all = [
    DashboardCommand("stop", help: "stop the fit; asks first"),
    DashboardCommand("pause", help: "pause the fit, or let it go on"),
    DashboardCommand("resume", help: "start a worker that goes on where the last one ended"),
    DashboardCommand("extend", "N", help: "go on until each chain has N kept draws"),
    DashboardCommand("pane", "NAME", help: "go to a pane", candidates: paneNames),
    DashboardCommand(
      "split", "[PANE]", help: "show a second pane, or one alone again", candidates: paneNames),
    DashboardCommand("full", help: "the pane alone on the screen, and back"),
    DashboardCommand(
      "parameter", "NAME", help: "put a parameter in front", candidates: { $0.browsing.parameters }),
    DashboardCommand("filter", "PATTERN", help: "filter parameters by a regular expression"),
    DashboardCommand(
      "pin", "[NAME]", help: "pin a parameter; the one in front if none is named",
      candidates: { $0.browsing.parameters }),
    DashboardCommand(
      "unpin", "[NAME]", help: "let a pinned parameter go; all if none is named",
      candidates: { $0.browsing.pinned }),
    DashboardCommand(
      "chain", "N|all", help: "put a chain in front",
      candidates: { $0.snapshot.run.chains.map { String($0.id) } + ["all"] }),
    DashboardCommand(
      "warmup", "on|off", help: "show the draws of the warm-up", candidates: { _ in ["on", "off"] }),
    DashboardCommand(
      "range", "A:B [y C:D]", help: "show iterations A to B, and values C to D; y C:D alone too",
      candidates: { _ in [] }),
    DashboardCommand("undo", help: "undo the last change of the view"),
    DashboardCommand(
      "theme", "NAME", help: "use a theme", candidates: { $0.themes.map(\.name) }),
    DashboardCommand(
      "mouse", "on|off", help: "clicks and the wheel; off leaves selecting text to the terminal",
      candidates: { _ in ["on", "off"] }),
    DashboardCommand(
      "export", "[svg|csv|text|ansi] [PATH]", help: "write what is shown into a new file",
      candidates: { _ in ExportFormat.allCases.map(\.rawValue) }),
    DashboardCommand(
      "copy", "[text|csv|svg|ansi|row]",
      help: "put what is shown on the clipboard of your terminal, also over SSH",
      candidates: { _ in ExportFormat.allCases.map(\.rawValue) + ["row"] }),
    DashboardCommand("open", "RUN", help: "show another run: its name, number or folder"),
    DashboardCommand("help", "[WORDS]", help: "the keys and commands, or those with some words"),
    DashboardCommand("quit", help: "leave; the fit goes on"),
  ]

  private static let paneNames: @Sendable (DashboardState) -> [String] = { _ in
    PaneKind.allCases.map(\.rawValue)
  }

  /// The command of a name, or of the beginning of only one.
  static func command(named name: String) -> DashboardCommand? {
    let matches = all.filter { $0.name.hasPrefix(name) }
    return all.first { $0.name == name } ?? (matches.count == 1 ? matches[0] : nil)
  }

  /// What could stand where the cursor is, for the hint and for Tab: what begins as typed, else what
  /// holds it.
  static func candidates(for text: String, in state: DashboardState) -> [String] {
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count > 1 else { return all.map(\.name).filter { $0.hasPrefix(text) } }
    let last = words[1].lowercased()
    let known = command(named: String(words[0]))?.candidates(state) ?? []
    let begun = known.filter { $0.lowercased().hasPrefix(last) }
    return begun.isEmpty ? known.filter { $0.lowercased().contains(last) } : begun
  }

  /// The line with as much added as is certain; `nil` if nothing is.
  static func completion(of text: String, in state: DashboardState) -> String? {
    let candidates = candidates(for: text, in: state)
    guard let first = candidates.first else { return nil }
    let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard words.count > 1 else {
      let takesArgument = command(named: common)?.argument.isEmpty == false
      return candidates.count == 1 && takesArgument ? common + " " : common
    }
    // What was typed may stand in the middle of the candidates; then nothing of it is given up.
    return common.count >= words[1].count ? "\(words[0]) \(common)" : text
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
