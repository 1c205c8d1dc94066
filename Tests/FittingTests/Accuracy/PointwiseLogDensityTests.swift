// Log densities of single values in many draws against the families' scalar densities.

import Families
import Foundation
import MixedModel
import Predictive
import TestSupport
import Testing

@Suite("The log density of every value in every draw")
struct PointwiseLogDensityTests {
  @Test("is the scalar density at the model's linear predictors", arguments: ModelCase.all)
  func twin(_ example: ModelCase) throws {
    let built = try example.build()
    let model = built.model
    let first = DrawnColumns(built, count: 11, seed: 1)
    let second = DrawnColumns(built, count: 261, seed: 50)
    let density = PointwiseLogDensity(model)
    let draws = [first, second].map { $0.reported.columns($0.columns) }
    var workspace = density.makeWorkspace(draws)
    var values = [Double](repeating: 0, count: workspace.drawCount)
    #expect(density.observations.count == model.observationCount)
    #expect(Set(density.sweepOrder) == Set(density.observations.indices))
    let points = first.points + second.points
    // A dozen draws, among them the last of a block and the first of the next.
    let chosen = [0, 1, 10, 11, 12, 18, 19, 100, 266, 267, 270, 271]
    let predictors = chosen.map { draw in
      model.outcomes.indices.map {
        model.linearPredictors(
          outcome: $0, coefficients: points[draw].psi, effects: points[draw].effects)
      }
    }
    for (index, observation) in density.observations.enumerated() {
      density.write(index, into: &values, &workspace)
      let (o, row) = (observation.values[0].outcome, observation.values[0].row)
      let outcome = model.outcomes[o]
      #expect(observation.tableRow == outcome.tableRows[row])
      let place = outcome.dataOrder[row]
      for (k, draw) in chosen.enumerated() {
        let expected = outcome.family.logDensity(
          y: outcome.response.y[row], trials: outcome.response.trials[row],
          predictors: predictors[k][o].map { $0[place] })
        #expect(
          abs(values[draw] - expected) <= 1e-10 * max(1, abs(expected)),
          "\(values[draw]) instead of \(expected)")
      }
    }
  }

  @Test("of a row with residual correlation is the joint normal density of what is observed")
  func residualCorrelation() throws {
    let built = try ModelCase(
      "", "bf(ym ~ x + (1 |i| g)) + bf(v ~ z + (1 |i| g)) + set_rescor(TRUE)",
      families: "gaussian,gaussian"
    ).build()
    let model = built.model
    let correlation = try #require(model.residualCorrelation)
    let drawn = DrawnColumns(built, count: 9, seed: 3)
    let density = PointwiseLogDensity(model)
    #expect(density.observations.count == model.unitCount)
    #expect(Set(density.observations.map(\.values.count)) == [1, 2])
    var workspace = density.makeWorkspace([drawn.reported.columns(drawn.columns)])
    var values = [Double](repeating: 0, count: 9)
    for (index, observation) in density.observations.enumerated() {
      density.write(index, into: &values, &workspace)
      for (draw, point) in drawn.points.enumerated() {
        let rho = correlation.correlations(point.psi)[1]
        let z = observation.values.map { value -> (z: Double, logSigma: Double) in
          let outcome = model.outcomes[value.outcome]
          let eta = model.linearPredictors(
            outcome: value.outcome, coefficients: point.psi, effects: point.effects)
          let place = outcome.dataOrder[value.row]
          return (
            (outcome.response.y[value.row] - eta[0][place]) * exp(-eta[1][place]), eta[1][place]
          )
        }
        // The first given nothing, the second given the first.
        var expected = -0.5 * log(2 * .pi) - z[0].logSigma - 0.5 * z[0].z * z[0].z
        if z.count == 2 {
          let rest = (1 - rho * rho).squareRoot()
          let e = (z[1].z - rho * z[0].z) / rest
          expected += -0.5 * log(2 * .pi) - z[1].logSigma - log(rest) - 0.5 * e * e
        }
        #expect(abs(values[draw] - expected) <= 1e-10 * max(1, abs(expected)))
      }
    }
  }
}
