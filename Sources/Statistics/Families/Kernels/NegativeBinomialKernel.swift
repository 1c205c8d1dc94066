// The derivatives of the negative binomial log density in log μ and log shape, eight rows at a time.

import Glibc
import LinearAlgebra
import Probability

/// With θ = shape, u = η_0 - η_1, p = μ / (μ + θ), q = 1 - p and s = log(1 + exp(u)),
/// log f = log Γ(y + θ) - log Γ(θ) - log y! + y (u - s) - θ s.
///
/// With a constant shape the kernel's value is y (η_0 - s - c) - θ s, where c = log(θ ȳ / (θ + ȳ))
/// is what η_0 - s is for a typical mean ȳ: then neither a huge nor a tiny θ makes large terms
/// that cancel. `NegativeBinomialSharedTerm` holds the rest, summed over the distinct values of y.
struct NegativeBinomialKernel: RowPairKernel {
  static var readsCentering: Bool { false }
  private let logShape: Lanes
  private let shape: Lanes
  /// c and its first three derivatives in log θ.
  private let center: Lanes
  private let center1: Lanes
  private let center2: Lanes
  private let center3: Lanes

  /// The kernel for a shape and a typical mean.
  @inline(always) init(logShape: Double, center mean: Double) {
    let shape = exp(logShape)
    let p = mean / (mean + shape)
    let q = 1 / (1 + mean / shape)
    self.logShape = VectorMath.splat(logShape)
    self.shape = VectorMath.splat(shape)
    center = VectorMath.splat(log(mean) + log(q))
    center1 = VectorMath.splat(p)
    center2 = VectorMath.splat(-p * q)
    center3 = VectorMath.splat(p * q * (q - p))
  }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> PairDerivatives {
    let u = rows.eta - logShape
    let parts = VectorMath.logistic(u)
    let softplus = VectorMath.softplus(u, parts)
    var r = common(rows.y, shape, parts, softplus, order: order)
    r.value = multiplyAdd(rows.y, rows.eta - softplus - center, -(shape * softplus))
    r.d1 -= rows.y * center1
    r.d11 -= rows.y * center2
    r.d111 -= rows.y * center3
    return r
  }
}

/// The kernel where the shape has a linear predictor of its own; nothing is left to a shared term.
struct NegativeBinomialVaryingKernel: RowPairKernel {
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> PairDerivatives {
    let u = rows.eta - rows.eta1
    let shape = VectorMath.boundedExp(rows.eta1)
    let parts = VectorMath.logistic(u)
    let softplus = VectorMath.softplus(u, parts)
    let gamma = VectorMath.logGammaDifference(rows.y, shape: shape, order.derivativeCount)
    var r = common(rows.y, shape, parts, softplus, order: order)
    // `centering` holds log y!.
    r.value =
      multiplyAdd(rows.y, u - softplus, gamma.value)
      - multiplyAdd(shape, softplus, rows.centering)
    r.d1 += gamma.first - rows.y
    r.d11 += gamma.second
    r.d111 += gamma.third
    return r
  }
}

/// The parts that do not come from Γ, without the value.
@inline(always)
private func common(
  _ y: Lanes, _ shape: Lanes, _ parts: LogisticLanes, _ softplus: Lanes, order: DerivativeOrder
) -> PairDerivatives {
  let p = parts.probability
  let q = parts.complement
  var r = PairDerivatives()
  // y - (y + θ) p, written so that neither part loses digits.
  r.d0 = multiplyAdd(y, q, -(shape * p))
  let gap = p - softplus
  r.d1 = multiplyAdd(shape, gap, y * p)
  if order.rawValue >= 2 {
    let total = (y + shape) * p * q
    r.d00 = -total
    r.d01 = total - shape * p
    let square = p * p
    let curved = shape * (gap + square)
    r.d11 = curved - y * p * q
    if order.rawValue >= 3 {
      let skew = q - p
      r.d000 = -total * skew
      r.d001 = total * skew - shape * p * q
      r.d011 = shape * p * (q + q - VectorMath.splat(1)) - total * skew
      r.d111 =
        multiplyAdd(y * p * q, skew, curved)
        + shape * square * (VectorMath.splat(1) - q - q)
    }
  }
  return r
}
