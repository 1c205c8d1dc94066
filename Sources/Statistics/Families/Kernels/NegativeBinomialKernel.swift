// The derivatives of the negative binomial log density in log μ and log shape, eight rows at a time.

import Glibc
import LinearAlgebra
import Probability

/// With θ = shape, u = η_0 - η_1, p = μ / (μ + θ), q = 1 - p and s = log(1 + exp(u)),
/// log f = log Γ(y + θ) - log Γ(θ) - log y! + y (u - s) - θ s.
///
/// With a constant shape the kernel's value is y (η_0 - s - c) - θ s, where c = log(θ ȳ / (θ + ȳ)) is what η_0 - s is for a
/// typical mean ȳ: then neither a huge nor a tiny θ makes large terms that cancel. `sharedTerm` holds the rest,
/// summed over the distinct values of y.
enum NegativeBinomialKernel {
  /// What depends on a constant shape alone.
  struct Constants {
    let logShape: Lanes
    let shape: Lanes
    /// c and its first three derivatives in log θ.
    let center: Lanes
    let center1: Lanes
    let center2: Lanes
    let center3: Lanes

    @inline(__always) init(logShape: Double, center mean: Double) {
      let shape = exp(logShape)
      let p = mean / (mean + shape)
      let q = 1 / (1 + mean / shape)
      self.logShape = VectorMath.splat(logShape)
      self.shape = VectorMath.splat(shape)
      center = VectorMath.splat(log(mean) + log(q))
      center1 = VectorMath.splat(p)
      center2 = VectorMath.splat(-p * q)
      center3 = VectorMath.splat(p * q * (q - p))
    }
  }

  /// The parts that do not come from Γ, without the value.
  @inline(__always)
  private static func common(
    _ y: Lanes, _ shape: Lanes, _ parts: LogisticLanes, _ softplus: Lanes, order: DerivativeOrder
  ) -> PairDerivatives {
    let p = parts.probability
    let q = parts.complement
    var r = PairDerivatives()
    // y - (y + θ) p, written so that neither part loses digits.
    r.d0 = multiplyAdd(y, q, -(shape * p))
    let gap = p - softplus
    r.d1 = multiplyAdd(shape, gap, y * p)
    if order.rawValue >= 2 {
      let total = (y + shape) * p * q
      r.d00 = -total
      r.d01 = total - shape * p
      let square = p * p
      let curved = shape * (gap + square)
      r.d11 = curved - y * p * q
      if order.rawValue >= 3 {
        let skew = q - p
        r.d000 = -total * skew
        r.d001 = total * skew - shape * p * q
        r.d011 = shape * p * (q + q - VectorMath.splat(1)) - total * skew
        r.d111 =
          multiplyAdd(y * p * q, skew, curved)
          + shape * square * (VectorMath.splat(1) - q - q)
      }
    }
    return r
  }

  @inline(__always)
  static func withConstantShape(
    _ y: Lanes, eta: Lanes, _ constants: Constants, order: DerivativeOrder
  ) -> PairDerivatives {
    let u = eta - constants.logShape
    let parts = VectorMath.logistic(u)
    let softplus = VectorMath.softplus(u, parts)
    var r = common(y, constants.shape, parts, softplus, order: order)
    r.value = multiplyAdd(y, eta - softplus - constants.center, -(constants.shape * softplus))
    r.d1 -= y * constants.center1
    if order.rawValue >= 2 { r.d11 -= y * constants.center2 }
    if order.rawValue >= 3 { r.d111 -= y * constants.center3 }
    return r
  }

  @inline(__always)
  static func withVaryingShape(
    _ y: Lanes, logFactorial: Lanes, eta: Lanes, logShape: Lanes, order: DerivativeOrder
  ) -> PairDerivatives {
    let u = eta - logShape
    let shape = VectorMath.exp(logShape)
    let parts = VectorMath.logistic(u)
    let softplus = VectorMath.softplus(u, parts)
    let gamma = VectorMath.logGammaDifference(y, shape: shape, order.derivativeCount)
    var r = common(y, shape, parts, softplus, order: order)
    r.value =
      multiplyAdd(y, u - softplus, gamma.value) - multiplyAdd(shape, softplus, logFactorial)
    r.d1 += gamma.first - y
    r.d11 += gamma.second
    r.d111 += gamma.third
    return r
  }

  /// Σ [log Γ(y + θ) - log Γ(θ) - log y! - y (log θ - c)], with its derivatives in log θ.
  ///
  /// log Γ(y + θ) - log Γ(θ) is the sum of log(k + θ) over k < y, so that over all rows each k counts as often as there
  /// are y above it; responses beyond the range of that sum get their remainder by Stirling's series.
  static func sharedTerm(_ response: ResponseData, logShape: Double) -> (
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
      // Beyond the range K: log Γ(d + K + θ) - log Γ(K + θ), whose derivatives in log(K + θ) are turned into those in log θ.
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
