// Simulated residuals and their tests against DHARMa.

import Foundation
import Probability
import Testing

@testable import Diagnostics

@Suite("Residuals and their tests equal DHARMa's")
struct ResidualGoldenTests {
  @Test("bounds and residuals are the same numbers", arguments: DharmaCase.all)
  func residuals(name: String) throws {
    let golden = try DharmaCase(name)
    let residuals = SimulatedResiduals(
      try golden.input(), uniforms: try golden.column("u"), seed: 123, conditional: false)
    #expect(residuals.simulations == 250)
    #expect(residuals.lower == (try golden.column("lower")))
    #expect(residuals.upper == (try golden.column("upper")))
    // The uniform numbers were recovered by a division, which costs a digit.
    for (a, b) in zip(residuals.scaled, try golden.column("residual")) {
      #expect(abs(a - b) < 1e-14)
    }
    let extreme =
      try golden.number("residuals_exactly_0") + golden.number("residuals_exactly_1")
    #expect(Double(residuals.extremeCount) == extreme)
  }

  @Test("Kolmogorov-Smirnov: statistic to 1e-10, p to 1e-6", arguments: DharmaCase.all)
  func uniformity(name: String) throws {
    let golden = try DharmaCase(name)
    let scaled = try golden.column("residual")
    for alternative in Alternative.allCases {
      let test = try #require(UniformityTest.run(scaled, alternative: alternative))
      let key = alternative.nameInR
      let statistic = try #require(test.statistic)
      #expect(abs(statistic - (try golden.number("test_uniformity_ks", key, "statistic"))) < 1e-10)
      #expect(abs(test.p - (try golden.number("test_uniformity_ks", key, "p"))) < 1e-6)
    }
  }

  @Test("Kolmogorov-Smirnov is exact for small samples without ties", arguments: DharmaCase.all)
  func exactUniformity(name: String) throws {
    let golden = try DharmaCase(name)
    let residuals = try #require(
      golden.result("recalculated_by_group_sum", "residual") as? [Double])
    guard Set(residuals).count == residuals.count else { return }
    let test = try #require(UniformityTest.run(residuals))
    #expect(abs(test.p - (try golden.number("recalculated_by_group_sum", "ks_p"))) < 1e-9)
  }

  @Test(
    "simulated dispersion: statistic to 1e-10, p the same", arguments: DharmaCase.all)
  func dispersion(name: String) throws {
    let golden = try DharmaCase(name)
    let input = try golden.input()
    for alternative in Alternative.allCases {
      let test = try #require(DispersionTest.run(input, alternative: alternative))
      let key = alternative.nameInR
      let statistic = try #require(test.statistic)
      let expected = try golden.number("test_dispersion_simulated", key, "statistic")
      #expect(agree(statistic, expected, 1e-10))
      #expect(abs(test.p - (try golden.number("test_dispersion_simulated", key, "p"))) < 1e-12)
    }
  }

  @Test("Pearson dispersion: p to 1e-6, tails too", arguments: DharmaCase.all)
  func pearson(name: String) throws {
    let golden = try DharmaCase(name)
    guard golden.results["test_dispersion_pearson"] is [String: Any] else { return }
    let residuals = try golden.column("pearson")
    let degrees = try golden.number("test_dispersion_pearson", "df")
    for (alternative, key) in [
      (Alternative.greater, "p_greater"), (.less, "p_less"), (.twoSided, "p_two_sided"),
    ] {
      let test = try #require(
        DispersionTest.pearson(
          residuals: residuals, degreesOfFreedom: degrees, alternative: alternative))
      let ratio = try golden.number("test_dispersion_pearson", "ratio")
      // The stored Pearson residuals have eight decimals.
      #expect(agree(try #require(test.statistic), ratio, 1e-7))
      let expected = try golden.number("test_dispersion_pearson", key)
      #expect(agree(test.p, expected, 1e-6))
    }
  }

  @Test("zero inflation: statistic to 1e-10, p the same", arguments: DharmaCase.all)
  func zeroInflation(name: String) throws {
    let golden = try DharmaCase(name)
    let input = try golden.input()
    for alternative in Alternative.allCases {
      let test = ZeroInflationTest.run(input, alternative: alternative)
      let key = alternative.nameInR
      let expected =
        (try? golden.result("test_zero_inflation", key, "statistic")) as? NSNumber
      #expect((test.statistic == nil) == (expected == nil))
      if let statistic = test.statistic, let expected {
        #expect(agree(statistic, expected.doubleValue, 1e-10))
      }
      #expect(abs(test.p - (try golden.number("test_zero_inflation", key, "p"))) < 1e-12)
    }
  }

  @Test("binomial outliers: counts the same, p to 1e-6", arguments: DharmaCase.all)
  func outliers(name: String) throws {
    let golden = try DharmaCase(name)
    let residuals = try golden.residuals()
    for (margin, key) in [
      (OutlierTest.Margin.both, "both"), (.upper, "upper"), (.lower, "lower"),
    ] {
      let test = try #require(OutlierTest.binomial(residuals, margin: margin))
      #expect(Double(test.count) == (try golden.number("test_outliers_binomial", key, "count")))
      let expected = try golden.number("test_outliers_binomial", key, "expected_frequency")
      #expect(abs(test.expectedFrequency - expected) < 1e-12)
      #expect(agree(test.p, try golden.number("test_outliers_binomial", key, "p"), 1e-6))
      let interval = try #require(
        golden.result("test_outliers_binomial", key, "conf_int") as? [Double])
      #expect(abs(test.interval.lowerBound - interval[0]) < 1e-9)
      #expect(abs(test.interval.upperBound - interval[1]) < 1e-9)
    }
  }

  @Test(
    "bootstrapped outliers stay within DHARMa's 40 repeats", arguments: DharmaCase.all)
  func bootstrapOutliers(name: String) throws {
    let golden = try DharmaCase(name)
    let input = try golden.input()
    let residuals = try golden.residuals()
    var stream = RandomStream(seed: 8)
    var mean = 0.0
    for _ in 0..<10 {
      let test = OutlierTest.bootstrap(residuals, input: input, using: &stream)
      #expect(Double(test.count) == (try golden.number("test_outliers_bootstrap", "outlier_count")))
      // Forty repeats do not show the whole range.
      #expect(test.p >= (try golden.number("test_outliers_bootstrap", "p_min")) - 0.05)
      #expect(test.p <= (try golden.number("test_outliers_bootstrap", "p_max")) + 0.05)
      mean += test.expectedFrequency / 10
    }
    let expected = try golden.number("test_outliers_bootstrap", "expected_frequency_mean")
    #expect(agree(mean, expected, 0.15))
  }

  @Test("the quantile test decides as DHARMa does, for each quantile", arguments: DharmaCase.all)
  func quantiles(name: String) throws {
    let golden = try DharmaCase(name)
    let test = try #require(
      QuantileTest.run(try golden.column("residual"), predictor: try golden.column("fitted")))
    let expected = try #require(golden.result("test_quantiles", "p") as? [Double])
    for (p, reference) in zip(test.byQuantile, expected) {
      #expect((p < 0.05) == (reference < 0.05), "\(name): \(p) and \(reference)")
      // Not in digits: the smoother is another. Far out in the tail both only have to be small.
      if reference > 1e-3 { #expect(abs(log10(p / reference)) < 1.5) }
    }
    #expect((test.p < 0.05) == (try golden.number("test_quantiles", "p_combined") < 0.05))
  }
}
