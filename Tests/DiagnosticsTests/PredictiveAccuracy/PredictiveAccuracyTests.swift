// PSIS-LOO where the answer is known on paper, beside its slow twin, and at the ends of what can happen.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Predictive accuracy")
struct PredictiveAccuracyTests {
  private func efficiency(of chains: [[Double]]) -> Double? {
    var measure = RelativeEfficiency(chainCount: chains.count, drawCount: chains[0].count)
    let values = chains.flatMap { $0 }
    return measure(values.span)
  }

  private func accuracy(_ logDensities: [Double], chains: Int? = nil) -> PointAccuracy {
    var calculator = AccuracyCalculator(chainCount: chains, drawCount: logDensities.count)
    return calculator.accuracy(of: logDensities.span)
  }

  @Test("agrees with the slow twin", arguments: [20, 26, 101, 512, 1003, 4000])
  func twin(draws: Int) {
    var stream = RandomStream(seed: UInt64(draws))
    var calculator = AccuracyCalculator(chainCount: nil, drawCount: draws)
    for scale in [0.01, 0.5, 2, 8, 60] {
      // Ties, as in a chain that stood still.
      var logs = (0..<draws).map { _ in -2 - scale * pow(stream.normal(), 2) }
      for i in stride(from: 3, to: draws, by: 7) { logs[i] = logs[i - 1] }
      let own = calculator.accuracy(of: logs.span)
      let naive = NaiveLoo(logs)
      #expect(agree(own.elpd, naive.elpd, 1e-10), "\(own.elpd) instead of \(naive.elpd)")
      #expect(own.paretoK == naive.k || agree(own.paretoK, naive.k, 1e-8))
      if naive.k.isFinite { #expect(agree(own.elpdError, naive.error, 1e-7)) }
      for (a, b) in zip(calculator.smoother.logWeights, naive.logWeights) {
        #expect(abs(a - b) <= 1e-8 * max(1, abs(b)))
      }
    }
  }

  @Test("leaving out a value of a normal sample with known variance gives the known prediction")
  func conjugate() {
    // y_i ~ N(μ, 1), flat prior: given y_−i a new value is N(mean of the others, 1 + 1/(n − 1)).
    var stream = RandomStream(seed: 3)
    let n = 40
    let y = (0..<n).map { _ in stream.normal() }
    let mean = y.reduce(0, +) / Double(n)
    let draws = (0..<20_000).map { _ in mean + stream.normal() / sqrt(Double(n)) }
    var calculator = AccuracyCalculator(chainCount: nil, drawCount: draws.count)
    var errors: [Double] = []
    for value in y {
      let logs = draws.map { -0.5 * log(2 * .pi) - 0.5 * pow(value - $0, 2) }
      let point = calculator.accuracy(of: logs.span)
      let others = (mean * Double(n) - value) / Double(n - 1)
      let variance = 1 + 1 / Double(n - 1)
      let exact = -0.5 * log(2 * .pi * variance) - 0.5 * pow(value - others, 2) / variance
      #expect(point.paretoK < 0.5)
      errors.append((point.elpd - exact) / point.elpdError)
    }
    // 40 errors in standard errors; they share their draws, so that only their size is judged.
    #expect(errors.allSatisfy { abs($0) < 4.5 })
    #expect(errors.contains { abs($0) > 0.05 })
  }

  @Test("equal densities in all draws give that density and no parameters")
  func constant() {
    let point = accuracy([Double](repeating: -3, count: 400), chains: 4)
    #expect(point.elpd == -3 && point.logPredictiveDensity == -3)
    #expect(point.effectiveParametersWAIC == 0)
    // There is no tail to fit: nothing is known of its weight.
    #expect(point.paretoK == .infinity)
    #expect(point.relativeEfficiency == 1)
  }

  @Test("densities that are not finite, and too few draws, are failures and no crash")
  func failures() {
    for bad in [Double.nan, -.infinity, .infinity] {
      let point = accuracy([-1, -2, bad, -1, -3, -1, -2, -4, -1])
      #expect(point.elpd.isNaN && point.paretoK == .infinity)
    }
    #expect(accuracy([-1, -2, -3]).paretoK == .infinity)
    #expect(accuracy([-1, -2, -3]).elpd.isFinite)
    #expect(accuracy([]).elpd.isNaN)
    let report = PredictiveAccuracy(points: [accuracy([]), accuracy([-1, -2, -3])], draws: 3)
    #expect(report.unreliable == [0, 1] && report.elpdMonteCarloError == nil)
    #expect(report.verdicts(parameters: 3)[0].level == .failed)
  }

  @Test("weights of draws whose densities overflow and underflow stay numbers")
  func extremes() {
    var stream = RandomStream(seed: 9)
    let logs = (0..<1000).map { _ in 3000 * stream.normal() - 40_000 }
    let point = accuracy(logs)
    #expect(point.elpd.isFinite && agree(point.elpd, NaiveLoo(logs).elpd, 1e-9))
  }

  @Test("the relative efficiency of independent chains is 1, of sticky ones (1 − ρ)/(1 + ρ)")
  func efficiency() throws {
    var stream = RandomStream(seed: 4)
    for (rho, tolerance) in [(0.0, 0.1), (0.9, 0.02)] {
      let chains = stream.autoregression(chains: 3, draws: 5000, coefficient: rho)
      let value = try #require(efficiency(of: chains))
      #expect(abs(value - (1 - rho) / (1 + rho)) < tolerance)
    }
    #expect(efficiency(of: [[Double](repeating: 1, count: 100)]) == nil)
  }

  @Test("whole chains that are split by hand are split chains")
  func wholeChains() throws {
    // Chains that stick, so that lags past the directly summed ones are used, and an odd number of halves.
    var stream = RandomStream(seed: 5)
    let chains = stream.autoregression(chains: 3, draws: 600, coefficient: 0.99)
    var calculator = ConvergenceCalculator()
    calculator.load(chains)
    let split = calculator.essMean() ?? .nan
    let halves = chains.flatMap { [Array($0[..<300]), Array($0[300...])] }
    let whole = try #require(efficiency(of: halves))
    #expect(agree(whole * 1800, split, 1e-9))
    #expect((efficiency(of: chains) ?? 0) > 0)
  }

  @Test("probabilities of a value left out are weighted means")
  func probabilities() {
    var smoother = ParetoSmoother()
    let logs = [-1.0, -2, -1, -3]
    let isUsable = smoother.load(logs.span)
    #expect(isUsable)
    smoother.smooth()
    let weights = logs.map { exp(-$0) }
    let sum = weights.reduce(0, +)
    let below = [0.1, 0.2, 0.3, 0.4]
    let probability = PredictiveProbability(
      below: below, upTo: below.map { $0 + 0.1 }, weights: smoother)
    let expected = zip(weights, below).reduce(0) { $0 + $1.0 * $1.1 } / sum
    #expect(agree(probability.below, expected, 1e-14))
    #expect(agree(probability.upTo, expected + 0.1, 1e-13))
    #expect(agree(probability.value(uniform: 0.5), expected + 0.05, 1e-13))
  }

  @Test(
    "PIT values of a right model are uniform, and bunch in the middle where the spread is too wide")
  func uniformity() {
    var stream = RandomStream(seed: 6)
    let n = 60
    let y = (0..<n).map { _ in stream.normal() }
    let mean = y.reduce(0, +) / Double(n)
    let draws = (0..<2000).map { _ in mean + stream.normal() / sqrt(Double(n)) }
    var smoother = ParetoSmoother()
    func values(spread: Double) -> [Double] {
      y.map { value in
        let logs = draws.map { -0.5 * pow((value - $0) / spread, 2) }
        _ = smoother.load(logs.span)
        smoother.smooth()
        let p = draws.map { 0.5 * erfc(-(value - $0) / spread / sqrt(2)) }
        return PredictiveProbability(below: p, upTo: p, weights: smoother).value(uniform: 0.3)
      }
    }
    func variance(_ x: [Double]) -> Double { x.reduce(0) { $0 + pow($1 - 0.5, 2) } / Double(n) }
    // 1/12 of a uniform number, with a standard error of 0.0097 over 60.
    #expect(abs(variance(values(spread: 1)) - 1 / 12.0) < 0.03)
    #expect(variance(values(spread: 3)) < 0.03)
  }
}

@Suite("Comparison of models by predictive accuracy")
struct ModelComparisonTests {
  @Test("differences are paired")
  func paired() {
    // The second is better by 1 on every observation: a difference without error, whatever the spread.
    let first = [-1.0, -5, -2, -9]
    let comparison = ModelComparison(pointwise: [first, first.map { $0 + 1 }, first.map { $0 - 2 }])
    #expect(comparison.entries.map(\.model) == [1, 0, 2])
    #expect(comparison.entries.map(\.difference) == [0, -4, -12])
    #expect(comparison.entries.map(\.error) == [0, 0, 0])
    #expect(comparison.hasFewObservations)
    #expect(!comparison.isClose(comparison.entries[1]))
  }

  @Test("models without a number come last")
  func missing() {
    let comparison = ModelComparison(pointwise: [[.nan, 1], [-1, -1], [-2, -2]])
    #expect(comparison.entries.map(\.model) == [1, 2, 0])
  }

  @Test("stacking weights where they are known on paper")
  func stacking() throws {
    // Each model is right for a share of the observations and useless for the others: the shares are the weights.
    let n = 100
    let a = (0..<n).map { $0 < 30 ? -1.0 : -1000 }
    let b = (0..<n).map { $0 < 30 ? -1000.0 : -1 }
    let weights = try #require(ModelWeights.stacking([a, b]))
    #expect(abs(weights[0] - 0.3) < 1e-8 && abs(weights[1] - 0.7) < 1e-8)
    // A model that is best everywhere gets all; of two equal models the sum is determined.
    let c = a.map { _ in -0.5 }
    let all = try #require(ModelWeights.stacking([a, b, c]))
    #expect(all[2] > 1 - 1e-7)
    let twins = try #require(ModelWeights.stacking([a, b, a]))
    #expect(abs(twins[0] + twins[2] - 0.3) < 1e-8)
    #expect(ModelWeights.stacking([a]) == [1])
    #expect(ModelWeights.stacking([[.nan], [1]]) == nil)
  }

  @Test("stacking weights satisfy the conditions of a maximum")
  func optimum() throws {
    var stream = RandomStream(seed: 12)
    let models = (0..<4).map { model in
      (0..<200).map { _ in -1 - 0.3 * Double(model) + 1.5 * stream.normal() }
    }
    let weights = try #require(ModelWeights.stacking(models))
    #expect(abs(weights.reduce(0, +) - 1) < 1e-12)
    // Σ_i p_ik / Σ_l w_l p_il is n for models with weight, and at most n for the others (Karush, Kuhn & Tucker).
    for model in weights.indices {
      let slope = (0..<200).reduce(0.0) { sum, i in
        let mixture = weights.indices.reduce(0.0) { $0 + weights[$1] * exp(models[$1][i]) }
        return sum + exp(models[model][i]) / mixture
      }
      #expect(weights[model] > 1e-6 ? abs(slope - 200) < 1e-4 : slope < 200 + 1e-4)
    }
  }

  @Test("pseudo weights with a bootstrap lie nearer to equality than those without")
  func pseudo() throws {
    var stream = RandomStream(seed: 13)
    let a = (0..<50).map { _ in stream.normal() }
    let b = a.map { $0 + 0.1 + stream.normal() }
    let plain = ModelWeights.pseudo([a.reduce(0, +), b.reduce(0, +)])
    let averaged = try #require(ModelWeights.pseudoWithBootstrap([a, b]))
    #expect(abs(plain[0] + plain[1] - 1) < 1e-12 && abs(averaged[0] + averaged[1] - 1) < 1e-12)
    #expect(abs(averaged[0] - 0.5) < abs(plain[0] - 0.5))
    #expect(try #require(ModelWeights.pseudoWithBootstrap([a, b])) == averaged)
  }
}

@Suite("Verdicts on leave-one-out results")
struct PredictiveAccuracyVerdictTests {
  private func levels(_ k: [Double], p: Double = 3, parameters: Int = 10) -> [Verdict.Level] {
    PredictiveAccuracy.verdicts(
      paretoK: k, threshold: 0.7, effectiveParameters: p, parameters: parameters
    ).map(\.level)
  }

  @Test("by the worst k, and by the number of parameters")
  func levels() {
    let good = [Double](repeating: 0.2, count: 100)
    #expect(levels(good) == [.ok, .ok])
    #expect(levels(good + [0.71]) == [.warning, .ok])
    #expect(levels(good + [1.01]) == [.failed, .ok])
    #expect(levels(good + [.infinity]) == [.failed, .ok])
    #expect(levels(good + [.nan]) == [.failed, .ok])
    #expect(levels(good, p: 10.5) == [.ok, .warning])
    #expect(levels(good, p: 20.5, parameters: 50) == [.ok, .warning])
    #expect(levels(good, p: .nan) == [.ok])
    #expect(levels([])[0] == .unavailable)
    let grouped = PredictiveAccuracy.verdicts(
      paretoK: [0.9], threshold: 0.7, effectiveParameters: 9, parameters: 3, unit: .groups)
    #expect(grouped.count == 1 && grouped[0].meaning.hasPrefix("1 of 1 groups"))
  }

  @Test("the threshold follows the number of draws")
  func threshold() {
    // 1 − 1/log10(100) = 0.5; from 2155 draws on 0.7.
    #expect(abs(PredictiveAccuracy.paretoKThreshold(draws: 100) - 0.5) < 1e-12)
    #expect(PredictiveAccuracy.paretoKThreshold(draws: 4000) == 0.7)
  }
}
