// A run as lines of text: what is new since the last look, one complete line for each piece of news.

import Diagnostics
import Panes
import RunFolder
import TerminalCore

/// Turns successive looks at a run into lines.
package struct PlainReporter {
  /// Seconds between two lines of progress where no tenth of the work was completed in between.
  package let interval: Double
  /// Whether the last words on the run have been said.
  package private(set) var hasEnded = false

  private var beginning: Double?
  private var hasIntroduced = false
  private var state: RunState?
  private var optimizer = OptimizerNews()
  private var sampling = SamplingNews()
  private var warnings: [FitWarning] = []
  private var problems: [String] = []
  private var noteCount = 0
  private var checked: StoppingCheck?

  /// A reporter that has said nothing yet.
  package init(interval: Double = 60) { self.interval = interval }

  /// The lines that a look at the run gives, each with the time since the run began.
  package mutating func lines(for snapshot: DashboardSnapshot) -> [String] {
    let run = snapshot.run
    let start = beginning ?? snapshot.now
    beginning = start
    let stamp = PlainText.stamp(snapshot.elapsed ?? snapshot.now - start)
    return news(snapshot, run).map { "\(stamp) \(PlainText.line($0))" }
  }

  private mutating func news(_ snapshot: DashboardSnapshot, _ run: RunSnapshot) -> [String] {
    guard !hasEnded else { return [] }
    var lines: [String] = []
    if !hasIntroduced, run.request != nil || !run.chains.isEmpty || !run.state.isLive {
      hasIntroduced = true
      lines += PlainIntroduction.lines(snapshot)
    }
    let isOver = Self.isOver(run)
    // An ended run is told by its end; its path there would be read as news.
    let isPast = isOver && state == nil
    if !isPast {
      lines += optimizer.lines(run)
      if state != run.state {
        if !isOver { lines.append("phase: \(run.state.word)") }
      }
      lines += sampling.lines(snapshot, interval: interval, isOver: isOver)
      if let check = run.lastCheck, check != checked {
        checked = check
        lines.append(
          "rule: \(check.text) after \(check.figures.draws) draws a chain"
            + (check.isMet ? "; that is enough" : ""))
      }
    }
    state = run.state
    for warning in run.warnings where !warnings.contains(warning) {
      lines.append("warning: \(warning.message) Advice: \(warning.advice)")
    }
    warnings = run.warnings
    for problem in run.problems where !problems.contains(problem) {
      lines.append("problem: \(problem)")
    }
    problems = run.problems
    for note in run.notes.dropFirst(noteCount) { lines.append("note: \(note)") }
    noteCount = run.notes.count
    if isOver {
      hasEnded = true
      lines += PlainConclusion.lines(snapshot)
    }
    return lines
  }

  /// Whether nothing more is to come; draws of another program end with the word of each chain.
  private static func isOver(_ run: RunSnapshot) -> Bool {
    guard run.state == .foreign else { return !run.state.isLive }
    return !run.chains.isEmpty
      && ChainStatus.all(of: run).allSatisfy { chain in
        chain.phase == .finished || chain.total.map { $0 > 0 && chain.iteration >= $0 } ?? false
      }
  }
}

/// The steps of an optimizer at the iterations 0, 1, 2, 4, 8 and so on, and the last.
struct OptimizerNews {
  private var seen = 0
  private var next = 0
  private var said = -1

  mutating func lines(_ run: RunSnapshot) -> [String] {
    let steps = run.optimizerSteps
    // A worker that begins again begins its optimizer again.
    if steps.count < seen { self = OptimizerNews() }
    var lines: [String] = []
    for step in steps.dropFirst(seen) where step.iteration >= next {
      lines.append(Self.sentence(step))
      said = step.iteration
      while next <= step.iteration { next = next == 0 ? 1 : next * 2 }
    }
    seen = steps.count
    let isAtWork = run.state == .optimizing || run.state == .waiting || run.state == .reading
    if !isAtWork, let last = steps.last, last.iteration > said {
      said = last.iteration
      lines.append("\(Self.sentence(last)), the last step")
    }
    return lines
  }

  private static func sentence(_ step: OptimizerStep) -> String {
    "optimizer: step \(step.iteration), log-likelihood "
      + "\(Format.fixed(step.logLikelihood, decimals: 4)), largest gradient "
      + Format.significant(step.gradientMax, digits: 2)
  }
}
