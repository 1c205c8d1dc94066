// Power scaling where the scaled posterior is known on paper: a normal mean with a normal prior.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Sensitivity to the power of prior and likelihood")
struct PowerScalingTests {
  /// Prior N(0, 1), four observations with sd 1 and mean 3: the posterior is N(2.4, 1/5); with the prior to the power α
  /// it is N(12/(α + 4), 1/(α + 4)), with the likelihood N(12α/(1 + 4α), 1/(1 + 4α)).
  struct Conjugate {
    let draws: [Double]
    var logPrior: [Double] { draws.map { -0.5 * $0 * $0 } }
    var logLikelihood: [Double] { draws.map { -2 * ($0 - 3) * ($0 - 3) } }

    init(count: Int) {
      let spread = 0.2.squareRoot()
      draws = (0..<count).map { index in
        let p = (Double(index) + 0.5) / Double(count)
        return 2.4 + spread * DistributionFunctions.normalQuantile(p)
      }
    }

    func scaling() throws -> PowerScaling {
      try #require(
        PowerScaling(
          logPrior: logPrior, logLikelihood: logLikelihood, isSmoothed: false))
    }
  }

  private static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The distance of two normal distribution functions over a range, by a fine sum: the definition, without draws.
  static func distance(
    _ first: (mean: Double, variance: Double), _ second: (mean: Double, variance: Double),
    from low: Double, to high: Double
  ) -> Double {
    func side(_ sign: Double) -> Double {
      var (divergence, bound) = (0.0, 0.0)
      let n = 200_000
      for i in 0..<n {
        let x = low + (Double(i) + 0.5) * (high - low) / Double(n)
        let p = cumulative(sign * (x - first.mean) / first.variance.squareRoot())
        let q = cumulative(sign * (x - second.mean) / second.variance.squareRoot())
        let m = 0.5 * (p + q)
        if p > 0 { divergence += p * log2(p / m) }
        if q > 0 { divergence += q * log2(q / m) }
        bound += p + q
      }
      return (max(divergence, 0) / bound).squareRoot()
    }
    return max(side(1), side(-1))
  }

  @Test("equals that of the scaled posteriors on paper")
  func conjugate() throws {
    let example = Conjugate(count: 8000)
    let scaling = try example.scaling()
    let sensitivity = try #require(scaling.sensitivity(of: example.draws))
    let (low, high) = (try #require(example.draws.first), try #require(example.draws.last))
    func wanted(_ posterior: (Double) -> (Double, Double)) -> Double {
      let distances = [0.99, 1.01].map {
        Self.distance(posterior(1), posterior($0), from: low, to: high)
      }
      return (distances[0] + distances[1]) / (2 * log2(1.01))
    }
    let prior = wanted { (12 / ($0 + 4), 1 / ($0 + 4)) }
    let likelihood = wanted { (12 * $0 / (1 + 4 * $0), 1 / (1 + 4 * $0)) }
    // 8,000 quantiles end at 3.8 standard deviations and are a staircase: half a percent.
    #expect(abs(sensitivity.prior / prior - 1) < 5e-3, "\(sensitivity.prior) \(prior)")
    #expect(abs(sensitivity.likelihood / likelihood - 1) < 5e-3)
    #expect(sensitivity.diagnosis == .conflict)
  }

  /// The definition in priorsense 1.0's documentation of cjs_dist, written anew in R 4.2 for 2,000 quantiles.
  @Test("equals the definition computed in R")
  func reference() throws {
    let example = Conjugate(count: 2000)
    let scaling = try example.scaling()
    let sensitivity = try #require(scaling.sensitivity(of: example.draws))
    // R subtracts logarithms of numbers that agree to four digits: 1e-8 of the distance is what it keeps.
    #expect(abs(sensitivity.prior / 0.171966997038 - 1) < 1e-7)
    #expect(abs(sensitivity.likelihood / 0.207859582453 - 1) < 1e-7)
    // With weights smoothed by loo 2.5.1's psis().
    let smoothed = try #require(
      PowerScaling(logPrior: example.logPrior, logLikelihood: example.logLikelihood)
    )
    let other = try #require(smoothed.sensitivity(of: example.draws))
    #expect(abs(other.prior / 0.172575649215 - 1) < 1e-7)
    #expect(abs(other.likelihood / 0.208915018199 - 1) < 1e-7)
    let draws = try #require(CumulativeDistance(example.draws))
    let linear = example.draws.indices.map { Double($0) + 0.5 }
    #expect(abs(draws.fromEqualWeights(to: linear) - 0.162387990683) < 1e-9)
    #expect(abs(draws.fromEqualWeights(to: example.draws.map { exp($0) }) - 0.099256909318) < 1e-9)
  }

  @Test("does not depend on unit, sign, origin or order")
  func invariance() throws {
    let example = Conjugate(count: 501)
    let weights = example.logPrior.map { exp(0.3 * $0) }
    let draws = try #require(CumulativeDistance(example.draws))
    let scaled = try #require(CumulativeDistance(example.draws.map { 7 - 1e3 * $0 }))
    let turned = try #require(CumulativeDistance(example.draws.reversed()))
    let one = draws.fromEqualWeights(to: weights)
    #expect(one > 0.01)
    #expect(abs(one - scaled.fromEqualWeights(to: weights)) < 1e-9)
    #expect(abs(one - turned.fromEqualWeights(to: weights.reversed())) < 1e-12)
    #expect(draws.fromEqualWeights(to: weights.map { _ in 0.25 }) < 1e-7)
  }

  @Test("a flat prior moves nothing; one far stronger than the data is named")
  func diagnoses() throws {
    let example = Conjugate(count: 1000)
    func diagnosis(_ prior: [Double], _ likelihood: [Double]) throws -> PowerScalingDiagnosis {
      let scaling = try #require(
        PowerScaling(logPrior: prior, logLikelihood: likelihood, isSmoothed: false))
      let sensitivity = try #require(scaling.sensitivity(of: example.draws))
      return sensitivity.diagnosis
    }
    let flat = example.draws.map { _ in 0.0 }
    let strong = example.draws.map { -2.5 * ($0 - 2.4) * ($0 - 2.4) }
    #expect(try diagnosis(flat, strong) == .none)
    #expect(try diagnosis(strong, flat) == .strongPrior)
    #expect(try diagnosis(example.logPrior, example.logLikelihood) == .conflict)
  }

  @Test("is not available for constant draws and infinite densities")
  func unavailable() throws {
    #expect(CumulativeDistance([1, 1, 1]) == nil)
    #expect(CumulativeDistance([1, .infinity]) == nil)
    #expect(CumulativeDistance([1]) == nil)
    #expect(
      PowerScaling(
        logPrior: [0, -.infinity], logLikelihood: [0, 0], isSmoothed: false) == nil)
  }
}
