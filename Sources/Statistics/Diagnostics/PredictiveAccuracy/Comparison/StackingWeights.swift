// Weights with which the predictive distributions of several models are best mixed.

import Glibc
import LinearAlgebra

/// Weights of models, none negative, summing to one.
package enum ModelWeights {
  /// The weights that maximise Σ_i log Σ_k w_k p_k(y_i | y_−i) (Yao, Vehtari, Simpson & Gelman 2018).
  ///
  /// `pointwise` has an array of elpd for each model. The concave problem is solved by Newton steps with a logarithmic
  /// barrier that is lowered until the sum is within 1e-9 of its maximum (Boyd & Vandenberghe 2004, section 11.3). Nil
  /// where an elpd is not finite.
  package static func stacking(_ pointwise: [[Double]]) -> [Double]? {
    let k = pointwise.count
    guard let n = pointwise.first?.count, n > 0, pointwise.allSatisfy({ $0.count == n }),
      pointwise.allSatisfy({ $0.allSatisfy(\.isFinite) })
    else { return nil }
    // The density of each observation relative to the best model for it: factors that are common cancel.
    var densities = [Double](repeating: 0, count: n * k)
    for i in 0..<n {
      let greatest = (0..<k).map { pointwise[$0][i] }.max() ?? 0
      for model in 0..<k { densities[i * k + model] = exp(pointwise[model][i] - greatest) }
    }
    var weights = [Double](repeating: 1 / Double(k), count: k)
    guard k > 1 else { return weights }
    var barrier = Double(n)
    while barrier * Double(k) > 1e-9 {
      barrier = max(barrier / 10, 0.9e-9 / Double(k))
      centre(&weights, densities, barrier: barrier)
    }
    return weights
  }

  /// Newton's steps on Σ log(p w) + barrier Σ log w on the plane Σ w = 1.
  private static func centre(_ w: inout [Double], _ densities: [Double], barrier: Double) {
    let k = w.count
    for _ in 0..<100 {
      var gradient = w.map { barrier / $0 }
      var hessian = [Double](repeating: 0, count: k * k)
      for a in 0..<k { hessian[a * (k + 1)] = barrier / (w[a] * w[a]) }
      for start in stride(from: 0, to: densities.count, by: k) {
        var mixture = 0.0
        for a in 0..<k { mixture += w[a] * densities[start + a] }
        for a in 0..<k {
          let share = densities[start + a] / mixture
          gradient[a] += share
          for b in 0...a { hessian[a + b * k] += share * densities[start + b] / mixture }
        }
      }
      // With the barrier the Hessian is positive definite, whatever rounding does to the rest of it.
      guard (try? Dense.choleskyFactor(&hessian, order: k)) != nil else { return }
      var step = gradient
      var ones = [Double](repeating: 1, count: k)
      Dense.solveFactored(hessian, order: k, &step)
      Dense.solveFactored(hessian, order: k, &ones)
      let multiplier = step.reduce(0, +) / ones.reduce(0, +)
      for a in 0..<k { step[a] -= multiplier * ones[a] }
      let decrement = zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      var length = 1.0
      for a in 0..<k where step[a] < 0 { length = min(length, -0.99 * w[a] / step[a]) }
      let before = value(w, densities, barrier)
      var next = w
      repeat {
        for a in 0..<k { next[a] = w[a] + length * step[a] }
        length /= 2
      } while !(value(next, densities, barrier) >= before + 0.1 * length * decrement)
        && length > 1e-12
      let sum = next.reduce(0, +)
      w = next.map { $0 / sum }
      if !(decrement > 1e-12) { return }
    }
  }

  private static func value(_ w: [Double], _ densities: [Double], _ barrier: Double) -> Double {
    let k = w.count
    var total = w.reduce(0) { $0 + barrier * log($1) }
    for start in stride(from: 0, to: densities.count, by: k) {
      var mixture = 0.0
      for a in 0..<k { mixture += w[a] * densities[start + a] }
      total += log(mixture)
    }
    return total
  }
}
