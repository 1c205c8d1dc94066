// The derivatives of k log p + (n - k) log(1 - p) for the links of a probability, eight rows at a time.

import LinearAlgebra
import Probability

/// Logit link, single trials: log of the logistic function of ±η.
struct LogitKernelOfSingleTrials: RowKernel {
  static var readsTrials: Bool { false }
  static var readsCentering: Bool { false }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let sign = rows.y + rows.y - VectorMath.splat(1)
    let z = sign * rows.eta
    let parts = VectorMath.logistic(z)
    var r = DerivativeLanes()
    r.value = -(parts.logOfOnePlus + VectorMath.larger(-z, Lanes()))
    r.first = sign * parts.complement
    r.second = -parts.probability * parts.complement
    r.third = sign * r.second * (parts.complement - parts.probability)
    return r
  }
}

/// Logit link: -n log(1 + exp(-|η|)) - |η| (n - k or k), which keeps its digits where p is near 0
/// or 1.
struct LogitKernel: RowKernel {
  static var readsTrials: Bool { true }
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let failures = rows.trials - rows.y
    let parts = VectorMath.logistic(rows.eta)
    let against = VectorMath.choose(rows.eta .> Lanes(), failures, rows.y)
    var r = DerivativeLanes()
    r.value =
      -multiplyAdd(rows.trials, parts.logOfOnePlus, VectorMath.magnitude(rows.eta) * against)
      - rows.centering
    r.first = multiplyAdd(rows.y, parts.complement, -(failures * parts.probability))
    r.second = -rows.trials * parts.probability * parts.complement
    r.third = r.second * (parts.complement - parts.probability)
    return r
  }
}

/// Probit link, single trials.
struct ProbitKernelOfSingleTrials: RowKernel {
  static var readsTrials: Bool { false }
  static var readsCentering: Bool { false }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let sign = rows.y + rows.y - VectorMath.splat(1)
    return logOfNormal(sign * rows.eta, weight: VectorMath.splat(1), sign: sign)
  }
}

/// Probit link.
struct ProbitKernel: RowKernel {
  static var readsTrials: Bool { true }
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    // Keeps 0 log 0 from being 0 times infinity; NaN passes.
    let bound = VectorMath.splat(1e150)
    let z = VectorMath.larger(-bound, VectorMath.smaller(bound, rows.eta))
    let success = logOfNormal(z, weight: rows.y, sign: VectorMath.splat(1))
    let failure = logOfNormal(-z, weight: rows.trials - rows.y, sign: VectorMath.splat(-1))
    var r = DerivativeLanes()
    r.value = success.value + failure.value - rows.centering
    r.first = success.first + failure.first
    r.second = success.second + failure.second
    r.third = success.third + failure.third
    return r
  }
}

/// The value w log Φ(z) with its derivatives in η = sign * z.
///
/// With h = φ/Φ the first is h, the second -h (z + h), the third h ((z + h) (z + 2h) - 1).
@inline(always)
private func logOfNormal(_ z: Lanes, weight: Lanes, sign: Lanes) -> DerivativeLanes {
  let parts = VectorMath.normal(z)
  let scaled = weight * parts.hazard
  var r = DerivativeLanes()
  r.value = weight * parts.logCumulative
  r.first = sign * scaled
  r.second = -scaled * parts.excess
  r.third =
    sign * scaled * multiplyAdd(parts.excess, parts.excess + parts.hazard, VectorMath.splat(-1))
  return r
}

/// Complementary log-log link: with h = exp(η), p = 1 - exp(-h).
struct ComplementaryLogLogKernel: RowKernel {
  static var readsTrials: Bool { true }
  static var readsCentering: Bool { true }

  @inline(always)
  func derivatives(_ rows: RowLanes, _ order: DerivativeOrder) -> DerivativeLanes {
    let k = rows.y
    let failures = rows.trials - k
    // Beyond 700 exp overflows; log(1 - p) is then -1e304, as good as -infinity.
    let eta = VectorMath.smaller(VectorMath.splat(700), rows.eta)
    let h = VectorMath.boundedExp(eta)
    let p = -VectorMath.expm1(-h)
    let q = VectorMath.boundedExp(-h)
    // log p = log(1 - q): by p where q is near 1, by q where p is (Mächler 2012), by series where
    // h has no digits left.
    let isLow = h .< VectorMath.splat(0.6931471805599453)
    let base = VectorMath.choose(isLow, p, VectorMath.splat(1) - q)
    let lost = VectorMath.choose(isLow, Lanes(), (VectorMath.splat(1) - base) - q)
    let logP = VectorMath.choose(
      eta .< VectorMath.splat(-18), eta - h * 0.5, VectorMath.logOfNormal(base, plus: lost / base))
    // g = d log p / dη = h / (exp(h) - 1), written with q so that nothing overflows.
    let g = VectorMath.choose(
      eta .< VectorMath.splat(-700), VectorMath.splat(1), h * q / p)
    let rate = VectorMath.splat(1) - h - g
    let g1 = g * rate
    let g2 = g1 * rate - g * (h + g1)
    var r = DerivativeLanes()
    r.value = multiplyAdd(k, logP, -(failures * h)) - rows.centering
    r.first = multiplyAdd(k, g, -(failures * h))
    r.second = multiplyAdd(k, g1, -(failures * h))
    r.third = multiplyAdd(k, g2, -(failures * h))
    return r
  }
}
