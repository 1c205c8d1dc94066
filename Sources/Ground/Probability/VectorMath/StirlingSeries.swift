// The two parts of log Γ beyond the elementary ones: Stirling's remainder and the product that shifts x by 8.

import LinearAlgebra

/// How many derivatives of a function of eight numbers are wanted.
@usableFromInline package enum DerivativeCount: Int, Sendable {
  case none, first, second, third
}

/// A function of eight numbers with its first three derivatives, as far as they were asked for.
@usableFromInline @frozen package struct DerivativeLanes {
  /// The value.
  @usableFromInline package var value = Lanes()
  /// The first derivative.
  @usableFromInline package var first = Lanes()
  /// The second derivative.
  @usableFromInline package var second = Lanes()
  /// The third derivative.
  @usableFromInline package var third = Lanes()

  /// Zeros.
  @inlinable @inline(always) package init() {}
}

extension VectorMath {
  /// Stirling's remainder log Γ(a) - [(a - 1/2) log a - a + log(2π) / 2] for a >= 8, with
  /// derivatives.
  ///
  /// Abramowitz & Stegun (1964), 6.1.40, eight terms; the first one left out is below 2e-16 at a =
  /// 8.
  @inlinable @inline(always)
  static func stirlingRemainder(
    _ a: Lanes, inverse: Lanes? = nil, _ count: DerivativeCount = .third
  ) -> DerivativeLanes {
    let r = inverse ?? splat(1) / a
    let z = r * r
    var result = DerivativeLanes()
    // Coefficients B_{2k} / (2k (2k - 1)), and those of the derivatives by powers of 1 / a.
    var p = splat(-3617.0 / 122400)
    p = multiplyAdd(p, z, splat(1.0 / 156))
    p = multiplyAdd(p, z, splat(-691.0 / 360360))
    p = multiplyAdd(p, z, splat(1.0 / 1188))
    p = multiplyAdd(p, z, splat(-1.0 / 1680))
    p = multiplyAdd(p, z, splat(1.0 / 1260))
    p = multiplyAdd(p, z, splat(-1.0 / 360))
    result.value = multiplyAdd(p, z, splat(1.0 / 12)) * r
    if count.rawValue >= 1 {
      var p = splat(3617.0 / 8160)
      p = multiplyAdd(p, z, splat(-1.0 / 12))
      p = multiplyAdd(p, z, splat(691.0 / 32760))
      p = multiplyAdd(p, z, splat(-1.0 / 132))
      p = multiplyAdd(p, z, splat(1.0 / 240))
      p = multiplyAdd(p, z, splat(-1.0 / 252))
      p = multiplyAdd(p, z, splat(1.0 / 120))
      result.first = multiplyAdd(p, z, splat(-1.0 / 12)) * z
    }
    if count.rawValue >= 2 {
      var p = splat(-3617.0 / 510)
      p = multiplyAdd(p, z, splat(7.0 / 6))
      p = multiplyAdd(p, z, splat(-691.0 / 2730))
      p = multiplyAdd(p, z, splat(5.0 / 66))
      p = multiplyAdd(p, z, splat(-1.0 / 30))
      p = multiplyAdd(p, z, splat(1.0 / 42))
      p = multiplyAdd(p, z, splat(-1.0 / 30))
      result.second = multiplyAdd(p, z, splat(1.0 / 6)) * z * r
    }
    if count.rawValue >= 3 {
      var p = splat(17 * 3617.0 / 510)
      p = multiplyAdd(p, z, splat(-15 * 7.0 / 6))
      p = multiplyAdd(p, z, splat(13 * 691.0 / 2730))
      p = multiplyAdd(p, z, splat(-11 * 5.0 / 66))
      p = multiplyAdd(p, z, splat(9 * 1.0 / 30))
      p = multiplyAdd(p, z, splat(-7 * 1.0 / 42))
      p = multiplyAdd(p, z, splat(5 * 1.0 / 30))
      result.third = multiplyAdd(p, z, splat(-3 * 1.0 / 6)) * z * z
    }
    return result
  }
}

/// The product P(x) of x, x + 1 up to x + 7, which leads from Γ(x) to Γ(x + 8), and the
/// derivatives of its logarithm.
///
/// With w = x^2 + 7x the factors pair to P = w (w + 6) (w + 10) (w + 12).
@usableFromInline @frozen package struct RisingProduct {
  @usableFromInline let w: Lanes
  @usableFromInline let slope: Lanes
  /// P(x).
  @usableFromInline package let value: Lanes

  /// The product that starts at `x`; finite for x below 1e38.
  @inlinable @inline(always) package init(at x: Lanes) {
    let seven = Lanes(repeating: 7)
    w = x * (x + seven)
    slope = x + x + seven
    value =
      (w * (w + Lanes(repeating: 6))) * ((w + Lanes(repeating: 10)) * (w + Lanes(repeating: 12)))
  }

  /// The derivatives of log P in x (the value is left at 0).
  @inlinable @inline(always)
  package func logDerivatives(_ count: DerivativeCount) -> DerivativeLanes {
    var result = DerivativeLanes()
    let inverse = Lanes(repeating: 1) / value
    var p = multiplyAdd(Lanes(repeating: 4), w, Lanes(repeating: 84))
    p = multiplyAdd(p, w, Lanes(repeating: 504))
    let one = multiplyAdd(p, w, Lanes(repeating: 720)) * inverse
    result.first = slope * one
    guard count.rawValue >= 2 else { return result }
    p = multiplyAdd(Lanes(repeating: 12), w, Lanes(repeating: 168))
    let ratio = multiplyAdd(p, w, Lanes(repeating: 504)) * inverse
    let two = ratio - one * one
    result.second = multiplyAdd(slope * slope, two, one + one)
    guard count.rawValue >= 3 else { return result }
    let third = multiplyAdd(Lanes(repeating: 24), w, Lanes(repeating: 168)) * inverse
    let three = third - one * (Lanes(repeating: 3) * ratio - Lanes(repeating: 2) * one * one)
    result.third = slope * multiplyAdd(slope * slope, three, Lanes(repeating: 6) * two)
    return result
  }
}
