// Posteriors of Gaussian models against brms, nutpie and the general way of sampling.

import Diagnostics
import Fitting
import Foundation
import MixedModel
import RunFolder
import TestSupport
import Testing

@Suite("Gaussian models are sampled by their variances and correlations", .serialized)
struct GaussianPosteriorTests {
  /// A model of the references: brms 2.18 with rstan 2.21.7 (sleepstudy) and nutpie 0.16.8 (btdata).
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let formula: String
    let priors: [String]
    var testDescription: String { name }

    func request(seed: UInt64) -> RunRequest {
      var request = RunRequest()
      request.dataPath = Golden.path("data/\(name).csv")
      request.formulas = [formula]
      request.priors = priors
      request.method = .mcmc
      request.seed = seed
      return request
    }
  }

  static let sleepstudy = Case(
    name: "sleepstudy", formula: "Reaction ~ Days + (1 + Days | Subject)",
    priors: [
      "b ~ normal(0, 25)", "Intercept ~ normal(300, 100)", "cor ~ lkj(2)",
      "sd ~ student_t(3, 0, 50)", "sigma ~ student_t(3, 0, 50)",
    ])
  static let btdata = Case(
    name: "btdata",
    formula: ["tarsus", "back"].map {
      "bf(\($0) ~ sex + hatchdate + (1 |p| fosternest) + (1 |q| dam))"
    }.joined(separator: " + ") + " + set_rescor(TRUE)",
    priors: [
      "b ~ normal(0, 2.5)", "Intercept ~ normal(0, 5)", "cor ~ lkj(2)", "rescor ~ lkj(2)",
      "sd ~ student_t(3, 0, 2.5)", "sigma ~ student_t(3, 0, 2.5)",
    ])

  /// |z| < 4 in combined Monte Carlo errors, 42 and 119 numbers: a right sampler fails once in 130 seeds.
  @Test(
    "and find the reference posterior in means, deviations and quantiles",
    arguments: [sleepstudy, btdata])
  func equalsReference(_ example: Case) throws {
    var request = example.request(seed: 11)
    request.draws = 1500
    guard case .posterior(let report, _) = try FitJob(request, sink: NullSink()).run() else {
      Issue.record("no posterior")
      return
    }
    let golden = try Golden.json("bayes/\(example.name).json")
    let parameters = try #require(golden["parameters"] as? [String: [String: Double]])
    #expect(Set(report.parameters.map(\.name)) == Set(parameters.keys))
    #expect(report.sampler.divergences == 0)
    print(
      "\(example.name): \(report.sampler.gradientEvaluations) gradients, \(report.sampler.cpuSeconds) s, least ESS "
        + "\(report.parameters.map { min($0.bulkESS, $0.tailESS) }.min() ?? 0)")
    for parameter in report.parameters {
      let wanted = try #require(parameters[parameter.name], "\(parameter.name)")
      func number(_ name: String) throws -> Double { try #require(wanted[name], "\(name)") }
      func z(_ own: Double, _ ownError: Double, _ other: Double, _ error: Double) -> Double {
        (own - other) / (ownError * ownError + error * error).squareRoot()
      }
      var scores = [
        z(parameter.mean, parameter.meanError, try number("mean"), try number("mcse_mean")),
        z(
          parameter.standardDeviation, parameter.standardDeviationError, try number("sd"),
          try number("mcse_sd")),
      ]
      // Errors of the inner quantiles from effective sizes, by the density of a normal with these quartiles; of the outer
      // ones from those of the reference, by the ratio of the effective sizes.
      let scale = (try number("q75") - number("q25")) / 1.349
      for (place, name, p, height) in [
        (1, "q25", 0.25, 0.3178), (2, "q50", 0.5, 0.3989), (3, "q75", 0.75, 0.3178),
      ] {
        let spread = scale * (p * (1 - p)).squareRoot() / height
        scores.append(
          z(
            parameter.quantiles[place], spread / parameter.bulkESS.squareRoot(), try number(name),
            spread / (try number("ess_bulk")).squareRoot()))
      }
      for (place, name) in [(0, "q2.5"), (4, "q97.5")] {
        let error = try number("mcse_\(name)")
        let own = error * (try number("ess_tail") / parameter.tailESS).squareRoot()
        scores.append(z(parameter.quantiles[place], own, try number(name), error))
      }
      #expect(scores.allSatisfy { abs($0) < 4 }, "\(parameter.name): \(scores)")
      #expect(parameter.rHat < 1.01)
    }
  }

  /// brms's default priors, so that the intercept at the means of the predictors stays a parameter.
  @Test("and the general way gives the same posterior")
  func equalsJoint() throws {
    var request = Self.sleepstudy.request(seed: 12)
    request.priors = []
    let prepared = try PreparedModel(request)
    let prior = try PriorDensity(model: prepared.model, statements: [])
    let likelihood = try LikelihoodRun(prepared.model, sink: NullSink()).fit
    let summaries = try [false, true].map { isJoint in
      let plan = try PosteriorPlan(likelihood, prior: prior, request: request, isJoint: isJoint)
      #expect((plan.density.joint != nil) == isJoint)
      let run = try SamplerRun(
        plan, request: request, folder: nil, sink: NullSink(), control: RunControl())
      try run.run { _ in }
      return run.names.indices.map { index in
        DrawsSummary.summarize(run.stores.map { $0.columns[index] })
      }
    }
    #expect(summaries[0].count == 6 + 36)
    for (name, (exact, joint)) in zip(
      prepared.model.populationNames + prepared.model.randomEffectNames,
      zip(summaries[0], summaries[1]))
    {
      func z(_ value: (DrawsSummary) -> Double?, _ error: (DrawsSummary) -> Double?) throws
        -> Double
      {
        let a = (try #require(value(exact)), try #require(error(exact)))
        let b = (try #require(value(joint)), try #require(error(joint)))
        return (a.0 - b.0) / (a.1 * a.1 + b.1 * b.1).squareRoot()
      }
      #expect(abs(try z(\.mean, \.mcseMean)) < 4, "mean of \(name)")
      #expect(abs(try z(\.sd, \.mcseSD)) < 4, "sd of \(name)")
    }
  }

  @Test("and goes on from its checkpoints to the same draws, bit for bit")
  func resumes() throws {
    var request = Self.sleepstudy.request(seed: 13)
    (request.chains, request.warmup, request.draws) = (2, 40, 120)
    let place = try TemporaryFolder()
    let whole = try RunFolder.create(for: request, at: place.path + "/whole")
    _ = try Worker(folder: whole).run()
    var half = request
    half.draws = 37
    let parts = try RunFolder.create(for: half, at: place.path + "/parts")
    _ = try Worker(folder: parts).run()
    var rest = try parts.request()
    rest.draws = request.draws
    rest.threads = 1
    try parts.write(rest)
    #expect(try Worker(folder: parts).run().exitCode == 0)
    for chain in [1, 2] {
      let lines = try [whole, parts].map { folder in
        try String(contentsOfFile: folder.chainPath(chain), encoding: .utf8)
          .split(separator: "\n").filter { !$0.contains("seconds") && !$0.contains("file = ") }
      }
      #expect(lines[0].count > 120 && lines[0] == lines[1], "chain \(chain)")
    }
  }

  @Test("with default priors, where deviations are nearly zero and correlations at their limits")
  func boundaries() throws {
    // No group differs: 8 levels, two effects each, a response of noise alone; and one whose slopes follow its intercepts.
    for shape in [0, 1] {
      let place = try TemporaryFolder()
      var text = "y,x,g\n"
      for row in 0..<80 {
        let (x, level) = (Double(row % 10) - 4.5, row / 10)
        let noise = Double((row * 7919 + 13) % 101) / 50 - 1
        let effect = Double(shape) * Double(level - 4) * (1 + x)
        text += "\(3 + 0.1 * noise + effect),\(x),g\(level)\n"
      }
      try text.write(toFile: place.path + "/data.csv", atomically: true, encoding: .utf8)
      var request = RunRequest()
      request.dataPath = place.path + "/data.csv"
      request.formulas = ["y ~ x + (1 + x | g)"]
      request.method = .mcmc
      request.draws = 500
      guard case .posterior(let report, _) = try FitJob(request, sink: NullSink()).run() else {
        Issue.record("no posterior")
        continue
      }
      #expect(!report.warnings.contains { $0.code == "mode-not-usable" })
      #expect(report.parameters.allSatisfy { $0.rHat < 1.02 }, "\(report.parameters)")
      #expect(report.sampler.divergences < 20)
      let correlation = try #require(report.parameters.first { $0.name.hasPrefix("cor") })
      #expect(shape == 0 ? abs(correlation.mean) < 0.5 : correlation.mean > 0.95)
    }
  }

  @Test("and correlations of residuals stand in fit.json and in the draws")
  func reports() throws {
    var request = Self.btdata.request(seed: 14)
    (request.method, request.priors, request.includesModes) = (.ml, [], true)
    guard case .likelihood(let report) = try FitJob(request, sink: NullSink()).run() else {
      Issue.record("no likelihood")
      return
    }
    // With hatchdate: dense Cholesky −2167.362692, glmmTMB 1.1.5 −2167.362691, correlation −.05467.
    #expect(abs(report.logLikelihood + 2167.362692) < 1e-5)
    #expect(report.approximation == "exact" && report.degreesOfFreedom == 17)
    let entry = try #require(report.dispersion.last)
    #expect(entry.outcome == "tarsus, back" && entry.parameter == "rescor")
    #expect(abs(entry.estimate + 0.05467) < 1e-4)
    // TMB 1.9.2 without hatchdate: 0.0383 for the parameter t, times (1 + t²)^(−3/2) = 0.9955.
    #expect(abs(entry.standardError / 0.0381 - 1) < 0.01)
    #expect(report.modes?.map(\.levels.count) == [104, 106])
    request.method = .reml
    guard case .likelihood(let restricted) = try FitJob(request, sink: NullSink()).run() else {
      return
    }
    #expect(restricted.method == .reml)
    // glmmTMB 1.1.5 with the outcomes stacked and REML = TRUE.
    #expect(abs(restricted.logLikelihood + 2181.215024) < 1e-5)
  }
}
