// The state of a run in one sentence.

import RunFolder
import TerminalCore

/// Where a run is, in words.
struct StateSentence {
  var text: String
  var judgement: Judgement

  /// The sentence for a snapshot.
  init(_ snapshot: DashboardSnapshot) {
    let run = snapshot.run
    judgement = .none
    switch run.state {
    case .waiting where run.isUnread, .foreign where run.isUnread: text = "Reading the run."
    case .waiting: text = "Waiting for the worker, which is starting."
    case .reading: text = "Reading the data and building the model."
    case .optimizing: text = Self.optimizing(run)
    case .warmup, .sampling: text = Self.sampling(snapshot)
    case .summarizing: text = "The draws are there; residuals and summaries are being computed."
    case .paused: text = "Paused. p goes on."
    case .finished:
      text = Self.finished(snapshot)
      judgement = run.warnings.isEmpty && run.divergences == 0 ? .good : .doubtful
    case .stopped:
      text =
        "Stopped on request. mglmm-tui resume \(run.name) goes on where it ended."
        + Self.until(run)
    case .failed(let message):
      text = "Failed: \(firstLine(message))"
      judgement = .bad
    case .lost:
      text =
        "The worker is gone\(Self.whereabouts(run)). mglmm-tui resume \(run.name) goes on "
        + "from the last checkpoint."
      judgement = .bad
    case .foreign: text = Self.foreign(snapshot)
    }
  }

  private static func optimizing(_ run: RunSnapshot) -> String {
    let isMode = (run.start?.method ?? run.request?.method) == .mcmc
    let work = isMode ? "Finding the mode" : "Optimizing"
    guard let step = run.optimizerSteps.last else { return "\(work): starting." }
    return "\(work): step \(step.iteration), log-likelihood "
      + "\(Format.fixed(step.logLikelihood, decimals: 3)), largest gradient "
      + "\(Format.significant(step.gradientMax, digits: 2))."
  }

  private static func sampling(_ snapshot: DashboardSnapshot) -> String {
    let chains = ChainStatus.all(of: snapshot.run)
    let running = chains.count { $0.phase == .warmup || $0.phase == .sampling }
    let finished = chains.count { $0.phase == .finished }
    let verb = snapshot.run.state == .warmup ? "Warming up" : "Sampling"
    var text = "\(verb): \(running) of \(counted(chains.count, "chain")) at work"
    if finished > 0 { text += ", \(finished) done" }
    let done = chains.reduce(0) { $0 + min($1.iteration, $1.total ?? $1.iteration) }
    let total = chains.reduce(0) { $0 + ($1.total ?? 0) }
    if total > 0 {
      text += ", \(Format.grouped(done)) of \(Format.grouped(total)) iterations"
      text += " (\(Format.percent(Double(done) / Double(total))))"
      let speed = snapshot.rates.values.reduce(0) {
        $0 + ($1.secondsLeft == 0 ? 0 : $1.iterationsPerSecond)
      }
      let goal = snapshot.run.request?.until == nil ? "left" : "to the next look"
      if speed > 0 { text += ", \(Format.duration(Double(total - done) / speed)) \(goal)" }
    }
    return text + "." + until(snapshot.run)
  }

  /// The rule that ends sampling, and where it stands.
  private static func until(_ run: RunSnapshot) -> String {
    guard let rule = run.request?.until else { return "" }
    guard let check = run.lastCheck else { return " Until \(rule)." }
    return " Until \(rule): \(check.text) after \(check.figures.draws) draws a chain."
  }

  /// The rule that ended sampling, or that did not hold before the most draws allowed were there.
  private static func ending(_ run: RunSnapshot) -> String {
    guard let rule = run.request?.until else { return "" }
    guard let check = run.lastCheck else { return " Until \(rule)." }
    let verdict = check.isMet ? "reached" : "not reached"
    return " Until \(rule): \(verdict), \(check.text) after "
      + "\(Format.grouped(check.figures.draws)) draws a chain."
  }

  private static func finished(_ snapshot: DashboardSnapshot) -> String {
    let run = snapshot.run
    let time = snapshot.elapsed.map { " in \(Format.duration($0))" } ?? ""
    if snapshot.hasKeptDraws {
      let basis = DrawsBasis(chains: run.chains.map { (id: $0.id, draws: $0.keptCount) })
      return "Finished\(time): \(counted(basis.chains.count, "chain")) of "
        + "\(counted(basis.draws, "draw")), "
        + "\(counted(run.divergences, "divergence"))." + ending(run)
    }
    guard let fit = run.fitReport else { return "Finished\(time)." }
    let verdict = fit.converged ? "Converged" : "Ended without convergence"
    return "\(verdict)\(time), \(counted(fit.optimizer.iterations, "step")): log-likelihood "
      + "\(Format.fixed(fit.logLikelihood, decimals: 3)) on "
      + "\(counted(fit.degreesOfFreedom, "parameter")), AIC \(Format.fixed(fit.aic, decimals: 1)), "
      + "BIC \(Format.fixed(fit.bic, decimals: 1))."
  }

  private static func foreign(_ snapshot: DashboardSnapshot) -> String {
    let chains = snapshot.run.chains
    guard !chains.isEmpty else { return "Draws of another program: none read yet." }
    return "Draws of another program: \(counted(chains.count, "chain")), "
      + "\(counted(chains.reduce(0) { $0 + $1.keptCount }, "draw")) after warm-up, "
      + "\(counted(snapshot.run.divergences, "divergence"))."
  }

  private static func whereabouts(_ run: RunSnapshot) -> String {
    run.worker.map { " (process \($0.processID) on \($0.host))" } ?? ""
  }
}
