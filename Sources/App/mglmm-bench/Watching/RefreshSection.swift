// What new draws of a thousand parameters cost a dashboard that watches them.

import Panes
import Probability
import RunFolder

/// The convergence statistics of a growing run: running sums of all, exact ones within the budget.
enum RefreshSection {
  /// The most milliseconds of processor that a hundred new draws of all parameters may cost.
  private static let bar = 20.0
  /// What the dashboard gives exact statistics in one reading of a live run.
  private static let budget = Duration.milliseconds(8)

  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    let parameters = settings.choose(1000, quick: 100)
    var table = BenchTable(
      "Refresh: CPU milliseconds of statistics when 4 chains of \(parameters) parameters grow by 100 draws",
      columns: ["statistics", "draws a chain", "readings", "ms", "us a parameter", "bar, ms", "is"])
    for draws in settings.choose([1000, 5000], quick: [500]) {
      var run = GrowingRun(parameters: parameters, chains: 4)
      run.grow(to: draws)
      var cache = DiagnosticCache()
      // All statistics on the draws so far, so that what follows is the growth alone.
      cache.refresh(run.snapshot, now: 0)
      let inView = Array(run.names.prefix(30))
      var costs: [Double] = []
      var readings: [Double] = []
      for step in 1...settings.choose(7, quick: 2) {
        let length = draws + 100 * step
        run.grow(to: length)
        let snapshot = run.snapshot
        var (cost, count) = (0.0, 0)
        // Where other programs take the processor, the time of one reading may not be enough.
        repeat {
          count += 1
          cost +=
            Stopwatch.cost {
              cache.refresh(snapshot, inView: inView, now: Double(step), budget: budget)
            }.processor * 1e3
        } while cache.report.running.fewestDraws != length
        costs.append(cost)
        readings.append(Double(count))
      }
      let cost = Stopwatch.median(costs)
      table.rows.append([
        .text("running sums of all, exact ones in the time left"), .count(draws),
        .number(Stopwatch.median(readings)), .number(cost),
        .number(cost * 1e3 / Double(parameters)), .number(bar), settings.verdict(cost < bar),
      ])
      var whole = DiagnosticCache()
      let exact = Stopwatch.cost { whole.refresh(run.snapshot, now: 0) }.processor * 1e3
      table.rows.append([
        .text("exact ones of all, from nothing"), .count(draws), .count(1), .number(exact),
        .number(exact * 1e3 / Double(parameters)), .text(""), .text(""),
      ])
    }
    table.remarks = [
      "running sums: mean, sd, plain split R-hat and a rough ESS of every parameter on all draws; exact: rank-normalised R-hat, bulk and tail ESS, Monte Carlo errors, quantiles",
      "readings: of the dashboard, 8 ms by the clock each, until the running sums of all are up to date",
      "30 parameters in view, the worst follow; median over growths by 100 draws a chain",
    ]
    return [table]
  }
}

/// Chains of autoregressions that grow.
private struct GrowingRun {
  let names: [String]
  private var chains: [[[Double]]]
  private var stream = RandomStream(seed: 1)

  init(parameters: Int, chains count: Int) {
    names = (0..<parameters).map { $0 < 40 ? "b_x\($0)" : "r_g[\($0),Intercept]" }
    chains = Array(
      repeating: Array(repeating: [], count: parameters), count: count)
  }

  /// Adds draws until each chain has so many; parameters mix from well to badly.
  mutating func grow(to length: Int) {
    for chain in chains.indices {
      for parameter in names.indices {
        let memory = [0, 0.3, 0.6, 0.9][parameter % 4]
        var last = chains[chain][parameter].last ?? 0
        for _ in chains[chain][parameter].count..<length {
          last = memory * last + stream.nextNormal()
          chains[chain][parameter].append(last)
        }
      }
    }
  }

  /// The run as its folder would show it.
  var snapshot: RunSnapshot {
    var run = RunSnapshot(name: "growing", path: "/growing", state: .sampling)
    run.chains = chains.enumerated().map {
      ChainDraws(id: $0 + 1, names: names, columns: $1, phase: .sampling)
    }
    return run
  }
}
