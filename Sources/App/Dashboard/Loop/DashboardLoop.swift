// The loop: answer keys at once, read and compute in slices between them, draw what changed.

import Panes
import RunFolder
import TerminalCore

/// Why a dashboard ended.
package enum DashboardEnd: Equatable, Sendable {
  /// The user left.
  case left
  /// The user wants to see another run, by name, number or path.
  case open(String)
  /// The terminal has gone away.
  case hangup
  /// The process was asked to end.
  case terminated(signal: Int32)
  /// The fit failed right after the dashboard had started it.
  case failed(message: String)
}

/// Runs a dashboard on a screen, on one thread.
///
/// The first frame is drawn before anything is read. Reading and statistics go on in slices of a few milliseconds, with a look at the
/// keyboard between any two; a key is answered with a frame at once. Frames of new data are spaced by ``FramePacer``. When nothing
/// changes, nothing is computed and nothing is drawn.
package final class DashboardLoop {
  /// The dashboard.
  package internal(set) var state: DashboardState
  let screen: any Screen
  private let control: any RunControl
  private let clock: () -> Double
  let exporter: any TextExporter
  /// Whether the run was started for this dashboard, so that an early failure ends it.
  private let isNewRun: Bool
  private let interval: Double
  private var diagnostics: DiagnosticCache
  private var rates = RateMeter()
  private var pacer: FramePacer
  private var allowance: WorkAllowance
  private var shownProblem: String?
  private let beginning: Double

  /// When the run is to be read next, and statistics are to be computed next; never if they are not due.
  private var nextReading: Double
  private var nextStatistics = Double.infinity
  /// When the list of runs is read again while it is open.
  private var nextListing = 0.0
  /// When anything of the run changed last.
  private var lastChange: Double
  /// The time that the last data say.
  private var shownTime: Double
  private var isReadWhole = false
  /// The last press of a button, and when it was.
  private var lastPress: (MouseEvent, Double)?
  /// Whether there is something new to draw, and whether it answers a key.
  private var needsFrame = false
  private var needsAnswer = false

  /// What reading may take before the keyboard is looked at.
  private static let readingSlice = Duration.milliseconds(10)
  /// What statistics may take before the keyboard is looked at, while the run is live and after.
  private static let liveSlice = Duration.milliseconds(5)
  private static let endedSlice = Duration.milliseconds(5)
  /// The share of the time that statistics of a live run may take, and the seconds that those wanted first may.
  private static let statisticsShare = 0.015
  private static let statisticsStart = 1.0
  /// How often the list of runs is read while it is open, and of how many runs.
  private static let listingInterval = 3.0
  private static let mostListed = 200
  /// How long a failure counts as one of the start, in seconds.
  private static let youth = 10.0
  /// How often a run that has ended is looked at, and how often its clock goes on, in seconds.
  private static let idleInterval = 1.0
  private static let idleTick = 10.0
  /// How long draws of another program are believed to grow after they have last grown, in seconds.
  private static let quiet = 10.0
  /// How long keys that come in fast may go without a frame, in seconds.
  private static let longestHurry = 0.05
  /// The longest time between the two presses of a double one, in seconds.
  private static let doublePress = 0.4

  /// A dashboard of a run on a screen.
  ///
  /// - Parameters:
  ///   - configuration: how often a live run is read and drawn, limits, keys, and the first pane.
  ///   - interval: how often in place of what is configured, in seconds.
  ///   - clock: seconds since 1970.
  package init(
    screen: any Screen, control: any RunControl, themes: ThemeShelf = .builtIn,
    configuration: Configuration = Configuration(), isNewRun: Bool = false,
    interval: Double? = nil, exporter: any TextExporter = FileExporter(),
    clock: @escaping () -> Double = wallClock
  ) {
    self.screen = screen
    self.control = control
    self.clock = clock
    self.exporter = exporter
    self.isNewRun = isNewRun
    let interval = interval ?? configuration.refresh
    self.interval = interval
    beginning = clock()
    nextReading = beginning
    diagnostics = DiagnosticCache(thresholds: configuration.thresholds)
    lastChange = beginning
    shownTime = beginning
    pacer = FramePacer(interval: interval)
    allowance = WorkAllowance(
      share: Self.statisticsShare, start: Self.statisticsStart, most: 0.01, now: beginning)
    state = DashboardState(
      snapshot: DashboardSnapshot(run: control.snapshot, now: beginning), size: screen.size,
      themes: themes, charset: screen.charset, keys: configuration.keys)
    // Where a dashboard opens nothing was before, so there is nothing to go back to.
    state.go(to: configuration.pane)
    state.visited = []
  }

  /// Puts a pane in front before the loop begins.
  package func open(_ pane: PaneKind) { state.go(to: pane) }

  /// Brings back the view as it was left.
  package func recall(_ record: ViewRecord) { state.recall(record) }

  /// Shows the dashboard until it ends.
  package func run() -> DashboardEnd {
    draw()
    while true {
      if let end = work() { return end }
      repeat {
        let wake = wakeTime
        let event = screen.nextEvent(
          timeout: Int(max(0, (wake - clock()) * 1000).rounded(.up)), descriptors: [])
        if let end = take(event) { return end }
        // The wait was for the reading, whatever the clock says of the last millisecond.
        if event == .timeout, nextReading <= wake { nextReading = -.infinity }
      } while needsAnswer && screen.hasEvent && clock() - pacer.lastFrame < Self.longestHurry
      if needsAnswer { draw() }
    }
  }

  /// When there is something to do if no key comes.
  private var wakeTime: Double {
    min(nextReading, nextStatistics, needsFrame ? pacer.nextFrame : .infinity)
  }

  /// Does what is due: a slice of reading, a slice of statistics, a frame of new data.
  private func work() -> DashboardEnd? {
    if clock() >= nextReading {
      read()
      if isNewRun, case .failed(let message) = state.newest.run.state,
        clock() - beginning < Self.youth
      {
        return .failed(message: message)
      }
    }
    if clock() >= nextStatistics { computeStatistics() }
    guard needsFrame else { return nil }
    let now = clock()
    guard now >= pacer.nextFrame else { return nil }
    if screen.isReady { draw() } else { pacer.wasBusy(at: now) }
    return nil
  }

  /// Takes in an event; how the dashboard ends, if it does.
  private func take(_ event: ScreenEvent) -> DashboardEnd? {
    var effects: [DashboardEffect] = []
    switch event {
    case .key(let key): effects = state.handle(.key(key))
    case .resized(let size): effects = state.handle(.resized(size))
    case .resumed: screen.invalidate()
    case .hangup: return .hangup
    case .terminated(let signal): return .terminated(signal: signal)
    case .mouse(let mouse): effects = state.handle(.mouse(mouse, isDouble: isDouble(mouse)))
    case .timeout, .readable: return nil
    }
    for effect in effects {
      if effect == .leave { return .left }
      if case .open(let run) = effect { return .open(run) }
      if case .compare(let paths) = effect {
        if let end = compare(paths) { return end }
        continue
      }
      perform(effect)
    }
    needsAnswer = true
    // Something else may be in view now, whose statistics do not wait.
    if isReadWhole { nextStatistics = -.infinity }
    return nil
  }

  /// Whether a press follows one at the same place within moments.
  private func isDouble(_ mouse: MouseEvent) -> Bool {
    guard case .press = mouse.action else { return false }
    let now = clock()
    defer { lastPress = (mouse, now) }
    guard let (last, time) = lastPress else { return false }
    return last == mouse && now - time < Self.doublePress
  }

  private func draw() {
    let before = screen.output
    screen.present(state.frame(), theme: state.theme)
    pacer.drew(at: clock(), screen.output - before)
    needsFrame = false
    needsAnswer = false
  }

  /// Reads a slice of what is new in the run.
  private func read() {
    let now = clock()
    if case .runs = state.mode, now >= nextListing {
      listRuns()
      needsFrame = true
    }
    var isChanged = !isReadWhole
    var isReadable = true
    let extent = ReadingExtent(
      deadline: ContinuousClock.now + Self.readingSlice, includesDraws: !state.isFrozen)
    state.lendRun()
    do throws(RunError) {
      if try control.refresh(extent) { isChanged = true }
      shownProblem = nil
    } catch {
      isReadable = false
      // Said once, not four times a second.
      if shownProblem != error.description {
        shownProblem = error.description
        _ = state.handle(.failed(error.description))
        isChanged = true
      }
    }
    let run = control.snapshot
    if isChanged { lastChange = now }
    let tick = run.state.isLive ? 1.0 : Self.idleTick
    let isNewSecond = (now / tick).rounded(.down) != (shownTime / tick).rounded(.down)
    if isChanged || isNewSecond {
      shownTime = now
      needsFrame = true
    }
    show(run, now: shownTime)
    guard isReadable else {
      nextReading = now + max(interval, Self.idleInterval)
      return
    }
    if run.reading != nil {
      nextReading = now
      // Statistics of a part of the draws are worth little; a glance at them now and then.
      if isReadWhole || nextStatistics == .infinity { nextStatistics = now + interval }
      return
    }
    let isQuiet = !run.state.isLive && now - lastChange > (isReadWhole ? Self.quiet : 0)
    nextReading = now + (isQuiet ? max(interval, Self.idleInterval) : interval)
    if !isReadWhole {
      // What was waited for is shown at once, with the statistics that a moment allows.
      isReadWhole = true
      computeStatistics()
      draw()
    } else if isChanged {
      nextStatistics = min(nextStatistics, allowance.nextTime(after: now))
    }
  }

  /// Computes a slice of the statistics that are to be renewed.
  private func computeStatistics() {
    let now = clock()
    let run = control.snapshot
    // What another program writes grows as long as it has just grown.
    let isGrowing =
      run.state.isLive || run.reading != nil
      || run.state == .foreign && now - lastChange < Self.quiet
    let (inView, detail) = (state.parametersInView, state.detailInView)
    state.lendDiagnostics()
    let start = processorTime()
    let isChanged = diagnostics.refresh(
      run, inView: inView, detail: detail, now: now, isGrowing: isGrowing,
      budget: isGrowing ? Self.liveSlice : Self.endedSlice)
    if isChanged { needsFrame = true }
    allowance.spend(processorTime() - start, at: now)
    show(run, now: shownTime)
    if run.reading != nil {
      nextStatistics = now + interval
    } else if diagnostics.isBehind || isChanged && state.detailInView != detail {
      nextStatistics = isGrowing ? allowance.nextTime(after: now) : now
    } else {
      // Draws that have stopped growing are looked at once more, as a whole.
      nextStatistics =
        isGrowing && !run.state.isLive ? lastChange + Self.quiet + 0.01 : .infinity
    }
  }

  /// Puts the run and what is derived from it on show.
  private func show(_ run: RunSnapshot, now: Double) {
    _ = state.handle(
      .data(
        DashboardSnapshot(
          run: run, diagnostics: diagnostics.report, rates: rates.observe(run, now: clock()),
          now: now)))
  }

  /// Reads the list of runs beside the one that is shown.
  private func listRuns() {
    nextListing = clock() + Self.listingInterval
    let run = control.snapshot
    let isOwn = run.state != .foreign
    let catalog = isOwn ? RunCatalog(besides: RunFolder(path: run.path)) : RunCatalog()
    do throws(FileError) {
      let (entries, others) = try catalog.recent(Self.mostListed)
      _ = state.handle(.runs(entries, others: others))
    } catch { _ = state.handle(.failed(error.description)) }
  }

  /// Shows runs side by side until the user comes back; how the dashboard ends if it does.
  private func compare(_ paths: [String]) -> DashboardEnd? {
    let runs: ComparedRuns
    do throws(RunError) {
      runs = try ComparedRuns(paths: paths, now: clock())
    } catch {
      _ = state.handle(.failed(error.description))
      return nil
    }
    let end = ComparisonLoop(screen: screen, runs: runs, theme: state.theme, clock: clock).run()
    screen.invalidate()
    _ = state.handle(.resized(screen.size))
    switch end {
    case .closed: return nil
    case .open(let path): return path == control.snapshot.path ? nil : .open(path)
    case .hangup: return .hangup
    case .terminated(let signal): return .terminated(signal: signal)
    }
  }

  private func perform(_ effect: DashboardEffect) {
    do throws(RunError) {
      switch effect {
      case .send(let command): try control.send(command)
      case .extend(let draws):
        try control.extend(to: draws)
        _ = state.handle(.done("Each chain goes on until it has \(Format.grouped(draws)) draws."))
      case .resume:
        try control.resume()
        _ = state.handle(.done("A worker was started and goes on."))
      case .export(let request): export(request)
      case .copy(let request): copy(request)
      case .redraw: screen.invalidate()
      case .suspend: screen.suspend()
      case .useMouse(let isOn): screen.useMouse(isOn)
      case .listRuns: listRuns()
      case .leave, .open, .compare: break
      }
    } catch { _ = state.handle(.failed(error.description)) }
  }
}
