// The derivatives of k log p + (n - k) log(1 - p) for the links of a probability, eight rows at a time.

import LinearAlgebra
import Probability

/// Kernels of the binomial family; those of single trials take y as 0 or 1.
enum BinomialKernels {
  /// Logit link, single trials: log of the logistic function of ±η.
  @inline(__always) static func logitOfSingleTrial(_ y: Lanes, _ eta: Lanes) -> DerivativeLanes {
    let sign = y + y - VectorMath.splat(1)
    let z = sign * eta
    let parts = VectorMath.logistic(z)
    var r = DerivativeLanes()
    r.value = -(parts.logOfOnePlus + VectorMath.choose(z .< Lanes(), -z, Lanes()))
    r.first = sign * parts.complement
    r.second = -parts.probability * parts.complement
    r.third = sign * r.second * (parts.complement - parts.probability)
    return r
  }

  /// Logit link: -n log(1 + exp(-|η|)) - |η| (n - k or k), which keeps its digits where p is near 0 or 1.
  @inline(__always)
  static func logit(_ k: Lanes, _ trials: Lanes, _ eta: Lanes) -> DerivativeLanes {
    let failures = trials - k
    let parts = VectorMath.logistic(eta)
    let against = VectorMath.choose(eta .> Lanes(), failures, k)
    var r = DerivativeLanes()
    r.value = -multiplyAdd(trials, parts.logOfOnePlus, VectorMath.magnitude(eta) * against)
    r.first = multiplyAdd(k, parts.complement, -(failures * parts.probability))
    r.second = -trials * parts.probability * parts.complement
    r.third = r.second * (parts.complement - parts.probability)
    return r
  }

  /// Probit link, single trials.
  @inline(__always) static func probitOfSingleTrial(_ y: Lanes, _ eta: Lanes) -> DerivativeLanes {
    let sign = y + y - VectorMath.splat(1)
    return logOfNormal(sign * eta, weight: VectorMath.splat(1), sign: sign)
  }

  /// Probit link.
  @inline(__always)
  static func probit(_ k: Lanes, _ trials: Lanes, _ eta: Lanes) -> DerivativeLanes {
    // Keeps 0 log 0 from being 0 times infinity.
    let bound = VectorMath.splat(1e150)
    let z = VectorMath.larger(VectorMath.smaller(bound, eta), -bound)
    let success = logOfNormal(z, weight: k, sign: VectorMath.splat(1))
    let failure = logOfNormal(-z, weight: trials - k, sign: VectorMath.splat(-1))
    var r = DerivativeLanes()
    r.value = success.value + failure.value
    r.first = success.first + failure.first
    r.second = success.second + failure.second
    r.third = success.third + failure.third
    return r
  }

  /// w log Φ(z) with its derivatives in η = sign * z: with h = φ/Φ the first is h, the second -h (z + h), the third
  /// h ((z + h) (z + 2h) - 1).
  @inline(__always)
  private static func logOfNormal(_ z: Lanes, weight: Lanes, sign: Lanes) -> DerivativeLanes {
    let parts = VectorMath.normal(z)
    let scaled = weight * parts.hazard
    var r = DerivativeLanes()
    r.value = weight * parts.logCumulative
    r.first = sign * scaled
    r.second = -scaled * parts.excess
    r.third =
      sign * scaled
      * multiplyAdd(parts.excess, parts.excess + parts.hazard, VectorMath.splat(-1))
    return r
  }

  /// Complementary log-log link: with h = exp(η), p = 1 - exp(-h).
  @inline(__always)
  static func complementaryLogLog(_ k: Lanes, _ trials: Lanes, _ eta: Lanes) -> DerivativeLanes {
    let failures = trials - k
    // Beyond 700 exp overflows; log(1 - p) is then -1e304, as good as -infinity.
    let bounded = VectorMath.smaller(VectorMath.splat(700), eta)
    let h = VectorMath.exp(bounded)
    let p = -VectorMath.expm1(-h)
    let q = VectorMath.exp(-h)
    let logP = VectorMath.choose(
      bounded .< VectorMath.splat(-18), bounded - h * 0.5,
      VectorMath.choose(
        h .< VectorMath.splat(0.6931471805599453), VectorMath.log(p), VectorMath.log1p(-q)))
    // g = d log p / dη = h / (exp(h) - 1), written with q so that nothing overflows.
    let g = VectorMath.choose(
      bounded .< VectorMath.splat(-700), VectorMath.splat(1), h * q / p)
    let rate = VectorMath.splat(1) - h - g
    let g1 = g * rate
    let g2 = g1 * rate - g * (h + g1)
    var r = DerivativeLanes()
    r.value = multiplyAdd(k, logP, -(failures * h))
    r.first = multiplyAdd(k, g, -(failures * h))
    r.second = multiplyAdd(k, g1, -(failures * h))
    r.third = multiplyAdd(k, g2, -(failures * h))
    return r
  }
}
