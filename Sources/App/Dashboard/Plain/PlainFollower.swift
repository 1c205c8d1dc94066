// The loop of the plain mode: read the run, say what is new, wait.

import Diagnostics
import Panes
import RunFolder

/// Why a plain report ended.
package enum PlainEnd: Equatable, Sendable {
  /// The run has ended and all is said.
  case ended
  /// The user wants to leave; the fit goes on.
  case interrupted
}

/// Follows a run to its end, in lines.
package struct PlainFollower {
  private let control: any RunControl
  private let refresh: Double
  private let thresholds: ConvergenceThresholds
  private let clock: () -> Double
  private let wait: (Double) -> Void
  private let isInterrupted: () -> Bool
  private var reporter: PlainReporter
  private var shownProblem: String?
  /// What convergence statistics may cost between two readings of a live run.
  private static let budget = Duration.milliseconds(60)

  /// A follower of a run.
  ///
  /// - Parameters:
  ///   - interval: seconds between two lines of progress where no tenth was completed in between.
  ///   - clock: seconds since 1970.
  ///   - wait: lets so many seconds pass.
  package init(
    control: any RunControl, configuration: Configuration = Configuration(), interval: Double = 60,
    clock: @escaping () -> Double = wallClock, wait: @escaping (Double) -> Void,
    isInterrupted: @escaping () -> Bool
  ) {
    self.control = control
    refresh = configuration.refresh
    thresholds = configuration.thresholds
    self.clock = clock
    self.wait = wait
    self.isInterrupted = isInterrupted
    reporter = PlainReporter(interval: interval)
  }

  /// Follows the run; each line goes to `write` as soon as it is known.
  package mutating func run<Failure: Error>(
    write: (String) throws(Failure) -> Void
  ) throws(Failure) -> PlainEnd {
    var diagnostics = DiagnosticCache(thresholds: thresholds)
    var rates = RateMeter()
    while true {
      do throws(RunError) {
        _ = try control.refresh()
        shownProblem = nil
      } catch {
        // Said once, not at every reading.
        if shownProblem != error.description {
          shownProblem = error.description
          try write("problem: \(PlainText.line(error.description))")
        }
      }
      let run = control.snapshot
      let now = clock()
      diagnostics.refresh(run, now: now, budget: run.state.isLive ? Self.budget : nil)
      let snapshot = DashboardSnapshot(
        run: run, diagnostics: diagnostics.report, rates: rates.observe(run, now: now), now: now)
      for line in reporter.lines(for: snapshot) { try write(line) }
      if reporter.hasEnded { return .ended }
      if isInterrupted() { return .interrupted }
      wait(refresh)
      if isInterrupted() { return .interrupted }
    }
  }
}
