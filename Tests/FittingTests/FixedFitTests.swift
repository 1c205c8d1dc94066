// Fits with fixed parameters and with priors that end at an edge.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("Fixed parameters are shown, and neither estimated nor counted")
struct FixedFitTests {
  @Test(
    "by maximum likelihood: at the estimate the likelihood is the free one with fewer parameters")
  func likelihood() throws {
    let request = schoolRequest {
      $0.priors = [
        "sigma[math_score] ~ constant(8.00476348286434)",
        "sd[passed, school_id] ~ constant(1.10719819858655)",
      ]
    }
    guard case .likelihood(let report) = try FitJob(request, sink: NullSink()).run() else {
      Issue.record("no fit")
      return
    }
    #expect(report.degreesOfFreedom == 8)
    let sigma = try #require(report.dispersion.first)
    #expect(sigma.isFixed && sigma.standardError.isNaN)
    #expect(abs(sigma.estimate - 8.00476348286434) < 1e-14)
    let block = try #require(report.random.first)
    #expect(block.isFixed == [false, true])
    #expect(abs(block.standardDeviations[1] - 1.10719819858655) < 1e-14)
    // Both values are the estimates of edu-bivariate, so the rest of its maximum is the maximum here; TMB 1.9.2.
    #expect(abs(report.logLikelihood + 8064.79806598853) < 1e-6)
    #expect(abs(block.correlations[1][0] - 0.584522293354786) < 1e-3)
    #expect(report.converged)
    #expect(try FitReport(json: report.json).random.first?.isFixed == [false, true])
    #expect(try FitReport(json: report.json).dispersion.first?.isFixed == true)
  }

  @Test("by sampling: the column is constant, without R-hat and without a warning")
  func sampling() throws {
    let request = schoolRequest {
      $0.method = .mcmc
      $0.priors = ["sigma ~ constant(8)", "sd[passed, school_id] ~ constant(1)"]
      ($0.chains, $0.warmup, $0.draws, $0.seed) = (4, 150, 700, 3)
    }
    guard case .posterior(let report, _) = try FitJob(request, sink: NullSink()).run() else {
      Issue.record("no draws")
      return
    }
    for (name, value) in [("sigma_math_score", 8.0), ("sd_school_id__passed_Intercept", 1.0)] {
      let parameter = try #require(report.parameters.first { $0.name == name })
      #expect(parameter.quantiles == Array(repeating: parameter.mean, count: 5))
      #expect(abs(parameter.mean - value) < 1e-14)
      #expect(parameter.rHat.isNaN && parameter.bulkESS.isNaN && parameter.tailESS.isNaN)
    }
    #expect(report.warnings.allSatisfy { $0.code != "rhat" && $0.code != "ess" })
    #expect(report.random.first?.isFixed == [false, true])
    #expect(report.priors.contains { $0.prior == "constant(1)" && !$0.isDefault })
    #expect(report.priors.contains { $0.isDefault })
  }

  /// The sd of math_score between schools is 5.08 by maximum likelihood: outside the first prior, inside the second.
  @Test("a prior with hard edges keeps all draws inside", arguments: [1.5, 50])
  func edges(_ high: Double) throws {
    let request = schoolRequest {
      $0.method = .mcmc
      $0.priors = ["sd[math_score, school_id] ~ uniform(0, \(high))", "sd[passed] ~ beta(2, 2)"]
      ($0.chains, $0.warmup, $0.draws, $0.seed) = (2, 150, 300, 4)
    }
    guard case .posterior(let report, let likelihood) = try FitJob(request, sink: NullSink()).run()
    else {
      Issue.record("no draws")
      return
    }
    let warning = likelihood.warnings.first { $0.code == "prior-edge" }
    #expect(warning?.message.contains("sd_school_id__math_score_Intercept") ?? false == (high < 5))
    let own = try #require(
      report.parameters.first { $0.name == "sd_school_id__math_score_Intercept" })
    #expect(own.quantiles[4] < high && own.quantiles[0] > 0)
    let other = try #require(
      report.parameters.first { $0.name == "sd_school_id__passed_Intercept" })
    #expect(other.quantiles[4] < 1)
    #expect(own.rHat < 1.1)
  }
}
