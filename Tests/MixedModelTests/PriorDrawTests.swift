// Draws from priors: marginal laws in closed form, and Stein's identities that tie every sampler to its density.

import Families
import Glibc
import Probability
import TestSupport
import Testing

@testable import MixedModel

@Suite("Draws from the prior follow the prior")
struct PriorDrawTests {
  private func draws(_ prior: PriorDistribution, _ link: Link, count: Int = 20_000) throws
    -> [Double]
  {
    var stream = RandomStream(seed: 81)
    return try (0..<count).map { _ in try prior.draw(within: link, using: &stream) }.sorted()
  }

  /// The largest distance between the distribution of sorted draws and a distribution function.
  private func distance(_ sorted: [Double], _ law: (Double) -> Double) -> Double {
    let n = Double(sorted.count)
    return sorted.enumerated().map { index, x in
      max(abs(law(x) - Double(index) / n), abs(law(x) - Double(index + 1) / n))
    }.max() ?? 1
  }

  /// Kolmogorov's 0.9999 quantile over √n.
  private let limit = 2.23 / 20_000.squareRoot()

  struct Law: Sendable, CustomTestStringConvertible {
    let prior: PriorDistribution
    let link: Link
    let cumulative: @Sendable (Double) -> Double
    var testDescription: String { "\(prior.text) \(link)" }
  }

  /// F between the ends of the link's range.
  private static func cut(
    _ prior: PriorDistribution, _ link: Link, _ f: @escaping @Sendable (Double) -> Double
  ) -> Law {
    let (low, high) = link.range
    let (a, b) = (low == -.infinity ? 0 : f(low), high == .infinity ? 1 : f(high))
    return Law(prior: prior, link: link) { (f($0) - a) / (b - a) }
  }

  static let laws: [Law] = [
    cut(.normal(mean: 1, sd: 2), .identity) {
      Normal.cumulative($0, mean: 1, standardDeviation: 2)
    },
    cut(.normal(mean: -1, sd: 2), .log) { Normal.cumulative($0, mean: -1, standardDeviation: 2) },
    cut(.normal(mean: 0.4, sd: 0.5), .logit) {
      Normal.cumulative($0, mean: 0.4, standardDeviation: 0.5)
    },
    cut(.studentT(df: 3, location: 2, scale: 1.5), .identity) {
      StudentT.cumulative(($0 - 2) / 1.5, degreesOfFreedom: 3)
    },
    cut(.studentT(df: 3, location: 0, scale: 2.5), .log) {
      StudentT.cumulative($0 / 2.5, degreesOfFreedom: 3)
    },
    cut(.cauchy(location: -1, scale: 0.5), .log) { 0.5 + atan(($0 + 1) / 0.5) / .pi },
    cut(.cauchy(location: 0, scale: 2), .identity) { 0.5 + atan($0 / 2) / .pi },
    cut(.logistic(location: 0.5, scale: 1), .identity) { 1 / (1 + exp(-($0 - 0.5))) },
    cut(.exponential(rate: 2), .log) { 1 - exp(-2 * $0) },
    cut(.gamma(shape: 0.5, rate: 2), .log) {
      GammaDistribution.cumulative($0, shape: 0.5, scale: 0.5)
    },
    cut(.inverseGamma(shape: 2, scale: 3), .log) {
      GammaDistribution.cumulative(1 / $0, shape: 2, scale: 1.0 / 3, upperTail: true)
    },
    cut(.logNormal(meanLog: 0.3, sdLog: 0.7), .log) {
      $0 <= 0 ? 0 : Normal.cumulative((log($0) - 0.3) / 0.7)
    },
    cut(.logNormal(meanLog: 0.3, sdLog: 0.7), .logit) {
      $0 <= 0 ? 0 : Normal.cumulative((log($0) - 0.3) / 0.7)
    },
    cut(.beta(a: 2, b: 3), .logit) { BetaDistribution.cumulative($0, 2, 3) },
    cut(.beta(a: 2, b: 3), .log) { BetaDistribution.cumulative(min($0, 1), 2, 3) },
    cut(.uniform(low: -1, high: 3), .log) { min(max(($0 + 1) / 4, 0), 1) },
    // s² is inverse gamma (ν/2, νV/2).
    cut(.inverseWishartDeviation(df: 4, v: 1.5), .log) {
      $0 <= 0
        ? 0 : GammaDistribution.cumulative(1 / ($0 * $0), shape: 2, scale: 1.0 / 3, upperTail: true)
    },
  ]

  @Test("priors of one parameter, cut to its range", arguments: laws)
  func oneParameter(_ law: Law) throws {
    let sorted = try draws(law.prior, law.link)
    #expect(sorted.allSatisfy { $0 > law.link.range.low && $0 < law.link.range.high })
    #expect(distance(sorted, law.cumulative) < limit)
  }

  @Test("far from its range a prior is cut by inversion, or refused")
  func farAway() throws {
    // Of normal(−10, 1) above 0 the excess is exponential with rate 10, nearly.
    let sorted = try draws(.normal(mean: -10, sd: 1), .log)
    #expect(abs(sorted[10_000] - log(2) / 10.1) < 0.003)
    #expect(throws: ModelError.self) { try draws(.uniform(low: -2, high: -1), .log, count: 1) }
    #expect(throws: ModelError.self) {
      try draws(.gamma(shape: 1000, rate: 1), .logit, count: 1)
    }
  }

  @Test("LKJ correlations have Beta marginals", arguments: [2, 3, 5], [1.0, 2.5])
  func correlations(_ k: Int, _ eta: Double) throws {
    let structure = UnstructuredCovariance(size: k, fixedDeviations: Array(repeating: 1, count: k))
    let prior = PriorDensity(
      terms: [.correlation(start: 0, size: k, eta: eta)], entries: [], includesJacobian: true)
    var stream = RandomStream(seed: 82)
    var columns = [[Double]](repeating: [], count: k * k)
    for _ in 0..<20_000 {
      let theta = try prior.draw(count: structure.parameterCount, using: &stream)
      let summary = CovarianceSummary(
        lambda: CovarianceParametrisationTests.factor(structure, theta), size: k)
      for i in 0..<(k * k) { columns[i].append(summary.correlations[i]) }
    }
    let shape = eta + Double(k) / 2 - 1
    for i in 0..<k {
      for j in 0..<i {
        let law = { (x: Double) in BetaDistribution.cumulative((x + 1) / 2, shape, shape) }
        #expect(distance(columns[i + j * k].sorted(), law) < limit)
      }
    }
  }

  @Test("inverse Wishart: E Σ = νV / (ν − k − 1), and each variance is inverse gamma")
  func inverseWishart() throws {
    let (df, k) = (9.0, 3)
    let v = [2, 0.5, 0.2, 0.5, 1, -0.3, 0.2, -0.3, 0.7]
    let sampler = InverseWishart(scale: v.map { df * $0 }, size: k, df: df)
    var stream = RandomStream(seed: 83)
    var mean = [Double](repeating: 0, count: 9)
    var first: [Double] = []
    let n = 20_000
    for _ in 0..<n {
      let sigma = sampler.draw(using: &stream)
      for i in 0..<9 { mean[i] += sigma[i] / Double(n) }
      first.append(sigma[0])
    }
    // Var Σ_ii = 2 E²/(ν − k − 3) = E² 2/3, so the error of a mean is about 0.8 % of √(E_ii E_jj).
    for i in 0..<9 {
      let scale = (v[i % 3 * 4] * v[i / 3 * 4]).squareRoot() * df / 5
      #expect(abs(mean[i] - v[i] * df / 5) < 0.03 * scale)
    }
    // Σ_11 is inverse gamma ((ν − k + 1)/2, νV_11/2).
    let law = { (x: Double) in
      GammaDistribution.cumulative(1 / x, shape: 3.5, scale: 1 / 9.0, upperTail: true)
    }
    #expect(distance(first.sorted(), law) < limit)
  }

  /// E f'(θ_i) + f(θ_i) ∂ log π/∂θ_i = 0 for every bounded smooth f: any error of the sampler or the density shows.
  @Test(
    "Stein's identities hold between draws and densities",
    arguments: [
      "cov[g] ~ inv_wishart(3, matrix(1, 0.4, 0.4, 2))", "cov[g] ~ inv_wishart(7, 0.5)",
      "cov[g] ~ px(2, 1, 0, 4)", "cov[g] ~ px(3, diag(1, 2), 0, diag(4, 1))",
      "cov[g] ~ inv_wishart(1.5, matrix(1, 0.6, 0.6, 2)) & sd[y, g, x] ~ constant(0.8)",
      "cor ~ lkj(3) & sd ~ gamma(2, 1)", "sd ~ inv_wishart(3, 2) & sigma ~ inv_wishart(5, 1)",
      "sd ~ lognormal(0, 1) & sigma ~ student_t(4, 1, 1)",
    ])
  func stein(_ text: String) throws {
    let statements =
      text.split(separator: "&").map { String($0.drop { $0 == " " }) }
      + ["b ~ normal(0, 1)"]
    let model = try makeModel(
      SyntheticData.table(rows: 60), ["y ~ x + (1 + x | g)"], families: "gaussian",
      priors: statements
    ).model
    let prior = try PriorDensity(
      model: model, statements: statements.map { try PriorStatement.parse($0) })
    #expect(prior.improperEntries.isEmpty)
    let count = model.layout.count
    var stream = RandomStream(seed: 84)
    let n = 20_000
    var (sums, squares) = (
      [Double](repeating: 0, count: 3 * count), [Double](repeating: 0, count: 3 * count)
    )
    for _ in 0..<n {
      let psi = try prior.draw(count: count, using: &stream)
      var gradient = [Double](repeating: 0, count: count)
      _ = prior.addLogDensity(at: psi, gradient: &gradient)
      for i in 0..<count {
        let other = psi[(i + 1) % count]
        let t = tanh(psi[i])
        let terms = [
          gradient[i], 1 - t * t + t * gradient[i],
          // f = tanh θ_i tanh θ_j, in direction i
          (1 - t * t) * tanh(other) + t * tanh(other) * gradient[i],
        ]
        for (place, value) in terms.enumerated() {
          sums[3 * i + place] += value
          squares[3 * i + place] += value * value
        }
      }
    }
    for place in sums.indices {
      let mean = sums[place] / Double(n)
      let error = (squares[place] / Double(n) - mean * mean).squareRoot() / Double(n).squareRoot()
      #expect(abs(mean) < 4.5 * error, "\(place / 3) \(place % 3): \(mean) ± \(error)")
    }
  }

  @Test("the default intercept is drawn at the predictors' means")
  func intercept() throws {
    let model = try makeModel(
      SyntheticData.table(rows: 60), ["p ~ x + (1 | g)"], families: "bernoulli"
    ).model
    let prior = try PriorDensity(
      model: model, statements: [try PriorStatement.parse("b ~ normal(40, 1)")])
    let design = model.outcomes[0].predictors[0]
    let mean = (0..<60).reduce(0) { $0 + design.design[design.stride + $1] } / 60
    var stream = RandomStream(seed: 85)
    let sorted = try (0..<20_000).map { _ in
      let psi = try prior.draw(count: 3, using: &stream)
      return psi[0] + mean * psi[1]
    }.sorted()
    #expect(
      distance(sorted) { StudentT.cumulative($0 / 2.5, degreesOfFreedom: 3) } < limit)
  }

  @Test("flat and improper priors are named")
  func improper() throws {
    let statements = ["cov[g] ~ inv_wishart(0.5, 1)"]
    let model = try makeModel(
      SyntheticData.table(rows: 60), ["y ~ x + (1 + x | g)"], families: "gaussian",
      priors: statements
    ).model
    let prior = try PriorDensity(
      model: model, statements: statements.map { try PriorStatement.parse($0) })
    #expect(prior.improperEntries.map(\.target) == ["b_x", "cov_g"])
  }
}
