// The stored report of residuals: both kinds, predictors, groups, correlations; and the simulations behind it.

import Diagnostics
import Families
import Fitting
import Foundation
import MixedModel
import Predictive
import RunFolder
import Testing

@Suite("Residuals of a run are simulated in both ways and stored together")
struct ResidualReportTests {
  @Test("a report holds rows, columns, groups and pairs, and survives its JSON")
  func whole() throws {
    let prepared = try PreparedModel(schoolRequest())
    let estimate = try ResidualModel.estimate(prepared.model)
    let study = try ResidualStudy(
      model: prepared.model, table: prepared.table, points: [estimate], simulations: 100, seed: 3)
    let report = try ResidualReport(study, threads: 2)
    #expect(report.points == 1 && report.isConditional)
    #expect(report.outcomes.map(\.name) == ["math_score", "passed"])
    #expect(report.outcomes.allSatisfy { $0.scaled.count == 1963 && $0.lower.count == 1963 })
    #expect(report.outcomes[0].predictors.map(\.name) == ["gender", "SES"])
    #expect(report.outcomes[0].predictors[0].levels.map(\.name) == ["female", "male"])
    #expect(report.outcomes[0].predictors[1].x.count >= 500)
    let other = try #require(report.unconditional)
    #expect(other.allSatisfy { $0.observations == 1963 && $0.scaled.count == 1000 })
    #expect(other[1].groups.map(\.name) == ["school_id"])
    #expect(other[1].groups[0].scaled.count == 60)
    #expect(report.outcomes[0].calibrated?.contains("quantiles") == true)
    #expect(report.outcomes[1].calibrated?.contains("quantiles") == false)
    #expect(other[0].calibrated?.contains("dispersion") == true)
    let pair = try #require(report.correlations.first)
    #expect(report.correlations.count == 1 && pair.rows == 1963)
    #expect(pair.lower < pair.correlation && pair.correlation < pair.upper)
    let text = report.json.prettyText
    let back = try ResidualReport(json: JSONValue(parsing: text))
    #expect(back.outcomes[0].scaled == report.outcomes[0].scaled)
    #expect(back.unconditional?[0].tests == other[0].tests)
    #expect(back.correlations == report.correlations)
    // Whatever the number of threads.
    #expect(try ResidualReport(study, threads: 1) == report)
  }

  @Test("a model without random effects has one kind of simulation, which calibrates all tests")
  func withoutEffects() throws {
    let prepared = try PreparedModel(
      schoolRequest {
        $0.formulas = ["passed ~ gender + SES"]
        $0.family = "bernoulli"
      })
    let study = try ResidualStudy(
      model: prepared.model, table: prepared.table,
      points: [try ResidualModel.estimate(prepared.model)], simulations: 50, seed: 3)
    let report = try ResidualReport(study, threads: 2)
    #expect(report.unconditional == nil && report.correlations.isEmpty)
    #expect(report.outcomes[0].calibrated?.count == 5)
  }

  @Test("one simulation is refused in one line before anything is fitted")
  func tooFew() {
    do {
      _ = try FitJob(schoolRequest { $0.simulations = 1 }, sink: NullSink()).run()
      Issue.record("accepted one simulation")
    } catch {
      #expect(error.exitCode == 64)
      #expect(error.message.hasPrefix("--simulations 1: residuals need at least 2"))
    }
  }

  @Test(
    "simulations have the mean and variance that the model says, row by row in the data's order")
  func moments() throws {
    let design = try ResidualModel.negativeBinomial(groups: 8)
    let simulator = ResponseSimulator(model: design.model, outcome: 0)
    let count = 4_000
    for points in [[design.truth], [design.truth, design.truth]] {
      let values = simulator.simulate(count, from: points, kind: .conditional, seed: 5)
      let means = simulator.means(at: design.truth)
      let variances = simulator.variances(at: design.truth)
      for row in means.indices {
        let column = (0..<count).map { values[$0 * means.count + row] }
        let mean = column.reduce(0, +) / Double(count)
        // 4.5 standard errors for the largest of 160 deviations.
        #expect(abs(mean - means[row]) < 4.5 * (variances[row] / Double(count)).squareRoot())
      }
    }
  }

  @Test("new random effects add their variance, and are shared within groups and by outcomes")
  func unconditional() throws {
    let design = try ResidualModel.gaussian(groups: 6)
    let simulator = ResponseSimulator(model: design.model, outcome: 0)
    let count = 4_000
    let values = simulator.simulate(count, from: [design.truth], kind: .unconditional, seed: 6)
    func covariance(_ a: Int, _ b: Int) -> Double {
      let n = design.model.unitCount
      let (x, y) = ((0..<count).map { values[$0 * n + a] }, (0..<count).map { values[$0 * n + b] })
      let (mx, my) = (x.reduce(0, +) / Double(count), y.reduce(0, +) / Double(count))
      return zip(x, y).reduce(0) { $0 + ($1.0 - mx) * ($1.1 - my) } / Double(count - 1)
    }
    let fit = try LikelihoodRun(design.model, sink: NullSink())
    let report = FitReport(fit, request: RunRequest(), prepared: design.prepared)
    let between = report.random[0].standardDeviations[0] * report.random[0].standardDeviations[0]
    let within = report.dispersion[0].estimate * report.dispersion[0].estimate
    #expect(abs(covariance(3, 3) / (between + within) - 1) < 0.1)
    #expect(abs(covariance(3, 7) / between - 1) < 0.2)
    #expect(abs(covariance(3, 33)) < 0.1 * (between + within))
  }

  @Test("points that are not finite are an error that names the observation")
  func notFinite() throws {
    let design = try ResidualModel.poisson(groups: 5)
    let broken = PredictivePoint(
      psi: design.truth.psi.map { _ in .nan }, effects: design.truth.effects)
    do {
      _ = try ResidualReport(design.study(design.model, broken), threads: 2)
      Issue.record("accepted a point that is not a number")
    } catch let error as FittingError {
      #expect(error.exitCode == 65 && error.message.contains("is not finite"))
    }
  }
}
