// A run on disk: where its files are, how it is made, and its small files whole.

import Glibc

/// A run on disk.
package struct RunFolder: Sendable, Equatable {
  /// The folder, from the root.
  package let path: String

  /// The folder at `path`, which need not be a run.
  package init(path: String) {
    var path = FileSystem.absolute(path)
    while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// The name by which users call the run: the folder's.
  package var name: String { cleanText(FileSystem.name(of: path)) }

  /// The request, `model.toml`: a folder is a run when it has one.
  package var modelPath: String { file("model.toml") }
  /// The rows and columns that the model uses.
  package var dataPath: String { file("data.csv") }
  /// The result of the optimizer.
  package var fitPath: String { file("fit.json") }
  package var residualsPath: String { file("residuals.json") }
  package var predictivePath: String { file("predictive.json") }
  package var looPath: String { file("loo.json") }
  /// The verdicts of all checks.
  package var checksPath: String { file("checks.json") }
  /// What the priors say of each parameter.
  package var priorsPath: String { file("priors.json") }
  /// How far results depend on the prior, on single groups and on approximations.
  package var sensitivityPath: String { file("sensitivity.json") }
  /// What users ask of the worker.
  package var commandsPath: String { file("commands.ndjson") }
  package var logPath: String { file("log.txt") }

  /// The events of the worker, or of the one that runs `chain` alone.
  package func eventsPath(chain: Int? = nil) -> String {
    file(chain.map { "events-\($0).ndjson" } ?? "events.ndjson")
  }
  /// The lock of the worker, or of the one that runs `chain` alone.
  package func lockPath(chain: Int? = nil) -> String {
    file(chain.map { "worker-\($0).lock" } ?? "worker.lock")
  }
  /// The draws of a chain, counted from 1.
  package func chainPath(_ chain: Int) -> String { file("chain-\(chain).csv") }
  /// The sampler's state of a chain, counted from 1.
  package func checkpointPath(_ chain: Int) -> String { file("checkpoint-\(chain)") }

  private func file(_ name: String) -> String { "\(path)/\(name)" }

  /// True when the folder holds a run.
  package var isRun: Bool { FileSystem.exists(modelPath) }

  /// The place for runs: `$MGLMM_RUNS`, else `$XDG_STATE_HOME/mglmm-tui/runs`, else `~/.local/state/mglmm-tui/runs`.
  package static func defaultRoot(
    environment: (String) -> String? = { name in getenv(name).map { String(cString: $0) } }
  ) -> String {
    func set(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    if let runs = set("MGLMM_RUNS") { return FileSystem.absolute(runs) }
    // The XDG specification says that relative paths are to be ignored.
    if let state = set("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/mglmm-tui/runs" }
    return "\(set("HOME") ?? "/tmp")/.local/state/mglmm-tui/runs"
  }

  /// Makes the folder of a new run in `root`, named after the data and the day: `edu-2026-11-23-1`; mode 0700.
  package static func create(
    for request: RunRequest, in root: String = defaultRoot(), time: Double = wallClock()
  ) throws(FileError) -> RunFolder {
    try FileSystem.makeFolders(root)
    let stem = "\(dataStem(request.dataPath))-\(day(time))"
    var number = 1
    while true {
      let path = "\(root)/\(stem)-\(number)"
      if mkdir(path, 0o700) == 0 {
        let folder = RunFolder(path: path)
        try folder.write(request.withAbsoluteData)
        return folder
      }
      guard errno == EEXIST else { throw FileError("create the folder", path) }
      number += 1
    }
  }

  /// Makes a new run in a folder that the user names (`--run DIR`); one that holds a run already is an error.
  package static func create(
    for request: RunRequest, at path: String
  ) throws(FileError) -> RunFolder {
    let folder = RunFolder(path: path)
    if folder.isRun { throw FileError("create a run in", folder.path, code: EEXIST) }
    try FileSystem.makeFolders(folder.path)
    try folder.write(request.withAbsoluteData)
    return folder
  }

  /// The data file's name without its endings, in letters that need no quotes in a shell.
  private static func dataStem(_ path: String) -> String {
    let name = FileSystem.name(of: path).prefix { $0 != "." }
    // Without a hyphen at the start, where a command line would take the name for an option.
    let parts = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_")) }
    let stem = String(parts.joined(separator: "-").prefix(40))
    return stem.isEmpty ? "run" : stem
  }

  private static func day(_ time: Double) -> String {
    var seconds = time_t(time)
    var parts = tm()
    localtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }

  /// Writes the request, replacing one that is there.
  package func write(_ request: RunRequest) throws(FileError) {
    try FileSystem.replace(modelPath, with: Array(request.tomlText.utf8))
  }

  /// Writes `fit.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: FitReport) throws(FileError) {
    try FileSystem.replace(fitPath, with: Array(report.json.prettyText.utf8))
  }

  /// Writes `residuals.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: ResidualReport) throws(FileError) {
    try FileSystem.replace(residualsPath, with: Array(report.json.prettyText.utf8))
  }

  /// Writes `loo.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: LooReport) throws(FileError) {
    try FileSystem.replace(looPath, with: Array(report.json.prettyText.utf8))
  }

  /// Writes `predictive.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: PredictiveReport) throws(FileError) {
    try FileSystem.replace(predictivePath, with: Array(report.json.prettyText.utf8))
  }

  /// Writes `checks.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: CheckReport) throws(FileError) {
    try FileSystem.replace(checksPath, with: Array(report.json.prettyText.utf8))
  }

  /// Writes `priors.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: PriorReport) throws(FileError) {
    try FileSystem.replace(priorsPath, with: Array(report.json.prettyText.utf8))
  }

  /// Writes `sensitivity.json`, replacing one that is there; readers see the old or the new.
  package func write(_ report: SensitivityReport) throws(FileError) {
    try FileSystem.replace(sensitivityPath, with: Array(report.json.prettyText.utf8))
  }

  /// Replaces a file of the run as a whole, made durable before it appears: data.csv, checkpoints, other results.
  package func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    try FileSystem.replace(path, with: bytes)
  }

  /// The state of a chain at its latest checkpoint, if there is one.
  package func checkpoint(_ chain: Int) throws(FileError) -> [UInt8]? {
    guard FileSystem.exists(checkpointPath(chain)) else { return nil }
    return try FileSystem.read(checkpointPath(chain))
  }

  /// The request of the run.
  package func request() throws(RunError) -> RunRequest {
    try RunRequest(readingTOML: modelPath)
  }

  /// The result of the optimizer, if it is there.
  package func fitReport() throws(RunError) -> FitReport? { try result(fitPath) }

  /// The residuals, if they are there.
  package func residualReport() throws(RunError) -> ResidualReport? { try result(residualsPath) }

  /// How well the model predicts, if it has been worked out.
  package func looReport() throws(RunError) -> LooReport? { try result(looPath) }

  /// Data beside simulated data, if that is there.
  package func predictiveReport() throws(RunError) -> PredictiveReport? {
    try result(predictivePath)
  }

  /// The verdicts of all checks, if they are there.
  package func checkReport() throws(RunError) -> CheckReport? { try result(checksPath) }

  /// The priors by parameter, if they are there.
  package func priorReport() throws(RunError) -> PriorReport? { try result(priorsPath) }

  /// Sensitivity and structure, if they have been worked out.
  package func sensitivityReport() throws(RunError) -> SensitivityReport? {
    try result(sensitivityPath)
  }

  private func result<Report: JSONConvertible>(_ path: String) throws(RunError) -> Report? {
    guard FileSystem.exists(path) else { return nil }
    let bytes = try asRunError { () throws(FileError) in try FileSystem.read(path) }
    do throws(JSONError) {
      return try Report(json: JSONValue(parsing: bytes))
    } catch { throw error.asRunError(path: path) }
  }

  /// The numbers of the chains that have a file of draws, in order.
  package func chainNumbers() throws(FileError) -> [Int] {
    try FileSystem.list(path).compactMap { Self.number(in: $0, "chain-", ".csv") }.sorted()
  }

  /// The number between `prefix` and `suffix` in a file's name.
  static func number(in name: String, _ prefix: String, _ suffix: String) -> Int? {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix),
      name.utf8.count > prefix.utf8.count + suffix.utf8.count
    else { return nil }
    let digits = name.dropFirst(prefix.count).dropLast(suffix.count)
    guard let number = Int(digits), number > 0 else { return nil }
    return number
  }
}

extension RunRequest {
  /// The request with the path of its data made absolute: a worker may start in another folder.
  fileprivate var withAbsoluteData: RunRequest {
    var request = self
    request.dataPath = FileSystem.absolute(dataPath)
    return request
  }
}
