// PSIS-LOO and WAIC against the loo package.

import Foundation
import Testing

@testable import Diagnostics

@Suite("PSIS-LOO and WAIC equal those of the loo package")
struct LooGoldenTests {
  // loo 2.5.1, R 4.2.2: relative 1e-8 on elpd, 1e-6 on k, as the reference data say.
  @Test(
    "every observation's elpd, p_loo, k, Monte Carlo error and effective draws",
    arguments: ["normal", "t4", "hard"], [nil, 4])
  func pointwise(name: String, chains: Int?) throws {
    let item = try LooCase(name)
    let block = chains == nil ? "r_eff_one" : "r_eff_from_4_chains_of_250"
    let reference = try item.part(block, "pointwise")
    let accuracy = item.accuracy(chainCount: chains)
    func check(_ key: String, _ tolerance: Double, _ value: (PointAccuracy) -> Double) throws {
      for (i, expected) in try LooCase.numbers(reference[key]).enumerated() {
        let own = value(accuracy.points[i])
        #expect(
          own == expected || agree(own, expected, tolerance) || (own.isNaN && expected.isNaN),
          "\(name) \(block) \(key) of \(i + 1): \(own) instead of \(expected)")
      }
    }
    try check("elpd_loo", 1e-8) { $0.elpd }
    try check("pareto_k", 1e-6) { $0.paretoK }
    try check("n_eff", 1e-8) { $0.effectiveDraws }
    // p_loo is a small difference of large numbers, which costs two digits.
    try check("p_loo", 1e-7) { $0.effectiveParameters }
    try check("mcse_elpd_loo", 1e-7) { $0.elpdError }
  }

  @Test("sums with their standard errors", arguments: ["normal", "t4", "hard"], [nil, 4])
  func totals(name: String, chains: Int?) throws {
    let item = try LooCase(name)
    let reference = try item.part(chains == nil ? "r_eff_one" : "r_eff_from_4_chains_of_250")
    let accuracy = item.accuracy(chainCount: chains)
    func check(_ key: String, _ value: Double) {
      let expected = LooCase.number(reference[key])
      #expect(agree(value, expected, 1e-8), "\(name) \(key): \(value) instead of \(expected)")
    }
    check("elpd_loo", accuracy.elpd.value)
    check("se_elpd_loo", accuracy.elpd.error)
    check("p_loo", accuracy.effectiveParameters.value)
    check("se_p_loo", accuracy.effectiveParameters.error)
    check("looic", accuracy.looic)
    if let error = accuracy.elpdMonteCarloError {
      check("mcse_elpd_loo", error)
    } else {
      #expect(LooCase.number(reference["mcse_elpd_loo"]).isNaN)
    }
  }

  @Test("relative efficiencies of four chains", arguments: ["normal", "t4"])
  func relativeEfficiency(name: String) throws {
    let item = try LooCase(name)
    let expected = try LooCase.numbers(item.part("r_eff_from_4_chains_of_250")["r_eff"])
    let accuracy = item.accuracy(chainCount: 4)
    for (i, value) in expected.enumerated() {
      #expect(agree(accuracy.points[i].relativeEfficiency, value, 1e-8))
    }
  }

  @Test("WAIC, in all and for every observation", arguments: ["normal", "t4", "hard"])
  func waic(name: String) throws {
    let item = try LooCase(name)
    let reference = try item.part("waic")
    let accuracy = item.accuracy(chainCount: nil)
    for (key, value) in [
      ("elpd_waic", accuracy.elpdWAIC.value), ("se_elpd_waic", accuracy.elpdWAIC.error),
      ("p_waic", accuracy.effectiveParametersWAIC.value),
      ("se_p_waic", accuracy.effectiveParametersWAIC.error),
    ] {
      let expected = LooCase.number(reference[key])
      #expect(agree(value, expected, 1e-8), "\(name) \(key): \(value) instead of \(expected)")
    }
    let elpd = try LooCase.numbers(reference["pointwise_elpd_waic"])
    let parameters = try LooCase.numbers(reference["pointwise_p_waic"])
    for (i, point) in accuracy.points.enumerated() {
      #expect(agree(point.elpdWAIC, elpd[i], 1e-8))
      #expect(agree(point.effectiveParametersWAIC, parameters[i], 1e-8))
    }
    #expect(
      Double(accuracy.unreliableWAICCount) == LooCase.number(reference["p_waic_above_0.4"]))
  }

  @Test("smoothed weights of two observations", arguments: ["normal", "t4", "hard"])
  func weights(name: String) throws {
    let item = try LooCase(name)
    for observation in [1, 7] {
      let reference = try item.part(
        "psis_smoothed_log_weights_unnormalised", "obs\(observation)")
      var smoother = ParetoSmoother()
      let logs = item.logDensities[observation - 1]
      let isUsable = smoother.load(logs.span)
      #expect(isUsable)
      smoother.smooth()
      #expect(Double(smoother.tailCount) == LooCase.number(reference["tail_len"]))
      let expected = try LooCase.numbers(reference["log_weights"])
      for (own, other) in zip(smoother.logWeights, expected) {
        #expect(agree(own, other, 1e-10), "\(own) instead of \(other)")
      }
      // The weights are the exponentials of their logarithms.
      let greatest = expected.max() ?? 0
      let raw = expected.map { exp($0 - greatest) }
      let sum = raw.reduce(0, +)
      for (own, other) in zip(smoother.normalizedWeights, raw) {
        #expect(agree(own, other / sum, 1e-9))
      }
    }
  }

  @Test("the hard set: a k above 1 and an infinite k are failures")
  func hard() throws {
    let accuracy = try LooCase("hard").accuracy(chainCount: nil)
    #expect(accuracy.points.count { $0.paretoK > 1 && $0.paretoK.isFinite } == 1)
    #expect(accuracy.points.count { $0.paretoK == .infinity } == 1)
    #expect(accuracy.paretoKCounts.veryBad == 2)
    #expect(accuracy.elpdMonteCarloError == nil)
    let verdict = accuracy.verdicts(parameters: 10)[0]
    #expect(verdict.level == .failed && verdict.number == .infinity)
    #expect(verdict.meaning.contains("2 of them not at all"))
  }

  @Test("a generalized Pareto fit")
  func paretoFit() throws {
    let reference = try #require(GoldenFile.json("loo.json")["gpdfit"] as? [String: Any])
    let fit = GeneralizedPareto.fit(ascending: try LooCase.numbers(reference["x"]).sorted())
    #expect(agree(fit.shape, LooCase.number(reference["k"]), 1e-10))
    #expect(agree(fit.scale, LooCase.number(reference["sigma"]), 1e-10))
  }

  @Test("differences and weights of two models")
  func comparison() throws {
    let golden = try GoldenFile.json("loo.json")
    let reference = try #require(golden["compare_normal_t4"] as? [String: Any])
    let pointwise = try ["normal", "t4"].map {
      try LooCase($0).accuracy(chainCount: nil).points.map(\.elpd)
    }
    let comparison = ModelComparison(pointwise: pointwise)
    #expect(comparison.entries.map(\.model) == [1, 0])
    #expect(agree(comparison.entries[1].difference, LooCase.number(reference["elpd_diff"]), 1e-8))
    #expect(agree(comparison.entries[1].error, LooCase.number(reference["se_diff"]), 1e-8))
    #expect(!comparison.isClose(comparison.entries[1]) && comparison.isClose(comparison.entries[0]))
    let stacking = try #require(ModelWeights.stacking(pointwise))
    let expected = try #require(reference["stacking_weights"] as? [String: Any])
    // The package's optimizer stops inside the simplex; the maximum is at its corner.
    #expect(abs(stacking[0] - LooCase.number(expected["normal"])) < 1e-6)
    let pseudo = ModelWeights.pseudo(pointwise.map { $0.reduce(0, +) })
    let other = try #require(reference["pseudo_bma_weights_no_bootstrap"] as? [String: Any])
    #expect(agree(pseudo[0], LooCase.number(other["normal"]), 1e-6))
  }
}
