// One draw of a model's parameters, effects and data from the priors, by plain code that shares nothing with the fit.

import Glibc
import Probability

/// Data with the parameters and effects that made them.
struct SimulatedData {
  /// The parameters and some effects, by the names that the fit reports them under.
  var truth: [String: Double] = [:]
  /// The columns of the data in order.
  var columns: [(name: String, values: [String])] = []

  /// The data as a CSV file.
  var text: String {
    let rows = columns.first?.values.count ?? 0
    let lines = (0..<rows).map { row in columns.map { $0.values[row] }.joined(separator: ",") }
    return ([columns.map(\.name).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  mutating func add(_ name: String, _ values: [Double]) {
    columns.append((name, values.map { "\($0)" }))
  }

  /// A factor with levels `a1`, `a2`, ...
  mutating func add(_ name: String, levels: [Int]) {
    columns.append((name, levels.map { "a\($0 + 1)" }))
  }
}

/// Draws parameters from their priors and names them.
struct PriorDraws {
  var stream: RandomStream
  var data = SimulatedData()

  /// A parameter with a normal(mean, sd) prior.
  mutating func normal(_ name: String, _ mean: Double, _ sd: Double) -> Double {
    keep(name, mean + sd * stream.nextNormal())
  }

  /// A parameter with a normal(0, sd) prior above zero.
  mutating func halfNormal(_ name: String, _ sd: Double) -> Double {
    keep(name, abs(sd * stream.nextNormal()))
  }

  /// A parameter with a gamma(shape, rate) prior.
  mutating func gamma(_ name: String, _ shape: Double, rate: Double) -> Double {
    keep(name, stream.nextGamma(shape: shape) / rate)
  }

  /// A correlation of two effects with an lkj(η) prior: (1 + ρ) / 2 ~ Beta(η, η).
  mutating func lkj(_ name: String, _ eta: Double) -> Double {
    keep(name, 2 * stream.nextBeta(eta, eta) - 1)
  }

  /// `count` effects of a factor; those of the first two levels get a name with the level in place of `#`.
  mutating func effects(_ count: Int, sd: Double, _ name: String) -> [Double] {
    let effects = (0..<count).map { _ in sd * stream.nextNormal() }
    return named(effects, name)
  }

  /// `count` pairs of effects with a correlation.
  mutating func pairs(
    _ count: Int, sd: (Double, Double), correlation: Double, _ names: (String, String)
  ) -> ([Double], [Double]) {
    let raw = (0..<count).map { _ in (stream.nextNormal(), stream.nextNormal()) }
    let rest = (1 - correlation * correlation).squareRoot()
    let first = raw.map { sd.0 * $0.0 }
    let second = raw.map { sd.1 * (correlation * $0.0 + rest * $0.1) }
    return (named(first, names.0), named(second, names.1))
  }

  /// `count` standard normal values, a covariate of the data.
  mutating func covariate(_ name: String, _ count: Int) -> [Double] {
    let values = (0..<count).map { _ in stream.nextNormal() }
    data.add(name, values)
    return values
  }

  /// A factor of `count` levels, `rows` rows of each.
  mutating func factor(_ name: String, _ count: Int, rows: Int) -> [Int] {
    let levels = (0..<(count * rows)).map { $0 / rows }
    data.add(name, levels: levels)
    return levels
  }

  /// 0 or 1 with the odds exp(η).
  mutating func bernoulli(_ eta: Double) -> Double {
    stream.nextUniform() < 1 / (1 + exp(-eta)) ? 1 : 0
  }

  /// Draws each value of an outcome.
  mutating func outcome(
    _ name: String, _ rows: Int, _ draw: (inout PriorDraws, Int) -> Double
  ) {
    var values: [Double] = []
    for row in 0..<rows { values.append(draw(&self, row)) }
    data.add(name, values)
  }

  private mutating func keep(_ name: String, _ value: Double) -> Double {
    data.truth[name] = value
    return value
  }

  private mutating func named(_ effects: [Double], _ name: String) -> [Double] {
    let parts = name.split(separator: "#", omittingEmptySubsequences: false)
    for level in 0..<min(2, effects.count) {
      data.truth[parts.joined(separator: "a\(level + 1)")] = effects[level]
    }
    return effects
  }
}
