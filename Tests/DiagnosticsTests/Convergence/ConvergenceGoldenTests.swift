// Convergence statistics against the posterior package.

import Foundation
import Testing

@testable import Diagnostics

@Suite("Convergence statistics equal those of the posterior package")
struct ConvergenceGoldenTests {
  static let caseNames = [
    "iid_normal", "ar1_rho09", "ar1_rho_neg05", "shifted_chain", "scaled_chain", "trend", "cauchy",
    "one_constant_chain", "all_constant", "chains_constant_but_different", "with_nan", "with_inf",
    "short_chains_7", "odd_length_499", "one_chain", "two_chains_1000", "integer_ties", "binary",
    "large_offset", "tiny_scale", "lognormal",
  ]

  /// The keys of each case that are compared; the others are the case's shape.
  static let keys: Set<String> = [
    "mean", "sd", "median", "mad", "quantiles_type7", "rhat", "rhat_nosplit", "rhat_rank",
    "ess_basic", "ess_bulk", "ess_tail", "ess_mean", "ess_sd", "ess_median", "ess_q05", "ess_q95",
    "mcse_mean", "mcse_sd", "mcse_median", "mcse_q05", "mcse_q95", "autocovariance_chain1",
    "autocorrelation_by_chain",
  ]

  @Test("no case and no number of the reference is left out")
  func completeness() throws {
    let cases = try #require(GoldenFile.json("convergence.json")["cases"] as? [String: Any])
    #expect(Set(cases.keys) == Set(Self.caseNames + ["short_chains_3"]))
    for (name, numbers) in cases {
      let found = try #require(numbers as? [String: Any])
      let shape: Set = ["file", "iterations", "chains", "remark"]
      #expect(Set(found.keys).subtracting(shape) == Self.keys, "\(name)")
    }
  }

  static func chains(_ name: String) throws -> [[Double]] {
    let columns = try GoldenFile.columns("draws-\(name).csv")
    var chains: [[Double]] = []
    let pairs = zip(columns["chain"] ?? [], columns["value"] ?? [])
    for (chain, value) in pairs {
      let index = try #require(Int(chain))
      while chains.count < index { chains.append([]) }
      chains[index - 1].append(GoldenFile.number(value))
    }
    return chains
  }

  static func reference(_ name: String) throws -> [String: Any] {
    let cases = try #require(GoldenFile.json("convergence.json")["cases"] as? [String: Any])
    return try #require(cases[name] as? [String: Any])
  }

  /// The number to expect, nil where the reference has none.
  static func number(_ value: Any?) -> Double? {
    if let text = value as? String { return text == "Inf" ? .infinity : nil }
    return (value as? NSNumber)?.doubleValue
  }

  @Test(
    "every statistic agrees to 1e-8, and is missing where posterior has none", arguments: caseNames)
  func golden(name: String) throws {
    // Draws near 1e8 keep only eight digits of their spread.
    let tolerance = name == "large_offset" ? 1e-6 : 1e-8
    var calculator = ConvergenceCalculator()
    calculator.load(try Self.chains(name))
    let reference = try Self.reference(name)
    func check(_ key: String, _ value: Double?, _ expected: Any?) {
      let expected = Self.number(expected)
      if let value, let expected {
        let equal =
          value == expected || abs(value - expected) <= tolerance * max(abs(value), abs(expected))
        #expect(equal, "\(name) \(key): \(value) instead of \(expected)")
      } else {
        #expect(
          value == nil && expected == nil,
          "\(name) \(key): \(String(describing: value)) and \(String(describing: expected))")
      }
    }
    if name == "chains_constant_but_different" {
      // posterior's 3e15 is the rounding of an infinite number.
      #expect((calculator.rHat() ?? 0) > 1e15)
    } else {
      check("rhat_rank", calculator.rHat(), reference["rhat_rank"])
    }
    check("rhat", calculator.rHatOfRawDraws(), reference["rhat"])
    check("rhat_nosplit", calculator.rHatWithoutSplit(), reference["rhat_nosplit"])
    check("ess_basic", calculator.essMean(), reference["ess_basic"])
    check("mad", calculator.medianAbsoluteDeviation(), reference["mad"])
    check("ess_bulk", calculator.essBulk(), reference["ess_bulk"])
    check("ess_tail", calculator.essTail(), reference["ess_tail"])
    check("ess_mean", calculator.essMean(), reference["ess_mean"])
    check("ess_sd", calculator.essSD(), reference["ess_sd"])
    check("ess_median", calculator.essMedian(), reference["ess_median"])
    check("ess_q05", calculator.essQuantile(0.05), reference["ess_q05"])
    check("ess_q95", calculator.essQuantile(0.95), reference["ess_q95"])
    check("mcse_mean", calculator.mcseMean(), reference["mcse_mean"])
    check("mcse_sd", calculator.mcseSD(), reference["mcse_sd"])
    check("mcse_median", calculator.mcseMedian(), reference["mcse_median"])
    check("mcse_q05", calculator.mcseQuantile(0.05), reference["mcse_q05"])
    check("mcse_q95", calculator.mcseQuantile(0.95), reference["mcse_q95"])
    check("median", calculator.median(), reference["median"])
    check("sd", calculator.standardDeviation(), reference["sd"])
    // posterior's mean beside an infinite draw is infinite, which is not a number to show.
    check("mean", calculator.mean(), name == "with_inf" ? nil : reference["mean"])
    let quantiles = reference["quantiles_type7"] as? [String: Any]
    for (key, p) in [
      ("2.5%", 0.025), ("5%", 0.05), ("25%", 0.25), ("50%", 0.5), ("75%", 0.75), ("95%", 0.95),
      ("97.5%", 0.975),
    ] {
      check(key, calculator.quantile(p), quantiles?[key])
    }
  }

  @Test("autocovariances and autocorrelations agree to 1e-8 of lag zero", arguments: caseNames)
  func autocorrelation(name: String) throws {
    let tolerance = name == "large_offset" ? 1e-6 : 1e-8
    let chains = try Self.chains(name)
    let reference = try Self.reference(name)
    if let expected = reference["autocovariance_chain1"] as? [Double] {
      let values = try #require(
        Autocorrelation.covariances(of: chains[0], maximumLag: expected.count - 1))
      #expect(values.count == expected.count)
      for (a, b) in zip(values, expected) { #expect(abs(a - b) <= tolerance * abs(expected[0])) }
    }
    let all = reference["autocorrelation_by_chain"] as? [[Any]] ?? []
    for (chain, list) in zip(chains, all) {
      let values = Autocorrelation.correlations(of: chain, maximumLag: list.count - 1)
      if let expected = list as? [Double] {
        for (a, b) in zip(try #require(values), expected) { #expect(abs(a - b) <= tolerance) }
      } else {
        #expect(values == nil)
      }
    }
  }

  @Test("chains of three draws have a location and a spread, but no convergence statistic")
  func shortChains() throws {
    let chains = try Self.chains("short_chains_3")
    let reference = try Self.reference("short_chains_3")
    var calculator = ConvergenceCalculator()
    calculator.load(chains)
    // The reference's R-hat and effective sample sizes are an artefact, as its remark says.
    for value in [
      calculator.rHat(), calculator.rHatOfRawDraws(), calculator.essBulk(), calculator.essTail(),
      calculator.essMean(), calculator.essSD(), calculator.essMedian(),
      calculator.essQuantile(0.05), calculator.essQuantile(0.95), calculator.mcseMean(),
      calculator.mcseSD(), calculator.mcseMedian(), calculator.mcseQuantile(0.05),
      calculator.mcseQuantile(0.95),
    ] { #expect(value == nil) }
    for (key, value) in [
      ("mean", calculator.mean()), ("sd", calculator.standardDeviation()),
      ("median", calculator.median()), ("mad", calculator.medianAbsoluteDeviation()),
      ("rhat_nosplit", calculator.rHatWithoutSplit()),
    ] {
      let expected = try #require(Self.number(reference[key]))
      #expect(agree(try #require(value), expected, 1e-12), "\(key)")
    }
    let quantiles = try #require(reference["quantiles_type7"] as? [String: Double])
    for (key, p) in [("2.5%", 0.025), ("25%", 0.25), ("75%", 0.75), ("95%", 0.95)] {
      let value = try #require(calculator.quantile(p))
      #expect(agree(value, try #require(quantiles[key]), 1e-12), "\(key)")
    }
    let correlations = try #require(reference["autocorrelation_by_chain"] as? [[Double]])
    for (chain, expected) in zip(chains, correlations) {
      let values = try #require(
        Autocorrelation.correlations(of: chain, maximumLag: expected.count - 1))
      for (a, b) in zip(values, expected) { #expect(abs(a - b) <= 1e-12) }
    }
  }

  @Test("the energy fraction of each chain agrees to 1e-10")
  func energies() throws {
    let columns = try GoldenFile.columns("energy.csv")
    let expected = try #require(GoldenFile.json("ebfmi.json")["e_bfmi"] as? [Double])
    for chain in 1...4 {
      let energies = zip(columns["chain"] ?? [], columns["energy"] ?? [])
        .filter { Int($0.0) == chain }.map { GoldenFile.number($0.1) }
      let value = try #require(EnergyFraction.eBFMI(energies: energies))
      #expect(agree(value, expected[chain - 1], 1e-10))
    }
  }
}
