// Watches a run folder, or Stan CSV files of any program, reading only what is new.

import Glibc

/// Watches a run folder, or Stan CSV files of any program.
///
/// `refresh` reads only what is new and changes `snapshot` in place. Whoever keeps a copy of the snapshot across a refresh pays
/// for a copy of the draws; so show it from here, and do not store it.
package struct RunWatcher: Sendable {
  /// All that is known of the run.
  package private(set) var snapshot: RunSnapshot
  private let source: Source
  private var workers: [WorkerWatch] = []
  private var readers: [DrawReader] = []
  private var stamps: [String: FileStamp] = [:]
  private var log: LogTail?

  private enum Source: Sendable {
    case run(RunFolder)
    case foreign([String])
  }

  /// Watches a run folder.
  package init(folder: RunFolder) {
    source = .run(folder)
    snapshot = RunSnapshot(name: folder.name, path: folder.path, state: .waiting)
    workers = [WorkerWatch(folder, chain: nil)]
    log = LogTail(path: folder.logPath)
  }

  /// Watches what is at `paths`: one run folder, or Stan CSV files and folders of them.
  package init(paths: [String]) throws(RunError) {
    precondition(!paths.isEmpty, "nothing to watch")
    let absolute = paths.map { RunFolder(path: $0).path }
    for path in absolute where !FileSystem.exists(path) {
      throw .file(FileError("read", path, code: ENOENT))
    }
    if absolute.count == 1, RunFolder(path: absolute[0]).isRun {
      self.init(folder: RunFolder(path: absolute[0]))
      return
    }
    self.init(foreign: absolute)
  }

  private init(foreign paths: [String]) {
    source = .foreign(paths)
    snapshot = RunSnapshot(
      name: cleanText(FileSystem.name(of: paths[0])), path: paths[0], state: .foreign)
  }

  /// Reads what is new; true when the snapshot changed.
  ///
  /// Throws only when the folder itself cannot be read; a file in it that cannot be used is named in `snapshot.problems`.
  package mutating func refresh() throws(RunError) -> Bool {
    let problems = snapshot.problems
    snapshot.problems = []
    var isChanged = false
    switch source {
    case .run(let folder):
      let names = try asRunError { () throws(FileError) in try FileSystem.list(folder.path) }
      if refreshWorkers(folder, names) { isChanged = true }
      if refreshSmallFiles(folder) { isChanged = true }
      let chains = names.compactMap { RunFolder.number(in: $0, "chain-", ".csv") }.sorted()
      if refreshDraws(chains.map { (folder.chainPath($0), $0) }) { isChanged = true }
      if log?.refresh(&snapshot.logTail) == true { isChanged = true }
      if updateState(folder) { isChanged = true }
    case .foreign(let paths):
      let files = try asRunError { () throws(FileError) in try Self.drawFiles(paths) }
      if refreshDraws(files.enumerated().map { ($1, $0 + 1) }) { isChanged = true }
    }
    if snapshot.problems != problems { isChanged = true }
    if isChanged { snapshot.revision += 1 }
    return isChanged
  }

  private mutating func refreshWorkers(_ folder: RunFolder, _ names: [String]) -> Bool {
    for chain in names.compactMap({ RunFolder.number(in: $0, "events-", ".ndjson") }).sorted()
    where !workers.contains(where: { $0.eventsPath == folder.eventsPath(chain: chain) }) {
      workers.append(WorkerWatch(folder, chain: chain))
    }
    var isChanged = false
    for index in workers.indices {
      do throws(FileError) {
        if try workers[index].refresh(&snapshot) { isChanged = true }
      } catch { snapshot.problems.append(error.description) }
    }
    return isChanged
  }

  private mutating func refreshSmallFiles(_ folder: RunFolder) -> Bool {
    let request = read(folder.modelPath) { () throws(RunError) in try folder.request() }
    if let request { snapshot.request = request }
    let fit = read(folder.fitPath) { () throws(RunError) in try folder.fitReport() }
    if let fit {
      snapshot.fitReport = fit
      snapshot.resultTimes[.fit] = stamps[folder.fitPath]?.time
    }
    let residuals = read(folder.residualsPath) { () throws(RunError) in
      try folder.residualReport()
    }
    if let residuals {
      snapshot.residualReport = residuals
      snapshot.resultTimes[.residuals] = stamps[folder.residualsPath]?.time
    }
    let loo = read(folder.looPath) { () throws(RunError) in try folder.looReport() }
    if let loo {
      snapshot.looReport = loo
      snapshot.resultTimes[.loo] = stamps[folder.looPath]?.time
    }
    let predictive = read(folder.predictivePath) { () throws(RunError) in
      try folder.predictiveReport()
    }
    if let predictive {
      snapshot.predictiveReport = predictive
      snapshot.resultTimes[.predictive] = stamps[folder.predictivePath]?.time
    }
    let checks = read(folder.checksPath) { () throws(RunError) in try folder.checkReport() }
    if let checks {
      snapshot.checkReport = checks
      snapshot.resultTimes[.checks] = stamps[folder.checksPath]?.time
    }
    let priors = read(folder.priorsPath) { () throws(RunError) in try folder.priorReport() }
    if let priors {
      snapshot.priorReport = priors
      snapshot.resultTimes[.priors] = stamps[folder.priorsPath]?.time
    }
    return request != nil || fit != nil || residuals != nil || loo != nil || predictive != nil
      || checks != nil || priors != nil
  }

  /// The content of a small file when it is another than at the last refresh.
  private mutating func read<Value>(
    _ path: String, _ body: () throws(RunError) -> Value?
  ) -> Value? {
    do throws(RunError) {
      let stamp = try asRunError { () throws(FileError) in
        try FileSystem.status(path).map { FileStamp($0) }
      }
      guard let stamp, stamp != stamps[path] else { return nil }
      let value = try body()
      stamps[path] = stamp
      return value
    } catch {
      snapshot.problems.append(error.description)
      return nil
    }
  }

  private mutating func refreshDraws(_ files: [(path: String, id: Int)]) -> Bool {
    var isChanged = false
    // Files that are gone take their draws along; new ones come in their place in the order.
    for index in readers.indices.reversed()
    where !files.contains(where: { $0.path == readers[index].path }) {
      readers.remove(at: index)
      snapshot.chains.remove(at: index)
      isChanged = true
    }
    for (index, file) in files.enumerated()
    where index >= readers.count || readers[index].path != file.path {
      readers.insert(DrawReader(path: file.path, id: file.id), at: index)
      snapshot.chains.insert(ChainDraws(id: file.id), at: index)
    }
    for index in readers.indices {
      do throws(RunError) {
        if try readers[index].refresh(&snapshot.chains[index]) { isChanged = true }
      } catch { snapshot.problems.append(error.description) }
    }
    return isChanged
  }

  private mutating func updateState(_ folder: RunFolder) -> Bool {
    let age = stamps[folder.modelPath].map { wallClock() - $0.time } ?? 0
    // A worker that was just started takes a moment to take its lock.
    let states = workers.map { $0.state(isFresh: age < Self.patience) }
    // Where chains run apart there is no worker of the whole run.
    let isApart = workers.count > 1 && workers[0].lock == .absent
    let state = RunState.combined(isApart ? Array(states.dropFirst()) : states) ?? .waiting
    let progress = workers.map(\.progress)
    snapshot.startTime = progress.compactMap(\.startTime).min()
    snapshot.lastEventTime = progress.compactMap(\.lastTime).max()
    snapshot.endTime = state.isLive ? nil : progress.compactMap(\.endTime).max()
    defer { snapshot.state = state }
    return state != snapshot.state
  }

  /// Seconds in which a run without a worker counts as one whose worker is about to begin.
  private static let patience = 10.0

  /// The CSV files at `paths`: files as they are, folders as the CSV files in them.
  private static func drawFiles(_ paths: [String]) throws(FileError) -> [String] {
    var files: [String] = []
    for path in paths {
      if FileSystem.isFolder(path) {
        files += try FileSystem.list(path).filter { $0.hasSuffix(".csv") }.map { "\(path)/\($0)" }
      } else {
        files.append(path)
      }
    }
    return files
  }
}

/// What tells one state of a small file from another.
struct FileStamp: Sendable, Equatable {
  var inode: UInt
  var size: Int
  /// Seconds since 1970 of the last change.
  var time: Double

  init(_ status: stat) {
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    time = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) * 1e-9
  }
}

/// Keeps the last lines of a log.
struct LogTail: Sendable {
  private var tail: LineTail
  static let lineLimit = 200

  init(path: String) { tail = LineTail(path: path) }

  /// Adds new lines to `lines`, dropping the oldest; true when anything changed.
  mutating func refresh(_ lines: inout [String]) -> Bool {
    var isChanged = false
    // A log that cannot be read is no reason to show less of the run.
    while let block = try? tail.next() {
      if block.isRestart { lines = [] }
      block.bytes.forEachLine(from: block.firstLine) { line, _ in
        lines.append(cleanText(String(decoding: line, as: UTF8.self)))
      }
      if lines.count > Self.lineLimit { lines.removeFirst(lines.count - Self.lineLimit) }
      isChanged = true
    }
    return isChanged
  }
}
