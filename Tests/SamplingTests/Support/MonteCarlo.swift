// Running chains in tests, and the Monte Carlo errors of what comes out.

import Glibc
import Probability

@testable import Sampling

/// The draws of a few chains after warm-up, one array a coordinate, and what they cost.
struct Draws {
  var columns: [[[Double]]]  // coordinate, chain, draw
  var infos: [[TransitionInfo]]
  var warmupInfos: [[TransitionInfo]]

  var leapfrogsPerDraw: Double {
    let all = infos.flatMap { $0 }
    return Double(all.reduce(0) { $0 + $1.leapfrogCount }) / Double(all.count)
  }

  var divergences: Int { infos.flatMap { $0 }.filter(\.divergent).count }
}

/// Runs `chains` chains in turn and keeps `draws` draws of each.
func sample<Density: LogDensity, Metric: Preconditioner>(
  _ density: Density, with preconditioner: Metric, settings: ChainSettings, chains: Int,
  draws: Int, seed: UInt64, spread: Double = 2
) throws -> Draws {
  let none = Array(repeating: [TransitionInfo](), count: chains)
  let empty = Array(repeating: [[Double]](repeating: [], count: chains), count: density.dimension)
  var result = Draws(columns: empty, infos: none, warmupInfos: none)
  for c in 0..<chains {
    var stream = RandomStream(seed: seed, stream: UInt64(c + 1))
    let start = overdispersedStart(around: preconditioner, scale: spread, stream: &stream)
    var chain = try Chain(
      density: density, preconditioner: preconditioner, start: start, settings: settings,
      stream: stream)
    while chain.isWarmingUp { result.warmupInfos[c].append(chain.advance()) }
    for _ in 0..<draws {
      result.infos[c].append(chain.advance())
      chain.withPosition { x in
        for i in x.indices { result.columns[i][c].append(x[i]) }
      }
    }
  }
  return result
}

/// A mean with its Monte Carlo standard error.
struct Estimate {
  var mean: Double
  var error: Double

  /// The mean of f over all chains; the error from the effective sample size by Geyer's (1992)
  /// initial monotone sequence, chain by chain.
  init(_ chains: [[Double]], of f: (Double) -> Double = { $0 }) {
    let values = chains.map { $0.map(f) }
    let means = values.map { $0.reduce(0, +) / Double($0.count) }
    mean = means.reduce(0, +) / Double(means.count)
    var squaredError = 0.0
    for (chain, chainMean) in zip(values, means) {
      let n = chain.count
      let centred = chain.map { $0 - chainMean }
      func covariance(_ lag: Int) -> Double {
        var sum = 0.0
        for t in 0..<n - lag { sum += centred[t] * centred[t + lag] }
        return sum / Double(n)
      }
      let variance = covariance(0)
      var total = -variance
      var last = Double.infinity
      for k in 0..<n / 2 {
        let pair = covariance(2 * k) + covariance(2 * k + 1)
        if pair <= 0 { break }
        last = min(last, pair)
        total += 2 * last
      }
      // No claim of more than n log₁₀ n effective draws (Vehtari et al. 2021).
      squaredError += max(total, variance / log10(Double(n))) / Double(n)
    }
    error = squaredError.squareRoot() / Double(values.count)
  }

  /// The distance from `truth` in standard errors, `truth` itself being known up to `reference`.
  func z(from truth: Double, reference: Double = 0) -> Double {
    (mean - truth) / (error * error + reference * reference).squareRoot()
  }
}
