// Differences of log Γ that keep their digits where both values are large and nearly equal.

import LinearAlgebra

extension VectorMath {
  /// log Γ(shape + y) - log Γ(shape) for y >= 0 and shape > 0, with derivatives in log(shape).
  ///
  /// Stirling's series at a = shape + 8 and b = a + y (at shape itself from 16 up), each term
  /// written as a difference: the value is good to 1e-15 y log(shape + y) and the derivatives to
  /// 1e-14, 3e-14 and 5e-13 of y, also for a shape of 1e12. A call of its own: inlined into a
  /// kernel it is too much for the compiler's vectoriser.
  @inline(never)
  package static func logGammaDifference(
    _ y: Lanes, shape: Lanes, _ count: DerivativeCount
  ) -> DerivativeLanes {
    let isShifted = shape .< splat(16)
    let a = choose(isShifted, shape + splat(8), shape)
    let b = a + y
    let low = RisingProduct(at: choose(isShifted, shape, splat(8)))
    let high = RisingProduct(at: choose(isShifted, shape + y, splat(8)))
    let inverseA = splat(1) / a
    let inverseB = splat(1) / b
    let growth = log1p(y * inverseA)
    let atA = stirlingRemainder(a, inverse: inverseA, count)
    let atB = stirlingRemainder(b, inverse: inverseB, count)
    var result = DerivativeLanes()
    result.value =
      (y * logOfNormal(a) + (multiplyAdd(b - splat(0.5), growth, -y)))
      + ((atB.value - atA.value) - log(high.value / low.value))
    guard count.rawValue >= 1 else { return result }
    let ofLow = low.logDerivatives(count)
    let ofHigh = high.logDerivatives(count)
    // 1/b - 1/a without cancellation.
    let gap = -y * inverseA * inverseB
    let digamma =
      (growth - splat(0.5) * gap) + ((atB.first - atA.first) - (ofHigh.first - ofLow.first))
    let first = shape * digamma
    result.first = first
    guard count.rawValue >= 2 else { return result }
    let sum = inverseA + inverseB
    let trigamma =
      multiplyAdd(splat(0.5) * gap, sum, gap)
      + ((atB.second - atA.second) - (ofHigh.second - ofLow.second))
    let second = shape * shape * trigamma
    result.second = first + second
    guard count.rawValue >= 3 else { return result }
    let cubes = gap * (inverseA * inverseA + inverseA * inverseB + inverseB * inverseB)
    let tetragamma =
      (-gap * sum - cubes) + ((atB.third - atA.third) - (ofHigh.third - ofLow.third))
    result.third = multiplyAdd(
      shape * shape * shape, tetragamma, multiplyAdd(splat(3), second, first))
    return result
  }
}
