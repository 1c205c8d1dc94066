// How events change a dashboard.

import Panes
import RunFolder
import TerminalCore

extension DashboardState {
  /// Changes the state as an event asks, and returns what the world shall do.
  package mutating func handle(_ event: DashboardEvent) -> [DashboardEffect] {
    switch event {
    case .resized(let size): self.size = size
    case .data(let snapshot): take(snapshot)
    case .done(let text): say(text, .good)
    case .failed(let text): say(text, .bad)
    case .key(let key): return handle(key)
    }
    return []
  }

  private mutating func take(_ new: DashboardSnapshot) {
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
      guard let binding = KeyTable.binding(for: key, in: self) else { return unknown(key) }
      return obey(binding)
    case .filter(var line):
      editFilter(key, &line)
      return []
    case .command(let line): return editCommand(key, line)
    case .help(let scroll):
      scrollHelp(key, scroll)
      return []
    case .confirmStop:
      mode = .browsing
      guard key == .character("y") || key == .character("Y") else {
        say("The fit goes on.")
        return []
      }
      say("Asked the worker to stop.")
      return [.send(.stop)]
    }
  }

  private mutating func unknown(_ key: KeyEvent) -> [DashboardEffect] {
    if key == .escape {
      if browsing.filter.pattern.isEmpty { return [] }
      browsing.setFilter("")
      say("The filter is off.")
    } else {
      say("\(key.name) does nothing here; ? lists the keys.")
    }
    return []
  }

  private mutating func obey(_ binding: KeyBinding) -> [DashboardEffect] {
    switch binding.availability(self) {
    case .enabled: return perform(binding.action)
    case .disabled(let reason): say("Not now: \(reason).", .doubtful)
    case .absent: say("This pane has no use for \(binding.label).")
    }
    return []
  }

  /// Does what a key or a command stands for.
  mutating func perform(_ action: DashboardAction) -> [DashboardEffect] {
    switch action {
    case .go(let kind): pane = kind
    case .nextPane, .previousPane: goAround(forward: action == .nextPane)
    case .pane(let command):
      let next = panes.update(
        command, in: pane, snapshot, &browsing, size: paneArea.size)
      if let next { pane = next }
    case .filter: mode = .filter(LineEditor(browsing.filter.pattern))
    case .commandLine: mode = .command(LineEditor())
    case .themeList: mode = .command(LineEditor("theme "))
    case .freeze: toggleFreeze()
    case .pause:
      let isPaused = newest.run.state == .paused
      say(isPaused ? "Asked the worker to go on." : "Asked the worker to pause.")
      return [.send(isPaused ? .resume : .pause)]
    case .stop: mode = .confirmStop
    case .leave: return [.leave]
    case .export: return [.export(ExportRequest(.text))]
    case .nextTheme:
      useNextTheme()
      say("Theme \(theme.name).")
    case .help: mode = .help(scroll: 0)
    case .redraw: return [.redraw]
    case .suspend: return [.suspend]
    }
    return []
  }

  private mutating func goAround(forward: Bool) {
    let all = PaneKind.allCases
    let step = forward ? 1 : all.count - 1
    pane = all[(pane.number - 1 + step) % all.count]
  }

  private mutating func toggleFreeze() {
    isFrozen.toggle()
    if isFrozen {
      say("The display is frozen; the fit goes on. Space thaws it.")
    } else {
      if let pending { take(pending) }
      pending = nil
      say("The display follows the fit again.")
    }
  }

  private mutating func editFilter(_ key: KeyEvent, _ line: inout LineEditor) {
    switch key {
    case .enter: mode = .browsing
    case .escape:
      browsing.setFilter("")
      mode = .browsing
    case .backspace where line.text.isEmpty: mode = .browsing
    default:
      if line.handle(key) {
        mode = .filter(line)
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
      return run(command: line.text)
    case .tab:
      if let completed = CommandTable.completion(of: line.text, in: self) {
        line.replace(with: completed)
      }
      mode = .command(line)
    default: if line.handle(key) { mode = .command(line) }
    }
    return []
  }

  private mutating func scrollHelp(_ key: KeyEvent, _ scroll: Int) {
    let page = max(1, size.rows - 6)
    let most = HelpText.maximumScroll(self)
    func go(_ line: Int) { mode = .help(scroll: min(max(0, line), most)) }
    switch key {
    case .down, .character("j"): go(scroll + 1)
    case .up, .character("k"): go(scroll - 1)
    case .pageDown, .character(" "): go(scroll + page)
    case .pageUp: go(scroll - page)
    case .home, .character("g"): go(0)
    case .end, .character("G"): go(most)
    default: mode = .browsing
    }
  }
}
