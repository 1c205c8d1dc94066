// What a worker says while it works: the lines of events.ndjson.

/// A stretch of a worker's life.
package enum FitPhase: String, Sendable, CaseIterable {
  case reading, building, optimizing, warmup, sampling, residuals, predictive, loo, saving
}

/// One step of the outer optimizer.
package struct OptimizerStep: Sendable, Equatable {
  /// Counts from 0, the start.
  package var iteration: Int
  /// The (approximate, penalised) log-likelihood.
  package var logLikelihood: Double
  /// The largest absolute element of the gradient.
  package var gradientMax: Double
  /// The length of the step that led here.
  package var stepLength: Double
  /// Evaluations of the objective so far.
  package var evaluations: Int

  package init(
    iteration: Int, logLikelihood: Double, gradientMax: Double, stepLength: Double, evaluations: Int
  ) {
    self.iteration = iteration
    self.logLikelihood = logLikelihood
    self.gradientMax = gradientMax
    self.stepLength = stepLength
    self.evaluations = evaluations
  }
}

/// Where a chain is in its life.
package enum ChainPhase: String, Sendable, CaseIterable {
  case waiting, warmup, sampling, finished
}

/// How far one chain has come.
package struct ChainProgress: Sendable, Equatable {
  /// Counts from 1.
  package var chain: Int
  package var phase: ChainPhase
  /// Iterations done, warm-up included.
  package var iteration: Int
  package var stepSize: Double

  package init(chain: Int, phase: ChainPhase, iteration: Int, stepSize: Double) {
    self.chain = chain
    self.phase = phase
    self.iteration = iteration
    self.stepSize = stepSize
  }
}

/// Something the user should know about a fit, and what to do about it.
package struct FitWarning: Sendable, Equatable {
  /// A short fixed name: `singular-fit`.
  package var code: String
  /// What was found and what it means.
  package var message: String
  /// What to do.
  package var advice: String

  package init(code: String, message: String, advice: String) {
    self.code = code
    self.message = message
    self.advice = advice
  }
}

/// How a worker begins.
package struct WorkerStart: Sendable, Equatable {
  /// The version of the program.
  package var version: String
  package var worker: WorkerIdentity
  package var method: FitMethod
  package var seed: UInt64
  package var chains: Int
  /// Warm-up iterations of a chain.
  package var warmup: Int
  /// Kept iterations of a chain.
  package var draws: Int

  package init(
    version: String, worker: WorkerIdentity = .current, method: FitMethod, seed: UInt64,
    chains: Int, warmup: Int, draws: Int
  ) {
    self.version = version
    self.worker = worker
    self.method = method
    self.seed = seed
    self.chains = chains
    self.warmup = warmup
    self.draws = draws
  }
}

/// What a worker says: one line of `events.ndjson`.
package enum FitEvent: Sendable, Equatable {
  /// A worker has begun, or begun again after an interruption.
  case started(WorkerStart)
  /// A stretch of work begins.
  case phase(FitPhase)
  case optimizer(OptimizerStep)
  /// The optimizer has ended and `fit.json` is there.
  case fitted(logLikelihood: Double, seconds: Double)
  case chain(ChainProgress)
  case warning(FitWarning)
  /// Something worth a line in the log.
  case note(String)
  /// The state of a chain after so many written draws (warm-up included) is on disk.
  case checkpoint(chain: Int, draws: Int)
  /// The draws were looked at: whether the rule of the run holds, and what is next.
  case check(StoppingCheck)
  case paused
  case resumed
  /// The number of kept draws of each chain was raised to this.
  case extended(draws: Int)
  case finished(seconds: Double, cpuSeconds: Double)
  /// The user stopped the fit; it can be resumed.
  case stopped
  case failed(message: String, exitCode: Int32)
}

/// An event and when it happened.
package struct StampedEvent: Sendable, Equatable {
  /// Seconds since 1970.
  package var time: Double
  package var event: FitEvent

  package init(time: Double, event: FitEvent) {
    self.time = time
    self.event = event
  }
}
