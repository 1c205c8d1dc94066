// Simulation-based calibration: parameters drawn from the priors are ranked uniformly among the draws of their posteriors.

import Testing

/// Talts, Betancourt, Simpson, Vehtari & Gelman (2018, arXiv:1804.06788).
@Suite("Posteriors are calibrated over their priors", .serialized)
struct CalibrationTests {
  /// A right sampler fails a model once in a thousand seeds: the smallest p value of its m parameters is compared with
  /// 0.001 / m (Bonferroni), as the parameters of one model are looked at together.
  @Test(
    "ranks are uniform for every parameter and for effects of two levels",
    .enabled(if: isSlowRun), arguments: CalibrationModel.all)
  func uniformRanks(_ model: CalibrationModel) throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let found = try RankStatistics(model, replications: 200, seed: 20_180)
    #expect(found.failures == [])
    let pValues = found.pValues.sorted { $0.value < $1.value }
    let list = pValues.map { "\($0.key) \(($0.value * 1e4).rounded() / 1e4)" }
    print(
      "\(model.name): \(clock.now - begin), \(found.divergences) divergences; p "
        + list.joined(separator: ", "))
    #expect(pValues.count >= 4)
    for (name, p) in pValues {
      #expect(found.ranks[name]?.count == 200)
      #expect(p > 0.001 / Double(pValues.count), "\(name): \(found.ranks[name] ?? [])")
    }
  }

  /// With six groups the prior of their standard deviation matters; a scale off by two is found.
  @Test("and a prior on the wrong scale is found", .enabled(if: isSlowRun))
  func wrongPrior() throws {
    let model = CalibrationModel.randomIntercept(groups: 6)
    let right = try RankStatistics(model, replications: 200, seed: 77)
    let wrong = try RankStatistics(
      model, replications: 200, seed: 77,
      priors: model.priors.map { $0 == "sd ~ normal(0, 1)" ? "sd ~ normal(0, 0.5)" : $0 })
    #expect(right.failures == [] && wrong.failures == [])
    let name = "sd_g__Intercept"
    let p = (right.pValues[name] ?? 0, wrong.pValues[name] ?? 1)
    print("right prior p \(p.0), wrong prior p \(p.1)")
    #expect(p.0 > 0.001)
    #expect(p.1 < 1e-6)
  }

  @Test("the test of uniformity passes uniform ranks and no others")
  func uniformity() {
    let even = (0..<640).map { $0 % 64 }
    #expect(RankStatistics.pValue(even) > 0.999)
    // Bins of 9, 41 and six times 25: chi-squared is 20.48 on 7 degrees of freedom, with p = 0.004621065 by the closed form.
    let ranks = (0..<200).map { $0 < 9 ? 0 : $0 < 25 ? 8 : ($0 - 25) % 7 * 8 + 8 }
    #expect(abs(RankStatistics.pValue(ranks) - 0.004_621_064_9) < 1e-6)
    #expect(RankStatistics.pValue(even.map { $0 * $0 / 64 }) < 1e-10)
    #expect(RankStatistics.pValue(even.map { 16 + $0 / 2 }) < 1e-10)
  }
}
