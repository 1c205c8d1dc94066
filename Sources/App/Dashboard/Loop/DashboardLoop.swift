// The loop: wait for a key or for the quarter of a second to pass, update once, draw once.

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
package final class DashboardLoop {
  /// The dashboard.
  package internal(set) var state: DashboardState
  let screen: any Screen
  private let control: any RunControl
  private let clock: () -> Double
  let exporter: any TextExporter
  /// Whether the run was started for this dashboard, so that an early failure ends it.
  private let isNewRun: Bool
  private var diagnostics: DiagnosticCache
  private var rates = RateMeter()
  private var shownProblem: String?
  private var nextReading: Double
  private let beginning: Double

  /// How often the run is read, in seconds.
  private let interval: Double
  /// What convergence statistics may cost in one interval, while the run is live and after.
  private static let liveBudget = Duration.milliseconds(8)
  private static let finishedBudget = Duration.milliseconds(30)
  /// How long a failure counts as one of the start, in seconds.
  private static let youth = 10.0

  /// A dashboard of a run on a screen.
  ///
  /// - Parameter clock: seconds since 1970.
  package init(
    screen: any Screen, control: any RunControl, themes: [Theme] = Theme.builtIn,
    configuration: Configuration = Configuration(), isNewRun: Bool = false,
    exporter: any TextExporter = FileExporter(),
    clock: @escaping () -> Double = wallClock
  ) {
    self.screen = screen
    self.control = control
    self.clock = clock
    self.exporter = exporter
    self.isNewRun = isNewRun
    beginning = clock()
    nextReading = beginning
    interval = configuration.refresh
    diagnostics = DiagnosticCache(thresholds: configuration.thresholds)
    state = DashboardState(
      snapshot: DashboardSnapshot(run: control.snapshot, now: beginning), size: screen.size,
      themes: themes, charset: screen.charset, keys: configuration.keys)
    state.go(to: configuration.pane)
  }

  /// Puts a pane in front before the loop begins.
  package func open(_ pane: PaneKind) { state.go(to: pane) }

  /// Brings back the view as it was left.
  package func recall(_ record: ViewRecord) { state.recall(record) }

  /// Shows the dashboard until it ends.
  package func run() -> DashboardEnd {
    read()
    draw()
    while true {
      if isNewRun, case .failed(let message) = state.newest.run.state,
        clock() - beginning < Self.youth
      {
        return .failed(message: message)
      }
      let left = max(0, nextReading - clock())
      let event = screen.nextEvent(
        timeout: Int((left * 1000).rounded(.up)), descriptors: [])
      var effects: [DashboardEffect] = []
      switch event {
      case .key(let key): effects = state.handle(.key(key))
      case .resized(let size): effects = state.handle(.resized(size))
      case .resumed: screen.invalidate()
      case .hangup: return .hangup
      case .terminated(let signal): return .terminated(signal: signal)
      case .mouse(let mouse): effects = state.handle(.mouse(mouse))
      case .timeout, .readable: break
      }
      for effect in effects {
        if effect == .leave { return .left }
        if case .open(let run) = effect { return .open(run) }
        perform(effect)
      }
      if event == .timeout || clock() >= nextReading { read() }
      draw()
    }
  }

  private func draw() { screen.present(state.frame(), theme: state.theme) }

  /// Reads the run and brings what is derived from it up to date.
  private func read() {
    let now = clock()
    nextReading = now + interval
    do throws(RunError) {
      _ = try control.refresh()
      shownProblem = nil
    } catch {
      // Said once, not four times a second.
      if shownProblem != error.description {
        shownProblem = error.description
        _ = state.handle(.failed(error.description))
      }
    }
    let run = control.snapshot
    diagnostics.refresh(
      run, inView: state.parametersInView, detail: state.detailInView, now: now,
      budget: run.state.isLive ? Self.liveBudget : Self.finishedBudget)
    // What is left of an ended run is computed without pause, in slices that no key waits for long.
    if diagnostics.isBehind, !run.state.isLive { nextReading = now }
    let snapshot = DashboardSnapshot(
      run: run, diagnostics: diagnostics.report, rates: rates.observe(run, now: now), now: now)
    _ = state.handle(.data(snapshot))
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
      case .leave, .open: break
      }
    } catch { _ = state.handle(.failed(error.description)) }
  }
}
