// Exponential functions of eight numbers at once.

import LinearAlgebra

/// Elementary and special functions of eight numbers at once, for the kernels.
///
/// Relative errors are below 1e-13 (the elementary ones below 1e-15) over the whole range unless a
/// function says otherwise; overflow gives infinity, underflow goes through the subnormal numbers
/// to 0, and NaN stays NaN.
@usableFromInline package enum VectorMath {
  /// The lanes of `a` where `mask` is set, else those of `b`.
  @inlinable @inline(always)
  package static func choose(_ mask: SIMDMask<SIMD8<Int64>>, _ a: Lanes, _ b: Lanes) -> Lanes {
    b.replacing(with: a, where: mask)
  }

  /// The same number in every lane.
  @inlinable @inline(always) package static func splat(_ x: Double) -> Lanes {
    Lanes(repeating: x)
  }

  /// |x|, by clearing the sign bits.
  @inlinable @inline(always) package static func magnitude(_ x: Lanes) -> Lanes {
    Lanes(bits: x.bits & SIMD8(repeating: 0x7FFF_FFFF_FFFF_FFFF))
  }

  /// The larger of two numbers in each lane; `b` where either is NaN.
  @inlinable @inline(always) package static func larger(_ a: Lanes, _ b: Lanes) -> Lanes {
    choose(a .> b, a, b)
  }

  /// The smaller of two numbers in each lane; `b` where either is NaN.
  @inlinable @inline(always) package static func smaller(_ a: Lanes, _ b: Lanes) -> Lanes {
    choose(a .< b, a, b)
  }

  /// Splits x into n log 2 + r with whole n and |r| <= log(2) / 2 (Cody & Waite 1980, section 6).
  ///
  /// Adding 1.5 * 2^52 rounds to a whole number and leaves it in the low bits of the sum.
  @inlinable @inline(always)
  static func reduceByLog2(_ x: Lanes) -> (wholeBits: SIMD8<Int64>, whole: Lanes, rest: Lanes) {
    let magic = splat(0x1.8p52)
    let shifted = multiplyAdd(x, splat(0x1.7154_7652_b82f_ep+0), magic)
    let whole = shifted - magic
    // log 2 in two parts; the first has 32 significant bits, so that its product with n is exact.
    var rest = multiplyAdd(whole, splat(-0x1.62e4_2fee_0000_0p-1), x)
    rest = multiplyAdd(whole, splat(-0x1.a39e_f357_93c7_6p-33), rest)
    return (shifted.bits &- magic.bits, whole, rest)
  }

  /// 2^n for whole n between -1022 and 1023.
  @inlinable @inline(always) static func powerOfTwo(_ n: SIMD8<Int64>) -> Lanes {
    Lanes(bits: (n &+ SIMD8(repeating: 1023)) &<< SIMD8(repeating: 52))
  }

  /// (exp(r) - 1 - r) / r^2 for |r| <= log(2) / 2, to 1.1e-16 of a term below 0.13.
  ///
  /// Chebyshev fit of degree 9 in 50-digit arithmetic (mpmath 1.3 `chebyfit`).
  @inlinable @inline(always) static func exponentialRemainder(_ r: Lanes) -> Lanes {
    polynomial(
      r, 0.5000000000000001, 0.16666666666666669, 0.04166666666662413, 0.008333333333330062,
      0.0013888888917213717, 0.00019841269863053618, 2.4801521295954376e-05, 2.7557268459997064e-06,
      2.7620088445409746e-07, 2.510038549551032e-08)
  }

  /// exp(x).
  @inlinable @inline(always) package static func exp(_ x: Lanes) -> Lanes {
    // Beyond these ends the result is 0 or infinity anyway; NaN passes through.
    let low = choose(x .< splat(-746), splat(-746), x)
    let clamped = choose(low .> splat(710), splat(710), low)
    let (n, _, r) = reduceByLog2(clamped)
    let value = multiplyAdd(multiplyAdd(exponentialRemainder(r), r, splat(1)), r, splat(1))
    // Two factors, because 2^n itself may overflow or be subnormal where the product does not. The
    // shift is logical, as no arithmetic one exists in AVX2, so n is made positive first.
    let half = ((n &+ SIMD8(repeating: 2048)) &>> SIMD8(repeating: 1)) &- SIMD8(repeating: 1024)
    return value * powerOfTwo(half) * powerOfTwo(n &- half)
  }

  /// exp(x) for x between -708 and 709, and beyond that the value at the nearer end.
  ///
  /// A faster `exp` for kernels, where a mean of 1e308 makes a proposal as hopeless as an infinite
  /// one.
  @inlinable @inline(always) package static func boundedExp(_ x: Lanes) -> Lanes {
    let low = choose(x .< splat(-708), splat(-708), x)
    return expWithoutBounds(choose(low .> splat(709), splat(709), low))
  }

  /// exp(x) for x between -708 and 709.
  @inlinable @inline(always) static func expWithoutBounds(_ x: Lanes) -> Lanes {
    let (n, _, r) = reduceByLog2(x)
    let value = multiplyAdd(multiplyAdd(exponentialRemainder(r), r, splat(1)), r, splat(1))
    return value * powerOfTwo(n)
  }

  /// exp(x) - 1, with full relative precision near 0.
  @inlinable @inline(always) package static func expm1(_ x: Lanes) -> Lanes {
    let low = choose(x .< splat(-60), splat(-60), x)
    let clamped = choose(low .> splat(710), splat(710), low)
    let (n, _, r) = reduceByLog2(clamped)
    let small = multiplyAdd(exponentialRemainder(r) * r, r, r)
    // Half of 2^n, which exists for n = 1024 too.
    let scale = powerOfTwo(n &- SIMD8(repeating: 1))
    return multiplyAdd(scale, small, scale - splat(0.5)) * splat(2)
  }
}

extension SIMD8 where Scalar == Double {
  /// The lanes with these bit patterns.
  @inlinable @inline(always) init(bits: SIMD8<Int64>) {
    self = unsafeBitCast(bits, to: Self.self)
  }

  /// The bit patterns of the lanes.
  @inlinable @inline(always) var bits: SIMD8<Int64> { unsafeBitCast(self, to: SIMD8<Int64>.self) }
}
