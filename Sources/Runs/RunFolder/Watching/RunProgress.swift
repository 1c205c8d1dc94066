// What a stream of events says about a run: the state that a watcher and a list of runs share.

/// What a stream of events says about a run.
struct RunProgress: Sendable {
  private(set) var start: WorkerStart?
  private(set) var startTime: Double?
  private(set) var lastTime: Double?
  private(set) var endTime: Double?
  private var phase: FitPhase?
  private var ending: RunState?
  private var isPaused = false
  /// The latest iteration of each chain, warm-up included.
  private var iterations: [Int: Int] = [:]
  private var finishedChains: Set<Int> = []

  /// Takes in the next event.
  mutating func apply(_ stamped: StampedEvent) {
    lastTime = stamped.time
    switch stamped.event {
    case .started(let start):
      self.start = start
      startTime = startTime ?? stamped.time
      ending = nil
      endTime = nil
      phase = nil
      isPaused = false
      finishedChains = []
    case .phase(let phase): self.phase = phase
    case .paused: isPaused = true
    case .resumed: isPaused = false
    case .finished: end(.finished, stamped.time)
    case .stopped: end(.stopped, stamped.time)
    case .failed(let message, _): end(.failed(message: message), stamped.time)
    case .chain(let progress):
      iterations[progress.chain] = progress.iteration
      if progress.phase == .finished { finishedChains.insert(progress.chain) }
      if progress.phase == .warmup && phase == nil { phase = .warmup }
      if progress.phase == .sampling && (phase == nil || phase == .warmup) { phase = .sampling }
    case .optimizer: if phase == nil { phase = .optimizing }
    case .fitted, .warning, .note, .checkpoint, .check, .extended: break
    }
  }

  /// The share of all iterations that is done; nil while no chain has said anything.
  func share(of request: RunRequest?) -> Double? {
    guard !iterations.isEmpty, let request, request.method == .mcmc else { return nil }
    let each = (start?.warmup ?? request.plannedWarmup) + (start?.draws ?? request.draws)
    let chains = start?.chains ?? request.chains
    guard each > 0, chains > 0 else { return nil }
    let done = iterations.reduce(0) {
      $0 + (finishedChains.contains($1.key) ? each : min($1.value, each))
    }
    return min(1, Double(done) / Double(each * chains))
  }

  private mutating func end(_ state: RunState, _ time: Double) {
    ending = state
    endTime = time
  }

  /// The state, given whether a worker holds the lock; nil while there are no events.
  func state(isHeld: Bool) -> RunState? {
    if let ending { return ending }
    guard lastTime != nil else { return nil }
    if !isHeld { return .lost }
    if isPaused { return .paused }
    return switch phase {
    case nil: .waiting
    case .reading, .building: .reading
    case .optimizing: .optimizing
    case .warmup: .warmup
    case .sampling: .sampling
    case .residuals, .predictive, .loo, .saving: .summarizing
    }
  }
}

extension RunState {
  /// The state of a run with several workers: what is alive comes first, then what is worst.
  static func combined(_ states: [RunState]) -> RunState? {
    states.max { $0.weight < $1.weight }
  }

  private var weight: Int {
    switch self {
    case .foreign: 0
    case .finished: 1
    case .stopped: 2
    case .lost: 3
    case .failed: 4
    case .waiting: 5
    case .summarizing: 6
    case .paused: 7
    case .reading: 8
    case .optimizing: 9
    case .sampling: 10
    case .warmup: 11
    }
  }
}
