// Random numbers from the priors of single parameters, cut to the range that the parameter has.

import Families
import Glibc
import Probability

extension PriorDistribution {
  /// A number from this prior inside the range of a link: half distributions for a standard deviation.
  ///
  /// Location-scale families are cut by inversion, the rest by rejection.
  ///
  /// - Precondition: the prior is of one parameter and not flat.
  /// - Throws: `ModelError` when the prior has next to no mass there.
  func draw(within link: Link, using stream: inout RandomStream) throws(ModelError) -> Double {
    let (low, high) = link.range
    switch self {
    case .normal(let mean, let sd):
      guard low > -.infinity else { return mean + sd * stream.nextNormal() }
      return mean + sd
        * (try between(low, high, location: mean, scale: sd, &stream) { z, isQuantile in
          isQuantile ? Normal.quantile(z) : Normal.cumulative(z, upperTail: true)
        })
    case .studentT(let df, let location, let scale):
      guard low > -.infinity else {
        return location + scale * stream.nextNormal() / stream.nextChi(df) * df.squareRoot()
      }
      return location + scale
        * (try between(low, high, location: location, scale: scale, &stream) { z, isQuantile in
          isQuantile
            ? StudentT.quantile(z, degreesOfFreedom: df)
            : StudentT.cumulative(z, degreesOfFreedom: df, upperTail: true)
        })
    case .cauchy(let location, let scale):
      return location + scale
        * (try between(low, high, location: location, scale: scale, &stream) { z, isQuantile in
          isQuantile ? -1 / tan(.pi * z) : z > 0 ? atan(1 / z) / .pi : 0.5 - atan(z) / .pi
        })
    case .logistic(let location, let scale):
      return location + scale
        * (try between(low, high, location: location, scale: scale, &stream) { z, isQuantile in
          isQuantile ? SpecialFunctions.logit(z) : SpecialFunctions.logistic(-z)
        })
    case .uniform(let a, let b):
      let (from, to) = (max(a, low), min(b, high))
      guard from < to else { throw noMass }
      return from + (to - from) * stream.nextUniform()
    case .exponential, .gamma, .inverseGamma, .logNormal, .beta, .inverseWishartDeviation:
      for _ in 0..<100_000 {
        let value = positive(&stream)
        if value > low && value < high { return value }
      }
      throw noMass
    case .flat, .constant, .lkj, .inverseWishart, .parameterExpanded:
      preconditionFailure("no prior of one parameter that can be drawn from")
    }
  }

  /// A number from a prior on the positive numbers, before it is cut.
  private func positive(_ stream: inout RandomStream) -> Double {
    switch self {
    case .exponential(let rate): return stream.nextExponential() / rate
    case .gamma(let shape, let rate): return stream.nextGamma(shape: shape) / rate
    case .inverseGamma(let shape, let scale): return scale / stream.nextGamma(shape: shape)
    case .logNormal(let meanLog, let sdLog): return exp(meanLog + sdLog * stream.nextNormal())
    case .beta(let a, let b): return stream.nextBeta(a, b)
    case .inverseWishartDeviation(let df, let v): return (df * v).squareRoot() / stream.nextChi(df)
    default: preconditionFailure("no prior on the positive numbers")
    }
  }

  /// A number z of a symmetric law with low < location + scale·z < high, by inversion of its upper tail.
  ///
  /// `law(z, false)` is P(Z > z), `law(p, true)` the z with P(Z ≤ z) = p.
  private func between(
    _ low: Double, _ high: Double, location: Double, scale: Double, _ stream: inout RandomStream,
    _ law: (Double, Bool) -> Double
  ) throws(ModelError) -> Double {
    let above = low == -.infinity ? 1 : law((low - location) / scale, false)
    let beyond = high == .infinity ? 0 : law((high - location) / scale, false)
    for _ in 0..<100 {
      let tail = beyond + (above - beyond) * stream.nextUniform()
      let z = -law(tail, true)
      // Rounding may put a number on the end itself.
      if location + scale * z > low && location + scale * z < high { return z }
    }
    throw noMass
  }

  private var noMass: ModelError {
    ModelError(
      "the prior \(text) has next to no mass in the range of its parameter; choose another")
  }
}

extension RandomStream {
  /// The root of a chi-square number, never zero: for tiny degrees of freedom most numbers round to it.
  mutating func nextChi(_ degreesOfFreedom: Double) -> Double {
    max((2 * nextGamma(shape: 0.5 * degreesOfFreedom)).squareRoot(), 1e-140)
  }
}
