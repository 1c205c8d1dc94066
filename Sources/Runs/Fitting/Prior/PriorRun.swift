// A run of draws from the prior: chains like any other's, without warm-up and without a likelihood.

import Diagnostics
import Glibc
import MixedModel
import RunFolder

/// The draws of a request with `--prior-only`.
struct PriorRun {
  let request: RunRequest
  let folder: RunFolder?
  let sink: any FitEventSink
  let control: RunControl
  /// Called often; commands from outside are taken here.
  let poll: @Sendable () -> Void

  /// How long one chain is worked on before the next.
  private static let slice = 0.02
  /// How often the progress of a chain is made safe.
  private static let checkpointInterval = 2.0

  /// Makes the draws and returns the report of them.
  func run(_ prepared: PreparedModel) throws(FittingError) -> PosteriorReport {
    let clock = ContinuousClock()
    let (begin, cpuBegin) = (clock.now, cpuSeconds())
    var draws = try PriorDraws(prepared.model, prior: prepared.priors, seed: request.seed)
    let names = draws.reported.names
    var chains: [PriorChain] = []
    for number in 1...max(request.chains, 1) {
      chains.append(try PriorChain(number, names: names, request: request, folder: folder))
    }
    sink.receive(.phase(.sampling))
    for chain in chains { report(chain, .sampling) }
    var isFinished = chains.map { _ in false }
    var (lastCheckpoint, lastFailure): (ContinuousClock.Instant, FileError?) = (clock.now, nil)
    while !control.isStopped {
      poll()
      if control.isPaused {
        usleep(50_000)
        continue
      }
      let target = max(request.draws, control.wantedDraws)
      for index in chains.indices where chains[index].iteration < target {
        isFinished[index] = try chains[index].advance(&draws, to: target, for: Self.slice)
        if isFinished[index] { report(chains[index], .finished) }
      }
      let failure = written(chains)
      if let failure, failure != lastFailure { warn(failure) }
      lastFailure = failure
      if chains.allSatisfy({ $0.iteration >= target }) && failure == nil { break }
      if failure != nil { usleep(200_000) }
      if (clock.now - lastCheckpoint).inSeconds > Self.checkpointInterval {
        try checkpoint(chains)
        lastCheckpoint = clock.now
      }
    }
    try checkpoint(chains)
    if !control.isStopped {
      do { for chain in chains { try chain.finishFile() } } catch { throw FittingError(error) }
    }
    return PosteriorReport(
      prior: chains, names: names, effectCount: draws.reported.randomEffectCount,
      prepared: prepared, request: request, seconds: (clock.now - begin).inSeconds,
      cpuSeconds: cpuSeconds() - cpuBegin)
  }

  private func report(_ chain: PriorChain, _ phase: ChainPhase) {
    sink.receive(
      .chain(
        ChainProgress(
          chain: chain.number, phase: phase, iteration: chain.iteration, stepSize: 1)))
  }

  /// Writes what waits; why it could not be written, if so.
  private func written(_ chains: [PriorChain]) -> FileError? {
    do {
      for chain in chains { try chain.flush() }
      return nil
    } catch { return error }
  }

  private func checkpoint(_ chains: [PriorChain]) throws(FittingError) {
    do {
      for chain in chains {
        try chain.checkpoint()
        if folder != nil {
          sink.receive(
            .checkpoint(chain: chain.number, draws: chain.iteration / max(request.thin, 1)))
        }
      }
    } catch { throw FittingError(error) }
  }

  private func warn(_ failure: FileError) {
    sink.receive(
      .warning(
        FitWarning(
          code: "write-failed", message: failure.description,
          advice: "make room or mount the folder again: the draws are kept and tried again")))
  }
}

extension PosteriorReport {
  /// The report of draws from the prior; random effects `r_…` are left out unless asked for.
  init(
    prior chains: [PriorChain], names: [String], effectCount: Int, prepared: PreparedModel,
    request: RunRequest, seconds: Double, cpuSeconds: Double
  ) {
    let stores = chains.map(\.store)
    let parameters = names.enumerated().filter {
      request.includesModes || $0.offset < names.count - effectCount
    }.map { index, name in
      ParameterSummary(name: name, DrawsSummary.summarize(stores.map { $0.columns[index] }))
    }
    self.init(
      model: ModelSummary(prepared), priors: prepared.priors.entries.map(PriorSummary.init),
      parameters: parameters,
      sampler: SamplerSummary(
        algorithm: "independent draws from the prior", chains: chains.count, warmup: 0,
        draws: stores.map(\.count).min() ?? 0, divergences: 0, maxTreeDepthHits: 0,
        ebfmi: chains.map { _ in .nan }, gradientEvaluations: 0, cpuSeconds: cpuSeconds,
        seconds: seconds, warmupSeconds: 0,
        samplingSeconds: chains.reduce(0) { $0 + $1.seconds }),
      random: prepared.model.posteriorBlocks(stores, names: names), warnings: prepared.warnings)
  }
}
