// The runs of a place: listed with their state, found by what a user types, removed.

import Glibc

/// A run in a list.
package struct RunEntry: Sendable, Equatable {
  package var folder: RunFolder
  package var state: RunState
  /// The request, unless its file cannot be read.
  package var request: RunRequest?
  package var worker: WorkerIdentity?
  /// Seconds since 1970 when the run was made.
  package var created: Double
  /// The share of all iterations that is done, while chains run and say so.
  package var share: Double?
  /// Seconds since 1970 of the latest event.
  package var lastEvent: Double?

  /// The name by which users call the run.
  package var name: String { folder.name }
  /// The formulas on one line.
  package var model: String { request?.modelText ?? "?" }
}

/// The runs of a place.
package struct RunCatalog: Sendable {
  /// The folder of run folders.
  package let root: String

  package init(root: String = RunFolder.defaultRoot()) { self.root = root }

  /// The runs in the folder that a run lies in.
  package init(besides run: RunFolder) { root = FileSystem.parent(of: run.path) }

  /// The runs, newest first; a place that is not there has none.
  package func list() throws(FileError) -> [RunEntry] {
    guard FileSystem.isFolder(root) else { return [] }
    var entries: [RunEntry] = []
    for name in try FileSystem.list(root) {
      let folder = RunFolder(path: "\(root)/\(name)")
      if folder.isRun { entries.append(try entry(folder)) }
    }
    return entries.sorted { ($0.created, $0.name) > ($1.created, $1.name) }
  }

  /// The newest runs, at most so many, and how many older ones there are that were not looked into.
  ///
  /// A list of thousands takes as long as its newest part: of the others only the time is asked for.
  package func recent(_ limit: Int) throws(FileError) -> (entries: [RunEntry], others: Int) {
    guard FileSystem.isFolder(root) else { return ([], 0) }
    var found: [(folder: RunFolder, created: Double)] = []
    for name in try FileSystem.list(root) {
      let folder = RunFolder(path: "\(root)/\(name)")
      if let status = try FileSystem.status(folder.modelPath) {
        found.append((folder, FileStamp(status).time))
      }
    }
    found.sort { ($0.created, $0.folder.name) > ($1.created, $1.folder.name) }
    var entries: [RunEntry] = []
    for run in found.prefix(limit) { entries.append(try entry(run.folder)) }
    return (entries, max(0, found.count - limit))
  }

  /// What a list says of one run.
  package func entry(_ folder: RunFolder) throws(FileError) -> RunEntry {
    let created = try FileSystem.status(folder.modelPath).map { FileStamp($0).time } ?? 0
    var states: [RunState] = []
    var worker: WorkerIdentity?
    let request = try? folder.request()
    var shares: [Double] = []
    var lastEvent: Double?
    let chains = try FileSystem.list(folder.path).compactMap {
      RunFolder.number(in: $0, "events-", ".ndjson")
    }
    for chain in [nil] + chains.map(Optional.some) {
      let lock = try WorkerLock.state(folder.lockPath(chain: chain))
      if chain == nil && lock == .absent && !chains.isEmpty { continue }
      let progress = try lastEvents(folder.eventsPath(chain: chain))
      if let share = progress.share(of: request) { shares.append(share) }
      lastEvent = [lastEvent, progress.lastTime].compactMap { $0 }.max()
      let isFresh = wallClock() - created < 10
      states.append(
        progress.state(isHeld: lock.isHeld) ?? (lock.isHeld || isFresh ? .waiting : .lost))
      switch lock {
      case .held(let holder), .free(let holder): worker = holder ?? worker
      case .absent: break
      }
    }
    return RunEntry(
      folder: folder, state: RunState.combined(states) ?? .waiting,
      request: request, worker: worker, created: created,
      // Workers of single chains each count their own.
      share: shares.isEmpty ? nil : min(1, shares.reduce(0, +)), lastEvent: lastEvent)
  }

  /// What the end of a file of events says; a long run's beginning is not read.
  private func lastEvents(_ path: String) throws(FileError) -> RunProgress {
    var progress = RunProgress()
    guard let status = try FileSystem.status(path) else { return progress }
    let file = try FileDescriptor(opening: path, O_RDONLY, action: "read")
    let start = max(0, Int(status.st_size) - 65_536)
    var bytes = try file.read(at: start, count: Int(status.st_size) - start)
    guard let end = bytes.lastIndex(of: 0x0A) else { return progress }
    bytes.removeSubrange((end + 1)...)
    if start > 0, let first = bytes.firstIndex(of: 0x0A) { bytes.removeSubrange(...first) }
    bytes.forEachLine(from: 1) { line, _ in
      // Lines that are no events are the watcher's to report.
      if let event = try? StampedEvent(line: line) { progress.apply(event) }
    }
    return progress
  }

  /// The run that a user means: a path, a name, the number in the list (1 is the newest), or the beginning of a name.
  package func resolve(_ argument: String) throws(RunError) -> RunFolder {
    let asPath = RunFolder(path: argument)
    if argument.contains("/") || argument == "." || argument == ".." {
      if asPath.isRun { return asPath }
      throw .noSuchRun(argument: cleanText(argument), searched: [asPath.path])
    }
    let named = RunFolder(path: "\(root)/\(argument)")
    if !argument.isEmpty && named.isRun { return named }
    if asPath.isRun && !argument.isEmpty { return asPath }
    let entries = try asRunError { () throws(FileError) in try list() }
    if let number = Int(argument), entries.indices.contains(number - 1) {
      return entries[number - 1].folder
    }
    let matches = argument.isEmpty ? [] : entries.filter { $0.name.hasPrefix(argument) }
    if matches.count == 1 { return matches[0].folder }
    if matches.count > 1 {
      throw .ambiguous(argument: cleanText(argument), matches: matches.map(\.name))
    }
    throw .noSuchRun(argument: cleanText(argument), searched: [root])
  }

  /// Removes a run with all its files; throws `busy` while a worker is at it.
  package func remove(_ folder: RunFolder) throws(RunError) {
    guard folder.isRun else {
      throw .noSuchRun(argument: folder.name, searched: [folder.path])
    }
    let names = try asRunError { () throws(FileError) in try FileSystem.list(folder.path) }
    for name in names where name.hasPrefix("worker") && name.hasSuffix(".lock") {
      let state = try asRunError { () throws(FileError) in
        try WorkerLock.state("\(folder.path)/\(name)")
      }
      if case .held(let worker) = state {
        throw .busy(
          run: folder.name, worker: worker ?? WorkerIdentity(host: "?", processID: 0))
      }
    }
    try asRunError { () throws(FileError) in try FileSystem.remove(folder.path) }
  }
}
