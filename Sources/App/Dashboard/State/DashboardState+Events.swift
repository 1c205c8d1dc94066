// How events change a dashboard.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// Changes the state as an event asks, and returns what the world shall do.
  package mutating func handle(_ event: DashboardEvent) -> [DashboardEffect] {
    switch event {
    case .resized(let size):
      self.size = size
      dragStart = nil
    case .data(let snapshot): take(snapshot)
    case .done(let text): say(text, .good)
    case .failed(let text): say(text, .bad)
    case .key(let key): return handle(key)
    case .mouse(let event, let isDouble): return handle(event, isDouble: isDouble)
    case .runs(let entries, let others): take(runs: entries, others: others)
    }
    return []
  }

  mutating func take(_ new: DashboardSnapshot) {
    if isFrozen {
      pending = new
    } else {
      snapshot = new
      browsing.refresh(from: new.run)
    }
  }

  private mutating func handle(_ key: KeyEvent) -> [DashboardEffect] {
    if key == .control("c") { return [.leave] }
    switch mode {
    case .browsing:
      message = nil
      guard let binding = keys.binding(for: key, in: self) else { return unknown(key) }
      return obey(binding)
    case .filter(let line, let before):
      editFilter(key, line, before: before)
      return []
    case .command(let line): return editCommand(key, line)
    case .themes(let chooser):
      chooseTheme(key, chooser)
      return []
    case .help(let help):
      mode = help.after(key, in: self).map { .help($0) } ?? .browsing
      return []
    case .runs(let list): return handleRunList(key, list)
    case .export(let menu): return answer(menu, key)
    case .confirmStop:
      mode = .browsing
      guard key == .character("y") || key == .character("Y") else {
        say("The fit goes on.")
        return []
      }
      say("Asked the worker to stop; :resume goes on later.")
      return [.send(.stop)]
    }
  }

  private mutating func unknown(_ key: KeyEvent) -> [DashboardEffect] {
    if key == .escape {
      if panes.availability(of: .dismiss, in: pane, snapshot, browsing) == .enabled {
        _ = panes.update(.dismiss, in: pane, snapshot, &browsing, size: layout.front.size)
      } else if isFullScreen {
        isFullScreen = false
      } else if !browsing.filter.pattern.isEmpty {
        let moment = moment(before: "clearing the filter")
        browsing.setFilter("")
        keep(moment)
        say("The filter is off.\(undoHint)")
      }
      return []
    }
    say("\(key.label) does nothing here; \(label(of: .help)) lists the keys.")
    return []
  }

  /// Does what a key of the table stands for, or says why not.
  mutating func obey(_ binding: KeyBinding) -> [DashboardEffect] {
    switch binding.availability(self) {
    case .enabled: return perform(binding.action)
    case .disabled(let reason): say("Not now: \(reason).", .doubtful)
    case .absent: say("This pane has no use for \(binding.label).")
    }
    return []
  }

  private mutating func editFilter(_ key: KeyEvent, _ line: LineEditor, before: String) {
    var line = line
    switch key {
    case .enter:
      mode = .browsing
      guard line.text != before else { return }
      var moment = moment(before: line.text.isEmpty ? "clearing the filter" : "filter \(line.text)")
      moment.browsing.setFilter(before)
      keep(moment)
      if browsing.filter.isActive {
        say(
          "\(browsing.parameters.count) of \(browsing.parameterCount) parameters pass.\(undoHint)")
      }
    case .escape:
      browsing.setFilter("")
      mode = .browsing
      guard !before.isEmpty else { return }
      var moment = moment(before: "clearing the filter")
      moment.browsing.setFilter(before)
      keep(moment)
      say("The filter is off.\(undoHint)")
    case .backspace where line.text.isEmpty: mode = .browsing
    default:
      if line.handle(key) {
        mode = .filter(line, before: before)
        browsing.setFilter(line.text)
      }
    }
  }

  private mutating func editCommand(_ key: KeyEvent, _ line: LineEditor) -> [DashboardEffect] {
    var line = line
    switch key {
    case .escape: mode = .browsing
    case .backspace where line.text.isEmpty: mode = .browsing
    case .enter:
      mode = .browsing
      if !line.text.isEmpty, typedCommands.last != line.text { typedCommands.append(line.text) }
      return run(command: line.text)
    case .tab:
      if let completed = CommandTable.completion(of: line.text, in: self) {
        line.replace(with: completed)
      }
      mode = .command(line)
    case .up, .down:
      if let earlier = typedBefore(line.text, isOlder: key == .up) { line.replace(with: earlier) }
      mode = .command(line)
    default: if line.handle(key) { mode = .command(line) }
    }
    return []
  }

  /// The command typed before or after one in the list of those typed.
  private func typedBefore(_ text: String, isOlder: Bool) -> String? {
    guard let place = typedCommands.lastIndex(of: text) else {
      return isOlder ? typedCommands.last : nil
    }
    let next = place + (isOlder ? -1 : 1)
    if next == typedCommands.count { return "" }
    return typedCommands.indices.contains(next) ? typedCommands[next] : nil
  }
}
