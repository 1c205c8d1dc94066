// All chains of a run on their threads, watched by the thread that started them.

import Glibc
import RunFolder
import Sampling
import Synchronization

/// The chains of a run.
///
/// Each thread advances its chains in turn, so that all grow together and can be compared live.
package struct SamplerRun: Sendable {
  /// The names of the columns of `stores`.
  package let names: [String]
  /// The parameters that draws report.
  package let reported: DrawReporter

  let tasks: [ChainTask]
  /// The looks at the draws, where the request has a rule.
  let stopping: StoppingWatch?
  private let request: RunRequest
  private let folder: RunFolder?
  private let control: RunControl

  /// How long a thread works on one chain before it turns to the next.
  private static let slice = 0.02
  /// How often the state of a chain is made safe.
  private static let checkpointInterval = CheckpointInterval.seconds

  /// Prepares the chains of `plan`: new ones, or those that the checkpoints of `folder` hold.
  package init(
    _ plan: PosteriorPlan, request: RunRequest, folder: RunFolder?, sink: any FitEventSink,
    control: RunControl
  ) throws(FittingError) {
    let reported = plan.reporter
    self.reported = reported
    names = reported.names
    self.request = request
    self.folder = folder
    self.control = control
    do {
      stopping = try request.stoppingRule().map {
        StoppingWatch($0, request: request, control: control, sink: sink)
      }
    } catch {
      throw FittingError(error)
    }
    var tasks: [ChainTask] = []
    for number in 1...max(request.chains, 1) {
      tasks.append(
        try Self.task(number, plan, reported, request: request, folder: folder, sink: sink))
    }
    self.tasks = tasks
  }

  private static func task(
    _ number: Int, _ plan: PosteriorPlan, _ reported: DrawReporter, request: RunRequest,
    folder: RunFolder?, sink: any FitEventSink
  ) throws(FittingError) -> ChainTask {
    func make(
      _ chain: Chain<ModelDensity, ModelMetric>, _ store: DrawStore, _ writer: DrawWriter?,
      _ effort: ChainEffort = ChainEffort()
    ) -> ChainTask {
      ChainTask(
        number: number, chain: chain, reported: reported, store: store, effort: effort,
        request: request, writer: writer, folder: folder, sink: sink)
    }
    let empty = DrawStore(parameterCount: reported.names.count)
    guard let folder else { return make(try plan.makeChain(number), empty, nil) }
    let header = DrawHeader(
      chain: number, names: reported.names, model: "mglmm", seed: request.seed,
      warmup: request.warmup, draws: request.draws, thin: request.thin,
      targetAcceptance: request.targetAcceptance, maxTreeDepth: request.maxTreeDepth,
      dataPath: folder.dataPath)
    do {
      if let (state, effort) = try ChainCheckpoint.read(number, in: folder) {
        let chain = try plan.resumeChain(state)
        let writer = try DrawWriter(
          resuming: folder.chainPath(number), header: header,
          draws: state.iteration / max(request.thin, 1))
        var reader = DrawReader(path: folder.chainPath(number), id: number)
        var draws = ChainDraws(id: number)
        _ = try reader.refresh(&draws)
        let store = DrawStore(
          draws, names: reported.names, maximumDepth: request.maxTreeDepth)
        return make(chain, store ?? empty, writer, effort)
      }
      return make(
        try plan.makeChain(number), empty,
        try DrawWriter(beginning: folder.chainPath(number), header: header))
    } catch {
      throw FittingError(error)
    }
  }

  /// Runs until every chain has its draws or `control` says stop; `idle` is called about 30 times a second on the caller's
  /// thread.
  package func run(idle: (SamplerRun) throws(FittingError) -> Void) throws(FittingError) {
    var isEnough = false
    while !isEnough && !control.isStopped {
      let target = stopping?.target(from: greatestDrawCount) ?? wantedIterations
      for task in tasks { task.setTarget(target, isFinal: stopping == nil) }
      try runThreads(idle)
      if control.isStopped { break }
      isEnough = stopping?.isOver ?? (wantedIterations == target)
    }
    if !control.isStopped {
      do {
        for task in tasks {
          task.conclude()
          if stopping != nil { task.tryCheckpoint() }
          try task.finishFile()
        }
      } catch {
        throw FittingError(error)
      }
    }
  }

  private func runThreads(_ idle: (SamplerRun) throws(FittingError) -> Void) throws(FittingError) {
    let count = threadCount
    let live = LiveCount(count)
    let gate = LookGate(count)
    var threads: [DedicatedThread] = []
    for index in 0..<count {
      let own = tasks.enumerated().filter { $0.offset % count == index }.map(\.element)
      let control = control
      threads.append(
        try DedicatedThread {
          repeat {
            Self.work(own, control)
          } while !gate.isOver(control) { stopping?.look(at: self) ?? true }
          live.leave()
        })
    }
    var failure: FittingError?
    while live.isAny {
      do throws(FittingError) { try idle(self) } catch {
        failure = error
        control.apply(.stop)
        break
      }
      usleep(live.isAny ? 5_000 : 0)
    }
    for thread in threads { thread.join() }
    if let failure { throw failure }
  }

  /// Advances chains in turn until they are done or the run is stopped.
  private static func work(_ tasks: [ChainTask], _ control: RunControl) {
    var active = tasks
    while !active.isEmpty && !control.isStopped {
      if control.isPaused {
        usleep(50_000)
        continue
      }
      active = active.filter { task in
        guard task.advance(seconds: Self.slice) else { return true }
        // Between two looks at the draws a checkpoint is made only when it is time.
        if task.hasFinished { task.tryCheckpoint() }
        return false
      }
      for task in active where task.isCheckpointDue(after: Self.checkpointInterval) {
        task.tryCheckpoint()
      }
    }
    for task in active { task.tryCheckpoint() }
  }

  /// The threads that run chains.
  var threadCount: Int { max(1, min(request.threads, tasks.count)) }

  /// Iterations after warm-up that were asked for, or the most that there may be where there is a rule.
  private var wantedIterations: Int { max(request.draws, request.leastDraws, control.wantedDraws) }

  /// Whether every chain has all draws that it may have.
  var isComplete: Bool { drawCount >= wantedIterations / max(request.thin, 1) }

  /// The most draws that a chain has after warm-up.
  private var greatestDrawCount: Int { tasks.map(\.drawCount).max() ?? 0 }

  /// The fewest draws that a chain has after warm-up.
  package var drawCount: Int { tasks.map(\.drawCount).min() ?? 0 }

  /// Why draws cannot be written at the moment, if they cannot.
  package var writeFailure: FileError? {
    tasks.lazy.compactMap(\.writeFailure).first
  }

  /// The draws of all chains so far.
  package var stores: [DrawStore] { tasks.map { $0.read { $0.store } } }
}

/// How many threads are still at work.
private final class LiveCount: Sendable {
  private let count: Atomic<Int>
  init(_ count: Int) { self.count = Atomic(count) }
  func leave() { count.wrappingSubtract(1, ordering: .releasing) }
  var isAny: Bool { count.load(ordering: .acquiring) > 0 }
}

extension ChainTask {
  /// A checkpoint; where it fails the one before stays valid, and the failure shows as a write failure of the draws.
  fileprivate func tryCheckpoint() {
    do { try checkpoint() } catch { noteWriteFailure(error) }
  }
}
