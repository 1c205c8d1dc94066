// Responses drawn block by block against the distribution function and against those drawn one by one.

import Foundation
import LinearAlgebra
import Probability
import Testing

@testable import Families

@Suite("Blocks of simulated responses follow the family's distribution")
struct BlockSimulationTests {
  /// A block of equal rows, and its trials.
  private func block(_ predictors: [Double], isConstant: Bool) -> PredictorBlock {
    var block = PredictorBlock(count: predictors.count)
    for (a, value) in predictors.enumerated() {
      block.isConstant[a] = isConstant && a > 0
      for i in 0..<rowsPerBlock { block.values[a * rowsPerBlock + i] = value }
    }
    return block
  }

  private func draws(
    _ family: any ResponseFamily, _ predictors: [Double], trials: Double, blocks: Int,
    rowByRow: Bool = false
  ) -> [Double] {
    var stream = SimulationStream(seed: 5, stream: 1)
    var law = ResponseLaw()
    let list = [Double](repeating: trials, count: rowsPerBlock)
    let block = block(predictors, isConstant: true)
    // 253 rows: the last lanes are not full.
    if rowByRow {
      law.setRows(count: 253, from: block, trials: list.span)
    } else {
      family.prepareSimulation(of: block, trials: list.span, count: 253, into: &law)
    }
    var values = [Double](repeating: -1, count: rowsPerBlock)
    return (0..<blocks).flatMap { _ in
      law.draw(family, into: &values, using: &stream)
      return values[..<253]
    }
  }

  private func randomisedTransformP(
    _ family: any ResponseFamily, _ predictors: [Double], trials: Double, rowByRow: Bool = false
  ) -> Double {
    var uniforms = RandomStream(seed: 6)
    var cells = [Double](repeating: 0, count: 40)
    let values = draws(family, predictors, trials: trials, blocks: 80, rowByRow: rowByRow)
    for y in values {
      let bounds = family.distribution(y: y, trials: trials, predictors: predictors)
      let u = bounds.below + uniforms.nextUniform() * (bounds.upTo - bounds.below)
      cells[min(Int(u * 40), 39)] += 1
    }
    let expected = Double(values.count) / 40
    let statistic = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    return ChiSquare.cumulative(statistic, degreesOfFreedom: 39, upperTail: true)
  }

  @Test("at small and large means, searched or rejected", arguments: FamilyCase.all)
  func distribution(_ item: FamilyCase) {
    for share in [0.0, 0.3, 0.7, 1] {
      let predictors = item.eta.map { $0.lowerBound + share * ($0.upperBound - $0.lowerBound) }
      let trials = item.trials ? 12.0 : 1
      let p = randomisedTransformP(item.family, predictors, trials: trials)
      #expect(p > 1e-5, "\(item) at \(predictors)")
      let single = randomisedTransformP(
        item.family, predictors, trials: trials, rowByRow: true)
      #expect(single > 1e-5, "\(item) row by row at \(predictors)")
    }
  }

  @Test("counts beyond the search are drawn one by one, trials of zero give zero")
  func extremes() throws {
    let poisson = try ResponseFamilies.named("poisson")
    #expect(randomisedTransformP(poisson, [log(30.5)], trials: 1) > 1e-5)
    #expect(randomisedTransformP(poisson, [log(29.5)], trials: 1) > 1e-5)
    #expect(randomisedTransformP(poisson, [8], trials: 1) > 1e-5)
    let negbinomial = try ResponseFamilies.named("negbinomial")
    for predictors in [[3.0, -4.0], [3, 30], [6, 1], [-2, 0]] {
      #expect(randomisedTransformP(negbinomial, predictors, trials: 1) > 1e-5)
    }
    let binomial = try ResponseFamilies.named("binomial")
    for eta in [-30.0, -3, 3, 30] {
      #expect(randomisedTransformP(binomial, [eta], trials: 400) > 1e-5)
      #expect(draws(binomial, [eta], trials: 0, blocks: 1).allSatisfy { $0 == 0 })
    }
    #expect(draws(binomial, [2], trials: 7, blocks: 40).allSatisfy { (0...7).contains($0) })
  }

  @Test("what is not finite has no responses, in its own rows only")
  func notFinite() throws {
    var block = block([0.5], isConstant: false)
    block.values[3] = .nan
    block.values[9] = .infinity
    let trials = [Double](repeating: 1, count: rowsPerBlock)
    for name in ["poisson", "bernoulli"] {
      let family = try ResponseFamilies.named(name)
      var law = ResponseLaw()
      family.prepareSimulation(of: block, trials: trials.span, count: 20, into: &law)
      var values = [Double](repeating: 0, count: rowsPerBlock)
      var stream = SimulationStream(seed: 1, stream: 1)
      law.draw(family, into: &values, using: &stream)
      #expect(values[3].isNaN)
      #expect(
        values[..<20].enumerated().allSatisfy { [3, 9].contains($0.offset) || $0.element.isFinite })
    }
  }

  @Test(
    "means are those of the family, searched, rejected or row by row", arguments: FamilyCase.all)
  func means(_ item: FamilyCase) {
    let trials = [Double](repeating: item.trials ? 12 : 1, count: rowsPerBlock)
    for share in [0.0, 0.3, 0.7, 1] {
      let predictors = item.eta.map { $0.lowerBound + share * ($0.upperBound - $0.lowerBound) }
      let expected = item.family.mean(trials: trials[0], predictors: predictors)
      var law = ResponseLaw()
      var values = [Double](repeating: 0, count: rowsPerBlock)
      item.family.prepareSimulation(
        of: block(predictors, isConstant: true), trials: trials.span, count: 11, into: &law)
      law.means(item.family, into: &values)
      // The mean of a negative binomial comes from 1 - μ / (μ + shape), which costs a few digits.
      #expect(values[..<11].allSatisfy { abs($0 - expected) <= 1e-12 * abs(expected) })
    }
  }

  @Test("the same stream gives the same responses, another one others")
  func reproducible() throws {
    let poisson = try ResponseFamilies.named("poisson")
    let trials = [Double](repeating: 1, count: rowsPerBlock)
    func draw(_ stream: UInt64) -> [Double] {
      var law = ResponseLaw()
      poisson.prepareSimulation(
        of: block([1], isConstant: false), trials: trials.span, count: 100, into: &law)
      var values = [Double](repeating: 0, count: rowsPerBlock)
      var stream = SimulationStream(seed: 1, stream: stream)
      law.draw(poisson, into: &values, using: &stream)
      return values
    }
    #expect(draw(1) == draw(1))
    #expect(draw(1) != draw(2))
  }
}
