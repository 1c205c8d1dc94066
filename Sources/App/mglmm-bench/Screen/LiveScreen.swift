// A dashboard on a live run: what it writes to the line and what it costs, busy and with nothing new.

import Glibc
import RunFolder

/// A run that is written as a worker writes it, and a dashboard that watches it.
enum LiveScreen {
  private static let parameters = 30
  private static let chains = 4
  /// Iterations a second of each chain.
  private static let pace = 50.0

  static func measure(
    _ dashboard: String, _ settings: BenchSettings, _ show: (BenchTable) -> Void
  ) throws {
    var table = BenchTable(
      "Screen: a live run in 120 by 40",
      columns: [
        "pane", "while", "kB/s", "bar", "is", "CPU, % of a core", "bar", "is",
      ])
    let seconds = settings.choose(20.0, quick: 3)
    try TemporaryFolder.with { folder in
      let worker = try FakeWorker(
        in: folder + "/run", parameters: parameters, chains: chains, draws: 20_000)
      try worker.write(iterations: 400)
      let screen = try WatchedScreen(dashboard, [folder + "/run"])
      defer { screen.end() }
      _ = screen.listen(seconds: 3)
      for (key, name) in [
        ("3", "Trace"), ("1", "Overview"), ("4", "Convergence"), ("9", "Sampler"),
      ] {
        _ = screen.answers([key], pause: 0.3)
        _ = screen.listen(seconds: 2)
        let clock = ContinuousClock()
        let start = clock.now
        var written = 0
        let costs = try screen.costs(seconds: seconds) {
          let due = Int((clock.now - start).asSeconds * pace)
          if due > written { try worker.write(iterations: due - written) }
          written = max(written, due)
        }
        add(name, "draws come in", costs, kilobytes: 12, settings, &table)
      }
      _ = screen.answers(["3"], pause: 0.3)
      _ = screen.listen(seconds: 5)
      let costs = screen.costs(seconds: seconds)
      add("Trace", "nothing comes in", costs, kilobytes: 2, settings, &table)
    }
    table.remarks = [
      "\(parameters) parameters, \(chains) chains, \(Int(pace)) iterations a second each, 400 to begin with"
    ]
    show(table)
  }

  private static func add(
    _ pane: String, _ time: String, _ costs: WatchedScreen.Costs, kilobytes: Double,
    _ settings: BenchSettings, _ table: inout BenchTable
  ) {
    table.rows.append([
      .text(pane), .text(time), .number(costs.bytes / 1000), .number(kilobytes),
      settings.verdict(costs.bytes < 1000 * kilobytes), .number(100 * costs.processor), .number(3),
      settings.verdict(costs.processor < 0.03),
    ])
  }
}

/// Writes a run folder as a worker does, without fitting anything.
final class FakeWorker {
  private let lock: WorkerLock
  private let events: EventWriter
  private let writers: [DrawWriter]
  private let parameters: Int
  private var state: UInt64 = 1
  private var iteration = 0

  init(in path: String, parameters: Int, chains: Int, draws: Int) throws {
    self.parameters = parameters
    var request = RunRequest()
    request.formulas = ["y ~ x + (1 | g)"]
    request.method = .mcmc
    request.chains = chains
    request.warmup = 100
    request.draws = draws
    let folder = try RunFolder.create(for: request, at: path)
    lock = try WorkerLock(path: folder.lockPath())
    events = try EventWriter(path: folder.eventsPath())
    try events.write(
      .started(
        WorkerStart(
          version: "0", method: .mcmc, seed: 1, chains: chains, warmup: 100, draws: draws)))
    try events.write(.phase(.sampling))
    let names = (1...parameters).map { "b_y_x\($0)" }
    writers = try (1...chains).map { chain in
      try DrawWriter(
        path: folder.chainPath(chain),
        header: DrawHeader(
          chain: chain, names: names, model: "bench", seed: 1, warmup: 100, draws: draws))
    }
  }

  /// Adds iterations to each chain, and an event of each, as twice a second a worker does.
  func write(iterations: Int) throws {
    for (chain, writer) in writers.enumerated() {
      for step in 0..<iterations {
        let values = (0..<parameters).map { _ in next() }
        writer.append(
          DrawStatistics(
            logDensity: -1000 + next(), acceptance: 0.9, stepSize: 0.5, treeDepth: 3,
            leapfrogSteps: 7, isDivergent: (iteration + step) % 997 == 0, energy: 1010 + next()),
          values)
      }
      try writer.flush()
      if iteration / 25 != (iteration + iterations) / 25 {
        try events.write(
          .chain(
            ChainProgress(
              chain: chain + 1, phase: .sampling, iteration: iteration + iterations,
              stepSize: 0.5)))
      }
    }
    iteration += iterations
  }

  /// The sum of three uniform numbers, near to a normal one.
  private func next() -> Double {
    var sum = -1.5
    for _ in 0..<3 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      sum += Double(state >> 11) * 0x1p-53
    }
    return 2 * sum
  }
}
