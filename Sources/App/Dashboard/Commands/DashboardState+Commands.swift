// What each command of the command line does.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// Runs a command as typed.
  mutating func run(command text: String) -> [DashboardEffect] {
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    guard let name = words.first else { return [] }
    let argument = words.count > 1 ? words[1].trimmingBlanks : ""
    guard let command = CommandTable.command(named: name) else {
      say("There is no command \(name). Tab lists them.", .doubtful)
      return []
    }
    if command.argument.isEmpty, !argument.isEmpty {
      say(":\(command.name) takes nothing after it.", .doubtful)
      return []
    }
    message = nil
    switch command.name {
    case "stop": return obey(command: .stop)
    case "pause": return obey(command: .pause)
    case "resume": return resume()
    case "extend": return extend(argument)
    case "full": return perform(.fullScreen)
    case "undo": return perform(.undo)
    case "export": return export(typed: argument)
    case "copy": return copy(typed: argument)
    case "mouse": return useMouse(argument)
    case "open": return open(argument)
    case "quit": return [.leave]
    default: change(command.name, argument)
    }
    return []
  }

  /// Commands that change what is shown and nothing else.
  private mutating func change(_ name: String, _ argument: String) {
    let before = moment(before: ":\(name)")
    switch name {
    case "theme": chooseTheme(named: argument)
    case "pane": if let kind = pane(named: argument) { go(to: kind) }
    case "split":
      if argument.isEmpty {
        toggleSplit()
      } else if let kind = pane(named: argument) {
        toggleSplit(with: kind)
      }
    case "parameter": chooseParameter(argument)
    case "filter":
      browsing.setFilter(argument)
      if let problem = browsing.filter.problem { say("Filter: \(problem)", .doubtful) }
    case "pin": pin(argument)
    case "unpin": unpin(argument)
    case "chain": chooseChain(argument)
    case "warmup":
      guard argument == "on" || argument == "off" else {
        return say(":warmup wants on or off.", .doubtful)
      }
      browsing.includesWarmup = argument == "on"
    case "range": showRange(argument)
    default:
      var help = HelpState()
      help.search = LineEditor(argument)
      mode = .help(help)
      return
    }
    // What could not be done changed nothing.
    if message?.judgement ?? .none < .doubtful { keep(before) }
  }

  /// Does what a key does, if the key could be used now.
  private mutating func obey(command action: DashboardAction) -> [DashboardEffect] {
    guard let binding = keys.first(where: { $0.action == action }) else { return [] }
    return obey(binding)
  }

  private mutating func pane(named name: String) -> PaneKind? {
    if let kind = PaneKind(named: name) { return kind }
    let names = PaneKind.allCases.map(\.rawValue).joined(separator: ", ")
    say("There is no pane \(name); there are \(names).", .doubtful)
    return nil
  }

  private mutating func chooseParameter(_ name: String) {
    let names = browsing.parameters
    let found = names.first { $0 == name } ?? names.first { $0.contains(name) }
    guard !name.isEmpty, let found else {
      return say("No parameter in view has the name \(name); / filters them.", .doubtful)
    }
    browsing.choose(found)
    say("\(found) is in front.")
  }

  private mutating func pin(_ name: String) {
    guard let wanted = name.isEmpty ? browsing.parameter : name,
      browsing.parameters.contains(wanted)
    else { return say("There is no parameter \(name) to pin.", .doubtful) }
    if !browsing.pinned.contains(wanted) { browsing.togglePin(wanted) }
    say("\(wanted) is pinned and comes first.\(undoHint)")
  }

  private mutating func unpin(_ name: String) {
    let wanted = name.isEmpty ? browsing.pinned : browsing.pinned.filter { $0 == name }
    guard !wanted.isEmpty else {
      return say(name.isEmpty ? "Nothing is pinned." : "\(name) is not pinned.", .doubtful)
    }
    for name in wanted { browsing.togglePin(name) }
    say(
      "\(wanted.count == 1 ? wanted[0] + " is" : "\(wanted.count) parameters are") not pinned any more."
        + undoHint)
  }

  private mutating func chooseChain(_ text: String) {
    let numbers = snapshot.run.chains.map(\.id)
    if text == "all" {
      browsing.chain = nil
      say("All chains alike.")
    } else if let number = Int(text), numbers.contains(number) {
      browsing.chain = number
      say("Chain \(number) is in front.")
    } else {
      let known = numbers.map(String.init).joined(separator: ", ")
      say(":chain wants all or one of \(known.isEmpty ? "the chains to come" : known).", .doubtful)
    }
  }

  private mutating func showRange(_ text: String) {
    do throws(RangeTextError) {
      let range = try PlotRange(typed: text)
      if let problem = panes.show(range, in: pane, snapshot, browsing) {
        say("Not shown: \(problem).", .doubtful)
      }
    } catch { say("Not shown: \(error.description).", .doubtful) }
  }

  private mutating func useMouse(_ text: String) -> [DashboardEffect] {
    switch text {
    case "on":
      say("Clicks, wheel and dragging do something; the shift key leaves them to the terminal.")
      return [.useMouse(true)]
    case "off":
      say("The mouse is left to the terminal; :mouse on takes it back.")
      return [.useMouse(false)]
    default:
      say(":mouse wants on or off.", .doubtful)
      return []
    }
  }

  private mutating func open(_ run: String) -> [DashboardEffect] {
    guard !run.isEmpty else {
      say(":open wants a run: its name, its number in the list, or its folder.", .doubtful)
      return []
    }
    return [.open(run)]
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
}
