// Residual tests on data whose answers are known without a reference.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Residual tests are right on data made for them")
struct ResidualTestsTests {
  /// Normal responses whose simulations come from the same distribution but for a factor on the
  /// spread.
  static func normalInput(
    rows: Int, simulations: Int, spread: Double, seed: UInt64
  ) throws -> ResidualInput {
    var stream = RandomStream(seed: seed)
    let fitted = (0..<rows).map { _ in stream.normal() }
    return try ResidualInput(
      observed: fitted.map { $0 + spread * stream.normal() }, fitted: fitted,
      simulations: (0..<simulations).flatMap { _ in fitted.map { $0 + stream.normal() } },
      isDiscrete: false)
  }

  @Test("three rows worked out by hand")
  func byHand() throws {
    let input = try ResidualInput(
      observed: [0, 5, 2], fitted: [1, 1, 1],
      simulations: [0, 1, 2, 1, 4, 2, 0, 2, 3, 2, 3, 1], isDiscrete: true)
    let residuals = SimulatedResiduals(
      input, uniforms: [0.5, 0.5, 0.25], seed: 1, conditional: true)
    #expect(residuals.lower == [0, 1, 0.25])
    #expect(residuals.upper == [0.5, 1, 0.75])
    #expect(residuals.scaled == [0.25, 1, 0.375])
    #expect(residuals.extremeCount == 1)
    // One zero observed; simulations have 1, 0, 1 and 0.
    let zeros = ZeroInflationTest.run(input)
    #expect(zeros.statistic == 2)
    #expect(zeros.p == 1)
    #expect(ZeroInflationTest.run(input, alternative: .greater).p == 0.5)
  }

  @Test("bounds agree with a row-by-row count, for lengths that do not fill a vector")
  func slowTwin() throws {
    let input = try Self.normalInput(rows: 37, simulations: 11, spread: 1.5, seed: 2)
    let residuals = SimulatedResiduals(
      input, uniforms: Array(repeating: 0, count: 37), seed: 1, conditional: true)
    for row in 0..<37 {
      let simulated = (0..<11).map { input.simulations[$0 * 37 + row] }
      #expect(residuals.lower[row] == Double(simulated.count { $0 < input.observed[row] }) / 11)
      #expect(residuals.upper[row] == Double(simulated.count { $0 <= input.observed[row] }) / 11)
    }
  }

  @Test("outlier counts agree with a row-by-row count")
  func outlierTwin() throws {
    let input = try Self.normalInput(rows: 301, simulations: 9, spread: 1, seed: 3)
    let sets = [[1, 2, 3, 4], [0, 5, 8], [3, 7]]
    let counts = OutlierCounter.counts(input, drawn: sets)
    for (data, set) in sets.enumerated() {
      let expected = (0..<301).count { row in
        let y = input.simulations[data * 301 + row]
        let others = set.map { input.simulations[$0 * 301 + row] }
        return others.allSatisfy { $0 > y } || others.allSatisfy { $0 < y }
      }
      #expect(counts[data] == expected)
    }
  }

  @Test("a right model passes and a wrong spread is found")
  func detection() throws {
    func tests(spread: Double) throws -> ResidualTests {
      let input = try Self.normalInput(rows: 800, simulations: 250, spread: spread, seed: 4)
      var stream = RandomStream(seed: 5)
      let residuals = SimulatedResiduals(
        input, uniforms: stream.uniforms(800), seed: 5, conditional: true)
      return ResidualTests(residuals, input: input)
    }
    let right = try tests(spread: 1).verdicts(outcome: "y")
    #expect(right.count == 5)
    #expect(right.allSatisfy { $0.level == .ok })
    let wide = try tests(spread: 1.6)
    #expect(wide.uniformity.map { $0.p < 1e-4 } == true)
    #expect(wide.dispersion?.statistic.map { abs($0 - 2.56) < 0.4 } == true)
    #expect(wide.dispersion?.p == 0)
    #expect(wide.outliers.map { $0.p < 1e-4 && $0.method == .binomial } == true)
    #expect(wide.quantiles.map { $0.p < 1e-4 } == true)
    let verdicts = wide.verdicts(outcome: "y")
    #expect(verdicts[1].level == .failed)
    #expect(verdicts[1].meaning.contains("more than"))
  }

  @Test("discrete responses up to 500 rows get the bootstrap, the same one for the same seed")
  func automatic() throws {
    let plain = try Self.normalInput(rows: 500, simulations: 50, spread: 1, seed: 6)
    let input = try ResidualInput(
      observed: plain.observed.map { $0.rounded() }, fitted: plain.fitted,
      simulations: plain.simulations.map { $0.rounded() }, isDiscrete: true)
    var stream = RandomStream(seed: 7)
    let residuals = SimulatedResiduals(
      input, uniforms: stream.uniforms(500), seed: 7, conditional: true)
    let tests = ResidualTests(residuals, input: input)
    #expect(tests.outliers?.method == .bootstrap)
    #expect(tests == ResidualTests(residuals, input: input))
  }

  @Test("without simulations only uniformity and quantiles are tested")
  func boundsOnly() {
    var stream = RandomStream(seed: 8)
    let values = stream.uniforms(200)
    let residuals = SimulatedResiduals(
      lower: values, upper: values, fitted: stream.uniforms(200), uniforms: stream.uniforms(200),
      seed: 8, conditional: false)
    #expect(residuals.scaled == values)
    let tests = ResidualTests(residuals, input: nil)
    #expect(tests.uniformity != nil && tests.quantiles != nil)
    #expect(tests.dispersion == nil && tests.outliers == nil && tests.zeroInflation == nil)
    let levels = tests.verdicts(outcome: "y").map(\.level)
    #expect(levels[1...3].allSatisfy { $0 == .unavailable })
  }

  @Test("columns that do not fit or are not finite are refused with their place")
  func refusals() {
    func refusal(
      _ observed: [Double], _ fitted: [Double], _ simulations: [Double]
    ) -> ResidualInputError? {
      do throws(ResidualInputError) {
        _ = try ResidualInput(
          observed: observed, fitted: fitted, simulations: simulations, isDiscrete: false)
        return nil
      } catch {
        return error
      }
    }
    #expect(refusal([], [], []) == .noRows)
    #expect(
      refusal([1, 2], [1], [1, 2, 3, 4]) == .lengthsDiffer(observed: 2, fitted: 1, simulated: 4))
    #expect(refusal([1, 2], [1, 2], [1, 2]) == .tooFewSimulations(1))
    #expect(refusal([1, .nan], [1, 2], [1, 2, 3, 4]) == .notFinite(row: 1))
    #expect(
      refusal([1, 2], [1, 2], [1, 2, .infinity, 4]) == .simulationNotFinite(row: 0, simulation: 1))
    #expect(refusal([1, 2], [1, 2], [1, 2, 3, 4]) == nil)
  }

  @Test("plots keep the ends, all coordinates in the unit square, and outliers apart")
  func plotData() throws {
    let input = try Self.normalInput(rows: 1_001, simulations: 100, spread: 1.2, seed: 9)
    let residuals = SimulatedResiduals(
      input, uniforms: Array(repeating: 0.5, count: 1_001), seed: 9, conditional: true)
    let thin = ResidualPlotData(residuals, maximumCount: 100)
    #expect(thin.quantileQuantile.count == 100)
    #expect(thin.quantileQuantile.first?.x == 1.0 / 1_002)
    #expect(thin.quantileQuantile.last?.x == 1_001.0 / 1_002)
    #expect(thin.quantileQuantile.map(\.y) == thin.quantileQuantile.map(\.y).sorted())
    #expect(thin.againstPredictor.count == 100)
    #expect(thin.againstPredictor.last.map { $0.x > 0.98 } == true)
    #expect(thin.outliers.allSatisfy { $0.y == 0 || $0.y == 1 })
    let whole = ResidualPlotData(residuals, maximumCount: 5_000)
    #expect(whole.quantileQuantile.count == 1_001)
    #expect(whole.outliers.count == residuals.extremeCount)
    #expect(whole.againstPredictor.count + whole.outliers.count == 1_001)
  }

  @Test("10,000 rows and 250 simulations take under 50 ms, the quantile test under 200 ms")
  func speed() throws {
    let input = try Self.normalInput(rows: 10_000, simulations: 250, spread: 1, seed: 10)
    var stream = RandomStream(seed: 11)
    let uniforms = stream.uniforms(10_000)
    let clock = ContinuousClock()
    var best = (tests: Double.infinity, quantiles: Double.infinity, bootstrap: Double.infinity)
    for _ in 0..<3 {
      var residuals: SimulatedResiduals?
      let tests = try clock.measure {
        // The pass over the simulations is made when the input is.
        let input = try ResidualInput(
          observed: input.observed, fitted: input.fitted, simulations: input.simulations,
          isDiscrete: false)
        let made = SimulatedResiduals(input, uniforms: uniforms, seed: 1, conditional: true)
        _ = UniformityTest.run(made.scaled)
        _ = DispersionTest.run(input)
        _ = OutlierTest.binomial(made)
        _ = ZeroInflationTest.run(input)
        residuals = made
      }
      let made = try #require(residuals)
      let quantiles = clock.measure {
        _ = QuantileTest.run(made.scaled, predictor: made.fitted)
      }
      let bootstrap = clock.measure {
        _ = OutlierTest.bootstrap(made, input: input, using: &stream)
      }
      best.tests = min(best.tests, tests / .milliseconds(1))
      best.quantiles = min(best.quantiles, quantiles / .milliseconds(1))
      best.bootstrap = min(best.bootstrap, bootstrap / .milliseconds(1))
    }
    print("residuals and tests: \(best.tests) ms, quantile test: \(best.quantiles) ms,")
    print("bootstrapped outliers: \(best.bootstrap) ms")
    // About 10 and 5 ms alone; other tests and programs share the processor.
    #expect(best.tests < 50)
    #expect(best.quantiles < 200)
  }
}
