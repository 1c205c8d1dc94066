// Leaving out one level: exact where the likelihood is quadratic, against real fits elsewhere.

import Foundation
import Laplace
import MixedModel
import TestSupport
import Testing

@Suite("The influence of levels")
struct InfluenceTests {
  @Test("shares of the levels add up to the whole", arguments: ModelCase.all)
  func sums(_ example: ModelCase) throws {
    let built = try example.build()
    guard let likelihoods = LevelLikelihoods(built.model) else { return }
    let psi = built.parameters(seed: 51)
    let approximation = LaplaceApproximation(model: built.model)
    var workspace = LaplaceWorkspace(model: built.model)
    var gradient = [Double](repeating: 0, count: psi.count)
    let value = try approximation.valueAndGradient(at: psi, into: &gradient, &workspace)
    let owned = likelihoods.rows.reduce(0) { $0 + $1.reduce(0) { $0 + $1.count } }
    guard owned == built.model.observationCount else { return }
    let shares = try likelihoods.shares(at: psi)
    let total = shares.reduce(0) { $0 + $1.value }
    #expect(abs(total - value) < 1e-9 * max(1, abs(value)))
    for k in psi.indices {
      let sum = shares.reduce(0) { $0 + $1.score[k] }
      #expect(abs(sum - gradient[k]) < 1e-7 * max(1, abs(gradient[k])))
    }
  }

  /// Balanced groups and known standard deviations: the estimate is the mean of the group means, so that without group
  /// j it moves by (mean − mean_j)/(J − 1).
  @Test("of a mean with known variances is that of the group means")
  func mean() throws {
    let (table, means) = try SyntheticTable.balanced(levels: 7, each: 4)
    let model = try makeModel(
      table, ["y ~ 1 + (1 | g)"],
      priors: ["sigma ~ constant(0.7)", "sd ~ constant(1.3)"]
    ).model
    let fit = try fitted(model)
    let likelihoods = try #require(LevelLikelihoods(model))
    let all = try LevelInfluence.all(fit, likelihoods)
    let influence = try #require(all)
    let mean = means.reduce(0, +) / 7
    for (level, one) in influence.enumerated() {
      let change = try #require(one.change)
      #expect(abs(change[0] - (mean - means[level]) / 6) < 1e-6)
      // Var(mean) = (1.69 + 0.49/4)/7
      let variance = (1.69 + 0.49 / 4) / 7
      let distance = try #require(one.distance)
      #expect(abs(distance - change[0] * change[0] / variance) < 1e-5)
    }
  }

  @Test(
    "is near that of fits without the level",
    arguments: [
      ("sleepstudy", "Reaction ~ Days + (Days | Subject)", ""),
      ("epilepsy", "count ~ zAge + zBase * Trt + (1 | patient)", "poisson"),
      ("cbpp", "incidence | trials(size) ~ period + (1 | herd)", "binomial"),
    ])
  func refits(_ data: String, _ formula: String, _ family: String) throws {
    let model = try makeModel(
      Golden.path("data/\(data).csv"), [formula], families: family,
      factors: data == "cbpp" ? ["period"] : [])
    let fit = try fitted(model)
    let likelihoods = try #require(LevelLikelihoods(model))
    let all = try LevelInfluence.all(fit, likelihoods)
    let influence = try #require(all)
    let free = try #require(FreeParameters(fit))
    var worst = 0.0
    var real: [Double] = []
    var tried: [Int] = []
    let every = max(influence.count / 12, 1)
    let mostInfluential = influence.max { ($0.distance ?? .infinity) < ($1.distance ?? .infinity) }
    for one in influence
    where one.level % every == 0 || one.level == mostInfluential?.level {
      let rows = model.outcomes.map(\.tableRows.count)
      tried.append(one.level)
      let gone = likelihoods.rows[one.level]
      let kept = zip(rows, gone).map { count, gone in
        let set = Set(gone)
        return (0..<count).filter { !set.contains($0) }
      }
      let without = try fitted(model.keeping(rows: kept))
      let change = zip(without.optimum.psi, fit.optimum.psi).map { $0 - $1 }
      real.append(free.quadraticForm(free.part(of: change)) / Double(free.count))
      let own = try #require(one.change)
      let size = real[real.count - 1].squareRoot()
      let difference = zip(free.part(of: own), free.part(of: change)).map { $0 - $1 }
      let miss = (free.quadraticForm(difference) / Double(free.count)).squareRoot()
      worst = max(worst, miss / size)
      // One step of Newton's method: its error grows with the square of the change.
      #expect(
        miss < 0.03 + 0.25 * size + 0.25 * size * size, "level \(one.level): \(miss) of \(size)")
    }
    // The level that the step calls the most influential is it.
    let top = try #require(mostInfluential)
    let place = try #require(tried.firstIndex(of: top.level))
    #expect(real.max() == real[place])
    print("\(data): worst miss \(worst), largest distance \(real.max() ?? 0)")
  }

  @Test("a level that alone tells two parameters apart is said to be needed")
  func needed() throws {
    let table = try SyntheticTable.oneInformativeLevel()
    let model = try makeModel(
      table, ["y ~ x + (1 | g)"], priors: ["sigma ~ constant(1)", "sd ~ constant(1)"]
    ).model
    let likelihoods = try #require(LevelLikelihoods(model))
    let all = try LevelInfluence.all(fitted(model), likelihoods)
    let influence = try #require(all)
    #expect(influence.map { $0.change == nil } == [false, false, true, false])
  }

  @Test("crossed factors have no levels that the likelihood is a product over")
  func crossed() throws {
    let model = try makeModel(
      Golden.path("data/grouseticks.csv"), ["TICKS ~ YEAR + (1 | BROOD) + (1 | LOCATION)"],
      families: "poisson", factors: ["YEAR", "BROOD", "LOCATION"])
    #expect(LevelLikelihoods(model) == nil)
    // Without one location nothing else changes place.
    let block = try #require(model.effects.blocks.firstIndex { $0.group == "LOCATION" })
    let owners = model.levels(ofBlock: block)
    let kept = owners.map { list in list.indices.filter { list[$0] != 3 } }
    #expect(kept[0].count < model.observationCount)
    let part = model.keeping(rows: kept)
    let fit = try fitted(part)
    let column = part.effects.index(block: block, level: 3, member: 0)
    #expect(abs(fit.modes[column]) < 1e-9)
  }
}
