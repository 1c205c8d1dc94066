// Polynomials of eight numbers, evaluated in pairs so that the processor need not wait for one product after another.

import LinearAlgebra

extension VectorMath {
  /// The polynomial with coefficients c0 to c6 from the constant up, by Estrin's scheme.
  ///
  /// It is 3 multiplications deep where Horner's is 6.
  @inlinable @inline(always)
  static func polynomial(
    _ x: Lanes, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double,
    _ c5: Double, _ c6: Double
  ) -> Lanes {
    let x2 = x * x
    let p01 = multiplyAdd(splat(c1), x, splat(c0))
    let p23 = multiplyAdd(splat(c3), x, splat(c2))
    let p45 = multiplyAdd(splat(c5), x, splat(c4))
    let high = multiplyAdd(splat(c6), x2, p45)
    return multiplyAdd(high, x2 * x2, multiplyAdd(p23, x2, p01))
  }

  /// The polynomial with coefficients c0 to c9 from the constant up, by Estrin's scheme.
  @inlinable @inline(always)
  static func polynomial(
    _ x: Lanes, _ c0: Double, _ c1: Double, _ c2: Double, _ c3: Double, _ c4: Double,
    _ c5: Double, _ c6: Double, _ c7: Double, _ c8: Double, _ c9: Double
  ) -> Lanes {
    let x2 = x * x
    let x4 = x2 * x2
    let p01 = multiplyAdd(splat(c1), x, splat(c0))
    let p23 = multiplyAdd(splat(c3), x, splat(c2))
    let p45 = multiplyAdd(splat(c5), x, splat(c4))
    let p67 = multiplyAdd(splat(c7), x, splat(c6))
    let p89 = multiplyAdd(splat(c9), x, splat(c8))
    let low = multiplyAdd(p23, x2, p01)
    let high = multiplyAdd(p89, x4, multiplyAdd(p67, x2, p45))
    return multiplyAdd(high, x4, low)
  }
}
