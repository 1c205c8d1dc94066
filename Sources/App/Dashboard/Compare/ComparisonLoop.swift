// Shows a comparison of runs on a screen until the user goes back; live runs are read on.

import Panes
import RunFolder
import TerminalCore

/// Why a comparison ended.
package enum ComparisonEnd: Equatable, Sendable {
  case closed
  /// The user wants to see the run in this folder.
  case open(String)
  /// The terminal has gone away.
  case hangup
  case terminated(signal: Int32)
}

/// A comparison of runs on a screen, on one thread.
package final class ComparisonLoop {
  private let screen: any Screen
  private var runs: ComparedRuns
  private let theme: Theme
  private let clock: () -> Double
  private var state: ComparisonState
  private var nextReading: Double

  private static let interval = 0.5
  private static let budget = Duration.milliseconds(20)

  /// A comparison on a screen.
  package init(
    screen: any Screen, runs: ComparedRuns, theme: Theme, clock: @escaping () -> Double = wallClock
  ) {
    self.screen = screen
    self.runs = runs
    self.theme = theme
    self.clock = clock
    state = ComparisonState(runs.snapshots, size: screen.size, charset: screen.charset)
    nextReading = clock()
  }

  /// Shows the comparison until it ends.
  package func run() -> ComparisonEnd {
    screen.invalidate()
    read()
    draw()
    while true {
      let left = max(0, nextReading - clock())
      let event = screen.nextEvent(timeout: Int((left * 1000).rounded(.up)), descriptors: [])
      switch event {
      case .key(.control("c")): return .closed
      case .key(let key):
        switch state.handle(key) {
        case .close: return .closed
        case .open(let place): return .open(state.runs[place].run.path)
        case .redraw: screen.invalidate()
        case .none: break
        }
      case .resized(let size): state.size = size
      case .resumed: screen.invalidate()
      case .hangup: return .hangup
      case .terminated(let signal): return .terminated(signal: signal)
      case .mouse, .timeout, .readable: break
      }
      if clock() >= nextReading { read() }
      draw()
    }
  }

  private func draw() { screen.present(state.frame(), theme: theme) }

  private func read() {
    let now = clock()
    nextReading = now + Self.interval
    do throws(RunError) {
      try runs.refresh(now: now, budget: Self.budget)
    } catch { state.message = error.description }
    if runs.isBehind { nextReading = now }
    state.runs = runs.snapshots
  }
}
