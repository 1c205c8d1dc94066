// Sensitivity of finished runs: what is planted is found, what is in order is not blamed.

import Diagnostics
import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("Sensitivity of a finished run")
struct SensitivityAnalysisTests {
  /// The analysis of a run that is made for it.
  private func analysis(
    _ request: RunRequest, group: String? = nil
  ) throws -> (SensitivityAnalysis, Duration) {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    #expect(try Worker(folder: folder).run().exitCode == 0)
    let finished = try FinishedRun(path: folder.path)
    let likelihood = try finished.likelihood()
    let clock = ContinuousClock()
    var result: SensitivityAnalysis?
    let time = try clock.measure {
      result = try SensitivityAnalysis(finished: finished, likelihood: likelihood, group: group)
    }
    let report = try #require(result).report
    try folder.write(report)
    let read = try folder.sensitivityReport()
    #expect(read?.json.prettyText == report.json.prettyText)
    return (try #require(result), time)
  }

  @Test("by maximum likelihood: every school, Laplace beside quadrature, no draws")
  func schools() throws {
    let (analysis, time) = try analysis(schoolRequest())
    let report = analysis.report
    print("edu: sensitivity in \(time)")
    #expect(time < .seconds(1))
    #expect(report.powerScaling == nil && report.draws == 0)
    #expect(report.unavailable.contains { $0.hasPrefix("Prior and likelihood") })
    let influence = try #require(report.influence)
    #expect(influence.factor == "school_id" && influence.levels.count == 60)
    #expect(influence.parameters.contains("cor_school_id__math_score_Intercept__passed_Intercept"))
    #expect(influence.levels.allSatisfy { $0.changes.allSatisfy(\.isFinite) })
    // Sixty schools simulated from the model: the changes of each parameter have mean near zero and sd near 1/√60.
    for place in influence.parameters.indices {
      let changes = influence.levels.map { $0.changes[place] }
      let spread = (changes.reduce(0) { $0 + $1 * $1 } / 60).squareRoot()
      #expect(abs(changes.reduce(0, +)) < 0.6, "\(influence.parameters[place])")
      #expect(spread > 0.5 / 60.0.squareRoot() && spread < 2 / 60.0.squareRoot())
    }
    let laplace = try #require(report.laplace)
    #expect(laplace.method == "quadrature" && laplace.points == 13)
    #expect(laplace.difference != 0 && abs(laplace.difference) < 0.5)
    #expect(laplace.shifts.allSatisfy { abs($0.shift) < 0.1 })
    #expect(report.identifiability.directions.count == 3)
    #expect(analysis.verdicts.allSatisfy { $0.level == .ok })
  }

  @Test("a prior far from the data is named; default priors are not blamed")
  func conflict() throws {
    var request = RunRequest()
    request.dataPath = Golden.path("data/sleepstudy.csv")
    request.formulas = ["Reaction ~ Days + (Days | Subject)"]
    request.method = .mcmc
    (request.chains, request.warmup, request.draws, request.seed) = (2, 150, 1000, 5)
    let calm = try analysis(request).0
    let scaling = try #require(calm.report.powerScaling)
    #expect(calm.report.draws == 2000)
    let slope = try #require(scaling.parameters.first { $0.name == "b_Days" })
    #expect(slope.prior < 0.05 && slope.diagnosis == "-")
    // brms names and no random effects.
    #expect(scaling.parameters.map(\.name).contains("sd_Subject__Intercept"))
    #expect(scaling.parameters.allSatisfy { !$0.name.hasPrefix("r_") })
    let sigma = try #require(
      calm.report.identifiability.contractions.first { $0.name == "sigma" })
    #expect(sigma.contraction > 0.9)
    // The slope is flat by default, so that it cannot contract.
    #expect(!calm.report.identifiability.contractions.contains { $0.name == "b_Days" })

    request.priors = ["b[Reaction, Days] ~ normal(-30, 8)"]
    let found = try analysis(request).0
    // Given the random effects the data hardly speak of their mean, so the slope itself is at the limit between "strong
    // prior" and conflict; its sd, which has to bridge the gap, is in conflict.
    let warned = found.verdicts.filter { $0.level == .warning }
    #expect(warned.contains { $0.subject == "b_Days" })
    #expect(
      warned.contains { $0.subject == "sd_Subject__Days" && $0.check == "prior-data conflict" })
    let moved = try #require(
      found.report.powerScaling?.parameters.first { $0.name == "b_Days" })
    #expect(moved.prior > 0.1 && moved.diagnosis != "-")
    #expect(found.report.laplace?.method == "exact")
  }

  /// Twelve groups, of which one goes the other way, five times as steeply.
  @Test("a group that decides the slope is named")
  func planted() throws {
    let place = try TemporaryFolder()
    var text = "y,x,g\n"
    for level in 0..<12 {
      for row in 0..<8 {
        let x = Double(row) / 4 - 0.9
        let noise = Double((row * 7919 + level * 104_729 + 13) % 101) / 100 - 0.5
        let slope = level == 7 ? -5.0 : 1
        text += "\(0.3 * Double(level % 5) + slope * x + 0.4 * noise),\(x),g\(level)\n"
      }
    }
    let path = place.path + "/data.csv"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    var request = RunRequest()
    (request.dataPath, request.formulas) = (path, ["y ~ x + (x | g)"])
    let found = try analysis(request).0
    let worst = try #require(Verdict.mostSeriousFirst(found.verdicts).first)
    #expect(worst.check == "influence of groups" && worst.subject == "g g7")
    #expect(worst.level >= .warning)
    let level = try #require(found.report.influence?.levels.first)
    #expect(level.level == "g7" && level.isRefit)
  }

  @Test("with crossed factors the model is fitted anew without the most extreme levels")
  func crossed() throws {
    var request = RunRequest()
    request.dataPath = Golden.path("data/grouseticks.csv")
    request.formulas = ["TICKS ~ YEAR + (1 | BROOD) + (1 | LOCATION)"]
    (request.family, request.factors) = ("poisson", ["YEAR", "BROOD", "LOCATION"])
    let (found, time) = try analysis(request, group: "LOCATION")
    print("grouseticks: sensitivity in \(time)")
    let influence = try #require(found.report.influence)
    #expect(influence.factor == "LOCATION" && influence.levels.count == 5)
    #expect(influence.levels.allSatisfy { $0.isRefit })
    #expect(influence.levels.allSatisfy { $0.distance > 0 && $0.distance < 1 })
    #expect(found.report.laplace == nil)
    #expect(found.report.unavailable.contains { $0.hasPrefix("Laplace reliability: the grouping") })
    #expect(throws: FittingError.self) { try self.analysis(request, group: "nobody") }
  }
}
