// PSIS-LOO as it stands in the papers, with full sorts and logarithms of everything: the slow twin.

import Foundation

@testable import Diagnostics

/// Leave-one-out prediction of one observation, all in logarithms.
struct NaiveLoo {
  let elpd: Double
  let logWeights: [Double]
  let k: Double
  let error: Double

  init(_ logDensities: [Double]) {
    let s = logDensities.count
    let ratios = logDensities.map { -$0 }
    let greatest = ratios.max() ?? 0
    var weights = ratios.map { $0 - greatest }
    let m = min(
      Int((min(0.2 * Double(s), 3 * sqrt(Double(s)))).rounded(.up)), s - 1)
    var k = Double.infinity
    if m >= 5 {
      let order = weights.indices.sorted {
        weights[$0] == weights[$1] ? $0 < $1 : weights[$0] < weights[$1]
      }
      let tail = Array(order.suffix(m))
      if weights[tail[m - 1]] - weights[tail[0]] >= Double.ulpOfOne / 100 {
        let cutoff = exp(weights[order[s - m - 1]])
        let fit = Self.fit(tail.map { exp(weights[$0]) - cutoff })
        k = fit.k
        if k.isFinite {
          for (place, draw) in tail.enumerated() {
            let p = (Double(place) + 0.5) / Double(m)
            weights[draw] = min(
              log(fit.sigma * expm1(-k * log1p(-p)) / k + cutoff), 0)
          }
        }
      }
    }
    self.k = k
    logWeights = weights.map { $0 + greatest }
    let total = Self.logSum(logWeights)
    elpd = Self.logSum(zip(logDensities, logWeights).map { $0 + $1 }) - total
    var variance = 0.0
    for (f, w) in zip(logDensities, logWeights) {
      variance += pow(exp(w - total) * (exp(f - elpd) - 1), 2)
    }
    let c = sqrt(variance)
    let logs = (1...1000).map { Normal.score($0) }.map { 1 + c * $0 }.filter { $0 > 0 }.map {
      log($0)
    }
    let mean = logs.reduce(0, +) / Double(logs.count)
    error = sqrt(logs.reduce(0) { $0 + pow($1 - mean, 2) } / Double(logs.count - 1))
  }

  private static func fit(_ x: [Double]) -> (k: Double, sigma: Double) {
    let n = Double(x.count)
    let quartile: Double = x[Int(n / 4 + 0.5) - 1]
    let largest: Double = x[x.count - 1]
    func shape(_ theta: Double) -> Double {
      var sum = 0.0
      for value in x { sum += log1p(-theta * value) }
      return sum / n
    }
    let m: Double = 30 + floor(sqrt(n))
    var grid: [Double] = []
    var profile: [Double] = []
    for j in 1...Int(m) {
      let root: Double = sqrt(m / (Double(j) - 0.5))
      let theta: Double = 1 / largest + (1 - root) / 3 / quartile
      let k = shape(theta)
      grid.append(theta)
      profile.append(n * (log(-theta / k) - k - 1))
    }
    let total = logSum(profile)
    var theta = 0.0
    for (value, weight) in zip(grid, profile) { theta += value * exp(weight - total) }
    let k = shape(theta)
    let shrunk: Double = (k * n + 5) / (n + 10)
    return (shrunk.isNaN ? .infinity : shrunk, -k / theta)
  }

  private static func logSum(_ x: [Double]) -> Double {
    let greatest = x.max() ?? 0
    return greatest.isFinite
      ? greatest + log(x.reduce(0) { $0 + exp($1 - greatest) }) : greatest
  }
}

/// Expected order statistics of normal numbers.
private enum Normal {
  static func score(_ rank: Int) -> Double {
    // Bisection of the distribution function, for want of a quantile function here.
    let p = (Double(rank) - 0.375) / 1000.25
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if 0.5 * erfc(-middle / sqrt(2)) < p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
