// The posterior of a bivariate model against nutpie 0.16.8 (PyMC; 64,000 draws), the reference file naming model and priors.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("The sampler finds the reference posterior")
struct PosteriorReferenceTests {
  /// The model of `bayes/edu.json`, its priors as a user would state them.
  static func request(seed: UInt64) -> RunRequest {
    var request = RunRequest()
    request.dataPath = Golden.path("data/edu.csv")
    request.formulas = [
      "cbind(math_score, passed) ~ gender + SES + school_funding + (1 | school_id)"
    ]
    request.family = "gaussian,bernoulli"
    request.priors = [
      "b[math_score] ~ normal(0, 10)", "Intercept[math_score] ~ normal(50, 20)",
      "b[passed] ~ normal(0, 2.5)", "Intercept[passed] ~ normal(0, 5)", "cor ~ lkj(2)",
      "sd[math_score] ~ student_t(3, 0, 10)", "sd[passed] ~ student_t(3, 0, 2.5)",
      "sigma[math_score] ~ student_t(3, 0, 10)",
    ]
    request.method = .mcmc
    request.draws = 2500
    request.seed = seed
    return request
  }

  /// |z| < 4 in combined Monte Carlo errors for each of 36 numbers: a right sampler fails once in 400 seeds.
  @Test("in means, standard deviations and tail quantiles")
  func equalsReference() throws {
    let outcome = try FitJob(Self.request(seed: 7), sink: NullSink()).run()
    guard case .posterior(let report, _) = outcome else {
      Issue.record("no posterior")
      return
    }
    let golden = try Golden.json("bayes/edu.json")
    let parameters = try #require(golden["parameters"] as? [String: [String: Double]])
    #expect(parameters.count == report.parameters.count)
    var largest = 0.0
    for parameter in report.parameters {
      let name = parameter.name.replacingOccurrences(of: "math_score", with: "mathscore")
      let wanted = try #require(parameters[name], "\(name)")
      func z(_ own: Double, _ ownError: Double, _ value: String, _ error: String) throws -> Double {
        let difference = own - (try #require(wanted[value]))
        let other = try #require(wanted[error])
        return difference / (ownError * ownError + other * other).squareRoot()
      }
      let mean = try z(parameter.mean, parameter.meanError, "mean", "mcse_mean")
      let sd = try z(
        parameter.standardDeviation, parameter.standardDeviationError, "sd", "mcse_sd")
      #expect(abs(mean) < 4, "mean of \(name)")
      #expect(abs(sd) < 4, "sd of \(name)")
      #expect(parameter.rHat < 1.01)
      largest = max(largest, abs(mean), abs(sd))
    }
    #expect(largest > 0.1, "differences without any Monte Carlo error would mean copied numbers")
    #expect(report.sampler.divergences == 0)
  }

  @Test("with the same draws from one thread and from two")
  func threadsDoNotMatter() throws {
    var request = Self.request(seed: 3)
    (request.draws, request.warmup) = (50, 50)
    var results: [SamplerReport] = []
    for threads in [1, 2] {
      request.threads = threads
      if case .posterior(let report, _) = try FitJob(request, sink: NullSink()).run() {
        results.append(report)
      }
    }
    #expect(results.count == 2)
    #expect(results.first?.parameters == results.last?.parameters)
  }
}
