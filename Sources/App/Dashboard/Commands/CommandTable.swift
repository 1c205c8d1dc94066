// The commands of the command line.

import Panes
import RunFolder
import TerminalCore

/// A command that is typed after a colon.
package struct DashboardCommand: Sendable {
  package let name: String
  /// What follows the name, for the hint; empty if nothing does.
  package let argument: String
  package let help: String
}

/// The commands there are.
package enum CommandTable {
  /// All commands, in the order of the help.
  package static let all = [
    DashboardCommand(name: "stop", argument: "", help: "stop the fit; asks first"),
    DashboardCommand(name: "pause", argument: "", help: "pause the fit, or let it go on"),
    DashboardCommand(
      name: "resume", argument: "", help: "start a worker that goes on where the last one ended"),
    DashboardCommand(
      name: "extend", argument: "N", help: "go on until each chain has N kept draws"),
    DashboardCommand(name: "theme", argument: "NAME", help: "use a theme"),
    DashboardCommand(name: "pane", argument: "NAME", help: "go to a pane"),
    DashboardCommand(name: "filter", argument: "PATTERN", help: "filter parameters"),
    DashboardCommand(
      name: "export", argument: "[svg|csv|text|ansi] [PATH]",
      help: "write what is shown into a new file"),
    DashboardCommand(
      name: "copy", argument: "[text|csv|svg|row]",
      help: "put what is shown on the clipboard of your terminal, also over SSH"),
    DashboardCommand(name: "help", argument: "", help: "the keys"),
    DashboardCommand(name: "quit", argument: "", help: "leave; the fit goes on"),
  ]

  /// The command of a name, or of the beginning of only one.
  static func command(named name: String) -> DashboardCommand? {
    let matches = all.filter { $0.name.hasPrefix(name) }
    return all.first { $0.name == name } ?? (matches.count == 1 ? matches[0] : nil)
  }

  /// What could stand where the cursor is, for the hint and for Tab.
  static func candidates(for text: String, in state: DashboardState) -> [String] {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 1 else { return all.map(\.name).filter { $0.hasPrefix(text) } }
    let last = words[1].lowercased()
    switch command(named: String(words[0]))?.name {
    case "theme": return state.themes.map(\.name).filter { $0.lowercased().hasPrefix(last) }
    case "pane": return PaneKind.allCases.map(\.rawValue).filter { $0.hasPrefix(last) }
    default: return []
    }
  }

  /// The line with as much added as is certain; `nil` if nothing is.
  static func completion(of text: String, in state: DashboardState) -> String? {
    let candidates = candidates(for: text, in: state)
    guard let first = candidates.first else { return nil }
    let common = candidates.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 1 else {
      let takesArgument = command(named: common)?.argument.isEmpty == false
      return candidates.count == 1 && takesArgument ? common + " " : common
    }
    return "\(words[0]) \(common)"
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

extension DashboardState {
  /// Runs a command as typed.
  mutating func run(command text: String) -> [DashboardEffect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = words.first else { return [] }
    let argument = words.count > 1 ? words[1].trimmed : ""
    guard let command = CommandTable.command(named: name) else {
      say("There is no command \(name). Tab lists them.", .doubtful)
      return []
    }
    if command.argument.isEmpty, !argument.isEmpty {
      say(":\(command.name) takes nothing after it.", .doubtful)
      return []
    }
    switch command.name {
    case "stop": return obey(command: .stop)
    case "pause": return obey(command: .pause)
    case "resume": return resume()
    case "extend": return extend(argument)
    case "theme": chooseTheme(argument)
    case "pane":
      if let kind = PaneKind(named: argument) {
        pane = kind
      } else {
        let names = PaneKind.allCases.map(\.rawValue).joined(separator: ", ")
        say("There is no pane \(argument); there are \(names).", .doubtful)
      }
    case "filter":
      browsing.setFilter(argument)
      if let problem = browsing.filter.problem { say("Filter: \(problem)", .doubtful) }
    case "export": return export(typed: argument)
    case "copy": return copy(typed: argument)
    case "help": return perform(.help)
    default: return [.leave]
    }
    return []
  }

  /// Does what a key does, if the key could be used now.
  private mutating func obey(command action: DashboardAction) -> [DashboardEffect] {
    guard let binding = KeyTable.all.first(where: { $0.action == action }) else { return [] }
    if case .disabled(let reason) = binding.availability(self) {
      say("Not now: \(reason).", .doubtful)
      return []
    }
    return perform(action)
  }

  private mutating func resume() -> [DashboardEffect] {
    let state = newest.run.state
    if state == .paused { return [.send(.resume)] }
    if state == .foreign || state == .finished || state.isLive {
      let reason =
        state == .foreign
        ? "these draws are another program's"
        : state == .finished ? "the fit has ended; :extend N adds draws" : "a worker is at work"
      say("Not now: \(reason).", .doubtful)
      return []
    }
    return [.resume]
  }

  private mutating func extend(_ argument: String) -> [DashboardEffect] {
    let run = newest.run
    guard let draws = Int(argument), draws > 0 else {
      say(":extend wants the number of kept draws that each chain shall have.", .doubtful)
      return []
    }
    if run.state == .foreign {
      say("Not now: these draws are another program's.", .doubtful)
      return []
    }
    guard newest.isSampled else {
      say("Not now: this run is not sampled, so there are no draws to add.", .doubtful)
      return []
    }
    if let planned = run.plannedDraws, draws <= planned {
      say(
        "Each chain has or gets \(Format.grouped(planned)) draws already; "
          + ":extend wants more than that.", .doubtful)
      return []
    }
    return [.extend(draws: draws)]
  }

  private mutating func chooseTheme(_ name: String) {
    if useTheme(named: name) {
      say("Theme \(theme.name).")
    } else {
      let names = themes.map(\.name).joined(separator: ", ")
      say(
        name.isEmpty ? "Themes: \(names)." : "There is no theme \(name); there are \(names).",
        .doubtful)
    }
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
