// Simulated responses against the family's own distribution function, mean and variance.

import Foundation
import Probability
import Testing

@testable import Families

@Suite("Simulated responses follow the family's distribution function, mean and variance")
struct SimulationTests {
  private let count = 20_000

  @Test("randomised probability integral transforms are uniform", arguments: FamilyCase.all)
  func transforms(_ item: FamilyCase) {
    var stream = RandomStream(seed: 21)
    let data = item.draw(count, seed: 22)
    // u between P(Y < y) and P(Y <= y): uniform if and only if simulation and distribution agree.
    var cells = Array(repeating: 0.0, count: 50)
    for i in 0..<count {
      let bounds = item.family.distribution(
        y: data.y[i], trials: data.trials?[i] ?? 1, predictors: data.eta.map { $0[i] })
      #expect(bounds.below <= bounds.upTo && bounds.below >= 0 && bounds.upTo <= 1)
      let u = bounds.below + stream.nextUniform() * (bounds.upTo - bounds.below)
      cells[min(Int(u * 50), 49)] += 1
    }
    let expected = Double(count) / 50
    let statistic = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(ChiSquare.cumulative(statistic, degreesOfFreedom: 49, upperTail: true) > 1e-4)
  }

  @Test("mean and variance", arguments: FamilyCase.all)
  func moments(_ item: FamilyCase) {
    var stream = RandomStream(seed: 23)
    let predictors = item.eta.map { 0.4 * $0.lowerBound + 0.6 * $0.upperBound }
    let trials = item.trials ? 9.0 : 1
    let mean = item.family.mean(trials: trials, predictors: predictors)
    let variance = item.family.variance(trials: trials, predictors: predictors)
    var (sum, squares, fourths) = (0.0, 0.0, 0.0)
    for _ in 0..<count {
      let y = item.family.simulate(trials: trials, predictors: predictors, using: &stream)
      let square = (y - mean) * (y - mean)
      (sum, squares, fourths) = (sum + y - mean, squares + square, fourths + square * square)
    }
    let n = Double(count)
    #expect(abs(sum / n) < 4.5 * (variance / n).squareRoot())
    let spread = ((fourths / n - (squares / n) * (squares / n)) / n).squareRoot()
    #expect(abs(squares / n - variance) < 4.5 * spread)
  }

  @Test("starting values are finite predictors near the truth", arguments: FamilyCase.all)
  func starts(_ item: FamilyCase) {
    let data = item.draw(500, seed: 24)
    let link = item.family.parameters[0].link
    var means: [Double] = []
    for i in 0..<500 {
      let trials = data.trials?[i] ?? 1
      let start = item.family.startingMean(y: data.y[i], trials: trials)
      #expect(link.predictor(for: start).isFinite, "y \(data.y[i])")
      means.append(item.family.mean(trials: trials, predictors: data.eta.map { $0[i] }))
    }
    let dispersion = item.family.startingDispersion(
      y: data.y, trials: data.trials ?? Array(repeating: 1, count: 500), means: means)
    #expect(dispersion.count == item.family.parameters.count - 1)
    for (a, value) in dispersion.enumerated() {
      #expect(item.eta[a + 1].lowerBound - 2 < value && value < item.eta[a + 1].upperBound + 2)
    }
  }
}
