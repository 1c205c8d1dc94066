// The running sums of all parameters, kept up with the draws of a run.

import Diagnostics
import RunFolder

/// Running sums of every parameter, brought up to date with each reading of a run.
///
/// An update costs microseconds a parameter, so that all thousands of them have their numbers at
/// once: means, standard deviations, plain R-hat and a rough effective sample size. They tell which
/// parameters the exact statistics are most needed of.
struct RunningTable {
  /// The statistics so far; each says how many draws it rests on.
  private(set) var summaries = RunningSummaries()

  /// The names that were asked for, of which some may be left out.
  private var asked: [String] = []
  private var sources: [Source] = []
  private var sums: [RunningDraws] = []
  /// For each parameter and chain its column, one parameter after the other.
  private var columns: [Int] = []
  private var work: [Double] = []
  private var next = 0

  /// Where draws come from: a chain and the first draw that counts.
  private struct Source: Equatable {
    var chain: Int
    var warmup: Int
  }

  /// Takes in new draws, each chain's first `draws`, until a deadline; what is left waits for the next
  /// time.
  ///
  /// - Returns: whether any number changed.
  mutating func update(
    _ names: [String], chains: [ChainDraws], draws: Int, deadline: ContinuousClock.Instant?
  ) -> Bool {
    let sources = chains.map { Source(chain: $0.id, warmup: $0.warmupCount) }
    let isShorter = sums.contains { $0.drawCount > draws }
    if names != asked || sources != self.sources || isShorter {
      begin(names, chains, sources)
    }
    var isChanged = false
    for step in 0..<sums.count {
      let index = next
      guard sums[index].drawCount < draws else {
        next = (next + 1) % sums.count
        continue
      }
      // The clock is asked now and then: it costs as much as a small update.
      if step % 16 == 15, let deadline, ContinuousClock.now >= deadline { break }
      next = (next + 1) % sums.count
      let first = index * chains.count
      let column = { (chain: Int) -> ArraySlice<Double> in
        chains[chain].columns[columns[first + chain]][sources[chain].warmup...]
      }
      sums[index].extend(to: draws, work: &work, draws: column)
      summaries.values[index] = sums[index].summary(draws: column)
      isChanged = true
    }
    return isChanged
  }

  /// Forgets all; a parameter that a chain lacks is left out.
  private mutating func begin(_ names: [String], _ chains: [ChainDraws], _ sources: [Source]) {
    asked = names
    self.sources = sources
    columns = []
    next = 0
    var kept: [String] = []
    for name in names {
      let own = chains.compactMap { $0.index(of: name) }
      guard own.count == chains.count, !own.isEmpty else { continue }
      kept.append(name)
      columns.append(contentsOf: own)
    }
    summaries = RunningSummaries(names: kept, chains: chains.count)
    sums = Array(repeating: RunningDraws(chainCount: chains.count), count: kept.count)
  }
}

/// Running statistics by parameter; taking a copy of a thousand of them costs microseconds.
package struct RunningSummaries: Sendable, Equatable {
  private var places: [String: Int] = [:]
  fileprivate(set) var values: [RunningSummary] = []

  /// Of no parameter.
  package init() {}

  fileprivate init(names: [String], chains: Int) {
    places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    values = Array(
      repeating: RunningSummary(drawsPerChain: 0, chains: chains), count: names.count)
  }

  /// The number of parameters.
  package var count: Int { values.count }

  /// The statistics of a parameter, once a draw of it has been taken in.
  package subscript(name: String) -> RunningSummary? {
    places[name].flatMap { values[$0].drawsPerChain > 0 ? values[$0] : nil }
  }

  /// The fewest draws of a chain that any parameter rests on.
  package var fewestDraws: Int? { values.map(\.drawsPerChain).min() }
}
