// The pass over the rows against a twin that takes the rows one by one.

import Families
import LinearAlgebra
import MixedModel
import TestSupport
import Testing

@Suite("One pass over the rows gives what the rows give one by one")
struct PassTests {
  @Test("value, gradient and curvature", arguments: ModelCase.all + ModelCase.ragged)
  func equalsTwin(_ example: ModelCase) throws {
    let built = try example.build()
    var rows = RowWorkspace(model: built.model)
    // Two points in one workspace: nothing of the first may be left in the second.
    for seed in [1, 2] as [UInt64] {
      let psi = built.parameters(seed: seed)
      let b = built.effects(seed: seed)
      let wanted = built.naive.derivatives(psi, b)
      built.model.pass(coefficients: psi, effects: b, order: .second, &rows)
      #expect(abs(rows.logLikelihood - wanted.value) < 1e-12 * max(1, abs(wanted.value)))
      #expect(distance(rows.coefficientGradient, wanted.coefficientGradient) < 1e-9)
      #expect(distance(rows.effectGradient, wanted.effectGradient) < 1e-9)
      rows.fillCurvature()
      #expect(
        (rows.curvature.dense - wanted.curvature).largest < 1e-8 * max(1, wanted.curvature.largest))
    }
  }

  @Test(
    "a curvature that is not asked for changes neither value nor gradient", arguments: ModelCase.all
  )
  func orders(_ example: ModelCase) throws {
    let built = try example.build()
    let (psi, b) = (built.parameters(seed: 3), built.effects(seed: 3))
    var full = RowWorkspace(model: built.model)
    var brief = RowWorkspace(model: built.model)
    built.model.curvaturePass(coefficients: psi, effects: b, &full)
    built.model.pass(coefficients: psi, effects: b, order: .first, &brief)
    let scale = 1e-13 * max(1, abs(full.logLikelihood))
    #expect(abs(brief.logLikelihood - full.logLikelihood) < scale)
    #expect(distance(brief.coefficientGradient, full.coefficientGradient) < 1e-13)
    #expect(distance(brief.effectGradient, full.effectGradient) < 1e-13)
    built.model.pass(coefficients: psi, effects: b, order: .value, &brief)
    #expect(abs(brief.logLikelihood - full.logLikelihood) < scale)
  }

  @Test("an impossible point has no likelihood, and never NaN")
  func notFinite() throws {
    let built = try ModelCase("", "y ~ x + (1 | g)", families: "gaussian").build()
    var rows = RowWorkspace(model: built.model)
    var psi = built.parameters(seed: 4)
    psi[0] = .nan
    built.model.pass(
      coefficients: psi, effects: built.effects(seed: 4), order: .second, &rows)
    #expect(rows.logLikelihood == -.infinity)
  }

  @Test(
    "linear predictors come in the order of the data", arguments: ModelCase.all + ModelCase.ragged)
  func predictors(_ example: ModelCase) throws {
    let built = try example.build()
    let (psi, b) = (built.parameters(seed: 5), built.effects(seed: 5))
    for (index, outcome) in built.model.outcomes.enumerated() {
      let own = built.naive.rows.filter { $0.outcome == index }
      let predictors = built.model.linearPredictors(outcome: index, coefficients: psi, effects: b)
      #expect(predictors.count == outcome.predictors.count)
      for (a, values) in predictors.enumerated() {
        #expect(distance(values, own.map { $0.predictors[a].value(psi, b) }) < 1e-13)
      }
      #expect(outcome.valuesInDataOrder.y == own.map(\.y))
      #expect(outcome.valuesInDataOrder.trials == own.map(\.trials))
    }
  }

  @Test(
    "the pass without random effects is that of each outcome's mean",
    arguments: ModelCase.all + ModelCase.ragged)
  func fixedPass(_ example: ModelCase) throws {
    let built = try example.build()
    let psi = built.parameters(seed: 6)
    let none = [Double](repeating: 0, count: built.model.effects.count)
    var rows = RowWorkspace(model: built.model)
    for (index, outcome) in built.model.outcomes.enumerated() {
      let (first, p) = (
        outcome.predictors[0].coefficientOffset, outcome.predictors[0].columnNames.count
      )
      var value = 0.0
      var slopes = [Double](repeating: 0, count: p)
      var information = DenseMatrix(p, p)
      for row in built.naive.rows where row.outcome == index {
        let eta = row.predictors.map { $0.value(psi, none) }
        value += built.naive.logDensity(row, eta)
        let slope = Differences.derivative { t in
          built.naive.logDensity(row, built.naive.moved(eta, 0, t))
        }
        let second = built.naive.second(row, eta, 0, 0)
        for left in row.predictors[0].fixed {
          slopes[left.index - first] += slope * left.value
          for right in row.predictors[0].fixed {
            information[left.index - first, right.index - first] -=
              second * left.value * right.value
          }
        }
      }
      var (gradient, curvature): ([Double], [Double]) = ([], [])
      let total = built.model.fixedPass(
        outcome: index, coefficients: psi, gradient: &gradient, curvature: &curvature, &rows)
      #expect(abs(total - value) < 1e-12 * max(1, abs(value)))
      #expect(distance(gradient, slopes) < 1e-9)
      for c in 0..<p {
        for r in c..<p {
          #expect(
            abs(curvature[r + c * p] - information[r, c]) < 1e-8 * max(1, information.largest))
        }
      }
    }
  }
}
