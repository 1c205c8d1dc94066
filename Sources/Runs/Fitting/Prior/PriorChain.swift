// One chain of draws from the prior: its file, its draws in memory, and how far it has come.

import RunFolder

/// A chain of draws from the prior.
struct PriorChain {
  /// The chain's number, from 1.
  let number: Int
  /// The draws so far.
  private(set) var store: DrawStore
  /// Iterations made.
  private(set) var iteration = 0
  /// The seconds spent, over all workers.
  private(set) var seconds = 0.0

  private let writer: DrawWriter?
  private let folder: RunFolder?
  private let thin: Int
  private var values: [Double]

  /// A new chain, or the one that the checkpoint of `folder` holds.
  init(
    _ number: Int, names: [String], request: RunRequest, folder: RunFolder?
  ) throws(FittingError) {
    self.number = number
    self.folder = folder
    thin = max(request.thin, 1)
    values = Array(repeating: 0, count: names.count)
    store = DrawStore(parameterCount: names.count)
    guard let folder else {
      writer = nil
      return
    }
    let header = DrawHeader(
      chain: number, names: names, model: "mglmm", seed: request.seed, warmup: 0,
      draws: request.draws, thin: request.thin, targetAcceptance: request.targetAcceptance,
      maxTreeDepth: request.maxTreeDepth, dataPath: folder.dataPath)
    do {
      guard let bytes = try folder.checkpoint(number) else {
        writer = try DrawWriter(path: folder.chainPath(number), header: header)
        return
      }
      guard let progress = PriorProgress(bytes: bytes) else {
        throw FittingError(
          "\(folder.checkpointPath(number)): this is no checkpoint of draws from the prior; start a new run",
          exitCode: 65)
      }
      (iteration, seconds) = (progress.iteration, progress.seconds)
      writer = try DrawWriter(
        resuming: folder.chainPath(number), header: header, draws: progress.iteration / thin)
      var reader = DrawReader(path: folder.chainPath(number), id: number)
      var draws = ChainDraws(id: number)
      _ = try reader.refresh(&draws)
      store =
        DrawStore(draws, names: names, maximumDepth: request.maxTreeDepth)
        ?? DrawStore(parameterCount: names.count)
    } catch { throw FittingError(error) }
  }

  /// Makes draws for about `seconds`; returns true when there are `target` iterations.
  mutating func advance(
    _ draws: inout PriorDraws, to target: Int, for slice: Double
  ) throws(FittingError) -> Bool {
    let clock = ContinuousClock()
    let begin = clock.now
    while iteration < target && (clock.now - begin).inSeconds < slice {
      iteration += 1
      guard iteration % thin == 0 else { continue }
      let logDensity = try draws.draw(chain: number, iteration: iteration, into: &values)
      writer?.append(
        DrawStatistics(
          logDensity: logDensity, acceptance: 1, stepSize: 1, treeDepth: 0, leapfrogSteps: 0,
          isDivergent: false, energy: -logDensity), values)
      store.append(values, energy: -logDensity)
    }
    seconds += (clock.now - begin).inSeconds
    return iteration >= target
  }

  /// Writes what waits; nothing is lost when it throws.
  func flush() throws(FileError) { try writer?.flush() }

  /// Makes draws and progress survive a crash: the file first, then the number that says how much of it counts.
  func checkpoint() throws(FileError) {
    guard let writer, let folder else { return }
    try writer.synchronize()
    try folder.replace(
      folder.checkpointPath(number),
      with: PriorProgress(iteration: iteration, seconds: seconds).bytes)
  }

  /// Ends the chain's file.
  func finishFile() throws(FileError) {
    try writer?.finish(warmupSeconds: 0, samplingSeconds: seconds)
  }
}

/// What a checkpoint of draws from the prior holds: all else follows from the request.
struct PriorProgress: Equatable {
  let iteration: Int
  let seconds: Double

  private static let signature: UInt64 = 0x594C_4E4F_524F_4952

  init(iteration: Int, seconds: Double) {
    self.iteration = iteration
    self.seconds = seconds
  }

  /// Three words, low byte first.
  var bytes: [UInt8] {
    [Self.signature, UInt64(iteration), seconds.bitPattern].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
  }

  /// What `bytes` says; nil for bytes of another kind.
  init?(bytes: [UInt8]) {
    guard bytes.count == 24 else { return nil }
    func word(_ index: Int) -> UInt64 {
      bytes[(index * 8)..<(index * 8 + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard word(0) == Self.signature, let count = Int(exactly: word(1)) else { return nil }
    self.init(iteration: count, seconds: Double(bitPattern: word(2)))
  }
}
