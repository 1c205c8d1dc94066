// The logarithm of the gamma function and its derivatives for eight positive numbers.

import LinearAlgebra

extension VectorMath {
  /// log Γ(x) for x > 0, relative to 1e-14 also next to its zeros at 1 and 2; NaN below 0.
  @inlinable @inline(always) package static func logGamma(_ x: Lanes) -> Lanes {
    // From 3 up: Stirling's series at x or x + 8.
    let isShifted = x .< splat(16)
    let a = choose(isShifted, x + splat(8), x)
    let product = RisingProduct(at: choose(isShifted, x, splat(1))).value
    let stirling =
      multiplyAdd(a - splat(0.5), logOfNormal(a) - splat(1), splat(0.4189385332046727))
      + stirlingRemainder(a).value
    // Below 3: one factor leads to z between 1 and 2, and log Γ(z) = (z - 1)(z - 2) R(z).
    let isBelowOne = x .< splat(1)
    let isBelowTwo = x .< splat(2)
    let isBelowThree = x .< splat(3)
    let zLessOne = choose(isBelowOne, x, choose(isBelowTwo, x - splat(1), x - splat(2)))
    let polynomial =
      zLessOne * (zLessOne - splat(1)) * logGammaBetweenOneAndTwo(zLessOne - splat(0.5))
    let factor = choose(
      isBelowOne, x,
      choose(
        isBelowTwo, splat(1),
        choose(isBelowThree, x - splat(1), choose(isShifted, product, splat(1)))))
    let logOfFactor = log(factor)
    let small = polynomial + choose(isBelowOne, -logOfFactor, logOfFactor)
    let value = choose(isBelowThree, small, stirling - logOfFactor)
    return choose(x .== splat(.infinity), x, value)
  }

  /// The digamma function for x > 0, to 1e-14 of max(1, |ψ(x)|).
  @inlinable @inline(always) package static func digamma(_ x: Lanes) -> Lanes {
    let isShifted = x .< splat(16)
    let a = choose(isShifted, x + splat(8), x)
    let product = RisingProduct(at: choose(isShifted, x, splat(8)))
    let inverse = splat(1) / a
    let value = log(a) - splat(0.5) * inverse + stirlingRemainder(a, inverse: inverse).first
    return value - choose(isShifted, product.logDerivatives(.first).first, splat(0))
  }

  /// The trigamma function for x > 0.
  @inlinable @inline(always) package static func trigamma(_ x: Lanes) -> Lanes {
    let isShifted = x .< splat(16)
    let a = choose(isShifted, x + splat(8), x)
    let product = RisingProduct(at: choose(isShifted, x, splat(8)))
    let inverse = splat(1) / a
    let value =
      inverse + splat(0.5) * inverse * inverse + stirlingRemainder(a, inverse: inverse).second
    return value - choose(isShifted, product.logDerivatives(.second).second, splat(0))
  }

  /// log Γ(3/2 + t) / ((t + 1/2)(t - 1/2)) for |t| <= 1/2, to 5e-18.
  ///
  /// Chebyshev fit of degree 20 in 60-digit arithmetic (mpmath 1.3 `chebyfit`).
  @inlinable @inline(always) static func logGammaBetweenOneAndTwo(_ t: Lanes) -> Lanes {
    var p = splat(1.1820969445467145e-05)
    p = multiplyAdd(p, t, splat(-1.8527803997032962e-05))
    p = multiplyAdd(p, t, splat(1.3584275459130943e-05))
    p = multiplyAdd(p, t, splat(-2.148770252062576e-05))
    p = multiplyAdd(p, t, splat(4.281642862794779e-05))
    p = multiplyAdd(p, t, splat(-6.793733027397047e-05))
    p = multiplyAdd(p, t, splat(0.00010541715222185904))
    p = multiplyAdd(p, t, splat(-0.0001685717945035172))
    p = multiplyAdd(p, t, splat(0.00027130273545114005))
    p = multiplyAdd(p, t, splat(-0.00043803516132580534))
    p = multiplyAdd(p, t, splat(0.0007115202752051298))
    p = multiplyAdd(p, t, splat(-0.001164411377219605))
    p = multiplyAdd(p, t, splat(0.0019229162321227923))
    p = multiplyAdd(p, t, splat(-0.0032120742206072908))
    p = multiplyAdd(p, t, splat(0.005446457842219553))
    p = multiplyAdd(p, t, splat(-0.009425622444829649))
    p = multiplyAdd(p, t, splat(0.01679709863121395))
    p = multiplyAdd(p, t, splat(-0.03130848750105327))
    p = multiplyAdd(p, t, splat(0.06291140107456485))
    p = multiplyAdd(p, t, splat(-0.14595989591430594))
    return multiplyAdd(p, t, splat(0.4831289505409809))
  }
}
