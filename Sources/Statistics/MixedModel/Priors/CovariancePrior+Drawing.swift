// Random covariance matrices from inverse Wishart and parameter-expanded priors.

import LinearAlgebra
import Probability

extension CovariancePrior {
  /// θ of a random covariance matrix.
  ///
  /// - Precondition: the prior is proper.
  /// - Throws: `ModelError` when more than one standard deviation is fixed: their conditional law has no known sampler.
  func draw(using stream: inout RandomStream) throws(ModelError) -> [Double] {
    let k = covariance.size
    var sigma: [Double]
    switch kind {
    case .inverseWishart(let scale):
      let fixed = covariance.fixedDeviations.indices.filter {
        covariance.fixedDeviations[$0] != nil
      }
      switch fixed.count {
      case 0: sigma = InverseWishart(scale: scale, size: k, df: df).draw(using: &stream)
      case 1:
        sigma = conditional(
          scale, at: fixed[0], deviation: covariance.fixedDeviations[fixed[0]] ?? 1, &stream)
      default:
        throw ModelError(
          "draws from inv_wishart() with more than one fixed sd in a block are not available; "
            + "write sd and cor priors")
      }
    case .parameterExpanded(let squares):
      // Σ = diag(α) W diag(α); V and A enter by their products alone.
      let scale = (0..<(k * k)).map { $0 % (k + 1) == 0 ? df * squares[$0 / k] : 0 }
      sigma = InverseWishart(scale: scale, size: k, df: df).draw(using: &stream)
      let alpha = (0..<k).map { _ in stream.nextNormal() }
      for i in sigma.indices { sigma[i] *= alpha[i % k] * alpha[i / k] }
    }
    let deviations = (0..<k).map { sigma[$0 * (k + 1)].squareRoot() }
    let correlations = sigma.indices.map { sigma[$0] / (deviations[$0 % k] * deviations[$0 / k]) }
    return covariance.parameters(standardDeviations: deviations, correlations: correlations)
  }

  /// Σ given Σ_ff of one member f.
  ///
  /// With the partition (f, rest), Σ_rr·f is inverse Wishart (M_rr·f, ν) and Σ_fr / Σ_ff is normal with mean M_fr / M_ff and covariance
  /// Σ_rr·f / M_ff (Bodnar & Okhrin 2008, theorem 3).
  private func conditional(
    _ scale: [Double], at f: Int, deviation: Double, _ stream: inout RandomStream
  ) -> [Double] {
    let k = covariance.size
    let rest = (0..<k).filter { $0 != f }
    let own = scale[f * (k + 1)]
    let slopes = rest.map { scale[f + $0 * k] / own }
    let n = rest.count
    var residual = [Double](repeating: 0, count: n * n)
    for c in 0..<n {
      for r in 0..<n {
        residual[r + c * n] = scale[rest[r] + rest[c] * k] - slopes[r] * slopes[c] * own
      }
    }
    let inner = InverseWishart(scale: residual, size: n, df: df).draw(using: &stream)
    var factor = inner
    // A draw is positive definite up to rounding; a pivot lost to it is a zero.
    for i in 0..<n { factor[i * (n + 1)] *= 1 + 1e-14 }
    let isFactored = (try? Dense.choleskyFactor(&factor, order: n)) != nil
    let normals = (0..<n).map { _ in stream.nextNormal() }
    let b = (0..<n).map { row in
      slopes[row]
        + (isFactored
          ? (0...row).reduce(0) { $0 + factor[row + $1 * n] * normals[$1] } : 0)
        / own.squareRoot()
    }
    let variance = deviation * deviation
    var sigma = [Double](repeating: 0, count: k * k)
    sigma[f * (k + 1)] = variance
    for c in 0..<n {
      sigma[f + rest[c] * k] = variance * b[c]
      sigma[rest[c] + f * k] = variance * b[c]
      for r in 0..<n {
        sigma[rest[r] + rest[c] * k] = inner[r + c * n] + variance * b[r] * b[c]
      }
    }
    return sigma
  }
}

/// The inverse Wishart distribution with density |Σ|^−(ν+k+1)/2 exp(−tr(M Σ⁻¹)/2).
struct InverseWishart {
  /// M, k × k.
  let scale: [Double]
  let size: Int
  let df: Double

  /// A random Σ = (T T')⁻¹ with T = L A, L L' = M⁻¹ and A Bartlett's triangle (Bartlett 1933).
  ///
  /// - Precondition: M is positive definite and ν > k − 1.
  func draw(using stream: inout RandomStream) -> [Double] {
    let k = size
    var factor = scale
    do {
      try Dense.choleskyFactor(&factor, order: k)
      Dense.invertFactored(&factor, order: k)
      try Dense.choleskyFactor(&factor, order: k)
    } catch {
      preconditionFailure("the scale matrix was checked to be positive definite")
    }
    var triangle = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      triangle[c * (k + 1)] = stream.nextChi(df - Double(c))
      for r in (c + 1)..<max(k, c + 1) { triangle[r + c * k] = stream.nextNormal() }
    }
    // T = L A, then its inverse, both lower triangular.
    var t = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in c..<k {
        for l in c...r { t[r + c * k] += factor[r + l * k] * triangle[l + c * k] }
      }
    }
    var inverse = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in c..<k {
        var sum = r == c ? 1.0 : 0
        for l in c..<r { sum -= t[r + l * k] * inverse[l + c * k] }
        inverse[r + c * k] = sum / t[r * (k + 1)]
      }
    }
    var sigma = [Double](repeating: 0, count: k * k)
    for c in 0..<k {
      for r in 0..<k {
        for l in max(r, c)..<k { sigma[r + c * k] += inverse[l + r * k] * inverse[l + c * k] }
      }
    }
    return sigma
  }
}
