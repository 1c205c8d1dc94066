// All that panes draw from: the run, the numbers derived from it, and the time.

import RunFolder

/// All that panes draw from at one moment.
package struct DashboardSnapshot: Sendable {
  /// What the run folder says.
  package var run: RunSnapshot
  /// Convergence statistics, as far as they have been computed.
  package var diagnostics: DiagnosticReport
  /// How fast each chain goes, by its number.
  package var rates: [Int: ChainRate]
  /// Seconds since 1970.
  package var now: Double

  /// A snapshot of a run; without derived numbers unless they are given.
  package init(
    run: RunSnapshot, diagnostics: DiagnosticReport = DiagnosticReport(),
    rates: [Int: ChainRate] = [:], now: Double
  ) {
    self.run = run
    self.diagnostics = diagnostics
    self.rates = rates
    self.now = now
  }

  /// Seconds since the run was first started, until its end if it has ended.
  package var elapsed: Double? {
    guard let start = run.startTime else { return nil }
    let end = run.state.isLive ? now : run.endTime ?? run.lastEventTime ?? now
    return max(0, end - start)
  }

  /// Whether there is a draw after warm-up.
  package var hasKeptDraws: Bool { run.chains.contains { $0.keptCount > 0 } }

  /// Whether there is any draw.
  package var hasDraws: Bool { run.chains.contains { $0.count > 0 } }

  /// Whether the run is, or will be, sampled.
  package var isSampled: Bool {
    hasDraws || run.state == .foreign || (run.start?.method ?? run.request?.method) == .mcmc
  }
}
