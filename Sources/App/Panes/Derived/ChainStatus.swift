// Where each chain is, put together from its draws and from what the worker reports.

import RunFolder

/// Where one chain is.
package struct ChainStatus: Sendable, Equatable {
  /// Counts from 1.
  package var number: Int
  package var phase: ChainPhase
  /// Iterations done, warm-up included.
  package var iteration: Int
  /// Iterations planned, warm-up included, when known.
  package var total: Int?
  /// The share of the planned iterations that belongs to warm-up.
  package var warmup: Int?
  package var stepSize: Double?
  /// The depth of the latest tree.
  package var treeDepth: Int?
  /// Divergent transitions after warm-up.
  package var divergences: Int
  /// Divergent transitions during warm-up.
  package var warmupDivergences: Int

  /// The share of the planned iterations that is done.
  package var fraction: Double? {
    guard let total, total > 0 else { return nil }
    return min(1, Double(iteration) / Double(total))
  }

  /// All chains of a run, those that have not begun included.
  package static func all(of run: RunSnapshot) -> [ChainStatus] {
    var numbers = Set(run.chains.map(\.id)).union(run.progress.keys)
    if let planned = run.start?.chains ?? run.request?.chains,
      run.start?.method == .mcmc || run.request?.method == .mcmc, planned > 0
    {
      numbers.formUnion(1...planned)
    }
    return numbers.sorted().map { ChainStatus(number: $0, of: run) }
  }

  private init(number: Int, of run: RunSnapshot) {
    let draws = run.chains.first { $0.id == number }
    let report = run.progress[number]
    self.number = number
    warmup = run.plannedWarmup
    total = run.plannedDraws.map { $0 + (run.plannedWarmup ?? 0) }
    // A file without its warm-up counts from the first kept draw.
    let unwritten = draws.map { $0.warmupCount == 0 && $0.count > 0 } ?? false
    let written = (draws?.count ?? 0) + (unwritten ? run.plannedWarmup ?? 0 : 0)
    iteration = max(report?.iteration ?? 0, written)
    phase = report?.phase ?? .waiting
    if let draws, phase == .waiting || draws.phase == .finished { phase = draws.phase }
    stepSize = [report?.stepSize, draws?.stepSize].compactMap { $0 }.first {
      $0.isFinite && $0 > 0
    }
    treeDepth = draws?["treedepth__"]?.last.flatMap { Int(exactly: $0) }
    divergences = draws?.divergences ?? 0
    warmupDivergences = draws?.warmupDivergences ?? 0
  }
}
