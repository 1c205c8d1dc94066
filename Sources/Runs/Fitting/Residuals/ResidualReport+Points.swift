// Simulated-quantile residuals of every outcome, from an estimate or from posterior draws.

import Diagnostics
import Families
import MixedModel
import Predictive
import Probability
import RunFolder

extension ResidualReport {
  /// The residuals of `model` from simulations at `points`: one point for an estimate, many for draws.
  ///
  /// - Throws: when simulated responses are not usable, as from draws that are not finite.
  package init(
    _ model: MixedModel, points: [PredictivePoint], simulations: Int, seed: UInt64
  ) throws(FittingError) {
    var outcomes: [OutcomeResiduals] = []
    for index in model.outcomes.indices {
      // A stream of its own for each outcome: leaving one out does not change the others.
      var stream = RandomStream(seed: seed, stream: 1_000_000 + UInt64(index))
      outcomes.append(
        try OutcomeResiduals(
          model, outcome: index, points: points, simulations: simulations, seed: seed,
          using: &stream))
    }
    self.init(simulations: simulations, isConditional: true, seed: seed, outcomes: outcomes)
  }
}

extension OutcomeResiduals {
  fileprivate init(
    _ model: MixedModel, outcome index: Int, points: [PredictivePoint], simulations: Int,
    seed: UInt64, using stream: inout RandomStream
  ) throws(FittingError) {
    let simulator = ResponseSimulator(model: model, outcome: index)
    let outcome = model.outcomes[index]
    let simulated = simulator.simulate(
      simulations, from: points, kind: .conditional, using: &stream)
    let observed = outcome.valuesInDataOrder.y
    let fitted = Self.meanOverPoints(simulator, points)
    let uniforms = observed.map { _ in stream.nextUniform() }
    let input: ResidualInput
    do {
      input = try ResidualInput(
        observed: observed, fitted: fitted, simulations: simulated,
        isDiscrete: outcome.family.isDiscrete)
    } catch {
      throw FittingError("residuals of '\(outcome.label)': \(error)", exitCode: 65)
    }
    let residuals = SimulatedResiduals(input, uniforms: uniforms, seed: seed, conditional: true)
    let tests = Diagnostics.ResidualTests(residuals, input: input)
    self.init(
      name: outcome.name, scaled: residuals.scaled, lower: residuals.lower, upper: residuals.upper,
      fitted: fitted, tests: ReportedTests(tests, isDiscrete: outcome.family.isDiscrete),
      curves: tests.quantiles.map { QuantileCurves($0) })
  }

  /// The mean response over at most fifty points: a posterior mean to a few percent of its spread.
  private static func meanOverPoints(_ simulator: ResponseSimulator, _ points: [PredictivePoint])
    -> [Double]
  {
    let step = max(1, points.count / 50)
    let used = stride(from: 0, to: points.count, by: step).map { points[$0] }
    var sum: [Double] = []
    for point in used {
      let means = simulator.means(at: point)
      sum = sum.isEmpty ? means : zip(sum, means).map { $0 + $1 }
    }
    return sum.map { $0 / Double(used.count) }
  }
}

extension ReportedTests {
  fileprivate init(_ tests: Diagnostics.ResidualTests, isDiscrete: Bool) {
    self.init(
      uniformity: tests.uniformity.map(ReportedTest.init),
      dispersion: tests.dispersion.map(ReportedTest.init),
      outliers: tests.outliers.map { ReportedTest(statistic: Double($0.count), p: $0.p) },
      zeroInflation: isDiscrete ? tests.zeroInflation.map(ReportedTest.init) : nil,
      quantiles: tests.quantiles.map { QuantileTestResult(p: $0.p, byQuantile: $0.byQuantile) })
  }
}

extension ReportedTest {
  fileprivate init(_ test: Diagnostics.TestResult) {
    self.init(statistic: test.statistic ?? .nan, p: test.p)
  }
}

extension QuantileCurves {
  /// The fitted quantile curves at .25, .5 and .75 on the rank-transformed predictions.
  fileprivate init(_ test: QuantileTest) {
    func y(_ probability: Double) -> [Double] {
      test.curves.first { $0.probability == probability }?.y ?? []
    }
    self.init(x: test.curves.first?.x ?? [], q25: y(0.25), q50: y(0.5), q75: y(0.75))
  }
}
