// Pareto-smoothed importance weights of the draws, for leaving out one observation.

import Glibc
import LinearAlgebra
import Probability

/// Importance weights of draws from the posterior given all data, for the posterior without one observation.
///
/// The raw weight of a draw is 1 / f(y | draw). The largest are replaced by the expected order statistics of a
/// generalized Pareto distribution fitted to them (Vehtari, Simpson, Gelman, Yao & Gabry 2024, algorithm 1).
package struct ParetoSmoother: Sendable {
  /// The weights relative to the largest raw one, a draw each, padded with zeros to whole lanes.
  package private(set) var weights: [Double] = []
  /// The sum of `weights`.
  package private(set) var total = 0.0
  /// k of the tail; infinite where the tail is too short or has too few distinct weights: it is not smoothed then.
  package private(set) var paretoK = Double.infinity
  /// The number of draws.
  package private(set) var drawCount = 0
  /// The number of draws in the tail.
  package private(set) var tailCount = 0

  /// The smallest and the largest log density, and the mean.
  private(set) var range = (least: 0.0, greatest: 0.0, mean: 0.0)
  /// log f of every draw, padded to whole lanes.
  private(set) var logDensities: [Double] = []
  /// The log weights of the tail relative to the largest raw one, by descending log density.
  private(set) var tailLogWeights: [Double] = []

  private var smallest = SmallestValues()
  private var fitter = ParetoFitter()
  private var excesses: [Double] = []

  /// A smoother without draws.
  package init() {}

  /// The draws in the tail of S: min(S/5, 3 √(S / r)), rounded up, r being the relative efficiency of the draws.
  package static func tailCount(draws: Int, relativeEfficiency: Double) -> Int {
    let s = Double(draws)
    return Int(min(0.2 * s, 3 * (s / relativeEfficiency).squareRoot()).rounded(.up))
  }

  /// Takes log f(y | draw) of one observation; false if one is not finite, and then there are no weights.
  package mutating func load(_ values: Span<Double>) -> Bool {
    let count = values.count
    drawCount = count
    let padded = paddedToLanes(count)
    if logDensities.count != padded {
      logDensities = Array(repeating: 0, count: padded)
      weights = logDensities
    }
    guard count > 0 else { return false }
    let origin = values[0]
    var target = logDensities.mutableSpan
    var (least, greatest) = (VectorMath.splat(origin), VectorMath.splat(origin))
    var sum = Lanes()
    var i = 0
    while i &+ laneCount <= count {
      let x = values.lanes(at: i)
      target.store(x, at: i)
      least = VectorMath.smaller(x, least)
      greatest = VectorMath.larger(x, greatest)
      sum += x - VectorMath.splat(origin)
      i &+= laneCount
    }
    var (low, high, rest) = (least.min(), greatest.max(), sum.sum())
    while i < padded {
      let x = i < count ? values[i] : origin
      target[i] = x
      low = min(low, x)
      high = max(high, x)
      rest += x - origin
      i &+= 1
    }
    range = (low, high, origin + rest / Double(count))
    return low.isFinite && high.isFinite && rest.isFinite
  }

  /// Computes the weights of what was loaded.
  package mutating func smooth(relativeEfficiency: Double = 1) {
    Self.fillRawWeights(logDensities, drawCount, least: range.least, into: &weights)
    let m = min(
      Self.tailCount(draws: drawCount, relativeEfficiency: relativeEfficiency), drawCount - 1)
    tailCount = 0
    paretoK = .infinity
    if m >= 5 { smoothTail(m) }
    total = Self.sum(weights)
  }

  private static func sum(_ values: [Double]) -> Double {
    let all = values.span
    var sum = Lanes()
    for i in stride(from: 0, to: all.count, by: laneCount) { sum += all.lanes(at: i) }
    return sum.sum()
  }

  private static func fillRawWeights(
    _ logDensities: [Double], _ count: Int, least: Double, into weights: inout [Double]
  ) {
    let source = logDensities.span
    var target = weights.mutableSpan
    let least = VectorMath.splat(least)
    var i = 0
    while i < source.count {
      let w = VectorMath.boundedExp(least - source.lanes(at: i))
      target.store(keepLanes(w, below: count &- i), at: i)
      i &+= laneCount
    }
  }

  private static func select(
    _ wanted: Int, of logDensities: [Double], _ count: Int, into smallest: inout SmallestValues
  ) {
    smallest.select(wanted, of: logDensities.span.extracting(0..<count))
  }

  private mutating func smoothTail(_ m: Int) {
    Self.select(m + 1, of: logDensities, drawCount, into: &smallest)
    let entries = smallest.entries
    let least = range.least
    // Weights from the threshold up: the selected log densities from behind.
    let spread = entries[m - 1].value - entries[0].value
    guard spread >= Double.ulpOfOne / 100 else { return }
    let padded = paddedToLanes(m)
    if tailLogWeights.count != padded {
      tailLogWeights = Array(repeating: 0, count: padded)
      excesses = tailLogWeights
    }
    for i in 0..<m { tailLogWeights[i] = least - entries[m - 1 - i].value }
    let threshold = exp(least - entries[m].value)
    Self.subtract(threshold, fromExponentialsOf: tailLogWeights, count: m, into: &excesses)
    let fit = fitter.fit(excesses, count: m)
    tailCount = m
    paretoK = fit.shape
    guard fit.shape.isFinite else { return }
    Self.writeQuantiles(of: fit, above: threshold, count: m, into: &tailLogWeights)
    for i in 0..<m { weights[Int(entries[m - 1 - i].index)] = exp(tailLogWeights[i]) }
  }

  private static func subtract(
    _ threshold: Double, fromExponentialsOf x: [Double], count: Int, into result: inout [Double]
  ) {
    let source = x.span
    var target = result.mutableSpan
    for i in stride(from: 0, to: source.count, by: laneCount) {
      let excess = VectorMath.exp(source.lanes(at: i)) - VectorMath.splat(threshold)
      target.store(keepLanes(excess, below: count - i), at: i)
    }
  }

  /// Writes the logarithms of threshold + the quantiles at (i − 1/2) / m, none above that of the largest raw weight.
  private static func writeQuantiles(
    of fit: GeneralizedPareto, above threshold: Double, count: Int, into logs: inout [Double]
  ) {
    var target = logs.mutableSpan
    let step = VectorMath.splat(1 / Double(count))
    let scale = VectorMath.splat(fit.shape == 0 ? fit.scale : fit.scale / fit.shape)
    var place = Lanes(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5)
    for i in stride(from: 0, to: target.count, by: laneCount) {
      let p = VectorMath.smaller(place * step, VectorMath.splat(1 - 0.5 / Double(count)))
      let exponential = -VectorMath.log1p(-p)
      let quantile =
        fit.shape == 0
        ? scale * exponential
        : scale * VectorMath.expm1(VectorMath.splat(fit.shape) * exponential)
      let log = VectorMath.log(quantile + VectorMath.splat(threshold))
      target.store(VectorMath.smaller(log, Lanes()), at: i)
      place += VectorMath.splat(8)
    }
  }

  /// The places of the draws of the tail, by ascending weight.
  func tailDraw(_ i: Int) -> Int { Int(smallest.entries[tailCount - 1 - i].index) }

  /// The log weights of all draws, not normalised, on the scale of the raw ones, −log f.
  package var logWeights: [Double] {
    var result = logDensities[..<drawCount].map { -$0 }
    for i in 0..<tailCount { result[tailDraw(i)] = tailLogWeights[i] - range.least }
    return result
  }

  /// The weights of all draws, summing to one.
  package var normalizedWeights: [Double] { weights[..<drawCount].map { $0 / total } }

  /// 1 / Σ w² of the normalised weights: how many equal weights would vary as little (Kish 1965).
  package var effectiveDraws: Double {
    let all = weights.span
    let scale = VectorMath.splat(1 / total)
    var sum = Lanes()
    for i in stride(from: 0, to: all.count, by: laneCount) {
      let w = all.lanes(at: i) * scale
      sum = multiplyAdd(w, w, sum)
    }
    return 1 / sum.sum()
  }
}

/// The lanes of `x` below `remaining`, and 0 in the others even where `x` is NaN.
@inline(__always) func keepLanes(_ x: Lanes, below remaining: Int) -> Lanes {
  let lane = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
  return VectorMath.choose(lane .< SIMD8(repeating: Int64(remaining)), x, Lanes())
}
