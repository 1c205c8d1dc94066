// Effective draws per CPU second beside the peers, reading the data and finding the mode included.

import Fitting
@preconcurrency import Glibc  // `stderr` is a global variable of C
import RunFolder

/// Four chains on two threads, through the same door as the programs, beside the peers on one thread.
enum ChainSection {
  /// Measures case by case, and shows each table when it is finished: a peer may take minutes.
  static func measure(_ settings: BenchSettings, _ show: (BenchTable) -> Void) throws {
    let wanted = settings.wantedPeers
    let peers = wanted.isEmpty ? [] : SamplerPeer.installed().filter { wanted.contains($0.name) }
    var summary = ChainSummary(settings, hasPeers: !peers.isEmpty)
    for item in ChainCase.all where settings.includes(item.name) {
      guard let path = Repository.dataset(item.data) else {
        var table = BenchTable("MCMC \(item.name)", columns: ["engine"])
        table.remarks.append("its data are not here")
        show(table)
        continue
      }
      var outcomes: [(engine: String, outcome: SamplerPeer.Outcome)] = []
      let own = try own(item, path, settings)
      for peer in peers {
        let outcome = peer.sample(item.name, data: path, limit: settings.peerSeconds)
        outcomes.append((peer.name, outcome))
        progress(item, peer, outcome)
      }
      show(table(item, own, outcomes))
      summary.add(item, own, outcomes)
    }
    summary.table.remarks += remarks(settings, peers)
    show(summary.table)
  }

  /// A line on standard error: peers may take minutes.
  private static func progress(
    _ item: ChainCase, _ peer: SamplerPeer, _ outcome: SamplerPeer.Outcome
  ) {
    let text =
      switch outcome {
      case .run(let run): "\(NumberText.brief(run.yield)) bulk ESS per CPU s"
      case .absent(let reason): reason
      }
    fputs("\(item.name) \(peer.name): \(text)\n", stderr)
  }

  /// The medians of three runs.
  private static func own(_ item: ChainCase, _ path: String, _ settings: BenchSettings) throws
    -> EngineRun
  {
    var request = item.request(path)
    request.draws = settings.choose(1000, quick: 200)
    // The first run pages the program in; the medians are over the runs after it.
    _ = try ChainRun.sample(request)
    let runs = try (0..<settings.choose(3, quick: 1)).map { run in
      request.seed = UInt64(run + 1)
      return try ChainRun.sample(request)
    }
    guard let median = EngineRun.median(of: runs) else { throw BenchError("no run") }
    return median
  }

  private static func table(
    _ item: ChainCase, _ own: EngineRun,
    _ outcomes: [(engine: String, outcome: SamplerPeer.Outcome)]
  ) -> BenchTable {
    var table = BenchTable(
      "MCMC \(item.name): 4 chains, mode finding and warm-up included",
      columns: [
        "engine", "draws", "gradients", "us each", "per bulk ESS", "CPU s", "wall s", "compile s",
        "bulk ESS", "tail ESS", "R-hat", "divergences", "bulk ESS per CPU s", "ours/theirs",
      ])
    add("ours", own, nil, to: &table)
    for (engine, outcome) in outcomes {
      switch outcome {
      case .run(let run): add(engine, run, own.yield / run.yield, to: &table)
      case .absent(let reason): table.remarks.append("\(engine): \(reason)")
      }
    }
    return table
  }

  private static func add(
    _ engine: String, _ run: EngineRun, _ ratio: Double?, to table: inout BenchTable
  ) {
    func cell(_ value: Double) -> Cell { value.isNaN ? .absent("-") : .number(value) }
    table.rows.append([
      .text(engine), .count(Int(run.draws)), cell(run.gradients),
      cell(run.cost.processor * 1e6 / run.gradients), cell(run.gradients / run.bulk.value),
      .number(run.cost.processor), .number(run.cost.wall), .number(run.compiling),
      .number(run.bulk.value), .number(run.tail.value),
      .text(NumberText.fixed(run.rHat, decimals: 4)), cell(run.divergences), .number(run.yield),
      ratio.map { .number($0) } ?? .absent(""),
    ])
    table.remarks.append(
      "\(engine): lowest bulk \(run.bulk.name), lowest tail \(run.tail.name)"
        + (run.note.isEmpty ? "" : "; " + run.note))
  }

  private static func remarks(_ settings: BenchSettings, _ peers: [SamplerPeer]) -> [String] {
    let wanted = settings.wantedPeers
    let missing = wanted.filter { name in !peers.contains { $0.name == name } }
    return [
      "ours: 1000 draws after 200 (fewer with --quick) on 2 threads, medians of runs with seeds 1, 2, 3;"
        + " peers: 1000 after 1000, one run, one thread, chains in sequence",
      "ESS and R-hat of every engine by our own diagnostics, the smallest over fixed effects, sds, correlations and sigma",
      "gradients of warm-up and sampling; us each: all CPU time by gradients; CPU and wall seconds without compiling",
      "a bar is in smallest bulk ESS per CPU second; wanted of ours/theirs: 50 of brms, 10 of nutpie's best, 5 of MCMCglmm",
    ] + peers.map { "\($0.name): \($0.versions)" }
      + (missing.isEmpty ? [] : ["not installed: \(missing.joined(separator: ", "))"])
      + (wanted.isEmpty ? ["peers were not asked for"] : [])
  }
}

/// The bars, case by case.
private struct ChainSummary {
  var table: BenchTable
  private let settings: BenchSettings
  private let hasPeers: Bool

  init(_ settings: BenchSettings, hasPeers: Bool) {
    self.settings = settings
    self.hasPeers = hasPeers
    table = BenchTable(
      "MCMC: the bars",
      columns: ["case", "bulk ESS per CPU s", "bar", "is"]
        + (hasPeers ? ["times brms", "times nutpie's best", "times MCMCglmm"] : []))
  }

  mutating func add(
    _ item: ChainCase, _ own: EngineRun,
    _ outcomes: [(engine: String, outcome: SamplerPeer.Outcome)]
  ) {
    func times(_ prefix: String) -> Cell {
      let yields = outcomes.compactMap { engine, outcome -> Double? in
        guard engine.hasPrefix(prefix), case .run(let run) = outcome else { return nil }
        return run.yield
      }
      return yields.max().map { .number(own.yield / $0) } ?? .absent("-")
    }
    table.rows.append(
      [
        .text(item.name), .number(own.yield), .number(item.bar),
        settings.verdict(own.yield >= item.bar),
      ] + (hasPeers ? [times("brms"), times("nutpie"), times("MCMCglmm")] : []))
  }
}
