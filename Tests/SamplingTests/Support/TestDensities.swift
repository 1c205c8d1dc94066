// Log densities whose moments are known on paper.

import Glibc
import Probability

/// A normal with a mean and a dense precision matrix (row by row).
struct DenseNormal: LogDensity, Sendable {
  let mean: [Double]
  let precision: [Double]
  var evaluations = 0

  var dimension: Int { mean.count }

  mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    evaluations += 1
    let n = mean.count
    var quadratic = 0.0
    for i in 0..<n {
      var sum = 0.0
      for j in 0..<n { sum += precision[i * n + j] * (position[j] - mean[j]) }
      gradient[i] = -sum
      quadratic += sum * (position[i] - mean[i])
    }
    return -quadratic / 2
  }
}

/// Independent normals with mean 0 and given standard deviations.
struct DiagonalNormal: LogDensity, Sendable {
  let scales: [Double]

  var dimension: Int { scales.count }

  mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    var sum = 0.0
    for i in scales.indices {
      let z = position[i] / scales[i]
      gradient[i] = -z / scales[i]
      sum += z * z
    }
    return -sum / 2
  }
}

/// −x⁴/4 in every coordinate, with a wall: zero beyond `wall` in the first.
struct QuarticBox: LogDensity, Sendable {
  let dimension: Int
  var wall = Double.infinity

  mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    if abs(position[0]) > wall { return -.infinity }
    var sum = 0.0
    for i in 0..<dimension {
      let x = position[i]
      gradient[i] = -x * x * x
      sum += x * x * x * x
    }
    return -sum / 4
  }
}

/// Neal's funnel: v ~ N(0, 3²), xᵢ | v ~ N(0, eᵛ).
struct Funnel: LogDensity, Sendable {
  let dimension: Int

  mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    let v = position[0]
    let precision = exp(-v)
    var squares = 0.0
    for i in 1..<dimension {
      squares += position[i] * position[i]
      gradient[i] = -position[i] * precision
    }
    let count = Double(dimension - 1)
    gradient[0] = -v / 9 - count / 2 + squares * precision / 2
    return -v * v / 18 - count * v / 2 - squares * precision / 2
  }
}

/// Rubin's eight schools, non-centred: (μ, log τ, raw) with θ = μ + τ raw.
///
/// μ ~ N(0, 5²), τ ~ half-Cauchy(0, 5), raw ~ N(0, 1), yⱼ ~ N(θⱼ, σⱼ²), as posteriordb's
/// eight_schools_noncentered.
struct EightSchools: LogDensity, Sendable {
  static let effects: [Double] = [28, 8, -3, 7, -1, 1, 18, 12]
  static let errors: [Double] = [15, 10, 16, 11, 9, 11, 10, 18]

  var dimension: Int { 10 }

  mutating func evaluate(
    at position: Span<Double>, gradient: inout MutableSpan<Double>
  ) -> Double {
    let mu = position[0]
    let logTau = position[1]
    let tau = exp(logTau)
    let ratio = tau * tau / 25
    // half-Cauchy(0, 5) in τ and the Jacobian of log τ
    var value = -mu * mu / 50 - log1p(ratio) + logTau
    gradient[0] = -mu / 25
    gradient[1] = 1 - 2 * ratio / (1 + ratio)
    for j in 0..<8 {
      let raw = position[2 + j]
      let residual = (Self.effects[j] - mu - tau * raw) / Self.errors[j]
      let slope = residual / Self.errors[j]  // d/dθ
      value -= (residual * residual + raw * raw) / 2
      gradient[0] += slope
      gradient[1] += slope * tau * raw
      gradient[2 + j] = slope * tau - raw
    }
    return value
  }
}
