// One engine on one case in numbers, ours and the peers' alike.

import Diagnostics

/// What an engine's draws cost and how well the worst parameter is known.
struct EngineRun {
  /// Draws after warm-up, all chains together.
  var draws: Double
  /// Warm-up included; without compiling.
  var cost: Cost
  /// Gradients of warm-up and sampling; NaN for an engine that takes none.
  var gradients: Double
  var divergences: Double
  var rHat: Double
  /// The parameter with the fewest effective draws of its centre.
  var bulk: (name: String, value: Double)
  /// The parameter with the fewest effective draws of its 5% and 95% quantiles.
  var tail: (name: String, value: Double)
  /// Processor seconds of compiling.
  var compiling = 0.0
  var note = ""

  /// The smallest bulk effective sample size for a processor second.
  var yield: Double { bulk.value / cost.processor }

  /// The run with the middle value of everything; names and notes are those of the last run.
  static func median(of runs: [EngineRun]) -> EngineRun? {
    guard var middle = runs.last else { return nil }
    func median(_ value: (EngineRun) -> Double) -> Double { Stopwatch.median(runs.map(value)) }
    middle.cost = Cost(wall: median(\.cost.wall), processor: median(\.cost.processor))
    middle.gradients = median(\.gradients)
    middle.divergences = median(\.divergences)
    middle.rHat = median(\.rHat)
    middle.bulk.value = median(\.bulk.value)
    middle.tail.value = median(\.tail.value)
    return middle
  }
}

extension EngineRun {
  /// A peer's run: what its script said, and its draws, measured by our own diagnostics.
  init(_ said: [String: String], chains: [(name: String, chains: [[Double]])]) throws {
    func number(_ key: String) -> Double { said[key].flatMap { Double($0) } ?? .nan }
    var calculator = ConvergenceCalculator()
    // A parameter that does not move (a correlation of a term with itself) has no effective draws.
    let summaries = chains.map { ($0.name, calculator.summarize($0.chains)) }
      .filter { ($0.1.sd ?? 0) > 0 }
    func least(_ value: (DrawsSummary) -> Double?) throws -> (name: String, value: Double) {
      let found = summaries.map { (name: $0.0, value: value($0.1) ?? 0) }
        .min { $0.value < $1.value }
      guard let found else { throw BenchError("there are no draws") }
      return found
    }
    draws = Double(chains.first.map { $0.chains.reduce(0) { $0 + $1.count } } ?? 0)
    cost = Cost(wall: number("wall"), processor: number("cpu"))
    gradients = number("gradients")
    divergences = number("divergences")
    rHat = summaries.map { $0.1.rHat ?? .infinity }.max() ?? .nan
    bulk = try least(\.essBulk)
    tail = try least(\.essTail)
    compiling = said["compile_cpu"].flatMap { Double($0) } ?? 0
    note = said["note"] ?? ""
  }
}
