// Logarithms of eight numbers at once.

import LinearAlgebra

extension VectorMath {
  /// Splits a positive normal x into 2^k m with m between sqrt(1/2) and sqrt(2), and returns k and
  /// m - 1.
  @inlinable @inline(always)
  static func splitByPowerOfTwo(_ x: Lanes) -> (exponent: Lanes, fraction: Lanes) {
    // The bits of 1 less the bits of sqrt(1/2), rounded to 32 bits (the way of fdlibm's e_log.c).
    let shift = SIMD8<Int64>(repeating: 0x3FF0_0000_0000_0000 - 0x3FE6_A09E_0000_0000)
    let bits = x.bits &+ shift
    // A logical shift, as AVX2 has no arithmetic one; the sign bit is clear.
    let exponentBits = unsafeBitCast(
      unsafeBitCast(bits, to: SIMD8<UInt64>.self) &>> SIMD8(repeating: 52), to: SIMD8<Int64>.self)
    // Whole number to Double by placing it below the bits of 2^52; AVX2 has no such conversion.
    let exponent =
      Lanes(bits: exponentBits | SIMD8(repeating: 0x4330_0000_0000_0000)) - splat(0x1p52 + 1023)
    let mantissa =
      (bits & SIMD8(repeating: 0x000F_FFFF_FFFF_FFFF))
      &+ SIMD8(repeating: 0x3FE6_A09E_0000_0000)
    return (exponent, Lanes(bits: mantissa) - splat(1))
  }

  /// (artanh(s) / s - 1) / s^2 for s^2 = z <= 0.0295, to 5e-18 / z.
  ///
  /// Chebyshev fit of degree 6 in 50-digit arithmetic (mpmath 1.3 `chebyfit`).
  @inlinable @inline(always) static func artanhRemainder(_ z: Lanes) -> Lanes {
    polynomial(
      z, 0.3333333333333335, 0.19999999999949444, 0.14285714313126918, 0.11111105544689748,
      0.09091446216268435, 0.07665805861027504, 0.07308903576708663)
  }

  /// log(x) + correction for positive, normal and finite x: the fast core of the others.
  @inlinable @inline(always)
  package static func logOfNormal(_ x: Lanes, plus correction: Lanes = Lanes()) -> Lanes {
    let (k, f) = splitByPowerOfTwo(x)
    // log(1 + f) = 2 artanh(s), s = f / (2 + f), arranged so that the leading f is exact:
    // 2 s = f - s f, hence log(1 + f) = f - s (f - 2 z R) with z = s^2.
    let s = f / (splat(2) + f)
    let z = s * s
    let tail = multiplyAdd(k, splat(0x1.a39e_f357_93c7_6p-33), correction)
    let body = multiplyAdd(s, multiplyAdd(splat(2) * z, artanhRemainder(z), -f), tail)
    return multiplyAdd(k, splat(0x1.62e4_2fee_0000_0p-1), body + f)
  }

  /// log(x): -infinity at 0, NaN below.
  @inlinable @inline(always) package static func log(_ x: Lanes) -> Lanes {
    let isSmall = x .< splat(0x1p-1022)
    let scaled = choose(isSmall, x * splat(0x1p54), x)
    let value = logOfNormal(scaled) - choose(isSmall, splat(54 * 0.6931471805599453), splat(0))
    return withLimitsOfLogarithm(value, of: x)
  }

  /// log(1 + x), with full relative precision near 0.
  @inlinable @inline(always) package static func log1p(_ x: Lanes) -> Lanes {
    let sum = splat(1) + x
    // What rounding took away from the sum, exact for |x| <= 1 and in the larger term beyond it.
    let lost = choose(x .> splat(1), splat(1) - (sum - x), x - (sum - splat(1)))
    let value = logOfNormal(sum, plus: lost / sum)
    return withLimitsOfLogarithm(value, of: sum)
  }

  /// log(1 + t) for t between 0 and 1, given 1 / (2 + t).
  ///
  /// 2 artanh(s) with s = t / (2 + t); Chebyshev fit of degree 9 in s^2 <= 1/9, to 5e-18, in
  /// 50-digit arithmetic (mpmath 1.3 `chebyfit`).
  @inlinable @inline(always)
  static func log1pOfFraction(_ t: Lanes, inverseOfTwoPlus: Lanes) -> Lanes {
    let s = t * inverseOfTwoPlus
    let z = s * s
    let p = polynomial(
      z, 0.3333333333333333, 0.20000000000007298, 0.1428571428355253, 0.11111111358900891,
      0.09090894708663223, 0.07692785296456121, 0.06657067775440581, 0.06000577591428889,
      0.04400158825434387, 0.08082469084735669)
    let twice = s + s
    return multiplyAdd(twice * z, p, twice)
  }

  @inlinable @inline(always)
  static func withLimitsOfLogarithm(_ value: Lanes, of x: Lanes) -> Lanes {
    let atZero = choose(x .== splat(0), splat(-.infinity), value)
    let atInfinity = choose(x .== splat(.infinity), splat(.infinity), atZero)
    // Written so that NaN, which compares false, becomes NaN too.
    return choose(x .>= splat(0), atInfinity, splat(.nan))
  }
}
