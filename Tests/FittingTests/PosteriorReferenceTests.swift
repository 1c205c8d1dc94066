// Posteriors against references of 64,000 draws and more (nutpie 0.16.8 through PyMC), which name model and priors.

import Diagnostics
import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("The sampler finds the reference posteriors")
struct PosteriorReferenceTests {
  /// Long chains: |z| < 4 for each number, as a right sampler has it with all 900 numbers of these cases in 95 of 100 seeds;
  /// and at most 1 in 20 above 2.5, where 1 in 80 is expected but the numbers of a model depend on one another.
  @Test(
    "in means, standard deviations and five quantiles of every parameter",
    .enabled(if: isSlowRun), arguments: ReferenceCase.all)
  func equalsReference(_ which: ReferenceCase) throws {
    let z = try differences(which, draws: 5000, seed: 7)
    #expect(z.allSatisfy { abs($0) < 4 })
    #expect(z.count { abs($0) > 2.5 } * 20 <= z.count)
  }

  /// Short chains: with few effective draws the errors themselves are known to a tenth or two, hence the wider bound.
  @Test("and nearly so after seconds", arguments: ReferenceCase.all)
  func equalsReferenceSoon(_ which: ReferenceCase) throws {
    let z = try differences(which, draws: 400, seed: 8)
    #expect(z.allSatisfy { abs($0) < 6 })
    #expect(z.count { abs($0) > 2.5 } * 10 <= z.count)
  }

  /// All differences from a reference, in combined Monte Carlo errors; a large one is recorded by name.
  private func differences(
    _ which: ReferenceCase, draws: Int, seed: UInt64
  ) throws -> [Double] {
    let reference = try ReferencePosterior(which.name)
    let fit = try FitWithDraws(which.request(draws: draws, seed: seed))
    let report = try #require(fit.report)
    #expect(report.sampler.divergences * 1000 <= report.sampler.draws * report.sampler.chains)
    var calculator = ConvergenceCalculator()
    var found: Set<String> = []
    var all: [Double] = []
    for (own, chains) in fit.draws.sorted(by: { $0.key < $1.key }) {
      let name = which.referenceName(own)
      guard let wanted = reference.parameters[name] ?? reference.effects[name] else { continue }
      found.insert(name)
      let numbers = try #require(PosteriorNumbers(draws: chains, &calculator), "\(own)")
      let z = numbers.differences(from: wanted)
      for (statistic, value) in zip(PosteriorNumbers.statistics, z) where abs(value) > 3 {
        print("\(which.name): \(statistic) of \(name): z = \(value)")
      }
      all += z
    }
    // Every parameter of the reference is compared, and the model has no others of its own.
    let missing = Set(reference.parameters.keys).union(reference.effects.keys).subtracting(found)
    #expect(missing == [], "\(fit.draws.keys.filter { !$0.hasPrefix("r_") }.sorted())")
    #expect(report.parameters.count == reference.parameters.count)
    print(
      "\(which.name), \(draws) draws: \(all.count) numbers, largest |z| \(all.map(abs).max() ?? 0), "
        + "\(all.count { abs($0) > 2.5 }) above 2.5")
    #expect((all.map(abs).max() ?? 0) > 0.5, "no Monte Carlo error at all: copied numbers")
    return all
  }

  @Test("and a posterior that is off by a tenth of a standard deviation would be found")
  func control() throws {
    let reference = try ReferencePosterior("edu")
    let fit = try FitWithDraws(ReferenceCase.all[0].request(draws: 2000, seed: 9)) {
      $0 == "b_passed_SES"
    }
    var calculator = ConvergenceCalculator()
    let wanted = try #require(reference.parameters["b_passed_SES"])
    let shifted = try #require(fit.draws["b_passed_SES"]).map { chain in
      chain.map { $0 + 0.1 * wanted.values[1] }
    }
    let numbers = try #require(PosteriorNumbers(draws: shifted, &calculator))
    let z = numbers.differences(from: wanted)
    #expect(z[0] > 4 && z[4] > 4)
    #expect(abs(z[1]) < 4)
  }
}

/// Whether the slow tests are wanted too.
let isSlowRun = ProcessInfo.processInfo.environment["MGLMM_SLOW_TESTS"] != nil
