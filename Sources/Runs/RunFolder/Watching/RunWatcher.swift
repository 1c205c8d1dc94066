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
  /// The reader whose turn it is.
  private var nextReader = 0
  private let smallFiles: [String]
  private var stamps: [String: FileStamp] = [:]
  private var log: LogTail?
  /// What is wrong with each file at the moment, by its path.
  private var faults: [String: [String]] = [:]
  /// The latest lines of each file of events that are no events.
  private var malformedEvents: [String: [String]] = [:]
  private static let mostMalformed = 20

  private enum Source: Sendable {
    case run(RunFolder)
    case foreign([String])
  }

  /// Watches a run folder.
  package init(folder: RunFolder) {
    source = .run(folder)
    snapshot = RunSnapshot(name: folder.name, path: folder.path, state: .waiting)
    snapshot.reading = .notBegun
    smallFiles = [
      folder.modelPath, folder.fitPath, folder.residualsPath, folder.looPath,
      folder.predictivePath, folder.checksPath, folder.priorsPath,
    ]
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
    snapshot.reading = .notBegun
    smallFiles = []
  }

  /// Reads what is new; true when the snapshot changed.
  ///
  /// Throws only when the folder itself cannot be read; a file in it that cannot be used is named in `snapshot.problems`.
  /// Where an extent has a deadline, reading stops soon after it, `snapshot.reading` says how far it has
  /// come, and the next call goes on. The state of the run is always looked at.
  package mutating func refresh(_ extent: ReadingExtent = .all) throws(RunError) -> Bool {
    let reading = snapshot.reading
    var isChanged = false
    var hasMore = false
    switch source {
    case .run(let folder):
      let names = try asRunError { () throws(FileError) in try FileSystem.list(folder.path) }
      if refreshWorkers(folder, names, extent) { isChanged = true }
      if refreshSmallFiles(folder, extent, hasMore: &hasMore) { isChanged = true }
      let chains = names.compactMap { RunFolder.number(in: $0, "chain-", ".csv") }.sorted()
      if refreshDraws(chains.map { (folder.chainPath($0), $0) }, extent) { isChanged = true }
      if log?.refresh(&snapshot.logTail) == true { isChanged = true }
      if updateState(folder) { isChanged = true }
    case .foreign(let paths):
      let files = try asRunError { () throws(FileError) in try Self.drawFiles(paths) }
      if refreshDraws(files.enumerated().map { ($1, $0 + 1) }, extent) { isChanged = true }
    }
    snapshot.reading = progress(hasMore, extent)
    if snapshot.reading != reading { isChanged = true }
    if updateProblems() { isChanged = true }
    if isChanged { snapshot.revision += 1 }
    return isChanged
  }

  /// How far reading has come; nil if it is at the end.
  private func progress(_ hasMore: Bool, _ extent: ReadingExtent) -> ReadingProgress? {
    let draws = extent.includesDraws ? readers : []
    let tails =
      workers.map { ($0.reader.isBehind, $0.reader.readBytes, $0.reader.totalBytes) }
      + draws.map { ($0.isBehind, $0.readBytes, $0.totalBytes) }
    guard hasMore || tails.contains(where: \.0) else { return nil }
    return ReadingProgress(
      readBytes: tails.reduce(0) { $0 + $1.1 }, totalBytes: tails.reduce(0) { $0 + $1.2 })
  }

  /// Gathers what is wrong with the files, each file's in one place; whether that is other than before.
  private mutating func updateProblems() -> Bool {
    let files =
      workers.map(\.eventsPath) + smallFiles + readers.map(\.path)
    let all = files.flatMap { faults[$0] ?? [] }
    guard all != snapshot.problems else { return false }
    snapshot.problems = all
    return true
  }

  private mutating func refreshWorkers(
    _ folder: RunFolder, _ names: [String], _ extent: ReadingExtent
  ) -> Bool {
    for chain in names.compactMap({ RunFolder.number(in: $0, "events-", ".ndjson") }).sorted()
    where !workers.contains(where: { $0.eventsPath == folder.eventsPath(chain: chain) }) {
      workers.append(WorkerWatch(folder, chain: chain))
    }
    var isChanged = false
    for index in workers.indices {
      let path = workers[index].eventsPath
      var malformed = malformedEvents[path] ?? []
      do throws(FileError) {
        if try workers[index].refresh(&snapshot, extent, malformed: &malformed) {
          isChanged = true
        }
        malformed = Array(malformed.suffix(Self.mostMalformed))
        malformedEvents[path] = malformed
        faults[path] = malformed
      } catch { faults[path] = [error.description] }
    }
    return isChanged
  }

  private mutating func refreshSmallFiles(
    _ folder: RunFolder, _ extent: ReadingExtent, hasMore: inout Bool
  ) -> Bool {
    var isChanged = false
    // One file at least in each reading, so that there is an end to it however little time there is.
    var hasTurn = !workers.contains { $0.reader.isBehind }
    func take<Value>(
      _ path: String, into place: WritableKeyPath<RunSnapshot, Value?>, as result: RunResult? = nil,
      _ body: () throws(RunError) -> Value?
    ) {
      // What says what the run is comes first and is small, and waits for nothing.
      let mayWait = result != nil
      if mayWait, !hasTurn, extent.isOver {
        hasMore = hasMore || isNew(path)
        return
      }
      if let value = read(path, body) {
        snapshot[keyPath: place] = value
        if let result { snapshot.resultTimes[result] = stamps[path]?.time }
        isChanged = true
        if mayWait { hasTurn = false }
      }
    }
    take(folder.modelPath, into: \.request) { () throws(RunError) in
      try folder.request()
    }
    take(folder.fitPath, into: \.fitReport, as: .fit) { () throws(RunError) in
      try folder.fitReport()
    }
    take(folder.residualsPath, into: \.residualReport, as: .residuals) { () throws(RunError) in
      try folder.residualReport()
    }
    take(folder.looPath, into: \.looReport, as: .loo) { () throws(RunError) in
      try folder.looReport()
    }
    take(folder.predictivePath, into: \.predictiveReport, as: .predictive) { () throws(RunError) in
      try folder.predictiveReport()
    }
    take(folder.checksPath, into: \.checkReport, as: .checks) { () throws(RunError) in
      try folder.checkReport()
    }
    take(folder.priorsPath, into: \.priorReport, as: .priors) { () throws(RunError) in
      try folder.priorReport()
    }
    return isChanged
  }

  /// Whether a small file is another than when it was last read.
  private func isNew(_ path: String) -> Bool {
    guard let status = try? FileSystem.status(path) else { return false }
    return FileStamp(status) != stamps[path]
  }

  /// The content of a small file when it is another than at the last refresh.
  private mutating func read<Value>(
    _ path: String, _ body: () throws(RunError) -> Value?
  ) -> Value? {
    do throws(RunError) {
      let stamp = try asRunError { () throws(FileError) in
        try FileSystem.status(path).map { FileStamp($0) }
      }
      guard let stamp, stamp != stamps[path] else {
        faults[path] = nil
        return nil
      }
      let value = try body()
      stamps[path] = stamp
      faults[path] = nil
      return value
    } catch {
      faults[path] = [error.description]
      return nil
    }
  }

  private mutating func refreshDraws(
    _ files: [(path: String, id: Int)], _ extent: ReadingExtent
  ) -> Bool {
    var isChanged = false
    // Files that are gone take their draws along; new ones come in their place in the order.
    for index in readers.indices.reversed()
    where !files.contains(where: { $0.path == readers[index].path }) {
      faults[readers[index].path] = nil
      readers.remove(at: index)
      snapshot.chains.remove(at: index)
      isChanged = true
    }
    for (index, file) in files.enumerated()
    where index >= readers.count || readers[index].path != file.path {
      var reader = DrawReader(path: file.path, id: file.id)
      // What cannot be looked at cannot be read either, and says so then.
      try? reader.look()
      readers.insert(reader, at: index)
      snapshot.chains.insert(ChainDraws(id: file.id), at: index)
    }
    guard extent.includesDraws else { return isChanged }
    // A block of each chain in turn, so that the chains grow side by side whenever the time is over.
    var turns = readers.indices.map { (nextReader + $0) % readers.count }[...]
    while let index = turns.popFirst() {
      do throws(RunError) {
        if try readers[index].refresh(&snapshot.chains[index], blocks: 1) { isChanged = true }
        faults[readers[index].path] = nil
      } catch { faults[readers[index].path] = [error.description] }
      if readers[index].isBehind { turns.append(index) }
      nextReader = index + 1
      if extent.isOver { break }
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
