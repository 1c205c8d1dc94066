// The normal distribution function of eight numbers, for probit models.

import LinearAlgebra

/// What a probit model needs of one linear predictor, computed together.
@usableFromInline @frozen package struct NormalLanes {
  /// log Φ(z), with full relative precision in both tails.
  @usableFromInline package let logCumulative: Lanes
  /// φ(z) / Φ(z).
  @usableFromInline package let hazard: Lanes
  /// z + φ(z) / Φ(z), without cancellation for very negative z.
  @usableFromInline package let excess: Lanes

  @inlinable @inline(always) init(logCumulative: Lanes, hazard: Lanes, excess: Lanes) {
    self.logCumulative = logCumulative
    self.hazard = hazard
    self.excess = excess
  }
}

extension VectorMath {
  /// φ(w) / Φ(-w) - w for w >= 0, which falls from 0.798 to about 1 / w.
  ///
  /// Multiplied by w + 4 it is a smooth function of v = (w - 4) / (w + 4) between -1 and 1 (the
  /// variable of Schonfelder 1978 for erfc); Chebyshev fit of degree 28, to 2e-17, in 60-digit
  /// arithmetic (mpmath 1.3 `chebyfit`).
  @inlinable @inline(always) static func inverseMillsExcess(_ w: Lanes) -> Lanes {
    let bounded = choose(w .> splat(1e15), splat(1e15), w)
    let inverse = splat(1) / (bounded + splat(4))
    let v = (bounded - splat(4)) * inverse
    var p = splat(2.2261946092224273e-09)
    p = multiplyAdd(p, v, splat(1.471640093478076e-08))
    p = multiplyAdd(p, v, splat(-3.6291570418843135e-08))
    p = multiplyAdd(p, v, splat(-1.3470044747078458e-07))
    p = multiplyAdd(p, v, splat(3.0437029885659144e-07))
    p = multiplyAdd(p, v, splat(5.588063998287938e-07))
    p = multiplyAdd(p, v, splat(-1.7801125236838621e-06))
    p = multiplyAdd(p, v, splat(-1.1236017736040415e-06))
    p = multiplyAdd(p, v, splat(8.221885104837812e-06))
    p = multiplyAdd(p, v, splat(-1.460119195672493e-06))
    p = multiplyAdd(p, v, splat(-3.179754982440019e-05))
    p = multiplyAdd(p, v, splat(2.5601218260245907e-05))
    p = multiplyAdd(p, v, splat(0.00010493908715006714))
    p = multiplyAdd(p, v, splat(-0.000150332811085615))
    p = multiplyAdd(p, v, splat(-0.0002893128318825679))
    p = multiplyAdd(p, v, splat(0.0006654963571823578))
    p = multiplyAdd(p, v, splat(0.0005948619697239542))
    p = multiplyAdd(p, v, splat(-0.0024857923897225673))
    p = multiplyAdd(p, v, splat(-0.00037358712267111387))
    p = multiplyAdd(p, v, splat(0.007961411175370185))
    p = multiplyAdd(p, v, splat(-0.004488589746531045))
    p = multiplyAdd(p, v, splat(-0.02080045431427855))
    p = multiplyAdd(p, v, splat(0.03165652747899704))
    p = multiplyAdd(p, v, splat(0.03370366765367635))
    p = multiplyAdd(p, v, splat(-0.1382244914787328))
    p = multiplyAdd(p, v, splat(0.06751792792276208))
    p = multiplyAdd(p, v, splat(0.40195670380622883))
    p = multiplyAdd(p, v, splat(-1.1822045015192792))
    return multiplyAdd(p, v, splat(1.8048571559157687)) * inverse
  }

  /// log Φ(z) with its derivative φ(z) / Φ(z).
  ///
  /// A call of its own: inlined into a kernel it is too much for the compiler's vectoriser.
  @inline(never) package static func normal(_ z: Lanes) -> NormalLanes {
    let w = magnitude(z)
    let isNegative = z .< splat(0)
    let excess = inverseMillsExcess(w)
    let hazardOfTail = w + excess
    // w^2 in two parts, so that exp(-w^2 / 2) keeps its relative precision far out.
    let bounded = choose(w .> splat(1e15), splat(1e15), w)
    let square = bounded * bounded
    let lost = multiplyAdd(bounded, bounded, -square)
    let density =
      exp(splat(-0.5) * square) * multiplyAdd(lost, splat(-0.5), splat(1))
      * splat(0.3989422804014327)
    let tail = density / hazardOfTail
    let logarithm = log1p(
      choose(isNegative, multiplyAdd(hazardOfTail, splat(2.5066282746310002), splat(-1)), -tail))
    let hazard = choose(isNegative, hazardOfTail, density / (splat(1) - tail))
    return NormalLanes(
      logCumulative: choose(isNegative, splat(-0.5) * w * w - logarithm, logarithm),
      hazard: hazard, excess: choose(isNegative, excess, z + hazard))
  }
}
