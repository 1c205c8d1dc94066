// How well one observation is predicted by all others.

import Glibc
import LinearAlgebra
import Probability

/// The leave-one-out prediction of one observation, and what WAIC makes of it.
package struct PointAccuracy: Sendable, Equatable {
  /// log p(y_i | y_−i) by Pareto-smoothed importance sampling.
  package var elpd: Double
  /// The Monte Carlo standard error of `elpd`; NaN where k is infinite.
  package var elpdError: Double
  /// log p(y_i | y): the log of the mean density over all draws.
  package var logPredictiveDensity: Double
  /// The shape of the tail of the importance weights; infinite where there is none to be found.
  package var paretoK: Double
  /// Independent draws that the weighted draws are worth.
  package var effectiveDraws: Double
  /// Independent draws that a draw of the chains is worth for the mean density.
  package var relativeEfficiency: Double
  /// The variance of log f over the draws: the share of this observation in p_waic.
  package var effectiveParametersWAIC: Double

  /// The share of this observation in p_loo.
  package var effectiveParameters: Double { logPredictiveDensity - elpd }
  /// The observation's share of elpd by WAIC (Watanabe 2010).
  package var elpdWAIC: Double { logPredictiveDensity - effectiveParametersWAIC }

  /// An observation whose density is not finite in some draw: nothing is known but that it is a failure.
  static let failed = PointAccuracy(
    elpd: .nan, elpdError: .nan, logPredictiveDensity: .nan, paretoK: .infinity,
    effectiveDraws: .nan, relativeEfficiency: .nan, effectiveParametersWAIC: .nan)
}

/// Computes the predictions of one observation after another, keeping its memory in between.
package struct AccuracyCalculator: Sendable {
  /// The weights of the last observation.
  package private(set) var smoother = ParetoSmoother()
  private var efficiency: RelativeEfficiency?
  private var densities: [Double] = []
  private var errors = LogMeanError()

  /// A calculator for draws of `chainCount` chains of one length; with nil draws count as independent.
  package init(chainCount: Int?, drawCount: Int) {
    guard let chainCount else { return }
    precondition(drawCount % chainCount == 0, "chains of one length")
    efficiency = RelativeEfficiency(chainCount: chainCount, drawCount: drawCount / chainCount)
  }

  /// The prediction of an observation from log f(y | draw) of every draw, chain after chain.
  ///
  /// Vehtari, Gelman & Gabry (2017), "Practical Bayesian model evaluation using leave-one-out cross-validation and WAIC".
  package mutating func accuracy(of logDensities: Span<Double>) -> PointAccuracy {
    guard smoother.load(logDensities) else { return .failed }
    let (densitySum, squares) = sums()
    let relative = Self.measure(&efficiency, densities) ?? 1
    smoother.smooth(relativeEfficiency: relative)
    let count = Double(smoother.drawCount)
    let logSum = logWeightedSum()
    let elpd = logSum + smoother.range.least - Glibc.log(smoother.total)
    let isKnown = smoother.paretoK.isFinite
    return PointAccuracy(
      elpd: elpd,
      elpdError: isKnown
        ? errors.error(relativeDeviation: relativeDeviation(logSum), efficiency: relative) : .nan,
      logPredictiveDensity: smoother.range.greatest + Glibc.log(densitySum / count),
      paretoK: smoother.paretoK, effectiveDraws: smoother.effectiveDraws * relative,
      relativeEfficiency: relative, effectiveParametersWAIC: squares / (count - 1))
  }

  private static func measure(_ efficiency: inout RelativeEfficiency?, _ densities: [Double])
    -> Double?
  {
    efficiency?(densities.span)
  }

  /// Σ f relative to the largest density, and Σ (log f − mean)²; leaves the densities in `densities`.
  private mutating func sums() -> (densities: Double, squares: Double) {
    let count = smoother.drawCount
    if densities.count != smoother.logDensities.count {
      densities = Array(repeating: 0, count: smoother.logDensities.count)
    }
    return Self.sums(smoother.logDensities, count, smoother.range, into: &densities)
  }

  private static func sums(
    _ logs: [Double], _ count: Int, _ range: (least: Double, greatest: Double, mean: Double),
    into densities: inout [Double]
  ) -> (densities: Double, squares: Double) {
    let source = logs.span
    var target = densities.mutableSpan
    let (greatest, mean) = (VectorMath.splat(range.greatest), VectorMath.splat(range.mean))
    var (sum, squares) = (Lanes(), Lanes())
    var i = 0
    while i < source.count {
      let x = source.lanes(at: i)
      let f = keepLanes(VectorMath.boundedExp(x - greatest), below: count &- i)
      let deviation = keepLanes(x - mean, below: count &- i)
      target.store(f, at: i)
      sum += f
      squares = multiplyAdd(deviation, deviation, squares)
      i &+= laneCount
    }
    return (sum.sum(), squares.sum())
  }

  /// log Σ w f, w relative to the largest raw weight and f to the smallest density.
  ///
  /// Outside the tail w f is the same for all draws, so that it is counted, not summed.
  private func logWeightedSum() -> Double {
    let m = smoother.tailCount
    let body = Double(smoother.drawCount - m)
    var greatest = 0.0
    for i in 0..<m { greatest = max(greatest, logProduct(i)) }
    var sum = body * exp(-greatest)
    for i in 0..<m { sum += exp(logProduct(i) - greatest) }
    return greatest + Glibc.log(sum)
  }

  /// log w f of draw `i` of the tail.
  private func logProduct(_ i: Int) -> Double {
    smoother.logDensities[smoother.tailDraw(i)] - smoother.range.least + smoother.tailLogWeights[i]
  }

  /// √Σ w² (f / E − 1)², w being normalised weights and E = Σ w f: the relative standard error of E.
  ///
  /// w f / E is written as a share of Σ w f, so that densities that overflow or underflow do no harm.
  private func relativeDeviation(_ logSum: Double) -> Double {
    let weights = smoother.weights.span
    let count = smoother.drawCount
    let inverse = VectorMath.splat(1 / smoother.total)
    let body = exp(-logSum)
    let share = VectorMath.splat(body)
    var sum = Lanes()
    var i = 0
    while i < weights.count {
      let difference = keepLanes(share - weights.lanes(at: i) * inverse, below: count &- i)
      sum = multiplyAdd(difference, difference, sum)
      i &+= laneCount
    }
    var total = sum.sum()
    for i in 0..<smoother.tailCount {
      let w = weights[smoother.tailDraw(i)] / smoother.total
      let own = exp(logProduct(i) - logSum) - w
      total += own * own - (body - w) * (body - w)
    }
    return max(total, 0).squareRoot()
  }
}

/// The standard error of the log of a mean from the relative standard error of the mean.
private struct LogMeanError: Sendable {
  /// The expected order statistics of 1,000 standard normal numbers (Blom 1958), ascending.
  private static let scores: [Double] = (1...1000).map {
    Normal.quantile((Double($0) - 0.375) / 1000.25)
  }
  private var logs = [Double](repeating: 0, count: 1000)

  /// The standard deviation of log(1 + c z) over standard normal z with 1 + c z > 0, divided by √efficiency.
  mutating func error(relativeDeviation c: Double, efficiency: Double) -> Double {
    guard c.isFinite else { return .nan }
    let first = Self.fill(&logs, Self.scores, c)
    let count = Double(logs.count - first)
    var sum = 0.0
    for i in first..<logs.count { sum += logs[i] }
    let mean = sum / count
    var squares = 0.0
    for i in first..<logs.count { squares += (logs[i] - mean) * (logs[i] - mean) }
    return (squares / (count - 1) / efficiency).squareRoot()
  }

  /// Writes log(1 + c z) for every score and returns the place of the first that exists.
  private static func fill(_ logs: inout [Double], _ scores: [Double], _ c: Double) -> Int {
    let z = scores.span
    var target = logs.mutableSpan
    for i in stride(from: 0, to: z.count, by: laneCount) {
      target.store(VectorMath.log1p(VectorMath.splat(c) * z.lanes(at: i)), at: i)
    }
    var first = 0
    while first < z.count && !(1 + c * z[first] > 0) { first += 1 }
    return first
  }
}
