// One chain at work: advanced in slices of time, its draws written and kept, its state checkpointed.

import Glibc
import RunFolder
import Sampling
import Synchronization

/// A chain with its draws; one thread advances it, others read it between two slices.
final class ChainTask: Sendable {
  /// The chain's number, from 1.
  let number: Int
  private let running: Mutex<Running>

  struct Running: Sendable {
    var chain: Chain<ModelDensity, ModelMetric>
    var reported: DrawReporter
    var values: [Double]
    var store: DrawStore
    var target: Int  // draws after warm-up
    var isTargetFinal = true
    var lastCheckpoint = ContinuousClock.now
    var effort: ChainEffort
  }

  // What is looked at many times a second stands beside the chain: whoever waited for its lock, held for a slice of
  // work, would spin.
  private let published: Atomic<Int>
  private let failure = Mutex<FileError?>(nil)

  private let writer: DrawWriter?
  private let folder: RunFolder?
  private let sink: any FitEventSink
  private let maximumDepth: Int
  private let thin: Int

  init(
    number: Int, chain: Chain<ModelDensity, ModelMetric>, reported: DrawReporter,
    store: DrawStore, effort: ChainEffort, request: RunRequest, writer: DrawWriter?,
    folder: RunFolder?,
    sink: any FitEventSink
  ) {
    self.number = number
    self.writer = writer
    self.folder = folder
    self.sink = sink
    maximumDepth = request.maxTreeDepth
    thin = max(request.thin, 1)
    published = Atomic(store.count)
    running = Mutex(
      Running(
        chain: chain, reported: reported,
        values: Array(repeating: 0, count: reported.names.count), store: store,
        target: request.draws, effort: effort))
  }

  /// Reads the chain between two slices.
  func read<Result: Sendable>(_ body: (borrowing Running) -> Result) -> Result {
    running.withLock { body($0) }
  }

  /// The draws after warm-up at the end of the last slice.
  var drawCount: Int { published.load(ordering: .relaxed) }

  /// Why the last write failed, if it did.
  var writeFailure: FileError? { failure.withLock { $0 } }

  /// Sets the number of draws that the chain is to make after warm-up; `isFinal` says that it has then finished.
  func setTarget(_ draws: Int, isFinal: Bool) {
    running.withLock { ($0.target, $0.isTargetFinal) = (draws, isFinal) }
  }

  /// Says that the chain has finished, where its last target was not known to be final.
  func conclude() {
    running.withLock { running in
      if !running.isTargetFinal { report(.finished, running) }
      running.isTargetFinal = true
    }
  }

  /// Advances for about `seconds`; returns true when the chain has all its draws.
  func advance(seconds: Double) -> Bool {
    running.withLock { running in
      let clock = ContinuousClock()
      let begin = clock.now
      let warmup = running.chain.state.settings.warmup.iterations
      if running.chain.iteration == 0 && running.effort.gradientCount == 0 {
        report(.warmup, running)
      }
      var isDone = running.chain.iteration >= warmup + running.target
      let wasWarmingUp = running.chain.isWarmingUp
      while !isDone {
        step(&running)
        isDone = running.chain.iteration >= warmup + running.target
        if wasWarmingUp != running.chain.isWarmingUp { break }
        if (clock.now - begin).inSeconds > seconds { break }
      }
      let spent = (clock.now - begin).inSeconds
      running.effort.add(seconds: spent, inWarmup: wasWarmingUp)
      if wasWarmingUp && !running.chain.isWarmingUp { report(.sampling, running) }
      flush()
      published.store(running.store.count, ordering: .relaxed)
      if isDone && running.isTargetFinal { report(.finished, running) }
      return isDone
    }
  }

  private func step(_ running: inout Running) {
    let isWarmup = running.chain.isWarmingUp
    let info = running.chain.advance()
    running.effort.gradientCount += info.leapfrogCount
    let iteration = running.chain.iteration
    guard iteration % thin == 0 else { return }
    running.chain.withPosition {
      running.reported.write(
        $0, chain: number, iteration: iteration, into: &running.values)
    }
    writer?.append(
      DrawStatistics(
        logDensity: info.logDensity, acceptance: info.acceptStatistic, stepSize: info.stepSize,
        treeDepth: info.treeDepth, leapfrogSteps: info.leapfrogCount, isDivergent: info.divergent,
        energy: info.energy), running.values)
    if !isWarmup { running.store.append(running.values, info, maximumDepth: maximumDepth) }
  }

  private func report(_ phase: ChainPhase, _ running: Running) {
    sink.receive(
      .chain(
        ChainProgress(
          chain: number, phase: phase, iteration: running.chain.iteration,
          stepSize: running.chain.stepSize)))
  }

  /// Writes what waits; a failure is kept and tried again at the next slice, with nothing lost.
  private func flush() {
    do {
      try writer?.flush()
      failure.withLock { $0 = nil }
    } catch {
      noteWriteFailure(error)
    }
  }

  /// Whether the chain has all its draws, and is known to need no more.
  var hasFinished: Bool {
    running.withLock {
      $0.isTargetFinal
        && $0.chain.iteration >= $0.chain.state.settings.warmup.iterations + $0.target
    }
  }

  /// Whether the chain's last checkpoint is older than `seconds`.
  func isCheckpointDue(after seconds: Double) -> Bool {
    running.withLock { (ContinuousClock.now - $0.lastCheckpoint).inSeconds > seconds }
  }

  /// Makes draws and state survive a crash: the file first, then the state that says how much of it counts.
  func checkpoint() throws(FileError) {
    guard let writer, let folder else { return }
    let (state, effort) = running.withLock { running in
      running.lastCheckpoint = .now
      return (running.chain.state, running.effort)
    }
    try writer.synchronize()
    try folder.replace(folder.checkpointPath(number), with: state.bytes + effort.bytes)
    sink.receive(.checkpoint(chain: number, draws: state.iteration / thin))
  }

  /// Keeps a failure of writing until a later write succeeds.
  func noteWriteFailure(_ error: FileError) { failure.withLock { $0 = error } }

  /// Ends the chain's file.
  func finishFile() throws(FileError) {
    let effort = running.withLock { $0.effort }
    try writer?.finish(
      warmupSeconds: effort.warmupSeconds, samplingSeconds: effort.samplingSeconds)
  }
}
