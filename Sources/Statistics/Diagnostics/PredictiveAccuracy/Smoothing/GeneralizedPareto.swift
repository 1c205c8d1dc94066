// The generalized Pareto distribution of the largest importance weights, fitted by an empirical Bayes rule.

import Glibc
import LinearAlgebra
import Probability

/// F(x) = 1 − (1 + k x / σ)^(−1/k) for x >= 0.
package struct GeneralizedPareto: Sendable, Equatable {
  /// k: positive for heavy tails, infinite where none could be found.
  package let shape: Double
  /// σ; NaN where none could be found.
  package let scale: Double

  /// A distribution from its parameters.
  package init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  /// The fit to values above a threshold, in ascending order.
  package static func fit(ascending values: [Double]) -> GeneralizedPareto {
    var fitter = ParetoFitter()
    return fitter.fit(
      values + Array(repeating: 0, count: paddedToLanes(values.count) - values.count),
      count: values.count)
  }
}

/// Fits generalized Pareto distributions, keeping its memory in between.
struct ParetoFitter: Sendable {
  private var inverseScales: [Double] = []
  private var profile: [Double] = []

  /// The fit to the first `count` of `x`, ascending and not negative, padded with zeros to whole lanes.
  ///
  /// Zhang & Stephens (2009): θ = −k/σ is averaged over a grid with its profile likelihood as weight; k is then drawn
  /// to 0.5 as ten more observations would (the weak prior of Vehtari, Simpson, Gelman, Yao & Gabry 2024, appendix C).
  mutating func fit(_ x: [Double], count: Int) -> GeneralizedPareto {
    let n = Double(count)
    let none = GeneralizedPareto(shape: .infinity, scale: .nan)
    guard count > 0 else { return none }
    let largest = x[count - 1]
    let quartile = x[max(Int(n / 4 + 0.5), 1) - 1]
    // Tails of few distinct values have no quartile above the threshold.
    guard quartile > 0, largest.isFinite else { return none }
    let size = 30 + Int(n.squareRoot())
    inverseScales.removeAll(keepingCapacity: true)
    profile.removeAll(keepingCapacity: true)
    var best = -Double.infinity
    for j in 1...size {
      let theta =
        1 / largest + (1 - (Double(size) / (Double(j) - 0.5)).squareRoot()) / (3 * quartile)
      let k = Self.shape(x, count: count, theta)
      let value = n * (log(-theta / k) - k - 1)
      inverseScales.append(theta)
      profile.append(value)
      if value > best { best = value }
    }
    var (sum, weighted) = (0.0, 0.0)
    for j in 0..<size {
      let weight = exp(profile[j] - best)
      sum += weight
      weighted += weight * inverseScales[j]
    }
    let theta = weighted / sum
    let k = Self.shape(x, count: count, theta)
    let shrunk = (n * k + 5) / (n + 10)
    return shrunk.isNaN ? none : GeneralizedPareto(shape: shrunk, scale: -k / theta)
  }

  /// The k that maximises the likelihood at θ: the mean of log(1 − θ x).
  private static func shape(_ x: [Double], count: Int, _ theta: Double) -> Double {
    let values = x.span
    let slope = VectorMath.splat(-theta)
    var sum = Lanes()
    var i = 0
    // Zeros that pad the values add log 1.
    while i < count {
      sum += VectorMath.log1p(slope * values.lanes(at: i))
      i &+= laneCount
    }
    return sum.sum() / Double(count)
  }
}
