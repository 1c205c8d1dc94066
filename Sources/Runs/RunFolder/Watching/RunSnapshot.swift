// All that can be known of a run at one moment, as a plain value for the panes.

/// Where a run is in its life.
package enum RunState: Sendable, Equatable {
  /// Created; no worker has said anything yet.
  case waiting
  case reading
  case optimizing
  case warmup
  case sampling
  /// The draws are there; residuals and other results are being computed.
  case summarizing
  case paused
  case finished
  case stopped
  case failed(message: String)
  /// The worker is gone without having said goodbye; the run can be resumed.
  case lost
  /// Draws of another program, without a run folder.
  case foreign

  /// True while a worker is (or is about to be) at work.
  package var isLive: Bool {
    switch self {
    case .waiting, .reading, .optimizing, .warmup, .sampling, .summarizing, .paused: true
    case .finished, .stopped, .failed, .lost, .foreign: false
    }
  }
}

/// A file of results that the worker replaces as a whole.
package enum RunResult: Sendable, Hashable {
  case fit, residuals, predictive, loo, checks, priors
}

/// All that can be known of a run at one moment.
package struct RunSnapshot: Sendable {
  /// The run's name: its folder's, or the file's for foreign draws.
  package var name: String
  /// The run folder, or the folder or file of foreign draws.
  package var path: String
  package var state: RunState
  /// The request; nil for foreign draws and until model.toml has been read.
  package var request: RunRequest?
  /// How the latest worker began.
  package var start: WorkerStart?
  /// Seconds since 1970 of the first start, the latest event and the end.
  package var startTime: Double?
  package var lastEventTime: Double?
  package var endTime: Double?
  package var optimizerSteps: [OptimizerStep] = []
  package var fitReport: FitReport?
  /// In the order of the chains' numbers.
  package var chains: [ChainDraws] = []
  /// The latest progress that each chain reported, by the chain's number.
  package var progress: [Int: ChainProgress] = [:]
  /// The latest look at the draws of a run with a rule.
  package var lastCheck: StoppingCheck?
  package var residualReport: ResidualReport?
  package var looReport: LooReport?
  package var predictiveReport: PredictiveReport?
  package var checkReport: CheckReport?
  package var priorReport: PriorReport?
  package var warnings: [FitWarning] = []
  package var notes: [String] = []
  /// What happened, without the steps of optimizer and chains: the last of it, in the order of the files.
  package var happenings: [StampedEvent] = []
  /// When the files of results were last written, in seconds since 1970.
  package var resultTimes: [RunResult: Double] = [:]
  /// The last lines of log.txt.
  package var logTail: [String] = []
  /// Files of the run that cannot be used at the moment, each with its reason.
  package var problems: [String] = []
  /// Raised whenever the snapshot changed.
  package var revision = 0

  package init(name: String, path: String, state: RunState) {
    self.name = name
    self.path = path
    self.state = state
  }

  /// The process that works or last worked on the run.
  package var worker: WorkerIdentity? { start?.worker }

  /// The names of the model's parameters, without the sampler's columns, in the order of the file.
  package var parameterNames: [String] { chains.first?.parameterNames ?? [] }

  /// The draws of one parameter, an array for each chain that has it; without warm-up unless asked for.
  package func draws(of name: String, includingWarmup: Bool = false) -> [[Double]] {
    chains.compactMap { chain in
      includingWarmup ? chain[name] : chain.kept(name).map { Array($0) }
    }
  }

  /// The warm-up iterations planned for a chain, when known.
  package var plannedWarmup: Int? {
    start?.warmup ?? request?.warmup ?? chains.first?.settings["num_warmup"].flatMap { Int($0) }
  }

  /// The kept draws planned for a chain, when known; in a run with a rule, up to the next look at the draws.
  package var plannedDraws: Int? {
    if let request, request.until != nil {
      let known = lastCheck.map { ($0.nextDraws ?? $0.figures.draws) * max(request.thin, 1) }
      return max(request.leastDraws, known ?? min(request.draws, CheckSchedule.first))
    }
    return start?.draws ?? request?.draws
      ?? chains.first?.settings["num_samples"].flatMap { Int($0) }
  }

  /// Divergent transitions after warm-up, over all chains.
  package var divergences: Int { chains.reduce(0) { $0 + $1.divergences } }
}
