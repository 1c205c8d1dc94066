// The worker's life: takes the lock of a run folder, does what its request says, and tells how it ended.

import RunFolder

/// A process that works on one run folder.
package struct Worker: Sendable {
  private let folder: RunFolder

  /// A worker for a run.
  package init(folder: RunFolder) { self.folder = folder }

  /// Works until the run is finished, stopped or has failed, and returns the exit code of the process.
  ///
  /// `watch` sees every event too (a progress line of a terminal, say).
  package func run(watch: any FitEventSink = NullSink()) throws(FittingError) -> (
    exitCode: Int32, outcome: FitOutcome?
  ) {
    let lock: WorkerLock
    let events: FolderSink
    var request: RunRequest
    let commands: CommandBox
    do {
      lock = try WorkerLock(path: folder.lockPath())
      events = try FolderSink(folder)
      request = try folder.request()
      // Where the call cannot be read the job says so, as of any other request.
      request = (try? request.followingCall()) ?? request
      commands = CommandBox(try CommandReader(path: folder.commandsPath), of: folder)
    } catch {
      throw FittingError(error)
    }
    defer { withExtendedLifetime(lock) {} }
    let sink = SplitSink([events, watch])
    let begin = ContinuousClock().now
    let cpuBegin = cpuSeconds()
    StopSignal.install(ignoringHangup: true)
    sink.receive(
      .started(
        WorkerStart(
          version: programVersion, method: request.method, seed: request.seed,
          chains: request.chains, warmup: request.plannedWarmup, draws: request.draws)))
    let control = RunControl()
    do throws(FittingError) {
      try recordChecksum(&request)
      let job = FitJob(request, folder: folder, sink: sink, control: control) {
        commands.poll(control, sink)
      }
      let outcome = try job.run()
      sink.receive(
        control.isStopped
          ? .stopped
          : .finished(
            seconds: (ContinuousClock().now - begin).inSeconds,
            cpuSeconds: cpuSeconds() - cpuBegin))
      let isStrictFailure = request.isStrict && !outcome.warnings.isEmpty
      return (StopSignal.number == nil ? (isStrictFailure ? 1 : 0) : 130, outcome)
    } catch {
      sink.receive(.failed(message: error.message, exitCode: error.exitCode))
      return (error.exitCode, nil)
    }
  }

  /// Writes the checksum of the data into the request, or refuses data that have changed since.
  private func recordChecksum(_ request: inout RunRequest) throws(FittingError) {
    do {
      let sum = try SHA256.hexadecimal(ofFile: request.dataPath)
      if let known = request.dataSHA256, known != sum {
        throw FittingError(
          "\(request.dataPath): the file has changed since the run was made; start a new run",
          exitCode: 65)
      }
      if request.dataSHA256 == nil {
        request.dataSHA256 = sum
        try folder.write(request)
      }
    } catch {
      throw FittingError(error)
    }
  }
}
