// A fit from request to report: data, likelihood, residuals, chains; the same with and without a run folder.

import Glibc
import Laplace
import MixedModel
import Predictive
import RunFolder
import Tables

/// What a fit ended with.
package enum FitOutcome: Sendable {
  /// Maximum likelihood or the mode of the posterior.
  case likelihood(FitReport)
  /// Posterior draws, after a fit by maximum likelihood.
  case posterior(PosteriorReport, likelihood: FitReport)
  /// Draws from the prior alone.
  case prior(PosteriorReport)

  /// The warnings of the result.
  package var warnings: [FitWarning] {
    switch self {
    case .likelihood(let report): report.warnings
    case .posterior(let report, _), .prior(let report): report.warnings
    }
  }
}

/// One fit.
package struct FitJob: Sendable {
  private let request: RunRequest
  private let folder: RunFolder?
  private let sink: any FitEventSink
  private let control: RunControl
  /// Called often while chains run; commands from outside are taken here.
  private let poll: @Sendable () -> Void
  /// Called once with all draws, before they become a report.
  private let onDraws: @Sendable (SamplerRun) -> Void

  /// A fit of `request`; with a folder, results and draws are written there as they come.
  package init(
    _ request: RunRequest, folder: RunFolder? = nil, sink: any FitEventSink,
    control: RunControl = RunControl(), poll: @escaping @Sendable () -> Void = {},
    onDraws: @escaping @Sendable (SamplerRun) -> Void = { _ in }
  ) {
    self.request = request
    self.folder = folder
    self.sink = sink
    self.control = control
    self.poll = poll
    self.onDraws = onDraws
  }

  /// Runs to the end, or until `control` says stop: then what there is becomes the result.
  package func run() throws(FittingError) -> FitOutcome {
    let begin = ContinuousClock().now
    let cpuBegin = cpuSeconds()
    try checkRequest()
    sink.receive(.phase(.reading))
    let prepared = try PreparedModel(request)
    for note in prepared.notes { sink.receive(.note(note)) }
    let priors = prepared.priors
    if request.ignoresPriors(priors) {
      sink.receive(
        .note(
          "maximum likelihood knows no priors: only constant() is obeyed; --method map or mcmc uses the others"
        ))
    }
    try writeData(prepared)
    if request.isPriorOnly {
      for warning in prepared.warnings { sink.receive(.warning(warning)) }
      return .prior(
        try PriorRun(request: request, folder: folder, sink: sink, control: control, poll: poll)
          .run(prepared))
    }
    try writePriors(prepared)
    let likelihood = try fitLikelihood(prepared, priors)
    let report = FitReport(likelihood, request: request, prepared: prepared)
    for warning in report.warnings { sink.receive(.warning(warning)) }
    sink.receive(.fitted(logLikelihood: report.logLikelihood, seconds: likelihood.seconds))
    // The folder has the modes, for the plot of levels, also where the result is to be without.
    var complete = report
    complete.modes = likelihood.fit.conditionalModes
    try write { folder throws(FileError) in try folder.write(complete) }
    if folder != nil {
      sink.receive(.phase(.residuals))
      let point = PredictivePoint(psi: likelihood.fit.optimum.psi, effects: likelihood.fit.modes)
      try writeResiduals(prepared, [point])
      if request.method != .mcmc {
        let options = PredictiveOptions.suiting(request, prepared.model, isLast: true)
        let source = PredictiveSource(
          likelihood.fit, priors: priors, isRestricted: request.method == .reml,
          count: options.simulations, seed: request.seed)
        try writePredictive(prepared, source, options)
      }
    }
    guard request.method == .mcmc, !control.isStopped else {
      try writeChecks(likelihood)
      return .likelihood(report)
    }

    sink.receive(.phase(.warmup))
    let plan = try PosteriorPlan(
      likelihood.fit, prior: priors, request: request, isStopped: isStopped)
    for warning in plan.warnings { sink.receive(.warning(warning)) }
    let sampler = try SamplerRun(
      plan, request: request, folder: folder, sink: sink, control: control)
    try sample(sampler, prepared)
    onDraws(sampler)
    let loo = try leaveOneOut(sampler, prepared.model, isLast: true)
    let looWarnings = request.includesLoo ? loo?.warnings ?? [] : []
    var posterior = PosteriorReport(
      sampler, prepared: prepared, priors: priors, request: request,
      seconds: (ContinuousClock().now - begin).inSeconds, cpuSeconds: cpuSeconds() - cpuBegin,
      warnings: plan.warnings + report.warnings.filter(\.isAboutPosterior) + interruption(sampler)
        + sampler.stoppingWarnings + looWarnings)
    if request.includesLoo { posterior.loo = loo?.summary }
    for warning in posterior.warnings.dropFirst(prepared.warnings.count + plan.warnings.count) {
      sink.receive(.warning(warning))
    }
    try writeChecks(likelihood)
    return .posterior(posterior, likelihood: report)
  }

  /// Whether the fit is to end, after taking the commands that have come in.
  private func isStopped() -> Bool {
    poll()
    return control.isStopped
  }

  /// What a report of fewer draws than were asked for has to say.
  private func interruption(_ sampler: SamplerRun) -> [FitWarning] {
    guard control.isStopped, sampler.stopSummary.reason == .interrupted else { return [] }
    let wanted = max(request.draws, control.wantedDraws) / max(request.thin, 1)
    let goal =
      request.until.map { " draws a chain, before '\($0)' held" } ?? " of \(wanted) draws a chain"
    return [
      FitWarning(
        code: "interrupted",
        message: "the fit was stopped at \(sampler.drawCount)\(goal)",
        advice: folder.map { "mglmm-tui resume \($0.name) goes on where it ended" }
          ?? "run it again, with --run DIR to be able to go on after a stop")
    ]
  }

  private func checkRequest() throws(FittingError) {
    if request.quadraturePoints != 1 {
      throw FittingError(
        "quadrature: not available yet; leave the option out for Laplace's method", exitCode: 64)
    }
    if request.includesLoo && request.isPriorOnly {
      throw FittingError(
        "--loo: draws from the priors alone know nothing of the data; leave out --loo or --prior-only",
        exitCode: 64)
    }
    if request.includesLoo && request.method != .mcmc {
      throw FittingError(
        "--loo needs draws, so it goes with --method mcmc, not \(request.method.rawValue)",
        exitCode: 64)
    }
    if request.isPriorOnly && request.method != .mcmc {
      throw FittingError(
        "--prior-only draws, so it goes with --method mcmc, not \(request.method.rawValue)",
        exitCode: 64)
    }
    do {
      _ = try request.stoppingRule()
    } catch {
      throw FittingError(error)
    }
    guard request.simulations >= 2 else {
      throw ResidualStudy.tooFewSimulations(request.simulations)
    }
    guard request.chains >= 1, request.draws >= 1, request.warmup >= 1, request.threads >= 1 else {
      throw FittingError(
        "chains, draws, warm-up and threads must be at least 1", exitCode: 64)
    }
  }

  private func fitLikelihood(_ prepared: PreparedModel, _ priors: PriorDensity)
    throws(FittingError) -> LikelihoodRun
  {
    sink.receive(.phase(.optimizing))
    if request.method == .reml {
      return try LikelihoodRun(restricted: prepared.model, sink: sink, isStopped: isStopped)
    }
    guard request.method == .map else {
      return try LikelihoodRun(prepared.model, sink: sink, isStopped: isStopped)
    }
    let start = prepared.model.startingValues()
    return try LikelihoodRun(
      prepared.model, penalty: priors.including(jacobian: false), start: priors.inside(start),
      sink: sink, isStopped: isStopped)
  }

  /// Runs the chains; residuals are made anew at 100 draws a chain, at each doubling, and at the end.
  private func sample(_ sampler: SamplerRun, _ prepared: PreparedModel) throws(FittingError) {
    var nextMilestone = 100
    var hasDraws = false
    var lastFailure: FileError?
    try sampler.run { run throws(FittingError) in
      poll()
      let count = run.drawCount
      if count > 0 && !hasDraws {
        hasDraws = true
        sink.receive(.phase(.sampling))
      }
      if let failure = run.writeFailure, failure != lastFailure {
        sink.receive(
          .warning(
            FitWarning(
              code: "write-failed", message: failure.description,
              advice:
                "make room or mount the folder again: the fit keeps its draws and goes on trying")
          ))
      }
      lastFailure = run.writeFailure
      if count >= nextMilestone && folder != nil {
        while nextMilestone <= count { nextMilestone *= 2 }
        try writeResiduals(prepared, run.points(limit: request.simulations))
        try writePredictive(prepared, run, isLast: false)
        if request.includesLoo { try leaveOneOut(run, prepared.model, isLast: false) }
      }
    }
    if folder != nil && sampler.drawCount > 0 {
      sink.receive(.phase(.residuals))
      try writeResiduals(prepared, sampler.points(limit: request.simulations))
      try writePredictive(prepared, sampler, isLast: true)
    }
  }

  /// Draws times observations up to which leaving out is so cheap that it is done without being asked for.
  private static let cheapLoo = 20_000_000

  /// Leave-one-out prediction, written to the folder; nil where it was not asked for and would take long.
  @discardableResult
  private func leaveOneOut(_ sampler: SamplerRun, _ model: MixedModel, isLast: Bool)
    throws(FittingError) -> LooReport?
  {
    let stores = sampler.stores.filter { $0.count > 0 }
    guard let count = stores.map(\.count).min() else { return nil }
    let work = count * stores.count * LeaveOneOut.observationCount(model)
    guard request.includesLoo || (folder != nil && work <= Self.cheapLoo) else { return nil }
    if isLast { sink.receive(.phase(.loo)) }
    let report = try LeaveOneOut(model: model, stores: stores).observations(
      threads: request.threads)
    try write { folder throws(FileError) in try folder.write(report) }
    return report
  }

  // MARK: - Files

  private func write(_ body: (RunFolder) throws(FileError) -> Void) throws(FittingError) {
    guard let folder else { return }
    do { try body(folder) } catch { throw FittingError(error) }
  }

  private func writeData(_ prepared: PreparedModel) throws(FittingError) {
    guard let folder else { return }
    do {
      try DelimitedWriter().write(prepared.table, to: folder.dataPath)
    } catch {
      throw FittingError(error)
    }
  }

  /// Writes what the priors say of each parameter; a run without priors has nothing to write.
  private func writePriors(_ prepared: PreparedModel) throws(FittingError) {
    guard folder != nil, request.method == .mcmc else { return }
    do throws(FittingError) {
      let report = try PriorReport(prepared.model, prepared.priors, seed: request.seed)
      try write { folder throws(FileError) in try folder.write(report) }
    } catch {
      // The fit does not need it, and the sampler says more of a prior that it cannot start from.
      sink.receive(.note("no priors.json: \(error.message)"))
    }
  }

  private func writeResiduals(_ prepared: PreparedModel, _ points: [PredictivePoint])
    throws(FittingError)
  {
    let study = try ResidualStudy(
      model: prepared.model, table: prepared.table, points: points,
      simulations: request.simulations, seed: request.seed)
    let report = try ResidualReport(study, threads: request.threads)
    try write { folder throws(FileError) in try folder.write(report) }
  }

  private func writePredictive(
    _ prepared: PreparedModel, _ sampler: SamplerRun, isLast: Bool
  ) throws(FittingError) {
    let options = PredictiveOptions.suiting(request, prepared.model, isLast: isLast)
    let source = PredictiveSource(
      posterior: sampler.points(limit: options.simulations),
      of: sampler.stores.reduce(0) { $0 + $1.count })
    try writePredictive(prepared, source, options)
  }

  /// The seconds that the fit may have taken for checks to be made unasked, and that they may take.
  private static let (cheapFit, checkBudget) = (0.5, 3.0)

  /// The page of verdicts, where fits are so cheap that nobody waits for it; a run that was stopped goes without.
  private func writeChecks(_ likelihood: LikelihoodRun) throws(FittingError) {
    guard let folder, folder.isRun, likelihood.seconds < Self.cheapFit, !control.isStopped else {
      return
    }
    let report: CheckReport
    do throws(FittingError) {
      let run = try FinishedRun(path: folder.path)
      report = try CheckPage(
        run: run, original: run.originalTable(), seed: request.seed, budget: Self.checkBudget
      ).report
    } catch {
      sink.receive(.note("no checks.json: \(error.message)"))
      return
    }
    try write { folder throws(FileError) in try folder.write(report) }
  }

  /// Checks that cannot be made are a warning: the fit is worth having without them.
  private func writePredictive(
    _ prepared: PreparedModel, _ source: PredictiveSource, _ options: PredictiveOptions
  ) throws(FittingError) {
    let report: PredictiveReport
    do {
      report = try PredictiveReport(prepared, source: source, options: options)
    } catch {
      sink.receive(
        .warning(
          FitWarning(
            code: "no-predictive-checks", message: error.message,
            advice: "look at the estimates: the model does not give usable data")))
      return
    }
    try write { folder throws(FileError) in try folder.write(report) }
  }
}

extension SamplerRun {
  /// At most `limit` draws, evenly spread over all chains, as points to simulate from.
  func points(limit: Int) -> [PredictivePoint] {
    reported.points(of: stores, limit: limit)
  }
}

/// The processor seconds that this process has used.
package func cpuSeconds() -> Double {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) * 1e-6 }
  return seconds(usage.ru_utime) + seconds(usage.ru_stime)
}

extension RunRequest {
  /// Whether a stated prior has no part in the estimate.
  fileprivate func ignoresPriors(_ priors: PriorDensity) -> Bool {
    (method == .ml || method == .reml)
      && priors.entries.contains { !$0.isDefault && !$0.prior.hasPrefix("constant") }
  }
}

extension FitWarning {
  /// Whether a warning of the likelihood fit is as true of draws: with a flat prior, separation leaves an improper
  /// posterior, whose draws may look well mixed.
  fileprivate var isAboutPosterior: Bool { code == "separation" }
}
