// How long a user waits: from launching mglmm-fit to 400 effective draws of every parameter.

import RunFolder

/// Whole processes, from their start to their end.
enum WaitSection {
  /// Effective draws of centre and quantiles that every parameter is to have.
  private static let wanted = 400.0
  /// Seconds that a user is to wait at most.
  private static let bar = 2.0

  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Wait: mglmm-fit from its launch to 400 effective draws (bulk and tail) of the worst parameter",
      columns: ["case", "wall s", "bar", "is", "CPU s", "draws", "bulk ESS", "tail ESS"])
    guard let program = ChildProcess.sibling("mglmm-fit") else {
      table.remarks.append("mglmm-fit is not built beside this program; swift build -c release")
      return [table]
    }
    let help = try MeasuredProcess.run(program, ["help", "fit"]).output
    let stopsItself = help.contains("--until")
    for item in ChainCase.all where settings.includes(item.name) {
      guard let path = Repository.dataset(item.data) else {
        table.remarks.append("\(item.name): its data are not here")
        continue
      }
      let arguments = item.arguments(path) + ["--json"]
      let repetitions = settings.choose(5, quick: 1)
      let waits =
        stopsItself
        ? try (1...repetitions).map { seed in
          try wait(program, arguments + ["--until", "ess >= 400", "--seed", String(seed)])
        }
        : settings.isQuick
          ? [try wait(program, arguments + ["--draws", "100"])]
          : try shortest(program, arguments, repetitions)
      guard let last = waits.last else { continue }
      func median(_ value: (Wait) -> Double) -> Double { Stopwatch.median(waits.map(value)) }
      let wall = median(\.cost.wall)
      let isEnough = waits.allSatisfy { min($0.bulk, $0.tail) >= wanted }
      table.rows.append([
        .text(item.name), .number(wall), .number(bar),
        isEnough || settings.isQuick ? settings.verdict(wall < bar) : .text("too few draws"),
        .number(median(\.cost.processor)), .count(last.draws), .number(median(\.bulk)),
        .number(median(\.tail)),
      ])
    }
    table.remarks.append(
      settings.isQuick
        ? "one run, of 100 draws a chain where mglmm-fit cannot stop by itself"
        : stopsItself
          ? "medians of 5 runs with --until 'ess >= 400' and seeds 1 to 5; draws: of the last run, all chains together"
          : "medians of 5 runs with the fewest draws in steps of 25 a chain that suffice with seed 1: mglmm-fit cannot stop by itself"
    )
    return [table]
  }

  private struct Wait {
    let cost: Cost
    let draws: Int
    let bulk: Double
    let tail: Double
  }

  private static func wait(_ program: String, _ arguments: [String]) throws -> Wait {
    let run = try MeasuredProcess.run(program, arguments, limit: 600)
    guard run.code == 0 else {
      throw BenchError("mglmm-fit ended with \(run.code): \(run.complaint)")
    }
    let result = try JSONValue(parsing: run.output)
    guard case .array(let parameters)? = result["parameters"], let sampler = result["sampler"],
      let draws = sampler["draws"]?.asInteger, let chains = sampler["chains"]?.asInteger
    else { throw BenchError("mglmm-fit printed no parameters") }
    func least(_ key: String) -> Double { parameters.map { $0[key]?.asNumber ?? 0 }.min() ?? 0 }
    return Wait(
      cost: run.cost, draws: draws * chains, bulk: least("ess_bulk"), tail: least("ess_tail"))
  }

  /// Runs with the fewest draws that suffice, found by doubling and then halving the interval down to 25.
  private static func shortest(_ program: String, _ arguments: [String], _ repetitions: Int) throws
    -> [Wait]
  {
    func run(_ draws: Int) throws -> Wait {
      try wait(program, arguments + ["--draws", String(draws)])
    }
    func suffices(_ draws: Int) throws -> Bool {
      let wait = try run(draws)
      return min(wait.bulk, wait.tail) >= wanted
    }
    var (few, enough) = (0, 100)
    while enough < 12_800, try !suffices(enough) { (few, enough) = (enough, 2 * enough) }
    while enough - few > 25 {
      let middle = (few + enough) / 2
      if try suffices(middle) { enough = middle } else { few = middle }
    }
    return try (0..<repetitions).map { _ in try run(enough) }
  }
}

extension JSONValue {
  /// The member of an object with this key.
  fileprivate subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}
