// Autocorrelation, categorical predictors and grouped residuals against DHARMa.

import Foundation
import Testing

@testable import Diagnostics

@Suite("Tests of dependence and of groups equal DHARMa's")
struct DependenceGoldenTests {
  @Test("Durbin-Watson: statistic to 1e-10, p to 1e-6, exact or normal", arguments: DharmaCase.all)
  func temporal(name: String) throws {
    let golden = try DharmaCase(name)
    let (scaled, times) = (try golden.column("residual"), try golden.column("time"))
    for alternative in Alternative.allCases {
      let test = try TemporalTest.run(scaled, times: times, alternative: alternative)
      let key = alternative.nameInR
      let expected = try golden.number("test_temporal_durbin_watson", key, "statistic")
      #expect(agree(test.statistic, expected, 1e-10))
      #expect(abs(test.p - (try golden.number("test_temporal_durbin_watson", key, "p"))) < 1e-6)
    }
    let method = try golden.result("test_temporal_durbin_watson", "p_method") as? String
    let isExact = try TemporalTest.run(scaled, times: times).method == .exact
    #expect(isExact == method?.hasPrefix("exact"))
  }

  @Test("Moran's I, its expectation and its sd to 1e-10, p to 1e-6", arguments: DharmaCase.all)
  func spatial(name: String) throws {
    let golden = try DharmaCase(name)
    let test = try SpatialTest.run(
      try golden.column("residual"), x: try golden.column("sx"), y: try golden.column("sy"))
    for (value, key) in [
      (test.observed, "observed"), (test.expected, "expected"), (test.standardDeviation, "sd"),
    ] {
      #expect(agree(value, try golden.number("test_spatial_moran", key), 1e-10))
    }
    #expect(abs(test.p - (try golden.number("test_spatial_moran", "p"))) < 1e-6)
  }

  @Test("levels of a category: p to 1e-6 before and after Holm, Levene", arguments: DharmaCase.all)
  func categorical(name: String) throws {
    let golden = try DharmaCase(name)
    let test = try #require(
      CategoricalTest.run(
        try golden.column("residual"), codes: try golden.codes("kind"), levelCount: 3))
    let levels = test.levels.compactMap { $0 }
    let plain = try golden.numbers("test_categorical_kind", "ks_p")
    let adjusted = try golden.numbers("test_categorical_kind", "ks_p_holm")
    #expect(levels.count == plain.count)
    for (level, expected) in zip(levels, zip(plain, adjusted)) {
      #expect(abs(level.uniformity.p - expected.0) < 1e-6)
      #expect(abs(level.adjustedP - expected.1) < 1e-6)
    }
    let spread = try #require(test.spread)
    let statistic = try #require(spread.statistic)
    #expect(agree(statistic, try golden.number("test_categorical_kind", "levene_F"), 1e-10))
    #expect(abs(spread.p - (try golden.number("test_categorical_kind", "levene_p"))) < 1e-6)
  }

  @Test("residuals of group sums and means are the same numbers", arguments: DharmaCase.all)
  func grouped(name: String) throws {
    let golden = try DharmaCase(name)
    let input = try golden.input()
    let codes = try golden.codes("group")
    let uniforms = try golden.column("group_u", of: "recalculated_by_group_sum", "u")
    for aggregate in Aggregation.allCases {
      let grouped = try input.grouped(by: codes, aggregate: aggregate)
      let residuals = SimulatedResiduals(grouped, uniforms: uniforms, seed: 123, conditional: false)
      let part = "recalculated_by_group_\(aggregate.rawValue)"
      let expected = try golden.numbers(part, "residual")
      #expect(residuals.scaled.count == expected.count)
      for (a, b) in zip(residuals.scaled, expected) { #expect(abs(a - b) < 1e-12) }
      guard aggregate == .sum else { continue }
      for (a, b) in zip(grouped.observed, try golden.numbers(part, "observed")) {
        #expect(agree(a, b, 1e-12))
      }
      #expect(residuals.lower == (try golden.numbers(part, "lower")))
      #expect(residuals.upper == (try golden.numbers(part, "upper")))
      let uniformity = try #require(UniformityTest.run(residuals.scaled))
      #expect(
        abs((uniformity.statistic ?? 0) - (try golden.number(part, "ks_statistic"))) < 1e-10)
      #expect(abs(uniformity.p - (try golden.number(part, "ks_p"))) < 1e-6)
      let dispersion = try #require(DispersionTest.run(grouped))
      #expect(agree(dispersion.statistic ?? 0, try golden.number(part, "dispersion"), 1e-10))
      #expect(abs(dispersion.p - (try golden.number(part, "dispersion_p"))) < 1e-12)
    }
  }
}

extension DharmaCase {
  /// The uniform numbers of a part of the results; where R had none to draw they do not matter.
  func column(_ name: String, of part: String, _ key: String) throws -> [Double] {
    let values = try #require(result(part, key) as? [Any])
    return values.map { ($0 as? NSNumber)?.doubleValue ?? 0.5 }
  }
}
