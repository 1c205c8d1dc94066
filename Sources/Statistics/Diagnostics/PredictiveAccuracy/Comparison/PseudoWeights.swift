// Weights of models from their elpd as if it were a log marginal likelihood, with and without its uncertainty.

import Glibc
import Probability

extension ModelWeights {
  /// Pseudo Bayesian model averaging: weights in proportion to exp(elpd) (Geisser & Eddy 1979).
  package static func pseudo(_ elpd: [Double]) -> [Double] {
    let greatest = elpd.max() ?? 0
    let raw = elpd.map { exp($0 - greatest) }
    let sum = raw.reduce(0, +)
    return raw.map { $0 / sum }
  }

  /// The same averaged over `replicates` of a Bayesian bootstrap of the observations, "pseudo-BMA+" (Yao, Vehtari,
  /// Simpson & Gelman 2018, section 3.4).
  ///
  /// `pointwise` has an array of elpd for each model; nil where one is not finite.
  package static func pseudoWithBootstrap(
    _ pointwise: [[Double]], replicates: Int = 1000, seed: UInt64 = 1
  ) -> [Double]? {
    guard let n = pointwise.first?.count, n > 0, pointwise.allSatisfy({ $0.count == n }),
      pointwise.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { return nil }
    var stream = RandomStream(seed: seed, stream: 0x7053_6575_646F)
    var mean = [Double](repeating: 0, count: pointwise.count)
    var shares = [Double](repeating: 0, count: n)
    for _ in 0..<replicates {
      // Uniform on the simplex: exponential numbers divided by their sum (Rubin 1981).
      var sum = 0.0
      for i in 0..<n {
        shares[i] = -log(stream.nextUniform())
        sum += shares[i]
      }
      let scale = Double(n) / sum
      let weights = pseudo(
        pointwise.map { model in
          var total = 0.0
          for i in 0..<n { total += shares[i] * model[i] }
          return total * scale
        })
      for model in mean.indices { mean[model] += weights[model] }
    }
    let sum = mean.reduce(0, +)
    return mean.map { $0 / sum }
  }
}
