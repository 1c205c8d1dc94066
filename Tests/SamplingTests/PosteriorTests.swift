// Posteriors whose moments are known, sampled and compared within Monte Carlo error.

import Glibc
import Probability
import Testing

@testable import Sampling

@Suite("Draws have the moments of their target")
struct PosteriorTests {
  /// Means, variances and quantiles of a normal coordinate, each within four Monte Carlo errors.
  func expectNormal(
    _ chains: [[Double]], mean: Double, variance: Double, _ label: String
  ) {
    let deviation = variance.squareRoot()
    let z = chains.map { $0.map { ($0 - mean) / deviation } }
    #expect(abs(Estimate(z).z(from: 0)) < 4, "mean of \(label)")
    #expect(abs(Estimate(z) { $0 * $0 }.z(from: 1)) < 4, "variance of \(label)")
    // standard normal quantiles of 5%, 25%, 50%, 75%, 95%
    for (quantile, probability) in [
      (-1.644_853_626_951_47, 0.05), (-0.674_489_750_196_08, 0.25), (0, 0.5),
      (0.674_489_750_196_08, 0.75), (1.644_853_626_951_47, 0.95),
    ] {
      let share = Estimate(z) { $0 < quantile ? 1 : 0 }
      #expect(abs(share.z(from: probability)) < 4, "quantile \(probability) of \(label)")
    }
  }

  @Test("a standard normal of 1, 8 and 100 coordinates", arguments: [1, 8, 100])
  func standardNormal(dimension: Int) throws {
    let draws = try sample(
      DiagonalNormal(scales: Array(repeating: 1, count: dimension)),
      with: IdentityPreconditioner(dimension: dimension), settings: ChainSettings(), chains: 4,
      draws: 1500, seed: 51)
    for i in 0..<dimension {
      expectNormal(draws.columns[i], mean: 0, variance: 1, "coordinate \(i)")
    }
    #expect(draws.divergences == 0)
    let acceptance = draws.infos.flatMap { $0 }.map(\.acceptStatistic)
    let mean = acceptance.reduce(0, +) / Double(acceptance.count)
    #expect((0.7...0.93).contains(mean), "mean acceptance \(mean)")
  }

  /// A normal of 50 coordinates, condition 10⁴, correlated in every direction.
  struct Correlated {
    let density: DenseNormal
    let covariance: [Double]

    init() {
      var stream = RandomStream(seed: 52)
      let rotation = randomRotation(50, from: &stream)
      let variances = (0..<50).map { pow(10, 4 * Double($0) / 49 - 2) }
      covariance = spectral(rotation, variances)
      density = DenseNormal(
        mean: (0..<50).map { Double($0) - 25 },
        precision: spectral(rotation, variances.map { 1 / $0 }))
    }
  }

  @Test("a normal of condition 10⁴ with its exact preconditioner, at 15 gradients a draw or fewer")
  func preconditioned() throws {
    let target = Correlated()
    let metric = CholeskyPreconditioner(
      mode: target.density.mean, factor: DenseFactor(of: target.density.precision, order: 50))
    let draws = try sample(
      target.density, with: metric, settings: ChainSettings(), chains: 4, draws: 1500, seed: 53)
    for i in 0..<50 {
      expectNormal(
        draws.columns[i], mean: target.density.mean[i], variance: target.covariance[i * 51],
        "coordinate \(i)")
    }
    #expect(draws.leapfrogsPerDraw <= 15)
    #expect(draws.divergences == 0)
  }

  @Test("the same without one, at 20 times the gradients")
  func unpreconditioned() throws {
    let target = Correlated()
    let draws = try sample(
      target.density, with: IdentityPreconditioner(dimension: 50),
      settings: ChainSettings(
        warmup: WarmupSchedule(iterations: 300, kind: .windowed), metric: .variance,
        fallsBack: false),
      chains: 2, draws: 600, seed: 54)
    for i in 0..<50 {
      expectNormal(
        draws.columns[i], mean: target.density.mean[i], variance: target.covariance[i * 51],
        "coordinate \(i)")
    }
    #expect(draws.leapfrogsPerDraw > 20 * 7)
  }

  /// Posteriordb, eight_schools-eight_schools_noncentered, reference draws (10 chains of 1,000,
  /// thinned, so nearly independent): means of mu and tau with their Monte Carlo errors; for θ the
  /// error is its sd, about 5, over √10⁴.
  @Test("eight schools has posteriordb's posterior")
  func eightSchools() throws {
    let draws = try sample(
      EightSchools(), with: IdentityPreconditioner(dimension: 10),
      settings: ChainSettings(
        warmup: WarmupSchedule(iterations: 400, kind: .growing), metric: .fisher,
        targetAcceptance: 0.9),
      chains: 4, draws: 4000, seed: 55)
    let mu = draws.columns[0]
    let logTau = draws.columns[1]
    #expect(abs(Estimate(mu).z(from: 4.4105, reference: 0.033)) < 4)
    #expect(abs(Estimate(logTau, of: exp).z(from: 3.6021, reference: 0.032)) < 4)
    #expect(abs(Estimate(mu) { $0 * $0 }.z(from: 30.403, reference: 0.33)) < 4)
    #expect(abs(Estimate(logTau) { exp(2 * $0) }.z(from: 23.204, reference: 0.6)) < 4)
    let theta = [6.1505, 4.9396, 3.9059, 4.7960, 3.6144, 4.0511, 6.3172, 4.8840]
    for (j, truth) in theta.enumerated() {
      let chains = (0..<4).map { c in
        (0..<4000).map { t in mu[c][t] + exp(logTau[c][t]) * draws.columns[2 + j][c][t] }
      }
      let estimate = Estimate(chains)
      #expect(abs(estimate.z(from: truth, reference: 0.05)) < 4, "theta \(j + 1)")
      #expect(estimate.error < 0.1)
    }
  }

  @Test("the energy is the log density's and a kinetic energy of n/2 on average")
  func energy() throws {
    let draws = try sample(
      DiagonalNormal(scales: Array(repeating: 1, count: 20)),
      with: IdentityPreconditioner(dimension: 20), settings: ChainSettings(), chains: 4,
      draws: 1000, seed: 56)
    let kinetic = draws.infos.map { $0.map { $0.energy + $0.logDensity } }
    #expect(abs(Estimate(kinetic).z(from: 10)) < 4)
    #expect(kinetic.allSatisfy { $0.allSatisfy { $0 > 0 } })
  }
}
