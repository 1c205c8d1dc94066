// The loops around the kernels: eight rows at a time through a block, the last rows masked.

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
@inline(__always) func keepRows(_ x: Lanes, below remaining: Int) -> Lanes {
  let row = SIMD8<Int64>(0, 1, 2, 3, 4, 5, 6, 7)
  return VectorMath.choose(row .< SIMD8(repeating: Int64(remaining)), x, Lanes())
}

/// Runs a kernel of one linear predictor over a block and returns the sum of its values.
///
/// `row` gets y, the numbers of `extra`, and η of eight rows. It is inlined, as this function is, so that with a literal
/// `order` the derivatives nobody asked for are never computed.
@inline(__always)
func sweepRows(
  _ response: ResponseData, extra: [Double], start: Int, count: Int, predictors: PredictorBlock,
  order: DerivativeOrder, into derivatives: inout DerivativeBlock,
  row: (_ y: Lanes, _ extra: Lanes, _ eta: Lanes) -> DerivativeLanes
) -> Double {
  precondition(start & (laneCount - 1) == 0 && count <= rowsPerBlock, "not a block of rows")
  let y = response.y.span
  let more = extra.span
  let eta = predictors.values.span
  let step = predictors.stride(of: 0)
  var out = derivatives.values.mutableSpan
  var sum = Lanes()
  var i = 0
  while i < count {
    var r = row(y.lanes(at: start + i), more.lanes(at: start + i), eta.lanes(at: i &* step))
    if i &+ laneCount > count {
      let remaining = count &- i
      r.value = keepRows(r.value, below: remaining)
      r.first = keepRows(r.first, below: remaining)
      r.second = keepRows(r.second, below: remaining)
      r.third = keepRows(r.third, below: remaining)
    }
    sum += r.value
    if order.rawValue >= 1 { out.store(r.first, at: i) }
    if order.rawValue >= 2 { out.store(r.second, at: rowsPerBlock &+ i) }
    if order.rawValue >= 3 { out.store(r.third, at: 2 &* rowsPerBlock &+ i) }
    i &+= laneCount
  }
  return sum.sum()
}

/// Runs a kernel of two linear predictors over a block and returns the sum of its values; see `sweepRows`.
///
/// `row` gets y, the numbers of `extra`, and η_0 and η_1 of eight rows.
@inline(__always)
func sweepRowPairs(
  _ response: ResponseData, extra: [Double], start: Int, count: Int, predictors: PredictorBlock,
  order: DerivativeOrder, into derivatives: inout DerivativeBlock,
  row: (_ y: Lanes, _ extra: Lanes, _ eta0: Lanes, _ eta1: Lanes) -> PairDerivatives
) -> Double {
  precondition(start & (laneCount - 1) == 0 && count <= rowsPerBlock, "not a block of rows")
  let y = response.y.span
  let more = extra.span
  let eta = predictors.values.span
  let step0 = predictors.stride(of: 0)
  let step1 = predictors.stride(of: 1)
  var out = derivatives.values.mutableSpan
  var sum = Lanes()
  var i = 0
  while i < count {
    var r = row(
      y.lanes(at: start + i), more.lanes(at: start + i), eta.lanes(at: i &* step0),
      eta.lanes(at: rowsPerBlock &+ i &* step1))
    if i &+ laneCount > count { r.keep(below: count &- i) }
    sum += r.value
    // The numbering of DerivativeChannels for m = 2.
    if order.rawValue >= 1 {
      out.store(r.d0, at: i)
      out.store(r.d1, at: rowsPerBlock &+ i)
    }
    if order.rawValue >= 2 {
      out.store(r.d00, at: 2 &* rowsPerBlock &+ i)
      out.store(r.d01, at: 3 &* rowsPerBlock &+ i)
      out.store(r.d11, at: 4 &* rowsPerBlock &+ i)
    }
    if order.rawValue >= 3 {
      out.store(r.d000, at: 5 &* rowsPerBlock &+ i)
      out.store(r.d001, at: 6 &* rowsPerBlock &+ i)
      out.store(r.d011, at: 7 &* rowsPerBlock &+ i)
      out.store(r.d111, at: 8 &* rowsPerBlock &+ i)
    }
    i &+= laneCount
  }
  return sum.sum()
}

extension PairDerivatives {
  /// Sets everything of the rows from `remaining` on to 0.
  @inline(__always) mutating func keep(below remaining: Int) {
    value = keepRows(value, below: remaining)
    d0 = keepRows(d0, below: remaining)
    d1 = keepRows(d1, below: remaining)
    d00 = keepRows(d00, below: remaining)
    d01 = keepRows(d01, below: remaining)
    d11 = keepRows(d11, below: remaining)
    d000 = keepRows(d000, below: remaining)
    d001 = keepRows(d001, below: remaining)
    d011 = keepRows(d011, below: remaining)
    d111 = keepRows(d111, below: remaining)
  }
}

extension DerivativeOrder {
  /// The same for the functions of `VectorMath`.
  @inline(__always) var derivativeCount: DerivativeCount {
    switch self {
    case .value: .none
    case .first: .first
    case .second: .second
    case .third: .third
    }
  }
}
