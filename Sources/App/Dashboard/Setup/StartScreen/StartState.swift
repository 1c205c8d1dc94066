// All that the start screen remembers between two events, and how events change it.

import Panes
import RunFolder
import TerminalCore

/// The lists of the start screen.
package enum StartSection: CaseIterable, Sendable {
  case runs, files, demos
}

/// What the keys mean now.
package enum StartMode: Equatable {
  case browsing
  case filter(LineEditor)
  case help(scroll: Int)
  case confirmRemove(RunFolder)
  case confirmStop(RunFolder)
}

/// Everything that changes the start screen.
package enum StartEvent {
  case key(KeyEvent)
  case click(Point)
  case resized(Size)
  case runs(ListedRuns, now: Double)
  case files(ListedFiles)
  case done(String)
  case failed(String)
}

/// What the start screen asks of the world.
package enum StartEffect: Equatable {
  case open(SetupChoice)
  /// Build a model of a data file.
  case build(String)
  case remove(RunFolder)
  case stop(RunFolder)
  case refresh
  case nextTheme
  case leave, redraw, suspend
}

/// What can be opened without building a model.
package enum SetupChoice: Equatable, Sendable {
  case run(RunFolder)
  /// Files of draws of another program.
  case draws([String])
  case demo(String)
  /// A run that is to be started.
  case start(RunRequest)
}

/// All that the start screen remembers.
package struct StartState {
  package internal(set) var size: Size
  let charset: Charset
  /// The lists; `nil` until they were read.
  package internal(set) var runs: ListedRuns?
  package internal(set) var files: ListedFiles?
  /// Seconds since 1970 when the runs were read.
  var now = 0.0
  package internal(set) var section = StartSection.runs
  package internal(set) var selected: [StartSection: Int] = [:]
  package internal(set) var filter = ParameterFilter()
  package internal(set) var mode = StartMode.browsing
  package internal(set) var message: DashboardMessage?
  /// Whether the user has moved, so that lists which arrive late do not move him.
  private var hasMoved = false

  /// A start screen whose lists are yet to be read.
  package init(size: Size, charset: Charset = .braille) {
    self.size = size
    self.charset = charset
  }

  // MARK: - What is listed

  /// The runs that the filter lets through.
  package var shownRuns: [RunEntry] {
    (runs?.entries ?? []).filter { filter.matches($0.name) || filter.matches($0.model) }
  }

  /// The files that the filter lets through.
  package var shownFiles: [DataFile] { (files?.files ?? []).filter { filter.matches($0.name) } }

  /// The demonstrations that the filter lets through.
  package var shownDemos: [DemoRun] {
    DemoRun.all.filter { filter.matches($0.name) || filter.matches($0.about) }
  }

  /// How many rows a list has.
  func count(_ section: StartSection) -> Int {
    switch section {
    case .runs: shownRuns.count
    case .files: shownFiles.count
    case .demos: shownDemos.count
    }
  }

  /// The row in front of a list; 0 where there is none.
  func place(_ section: StartSection) -> Int {
    min(max(0, selected[section] ?? 0), max(0, count(section) - 1))
  }

  private var run: RunEntry? {
    let list = shownRuns
    return section == .runs && !list.isEmpty ? list[place(.runs)] : nil
  }

  mutating func say(_ text: String, _ judgement: Judgement = .none) {
    message = DashboardMessage(text: text, judgement: judgement)
  }

  // MARK: - Events

  /// Changes the state as an event asks, and returns what the world shall do.
  package mutating func handle(_ event: StartEvent) -> [StartEffect] {
    switch event {
    case .resized(let size): self.size = size
    case .runs(let list, let now): take(list, now)
    case .files(let list):
      files = list
      settle()
    case .done(let text): say(text, .good)
    case .failed(let text): say(text, .bad)
    case .click(let point): click(point)
    case .key(let key): return handle(key)
    }
    return []
  }

  private mutating func take(_ list: ListedRuns, _ now: Double) {
    let name = run?.name
    runs = list
    self.now = now
    if let name, let place = shownRuns.firstIndex(where: { $0.name == name }) {
      selected[.runs] = place
    }
    if let problem = list.problem { say(problem, .doubtful) }
    settle()
  }

  /// Puts the first list that has anything in front, until the user has moved.
  private mutating func settle() {
    guard !hasMoved, runs != nil, files != nil else { return }
    section = StartSection.allCases.first { count($0) > 0 } ?? .demos
  }

  private mutating func click(_ point: Point) {
    for (section, area) in StartLayout(state: self).areas where area.contains(point) {
      self.section = section
      hasMoved = true
      let inside = area.inset(by: 1)
      let visible = max(0, inside.rows - 1)
      let first = StartLayout.firstRow(
        showing: place(section), visible: visible, of: count(section))
      let row = point.row - inside.row - 1 + first
      if point.row > inside.row, row < count(section) { selected[section] = row }
    }
  }

  private mutating func handle(_ key: KeyEvent) -> [StartEffect] {
    if key == .control("c") { return [.leave] }
    switch mode {
    case .browsing:
      message = nil
      return browse(key)
    case .filter(let line): editFilter(key, line)
    case .help(let scroll): scrollHelp(key, scroll)
    case .confirmRemove(let folder):
      mode = .browsing
      if key == .character("y") || key == .character("Y") { return [.remove(folder)] }
      say("\(folder.name) is still there.")
    case .confirmStop(let folder):
      mode = .browsing
      if key == .character("y") || key == .character("Y") { return [.stop(folder)] }
      say("\(folder.name) goes on.")
    }
    return []
  }

  private mutating func browse(_ key: KeyEvent) -> [StartEffect] {
    let page = max(1, size.rows / 3)
    switch key {
    case .character("q"): return [.leave]
    case .escape:
      guard !filter.pattern.isEmpty else { return [.leave] }
      filter = ParameterFilter()
      say("The filter is off.")
    case .tab, .right, .character("l"): moveSection(by: 1)
    case .backTab, .left, .character("h"): moveSection(by: -1)
    case .down, .character("j"): move(to: place(section) + 1)
    case .up, .character("k"): move(to: place(section) - 1)
    case .pageDown: move(to: place(section) + page)
    case .pageUp: move(to: place(section) - page)
    case .home, .character("g"): move(to: 0)
    case .end, .character("G"): move(to: count(section) - 1)
    case .enter: return open()
    case .character("d"), .character("x"), .delete: askToRemove()
    case .character("s"), .control("x"): askToStop()
    case .character("r"), .function(5): return [.refresh]
    case .character("/"): mode = .filter(LineEditor(filter.pattern))
    case .character("?"), .function(1): mode = .help(scroll: 0)
    case .character("t"): return [.nextTheme]
    case .control("l"): return [.redraw]
    case .control("z"): return [.suspend]
    default: say("\(key.name) does nothing here; ? lists the keys.")
    }
    return []
  }

  private mutating func moveSection(by step: Int) {
    let all = StartSection.allCases
    section = all[((all.firstIndex(of: section) ?? 0) + step + all.count) % all.count]
    hasMoved = true
  }

  private mutating func move(to place: Int) {
    selected[section] = min(max(0, place), max(0, count(section) - 1))
    hasMoved = true
  }

  private mutating func open() -> [StartEffect] {
    guard count(section) > 0 else {
      say("There is nothing here to open.")
      return []
    }
    switch section {
    case .runs: return [.open(.run(shownRuns[place(.runs)].folder))]
    case .demos: return [.open(.demo(shownDemos[place(.demos)].name))]
    case .files:
      let file = shownFiles[place(.files)]
      guard file.holdsDraws else { return [.build(file.path)] }
      return [.open(.draws(files?.chains(with: file) ?? [file.path]))]
    }
  }

  private mutating func askToRemove() {
    guard let run else { return say("Only runs can be removed here.") }
    if run.state.isLive {
      return say("\(run.name) is being worked on; s stops it first.", .doubtful)
    }
    mode = .confirmRemove(run.folder)
  }

  private mutating func askToStop() {
    guard let run else { return say("Only runs can be stopped.") }
    guard run.state.isLive else {
      return say("\(run.name) is not being worked on: \(run.state.word).", .doubtful)
    }
    mode = .confirmStop(run.folder)
  }

  private mutating func editFilter(_ key: KeyEvent, _ line: LineEditor) {
    var line = line
    switch key {
    case .enter: mode = .browsing
    case .escape:
      filter = ParameterFilter()
      mode = .browsing
    case .backspace where line.text.isEmpty: mode = .browsing
    default:
      guard line.handle(key) else { return }
      filter = ParameterFilter(line.text)
      mode = .filter(line)
      // What is looked for may stand in another list.
      if count(section) == 0, let other = StartSection.allCases.first(where: { count($0) > 0 }) {
        section = other
        hasMoved = true
      }
    }
  }

  private mutating func scrollHelp(_ key: KeyEvent, _ scroll: Int) {
    let most = max(0, StartKeys.help.count - max(1, size.rows - 4))
    switch key {
    case .down, .character("j"): mode = .help(scroll: min(scroll + 1, most))
    case .up, .character("k"): mode = .help(scroll: max(0, scroll - 1))
    default: mode = .browsing
    }
  }
}
