// A run in a folder: read by the watcher, told by commands, carried on by new workers.

import RunFolder

/// Starts the program that fits.
package enum FitProgram {
  /// The name of the program, which stands beside this one or on PATH.
  package static let name = "mglmm-fit"

  /// Starts a worker on what stands in a run folder; it outlives this process.
  package static func start(on folder: RunFolder) throws(RunError) -> LaunchedWorker {
    try WorkerLauncher.launch(
      program: WorkerLauncher.locate(name), arguments: ["work", folder.path],
      log: folder.logPath)
  }
}

/// A run folder, or draws of another program, as the dashboard sees it.
package final class FolderRunControl: RunControl {
  private var watcher: RunWatcher
  private let folder: RunFolder?
  /// The worker that this process started, while it has not been seen to end.
  private var worker: LaunchedWorker?
  /// How the worker that this process started has ended.
  package private(set) var workerExit: Int32?

  /// The run of a folder; `worker` is the worker that was just started on it, if one was.
  package init(folder: RunFolder, worker: LaunchedWorker? = nil) {
    watcher = RunWatcher(folder: folder)
    self.folder = folder
    self.worker = worker
  }

  /// Files or folders of draws that any program writes.
  package init(paths: [String]) throws(RunError) {
    watcher = try RunWatcher(paths: paths)
    let only = paths.count == 1 ? RunFolder(path: paths[0]) : nil
    folder = only?.isRun == true ? only : nil
  }

  package var snapshot: RunSnapshot {
    var snapshot = watcher.snapshot
    // A worker that ended before its first word would otherwise count as starting for a while.
    if let workerExit, snapshot.start == nil, snapshot.state == .waiting || snapshot.state == .lost
    {
      let last = snapshot.logTail.last { !$0.isEmpty }
      snapshot.state = .failed(
        message: last ?? "the worker ended with code \(workerExit) without saying why")
    }
    return snapshot
  }

  package func refresh() throws(RunError) -> Bool { try refresh(.all) }

  package func refresh(_ extent: ReadingExtent) throws(RunError) -> Bool {
    if let worker, let status = worker.exitStatus() {
      workerExit = status
      self.worker = nil
    }
    return try watcher.refresh(extent)
  }

  package func send(_ command: FitCommand) throws(RunError) {
    do throws(FileError) {
      try ownFolder().send(command)
    } catch { throw .file(error) }
  }

  package func resume() throws(RunError) {
    workerExit = nil
    worker = try FitProgram.start(on: ownFolder())
  }

  package func extend(to draws: Int) throws(RunError) {
    if snapshot.state.isLive { return try send(.extend(draws: draws)) }
    let folder = ownFolder()
    var request = try folder.request()
    request.extend(to: draws)
    do throws(FileError) { try folder.write(request) } catch { throw .file(error) }
    try resume()
  }

  /// Removes the folder of a run that came to nothing.
  package func discard() {
    guard let folder else { return }
    // What cannot be removed stays in the list of runs, where it can be seen.
    try? RunCatalog().remove(folder)
  }

  /// The key table offers nothing of this for draws of another program.
  private func ownFolder() -> RunFolder {
    guard let folder else { preconditionFailure("draws of another program take no commands") }
    return folder
  }
}
