// The part of the negative binomial log density that a constant shape shares between all rows.

import Glibc
import LinearAlgebra
import Probability

/// The sum over all rows that goes with `NegativeBinomialKernel`.
enum NegativeBinomialSharedTerm {
  /// Σ [log Γ(y + θ) - log Γ(θ) - log y! - y (log θ - c)], with its derivatives in log θ.
  ///
  /// log Γ(y + θ) - log Γ(θ) is the sum of log(k + θ) over k < y, so that over all rows each k
  /// counts as often as there are y above it; responses beyond the range of that sum get their
  /// remainder by Stirling's series.
  static func evaluate(_ response: ResponseData, logShape: Double) -> (
    value: Double, first: Double, second: Double
  ) {
    let shape = exp(logShape)
    let mean = response.center
    let p = mean / (mean + shape)
    let q = 1 / (1 + mean / shape)
    let theta = VectorMath.splat(shape)
    var value = Lanes()
    var first = Lanes()
    var second = Lanes()
    let counts = response.exceedances.span
    var k = Lanes(0, 1, 2, 3, 4, 5, 6, 7)
    for i in stride(from: 0, to: counts.count, by: laneCount) {
      let count = counts.lanes(at: i)
      let inverse = VectorMath.splat(1) / (k + theta)
      let part = k * inverse
      let ratio = (k + theta) * VectorMath.splat(p) / (k + VectorMath.splat(1))
      value += count * VectorMath.log(ratio)
      first += count * (VectorMath.splat(p) - part)
      second += count * (part * (theta * inverse) - VectorMath.splat(p * q))
      k += VectorMath.splat(8)
    }
    let large = response.largeCounts
    if !large.excess.isEmpty {
      // Beyond the range K: log Γ(d + K + θ) - log Γ(K + θ), whose derivatives in log(K + θ) are
      // turned into those in log θ.
      let base = VectorMath.splat(Double(NegativeBinomialFamily.summedRange)) + theta
      let share = theta / base
      let logP = VectorMath.splat(log(p))
      let excess = large.excess.span
      let multiplicity = large.multiplicity.span
      let constants = large.constants.span
      for i in stride(from: 0, to: excess.count, by: laneCount) {
        let d = excess.lanes(at: i)
        let count = multiplicity.lanes(at: i)
        let gamma = VectorMath.logGammaDifference(d, shape: base, .second)
        let slope = gamma.first * share
        value += count * (gamma.value + multiplyAdd(d, logP, constants.lanes(at: i)))
        first += count * (slope - d * VectorMath.splat(q))
        second +=
          count
          * (multiplyAdd(gamma.second - gamma.first, share * share, slope)
            - d * VectorMath.splat(p * q))
      }
    }
    return (value.sum(), first.sum(), second.sum())
  }
}
