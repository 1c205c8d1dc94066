// The distributions of one block of rows, made ready to be drawn from as often as wanted.

import LinearAlgebra
import Probability

/// The random numbers of one simulation: eight streams for the lanes and one for what is drawn row by row.
package struct SimulationStream: Sendable {
  var lanes: LaneStream
  var single: RandomStream

  /// A stream of its own for every pair of `seed` and `stream`.
  package init(seed: UInt64, stream: UInt64) {
    single = RandomStream(seed: seed, stream: stream)
    lanes = LaneStream(seededBy: &single)
  }

  /// A number uniform on (0, 1).
  package mutating func nextUniform() -> Double { single.nextUniform() }
}

/// The distributions of the responses in one block of rows.
///
/// Families fill it from linear predictors: normal rows by mean and standard deviation, counts by the first
/// probability and the recurrence of those that follow. Rows for which neither serves, such as large counts, are
/// drawn one by one as the family does.
package struct ResponseLaw: Sendable {
  /// The number of rows.
  package private(set) var count = 0
  private var kind = Kind.rows
  private var columns = [Double](repeating: 0, count: Column.count * rowsPerBlock)
  /// Rows that are drawn one by one, and what they are drawn from.
  private var single: [Int] = []
  private var predictors = PredictorBlock(count: 0)
  private var trials: [Double] = []

  private enum Kind { case normal, counts, rows }

  private enum Column {
    static let mean = 0
    static let deviation = rowsPerBlock
    static let start = 0
    static let first = rowsPerBlock
    static let step = 2 * rowsPerBlock
    static let offset = 3 * rowsPerBlock
    static let sign = 4 * rowsPerBlock
    static let count = 5
  }

  /// A law without rows.
  package init() {}

  /// Normal rows; the closure gives mean and standard deviation of the eight rows from a place on.
  mutating func setNormal(count: Int, _ moments: (Int) -> (mean: Lanes, deviation: Lanes)) {
    (self.count, kind) = (count, .normal)
    single.removeAll(keepingCapacity: true)
    var span = columns.mutableSpan
    for row in stride(from: 0, to: count, by: laneCount) {
      let (mean, deviation) = moments(row)
      span.store(mean, at: Column.mean + row)
      span.store(deviation, at: Column.deviation + row)
    }
  }

  /// Rows of counts; the closure gives the law of the eight rows from a place on.
  mutating func setCounts(
    count: Int, from block: PredictorBlock, trials: Span<Double>, _ law: (Int) -> CountLaw
  ) {
    (self.count, kind) = (count, .counts)
    var others: [Int] = []
    var span = columns.mutableSpan
    for row in stride(from: 0, to: count, by: laneCount) {
      let lanes = law(row)
      span.store(lanes.start, at: Column.start + row)
      span.store(lanes.first, at: Column.first + row)
      span.store(lanes.step, at: Column.step + row)
      span.store(lanes.offset, at: Column.offset + row)
      span.store(lanes.sign, at: Column.sign + row)
      for lane in 0..<min(laneCount, count - row) where !lanes.isInvertible[lane] {
        others.append(row + lane)
        span[Column.start + row + lane] = 1
      }
    }
    single = others
    if !others.isEmpty { keep(block, trials) }
  }

  /// Rows that are all drawn one by one.
  mutating func setRows(count: Int, from block: PredictorBlock, trials: Span<Double>) {
    (self.count, kind, single) = (count, .rows, Array(0..<count))
    keep(block, trials)
  }

  private mutating func keep(_ block: PredictorBlock, _ trials: Span<Double>) {
    predictors = block
    self.trials = (0..<count).map { trials[$0] }
  }

  /// Draws a response for each row into the first places of `values`, whose room is a whole block.
  package func draw(
    _ family: any ResponseFamily, into values: inout [Double],
    using stream: inout SimulationStream
  ) {
    precondition(values.count >= rowsPerBlock, "room for a block")
    switch kind {
    case .normal: drawNormal(&values, &stream.single)
    case .counts: drawCounts(&values, &stream.lanes)
    case .rows: break
    }
    guard !single.isEmpty else { return }
    var row = [Double](repeating: 0, count: predictors.count)
    for i in single {
      fill(&row, i)
      // What is not finite has no distribution; the caller finds the value by its place.
      values[i] =
        row.allSatisfy(\.isFinite)
        ? family.simulate(trials: trials[i], predictors: row, using: &stream.single) : .nan
    }
  }

  /// Writes the mean of each row into the first places of `values`, whose room is a whole block.
  package func means(_ family: any ResponseFamily, into values: inout [Double]) {
    precondition(values.count >= rowsPerBlock, "room for a block")
    let span = columns.span
    var target = values.mutableSpan
    for row in stride(from: 0, to: count, by: laneCount) {
      switch kind {
      case .normal: target.store(span.lanes(at: Column.mean + row), at: row)
      case .counts:
        // Σ (k + 1) P(k + 1) = Σ (first + step k) P(k) gives the mean of k.
        let mean =
          span.lanes(at: Column.first + row)
          / (Lanes(repeating: 1) - span.lanes(at: Column.step + row))
        target.store(
          multiplyAdd(
            mean, span.lanes(at: Column.sign + row), span.lanes(at: Column.offset + row)),
          at: row)
      case .rows: break
      }
    }
    var row = [Double](repeating: 0, count: predictors.count)
    for i in single {
      fill(&row, i)
      target[i] = family.mean(trials: trials[i], predictors: row)
    }
  }

  /// The linear predictors of a row that is drawn by itself.
  private func fill(_ row: inout [Double], _ i: Int) {
    for a in row.indices {
      row[a] = predictors.values[a * rowsPerBlock + (predictors.isConstant[a] ? 0 : i)]
    }
  }

  private func drawNormal(_ values: inout [Double], _ stream: inout RandomStream) {
    let span = columns.span
    var target = values.mutableSpan
    for row in 0..<count {
      target[row] = span[Column.mean + row] + span[Column.deviation + row] * stream.nextNormal()
    }
  }

  /// Inversion by sequential search, eight rows at a time until the last of them has found its count.
  ///
  /// A count is the number of cumulative probabilities that do not exceed u, so that no lane needs a branch; whether any
  /// goes on is asked after every fourth step only.
  private func drawCounts(_ values: inout [Double], _ stream: inout LaneStream) {
    let span = columns.span
    let reciprocals = Self.reciprocals.span
    var target = values.mutableSpan
    let (zero, one) = (Lanes.zero, Lanes(repeating: 1))
    let least = Lanes(repeating: Self.leastMass)
    for row in stride(from: 0, to: count, by: laneCount) {
      let u = stream.nextUniform()
      var mass = span.lanes(at: Column.start + row)
      var numerator = span.lanes(at: Column.first + row)
      let step = span.lanes(at: Column.step + row)
      var cumulative = mass
      var found = zero
      var next = 1
      while true {
        var more = zero
        for _ in 0..<4 {
          let reciprocal = next < reciprocals.count ? reciprocals[next] : 1 / Double(next)
          mass = mass * numerator * Lanes(repeating: reciprocal)
          // What rounding left of u lies beyond the last mass.
          more = zero.replacing(with: one, where: (u .>= cumulative) .& (mass .> least))
          found += more
          cumulative += mass
          numerator += step
          next += 1
        }
        guard more.sum() > 0 else { break }
      }
      target.store(
        multiplyAdd(
          found, span.lanes(at: Column.sign + row), span.lanes(at: Column.offset + row)),
        at: row)
    }
  }

  /// 1 / k; the first stands for no number.
  private static let reciprocals = [0] + (1...256).map { 1 / Double($0) }
  /// Masses below this come after the last count that a uniform number of 53 bits can reach; the first mass of an
  /// invertible law is far larger.
  private static let leastMass = 1e-25
}

/// Distributions of eight counts k with P(k + 1) / P(k) = (first + step k) / (k + 1): Panjer's (1981) class, which
/// is that of the Poisson, binomial and negative binomial distributions.
struct CountLaw {
  /// P(0).
  var start: Lanes
  var first: Lanes
  var step: Lanes
  /// The response is offset + sign k.
  var offset = Lanes.zero
  var sign = Lanes(repeating: 1)
  /// Where a search from 0 up is short and P(0) far from underflow.
  var isInvertible: SIMDMask<SIMD8<Int64>>

  /// The largest mean at which the search from 0 up is shorter than a rejection.
  static let largestMean = Lanes(repeating: 30)
  /// The largest variance: heavier tails make long searches.
  static let largestVariance = Lanes(repeating: 2_500)
}

extension PredictorBlock {
  /// The linear predictor `a` of the eight rows from `row` on.
  func lanes(_ a: Int, at row: Int) -> Lanes {
    values.span.lanes(at: a * rowsPerBlock + (isConstant[a] ? 0 : row))
  }
}

extension ResponseFamily {
  /// Draws row by row: for families whose distributions have no form that is faster.
  package func prepareSimulation(
    of block: PredictorBlock, trials: Span<Double>, count: Int, into law: inout ResponseLaw
  ) {
    law.setRows(count: count, from: block, trials: trials)
  }
}

extension Link {
  /// μ at eight linear predictors.
  func mean(at eta: Lanes) -> Lanes {
    switch self {
    case .identity: return eta
    case .log: return VectorMath.exp(eta)
    case .sqrt: return eta * eta
    case .inverse: return Lanes(repeating: 1) / eta
    case .logit: return VectorMath.logistic(eta).probability
    case .probit, .cloglog:
      var mean = Lanes.zero
      for lane in 0..<laneCount { mean[lane] = self.mean(at: eta[lane]) }
      return mean
    }
  }

  /// 1 - μ at eight linear predictors, with its own relative precision.
  func complement(at eta: Lanes) -> Lanes {
    if self == .logit { return VectorMath.logistic(eta).complement }
    var complement = Lanes.zero
    for lane in 0..<laneCount { complement[lane] = self.complement(at: eta[lane]) }
    return complement
  }
}
