// Priors by parameter, modes and standard errors of covariances: what the worker adds for the plots of estimates.

import Fitting
import Foundation
import Laplace
import MixedModel
import RunFolder
import Testing

@Suite("The worker writes what the plots of estimates and levels need")
struct PriorReportTests {
  private func report(_ priors: [String]) throws -> [String: ParameterPrior] {
    let prepared = try PreparedModel(
      schoolRequest {
        $0.method = .mcmc
        $0.priors = priors
      })
    let report = try PriorReport(prepared.model, prepared.priors, seed: 3)
    #expect(report.draws == 4000)
    #expect(report.parameters.map(\.name) == prepared.model.populationNames)
    return Dictionary(uniqueKeysWithValues: report.parameters.map { ($0.name, $0) })
  }

  @Test("quantiles and standard deviations are those of the priors, to five Monte Carlo errors")
  func quantiles() throws {
    let priors = try report([
      "b ~ normal(0, 2.5)", "sd[passed] ~ exponential(2)", "cor ~ lkj(1)", "sigma ~ normal(0, 3)",
    ])
    let slope = try #require(priors["b_passed_SES"])
    #expect(slope.prior == "normal(0, 2.5)")
    // √(p (1 − p) / n) / f(q): 0.106 at 2.5%, 0.05 at the median; 2.5 / √(2 n) = 0.028 for the deviation.
    #expect(abs((slope.quantiles?[0] ?? .nan) + 4.8999) < 0.53)
    #expect(abs(slope.quantiles?[2] ?? .nan) < 0.25)
    #expect(abs(slope.standardDeviation - 2.5) < 0.14)
    let deviation = try #require(priors["sd_school_id__passed_Intercept"])
    // log 2 / 2, with error 0.0079; the deviation of an exponential is its mean, with error 0.011.
    #expect(abs((deviation.quantiles?[2] ?? .nan) - 0.34657) < 0.04)
    #expect(abs(deviation.standardDeviation - 0.5) < 0.056)
    let correlation = try #require(
      priors["cor_school_id__math_score_Intercept__passed_Intercept"])
    // LKJ(1) of two is uniform on (−1, 1): deviation 1 / √3.
    #expect(correlation.prior == "lkj(1)")
    #expect(abs((correlation.quantiles?[0] ?? .nan) + 0.95) < 0.025)
    #expect(abs(correlation.standardDeviation - 0.57735) < 0.02)
    // A half normal: the 75% quantile is 3 · 1.1503, the deviation 3 √(1 − 2/π).
    let sigma = try #require(priors["sigma_math_score"])
    #expect(abs((sigma.quantiles?[3] ?? .nan) - 3.4510) < 0.26)
    #expect(abs(sigma.standardDeviation - 1.8084) < 0.12)
    // With proper slopes the intercept is proper too, as it stands at predictors of zero.
    let intercept = try #require(priors["b_math_score_Intercept"])
    #expect(!intercept.isFlat && intercept.prior.hasSuffix("at the predictors' means"))
  }

  @Test("flat priors, and those without a variance, are told apart from the others they touch")
  func improper() throws {
    let priors = try report(["sd[math_score] ~ cauchy(0, 1)"])
    let slope = try #require(priors["b_math_score_SES"])
    #expect(slope.isFlat && slope.standardDeviation.isNaN && slope.prior.isEmpty == false)
    #expect(priors["b_math_score_Intercept"]?.isFlat == true, "it rests on flat slopes")
    let heavy = try #require(priors["sd_school_id__math_score_Intercept"])
    // The median of a half Cauchy is its scale, with error π / 2 / √4000 = 0.025.
    #expect(abs((heavy.quantiles?[2] ?? .nan) - 1) < 0.13)
    #expect(heavy.standardDeviation.isNaN)
    let correlation = try #require(
      priors["cor_school_id__math_score_Intercept__passed_Intercept"])
    #expect(!correlation.isFlat && correlation.standardDeviation.isFinite)
    #expect(priors["sd_school_id__passed_Intercept"]?.standardDeviation.isFinite == true)
    let again = try report(["sd[math_score] ~ cauchy(0, 1)"])
    #expect(again["sigma_math_score"] == priors["sigma_math_score"], "the seed fixes it")
  }

  @Test("a prior of a whole covariance matrix is known by its deviations and correlations")
  func covariance() throws {
    let light = try report(["cov ~ inv_wishart(6, diag(1, 1))"])
    let deviation = try #require(light["sd_school_id__passed_Intercept"])
    #expect(deviation.prior.hasPrefix("inv_wishart(") && deviation.standardDeviation.isFinite)
    let heavy = try report(["cov ~ inv_wishart(2, diag(1, 1))"])
    #expect(heavy["sd_school_id__passed_Intercept"]?.isFlat == false)
    #expect(heavy["sd_school_id__passed_Intercept"]?.standardDeviation.isNaN == true)
    #expect(
      heavy["cor_school_id__math_score_Intercept__passed_Intercept"]?.standardDeviation.isFinite
        == true)
  }

  @Test("errors of deviations and correlations are those of the delta method by hand")
  func errors() throws {
    let request = schoolRequest()
    let prepared = try PreparedModel(request)
    let run = try LikelihoodRun(prepared.model, sink: NullSink())
    let report = FitReport(run, request: request, prepared: prepared)
    let block = try #require(report.random.first)
    let start = prepared.model.effects.blocks[0].thetaOffset
    // σ = exp(θ), and ρ = t / √(1 + t²), so dρ/dt = (1 − ρ²)^(3/2).
    for place in 0..<2 {
      let error = try #require(run.fit.standardError(start + place))
      let wanted = block.standardDeviations[place] * error
      #expect(abs((block.deviationErrors?[place] ?? .nan) / wanted - 1) < 1e-8)
    }
    let rho = block.correlations[0][1]
    let error = try #require(run.fit.standardError(start + 2))
    let rest = 1 - rho * rho
    let wanted = rest * rest.squareRoot() * error
    #expect(abs((block.correlationErrors?[0][1] ?? .nan) / wanted - 1) < 1e-8)
    #expect(block.correlationErrors?[0][0].isNaN == true)
  }

  @Test("the folder has priors.json and the modes, the result has modes where they were asked for")
  func files() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(
      for: schoolRequest {
        $0.method = .mcmc
        ($0.chains, $0.warmup, $0.draws) = (1, 40, 20)
      }, at: place.path + "/run")
    let (exitCode, outcome) = try Worker(folder: folder).run()
    #expect(exitCode == 0)
    guard case .posterior(_, let likelihood) = outcome else {
      Issue.record("no posterior")
      return
    }
    #expect(likelihood.modes == nil)
    var watcher = RunWatcher(folder: folder)
    _ = try watcher.refresh()
    let run = watcher.snapshot
    #expect(run.problems.isEmpty, "\(run.problems)")
    #expect(run.fitReport?.modes?.first?.levels.count == 60)
    let names = run.parameterNames.filter { ParameterKind(name: $0) != .randomEffect }
    #expect(run.priorReport?.parameters.map(\.name) == names)
    let plain = try RunFolder.create(for: schoolRequest(), at: place.path + "/ml")
    _ = try Worker(folder: plain).run()
    #expect(!FileManager.default.fileExists(atPath: plain.priorsPath), "likelihood has no priors")
  }
}
