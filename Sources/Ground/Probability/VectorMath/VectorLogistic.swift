// The logistic function and log(1 + exp(x)) of eight numbers, sharing one exponential and one division.

import LinearAlgebra

/// What a logistic model needs of one linear predictor, computed together.
@usableFromInline @frozen package struct LogisticLanes {
  /// 1 / (1 + exp(-x)), with full relative precision.
  @usableFromInline package let probability: Lanes
  /// 1 / (1 + exp(x)), the complement, with full relative precision.
  @usableFromInline package let complement: Lanes
  /// log(1 + exp(-|x|)), with full relative precision.
  @usableFromInline package let logOfOnePlus: Lanes

  @inlinable @inline(always) init(probability: Lanes, complement: Lanes, logOfOnePlus: Lanes) {
    self.probability = probability
    self.complement = complement
    self.logOfOnePlus = logOfOnePlus
  }
}

extension VectorMath {
  /// The logistic function of x with its complement and logarithm.
  @inlinable @inline(always) package static func logistic(_ x: Lanes) -> LogisticLanes {
    // Beyond 708 the small probability stays at 3e-308.
    let t = expWithoutBounds(larger(splat(-708), -magnitude(x)))
    let onePlus = splat(1) + t
    let twoPlus = splat(2) + t
    let inverse = splat(1) / (onePlus * twoPlus)
    let large = inverse * twoPlus
    let small = t * large
    let isPositive = x .> splat(0)
    return LogisticLanes(
      probability: choose(isPositive, large, small), complement: choose(isPositive, small, large),
      logOfOnePlus: log1pOfFraction(t, inverseOfTwoPlus: inverse * onePlus))
  }

  /// log(1 + exp(x)) from what `logistic` returned for x.
  @inlinable @inline(always)
  package static func softplus(_ x: Lanes, _ parts: LogisticLanes) -> Lanes {
    parts.logOfOnePlus + larger(x, splat(0))
  }
}
