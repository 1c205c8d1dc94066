// What the kernels return for eight rows, and the masking of rows that only pad a block.

import LinearAlgebra
import Probability

/// log f of eight rows with its derivatives in two linear predictors.
struct PairDerivatives {
  var value = Lanes()
  var d0 = Lanes()
  var d1 = Lanes()
  var d00 = Lanes()
  var d01 = Lanes()
  var d11 = Lanes()
  var d000 = Lanes()
  var d001 = Lanes()
  var d011 = Lanes()
  var d111 = Lanes()
}

/// The lanes of `x` whose rows are below `remaining`, and 0 in the others even where `x` is NaN.
@inline(always) func keepRows(_ x: Lanes, below remaining: Int) -> Lanes {
  let row = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
  return VectorMath.choose(row .< SIMD8(repeating: Int64(remaining)), x, Lanes())
}

extension DerivativeLanes {
  /// Sets everything of the rows from `remaining` on to 0.
  @inline(always) mutating func keep(below remaining: Int, _ order: DerivativeOrder) {
    value = keepRows(value, below: remaining)
    if order.rawValue >= 1 { first = keepRows(first, below: remaining) }
    if order.rawValue >= 2 { second = keepRows(second, below: remaining) }
    if order.rawValue >= 3 { third = keepRows(third, below: remaining) }
  }
}

extension PairDerivatives {
  /// Sets everything of the rows from `remaining` on to 0.
  @inline(always) mutating func keep(below remaining: Int, _ order: DerivativeOrder) {
    value = keepRows(value, below: remaining)
    if order.rawValue >= 1 {
      d0 = keepRows(d0, below: remaining)
      d1 = keepRows(d1, below: remaining)
    }
    if order.rawValue >= 2 {
      d00 = keepRows(d00, below: remaining)
      d01 = keepRows(d01, below: remaining)
      d11 = keepRows(d11, below: remaining)
    }
    if order.rawValue >= 3 {
      d000 = keepRows(d000, below: remaining)
      d001 = keepRows(d001, below: remaining)
      d011 = keepRows(d011, below: remaining)
      d111 = keepRows(d111, below: remaining)
    }
  }

  /// Turns derivatives in μ into derivatives in η_0, given the first three derivatives of μ in η_0.
  @inline(always) mutating func chain(_ m1: Lanes, _ m2: Lanes, _ m3: Lanes) {
    d000 = d000 * m1 * m1 * m1 + d00 * m1 * m2 * 3 + d0 * m3
    d001 = d001 * m1 * m1 + d01 * m2
    d011 *= m1
    d00 = d00 * m1 * m1 + d0 * m2
    d01 *= m1
    d0 *= m1
  }
}

extension DerivativeOrder {
  /// The same for the functions of `VectorMath`.
  @inline(always) var derivativeCount: DerivativeCount {
    switch self {
    case .value: .none
    case .first: .first
    case .second: .second
    case .third: .third
    }
  }
}
