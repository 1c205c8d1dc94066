// The derivatives of the normal log density in the predictors of μ and log σ, eight rows at a time.

import LinearAlgebra
import Probability

/// Where a kernel has 1 / σ from: one value for all rows, or the second linear predictor.
///
/// With one value the term -log σ is left to the caller.
struct InverseSigma {
  private let constant: Lanes
  private let isConstant: Bool

  @inline(always) init(_ value: Double?) {
    constant = VectorMath.splat(value ?? 1)
    isConstant = value != nil
  }

  /// -log σ - (y - μ)² / 2σ² with its derivatives in μ and log σ.
  @inline(always)
  func derivatives(_ rows: RowLanes, mean: Lanes, _ order: DerivativeOrder) -> PairDerivatives {
    let inverse = isConstant ? constant : VectorMath.boundedExp(-rows.eta1)
    let z = (rows.y - mean) * inverse
    let square = z * z
    var r = PairDerivatives()
    r.value = square * VectorMath.splat(-0.5)
    if !isConstant { r.value -= rows.eta1 }
    if order.rawValue >= 1 {
      r.d0 = z * inverse
      r.d1 = square - VectorMath.splat(1)
    }
    if order.rawValue >= 2 {
      r.d00 = -inverse * inverse
      r.d01 = r.d0 * VectorMath.splat(-2)
      r.d11 = square * VectorMath.splat(-2)
    }
    if order.rawValue >= 3 {
      r.d001 = r.d00 * VectorMath.splat(-2)
      r.d011 = r.d0 * VectorMath.splat(4)
      r.d111 = square * VectorMath.splat(4)
    }
    return r
  }
}

/// Identity link.
struct GaussianKernel: RowPairKernel {
  static var readsCentering: Bool { false }
  private let sigma: InverseSigma

  @inline(always) init(_ inverseSigma: Double? = nil) { sigma = InverseSigma(inverseSigma) }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> PairDerivatives {
    sigma.derivatives(rows, mean: rows.eta, order)
  }
}

/// Log link.
struct GaussianLogKernel: RowPairKernel {
  static var readsCentering: Bool { false }
  private let sigma: InverseSigma

  @inline(always) init(_ inverseSigma: Double? = nil) { sigma = InverseSigma(inverseSigma) }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> PairDerivatives {
    let mean = VectorMath.boundedExp(rows.eta)
    var r = sigma.derivatives(rows, mean: mean, order)
    r.chain(mean, mean, mean)
    return r
  }
}

/// Inverse link.
struct GaussianInverseKernel: RowPairKernel {
  static var readsCentering: Bool { false }
  private let sigma: InverseSigma

  @inline(always) init(_ inverseSigma: Double? = nil) { sigma = InverseSigma(inverseSigma) }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> PairDerivatives {
    let mean = VectorMath.splat(1) / rows.eta
    let square = mean * mean
    var r = sigma.derivatives(rows, mean: mean, order)
    r.chain(-square, square * mean * 2, square * square * -6)
    return r
  }
}
