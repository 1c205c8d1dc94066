// The loop of the screens before a dashboard: start screen, model builder, and what they ask for.

import Glibc
import RunFolder
import TerminalCore

/// How the setup ended.
package enum SetupEnd: Equatable, Sendable {
  /// Something was opened and can be watched.
  case opened
  /// The user left.
  case left
  /// The terminal has gone away.
  case hangup
  /// The process was asked to end.
  case terminated(signal: Int32)
}

/// Shows start screen and model builder on a screen, on one thread.
package final class SetupLoop {
  /// The start screen, if the setup began with it.
  package private(set) var start: StartState?
  /// The model builder, if it is in front.
  package private(set) var builder: BuilderState?
  private let screen: any Screen
  private let world: any SetupWorld
  private let clock: () -> Double
  /// What the command line has said of models.
  private let base: RunRequest
  private var themes: [Theme]
  private var runs: (any Pending<ListedRuns>)?
  private var files: (any Pending<ListedFiles>)?
  private var data: (any Pending<Result<DataProfile, DataFault>>)?
  private var nextListing = 0.0

  /// How long the first frame waits for lists and data, so that it has them when they are quick, in seconds.
  private static let patience = 0.025
  /// How often the runs are read anew, in seconds, while one is live and otherwise.
  private static let (liveInterval, quietInterval) = (1.0, 5.0)
  /// How often what is being read is asked for, in seconds.
  private static let pace = 0.03

  /// Begins with the start screen, or with a model of the data file that `base` names.
  package init(
    screen: any Screen, world: any SetupWorld, themes: [Theme] = Theme.builtIn,
    base: RunRequest = RunRequest(), clock: @escaping () -> Double = wallClock
  ) {
    precondition(!themes.isEmpty, "a screen needs a theme")
    self.screen = screen
    self.world = world
    self.themes = themes
    self.base = base
    self.clock = clock
    if base.dataPath.isEmpty {
      start = StartState(size: screen.size, charset: screen.charset)
      list()
    } else {
      build(base.dataPath)
    }
  }

  /// The themes, the one in use first, for the dashboard that follows.
  package var chosenThemes: [Theme] { themes }

  /// Says in the front what has failed, after coming back from a dashboard.
  package func report(_ problem: String) {
    if builder != nil {
      _ = builder?.handle(.failed(problem))
    } else {
      _ = start?.handle(.failed(problem))
    }
  }

  /// Shows the setup until something is opened or the user leaves.
  package func run() -> SetupEnd {
    if start != nil { list() }
    settle()
    draw()
    while true {
      let event = screen.nextEvent(
        timeout: Int((wait() * 1000).rounded(.up)), descriptors: world.checker.descriptors)
      switch event {
      case .hangup: return end(.hangup)
      case .terminated(let signal): return end(.terminated(signal: signal))
      case .resumed: screen.invalidate()
      case .resized(let size):
        _ = start?.handle(.resized(size))
        if let effects = builder?.handle(.resized(size)), let ending = perform(effects) {
          return end(ending)
        }
      case .key(let key):
        if let ending = handle(key) { return end(ending) }
      case .mouse(let mouse):
        if builder == nil, case .press(button: 1) = mouse.action {
          _ = start?.handle(.click(mouse.position))
        }
      case .timeout, .readable: break
      }
      refresh()
      draw()
    }
  }

  private func end(_ end: SetupEnd) -> SetupEnd {
    world.checker.cancel()
    return end
  }

  private func handle(_ key: KeyEvent) -> SetupEnd? {
    if builder != nil {
      guard let effects = builder?.handle(.key(key)) else { return nil }
      return perform(effects)
    }
    guard let effects = start?.handle(.key(key)) else { return nil }
    return perform(effects)
  }

  /// Seconds until something has to be looked at without a key.
  private func wait() -> Double {
    let now = clock()
    var wait = builder == nil ? max(0, nextListing - now) : Self.quietInterval
    if runs != nil || files != nil || data != nil { wait = min(wait, Self.pace) }
    if let delay = world.checker.delay(at: now) { wait = min(wait, delay) }
    return wait
  }

  // MARK: - What is read meanwhile

  private func list() {
    if runs == nil { runs = world.listRuns() }
    if files == nil { files = world.listFiles() }
    nextListing = clock() + Self.quietInterval
  }

  /// Takes what is quick before anything is shown.
  private func settle() {
    let beginning = clock()
    repeat {
      refresh()
      if runs == nil, files == nil, data == nil { return }
      // The screen is not asked for events yet: keys wait in the terminal.
      sleepBriefly()
    } while clock() - beginning < Self.patience
  }

  private func refresh() {
    let now = clock()
    if let list = runs?.take() {
      runs = nil
      let isLive = list.entries.contains { $0.state.isLive }
      nextListing = now + (isLive ? Self.liveInterval : Self.quietInterval)
      _ = start?.handle(.runs(list, now: now))
    }
    if let list = files?.take() {
      files = nil
      _ = start?.handle(.files(list))
    }
    if let profile = data?.take() {
      data = nil
      ask(builder?.handle(.profile(profile)) ?? [])
    }
    if builder == nil, start != nil, runs == nil, now >= nextListing { runs = world.listRuns() }
    if let answer = world.checker.poll(at: now) {
      ask(builder?.handle(.answer(answer)) ?? [])
    }
  }

  /// Performs what news can lead to: other questions.
  private func ask(_ effects: [BuilderEffect]) { _ = perform(effects) }

  private func build(_ path: String) {
    var request = base
    request.dataPath = path
    data = world.read(path, factors: base.factors)
    builder = BuilderState(
      path: path, base: request, size: screen.size, charset: screen.charset)
    // The first question, without a formula, is which families there are.
    ask(builder?.handle(.resized(screen.size)) ?? [])
  }

  private func draw() {
    guard let frame = builder?.frame() ?? start?.frame() else { return }
    screen.present(frame, theme: themes[0])
  }

  // MARK: - Effects

  private func perform(_ effects: [BuilderEffect]) -> SetupEnd? {
    for effect in effects {
      switch effect {
      case .check(let request): world.checker.check(request, at: clock())
      case .start(let request):
        do throws(RunError) {
          try world.open(.start(request))
          return .opened
        } catch { _ = builder?.handle(.failed(error.description)) }
      case .leave:
        guard start != nil else { return .left }
        world.checker.cancel()
        builder = nil
        data = nil
        _ = start?.handle(.resized(screen.size))
        list()
      default: performOnScreen(effect)
      }
    }
    return nil
  }

  private func performOnScreen(_ effect: BuilderEffect) {
    switch effect {
    case .nextTheme: nextTheme()
    case .redraw: screen.invalidate()
    case .suspend: screen.suspend()
    case .check, .start, .leave: break
    }
  }

  private func perform(_ effects: [StartEffect]) -> SetupEnd? {
    for effect in effects {
      do throws(RunError) {
        switch effect {
        case .open(let choice):
          try world.open(choice)
          return .opened
        case .build(let path): build(path)
        case .remove(let folder):
          try world.remove(folder)
          _ = start?.handle(.done("Removed \(folder.name)."))
          runs = world.listRuns()
        case .stop(let folder):
          try world.stop(folder)
          _ = start?.handle(.done("Asked the worker of \(folder.name) to stop."))
          nextListing = clock() + Self.liveInterval
        case .refresh: list()
        case .nextTheme: nextTheme()
        case .leave: return .left
        case .redraw: screen.invalidate()
        case .suspend: screen.suspend()
        }
      } catch { _ = start?.handle(.failed(error.description)) }
    }
    return nil
  }

  private func nextTheme() {
    themes = Array(themes[1...] + themes[..<1])
    let name = themes[0].name
    if builder != nil {
      builder?.say("Theme \(name).")
    } else {
      start?.say("Theme \(name).")
    }
  }
}

/// A millisecond of rest.
private func sleepBriefly() { usleep(1000) }
