// The cost of one joint log density with its gradient: what the sampler pays again and again.

import Fitting
import MixedModel
import Probability
import RunFolder

/// Gradients of the posterior, alone and as the sampler takes them.
enum GradientSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Joint log density with gradient",
      columns: [
        "model", "values", "coordinates", "us", "ns per value", "us preconditioned",
        "allocations", "bar", "is",
      ])
    for name in ChainCase.all.map(\.name) + [simulated] where settings.includes(name) {
      guard let (density, metric) = try posterior(name, settings, root: Repository.root) else {
        continue
      }
      table.rows.append(row(name, density, metric, settings))
    }
    table.remarks = [
      "values: observed values of all outcomes; median of 25 batches, processor time of the thread",
      "preconditioned: with the change of coordinates by the joint precision, as one leapfrog step has it",
      "allocations: on the heap in one preconditioned gradient, counted by valgrind where it is installed",
    ]
    return [table]
  }

  private static let simulated = "simulated"

  /// The posterior of a model, with the preconditioner that its chains have; nil where its data are not here.
  private static func posterior(_ name: String, _ settings: BenchSettings, root: String?) throws
    -> (
      PosteriorDensity, ModelMetric?
    )?
  {
    if let item = ChainCase.all.first(where: { $0.name == name }) {
      return try Repository.dataset(item.data, root: root).map { try item.plan($0) }
    }
    let rows = settings.choose(100_000, quick: 10_000)
    let model = try SimulatedModel.bivariate(rows: rows, groups: rows / 100)
    let coordinates = EffectCoordinates(layout: model.effects)
    let prior = try PriorDensity(model: model, statements: [])
    return (PosteriorDensity(model: model, prior: prior, coordinates: coordinates), nil)
  }

  /// Computes `gradients` gradients and nothing else after the preparation, for `AllocationCounter`.
  static func probe(_ name: String, gradients: Int, root: String) throws {
    let settings = BenchSettings(isQuick: true)
    guard let (density, metric) = try posterior(name, settings, root: root) else {
      throw BenchError("there is no model '\(name)' or its data are not here")
    }
    var point = GradientPoint(density, metric)
    for _ in 0..<gradients { point.evaluate(through: metric) }
  }

  private static func row(
    _ name: String, _ density: PosteriorDensity, _ metric: ModelMetric?, _ settings: BenchSettings
  ) -> [Cell] {
    var point = GradientPoint(density, metric)
    let batches = settings.choose(25, quick: 5)
    let values = density.model.observationCount
    let plain = Stopwatch.secondsPerCall(batches: batches) { point.evaluate() }
    let moved = metric.map { metric in
      Stopwatch.secondsPerCall(batches: batches) { point.evaluate(through: metric) }
    }
    let allocations = settings.isQuick ? .absent("-") : AllocationCounter.perGradient(name)
    return [
      .text(name), .count(values), .count(density.dimension), .number(plain * 1e6),
      .number(plain * 1e9 / Double(values)), moved.map { .number($0 * 1e6) } ?? .absent("-"),
      allocations,
    ] + verdict(name, plain, values: values, allocations, settings)
  }

  /// The bar of a model, and whether it is met; a count of allocations that could not be made is no verdict on them.
  private static func verdict(
    _ name: String, _ seconds: Double, values: Int, _ allocations: Cell, _ settings: BenchSettings
  ) -> [Cell] {
    var bars = ["no allocation"]
    var isMet = true
    if name == "edu" {
      bars.insert("under 30 us", at: 0)
      isMet = seconds < 30e-6
    } else if name == simulated {
      bars.insert("at most 8 ns", at: 0)
      isMet = seconds <= 8e-9 * Double(values)
    }
    let text = Cell.text(bars.joined(separator: ", "))
    guard case .number(let count) = allocations else {
      return [
        text, isMet && !settings.isQuick ? .text("met, not counted") : settings.verdict(isMet),
      ]
    }
    // The two runs that are compared may differ by a stray allocation at their start.
    return [text, settings.verdict(isMet && count < 0.02)]
  }
}

/// A posterior with a point to evaluate it at and the memory for that.
private struct GradientPoint {
  private var density: PosteriorDensity
  private let position: [Double]
  private let whitened: [Double]
  private var moved: [Double]
  private var gradient: [Double]
  private var pulled: [Double]
  private var sum = 0.0

  init(_ density: PosteriorDensity, _ metric: ModelMetric?) {
    self.density = density
    var stream = RandomStream(seed: 3)
    let n = density.dimension
    let noise = (0..<n).map { _ in 0.7 * stream.nextNormal() }
    var start = noise
    if let metric {
      transform(metric, noise, &start)
    } else {
      let effects = density.model.effects.count
      let values = density.model.startingValues()
      for i in 0..<n { start[i] = i < effects ? 0.3 * noise[i] : values[i - effects] }
    }
    whitened = noise
    position = start
    moved = start
    gradient = Array(repeating: 0, count: n)
    pulled = gradient
  }

  mutating func evaluate() { sum += value(&density, position, &gradient) }

  mutating func evaluate(through metric: ModelMetric?) {
    guard let metric else { return evaluate() }
    transform(metric, whitened, &moved)
    sum += value(&density, moved, &gradient)
    pullBack(metric, gradient, &pulled)
  }
}

private func value(
  _ density: inout PosteriorDensity, _ position: [Double], _ gradient: inout [Double]
) -> Double {
  var slope = gradient.mutableSpan
  return density.evaluate(at: position.span, gradient: &slope)
}

private func transform(_ metric: ModelMetric, _ y: [Double], _ x: inout [Double]) {
  var span = x.mutableSpan
  metric.transform(y.span, into: &span)
}

private func pullBack(_ metric: ModelMetric, _ gradient: [Double], _ w: inout [Double]) {
  var span = w.mutableSpan
  metric.pullBack(gradient.span, into: &span)
}
