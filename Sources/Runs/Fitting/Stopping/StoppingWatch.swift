// Looks at the draws of a run with a stopping rule, at fixed numbers of draws, and says when they are enough.

import RunFolder
import Synchronization

/// The looks at one run's draws.
///
/// Between two looks all chains are advanced to the same number of draws; at a look they all stand still.
final class StoppingWatch: Sendable {
  private let rule: StoppingRule
  private let request: RunRequest
  private let control: RunControl
  private let sink: any FitEventSink
  private let latest = Mutex<StoppingCheck?>(nil)

  init(
    _ rule: StoppingRule, request: RunRequest, control: RunControl, sink: any FitEventSink
  ) {
    self.rule = rule
    self.request = request
    self.control = control
    self.sink = sink
  }

  /// The latest look; nil before the first.
  var lastCheck: StoppingCheck? { latest.withLock { $0 } }

  /// Whether the rule held at the latest look.
  var isMet: Bool { lastCheck?.isMet == true }

  private var thin: Int { max(request.thin, 1) }
  /// What was asked for beyond the rule, in iterations.
  private var least: Int { max(request.leastDraws, control.wantedDraws) }
  private var cap: Int { max(request.draws, least) }

  /// The iterations after warm-up up to the next look, when the chain that is furthest has so many kept draws.
  ///
  /// A chain is never further than the latest look, so a resumed run looks where an uninterrupted one would have.
  func target(from furthest: Int) -> Int {
    let draws = max(furthest, lastCheck.map { $0.figures.draws + 1 } ?? 0)
    let asked = least / thin
    let look =
      asked >= max(draws, CheckSchedule.first) ? asked : CheckSchedule.look(atOrAfter: draws)
    return min(look * thin, cap)
  }

  /// Whether the latest look ended the run, and nothing more has been asked for since.
  var isOver: Bool {
    guard let check = lastCheck, check.nextDraws == nil else { return false }
    return check.figures.draws >= least / thin
  }

  /// Looks at the draws of chains that have all made the iterations they were to make, and sends them on to the next look;
  /// true when they have enough.
  func look(at run: SamplerRun) -> Bool {
    let figures = StoppingMeasures(run, withMeanError: rule.measures.contains(.meanError))
    let isMet = rule.holds(for: figures) && figures.draws >= least / thin
    let isLast = isMet || figures.draws >= cap / thin
    let next = self.target(from: figures.draws + 1)
    let check = latest.withLock { latest in
      let check = StoppingCheck(
        number: (latest?.number ?? 0) + 1, rule: rule.text, isMet: isMet, figures: figures,
        nextDraws: isLast ? nil : next / thin)
      latest = check
      return check
    }
    sink.receive(.check(check))
    if !isLast { for task in run.tasks { task.setTarget(next, isFinal: false) } }
    return isLast
  }
}

extension SamplerRun {
  /// Why the chains ended where they did.
  var stopSummary: StopSummary {
    guard let stopping else {
      return StopSummary(isComplete ? .draws : .interrupted)
    }
    if stopping.isMet { return StopSummary(.until, check: stopping.lastCheck) }
    return StopSummary(isComplete ? .cap : .interrupted, check: stopping.lastCheck)
  }

  /// What a user of a rule should know when chains ended without it.
  var stoppingWarnings: [FitWarning] {
    let stop = stopSummary
    guard let stopping, stop.reason == .cap, let check = stopping.lastCheck else { return [] }
    return [
      FitWarning(
        code: "until-not-met",
        message:
          "after \(check.figures.draws) draws a chain, the most allowed, '\(check.rule)' does not hold: \(check.text)",
        advice:
          "raise the most with --draws, or look at the parameters with the fewest effective draws"
      )
    ]
  }
}
