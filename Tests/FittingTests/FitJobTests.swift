// A fit from request to report: events, files, and what bad requests are told.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

/// A request for a small model on the school data.
func schoolRequest(_ change: (inout RunRequest) -> Void = { _ in }) -> RunRequest {
  var request = RunRequest()
  request.dataPath = Golden.path("data/edu.csv")
  request.formulas = ["cbind(math_score, passed) ~ gender + SES + (1 | school_id)"]
  request.family = "list(gaussian(), binomial())"
  change(&request)
  return request
}

/// A folder of its own for each test, gone when the test ends.
final class TemporaryFolder {
  let path: String
  init() throws {
    path = NSTemporaryDirectory() + "mglmm-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}

@Suite("A fit goes from request to report")
struct FitJobTests {
  @Test("by maximum likelihood, telling every iteration")
  func likelihood() throws {
    let sink = MemorySink()
    let outcome = try FitJob(schoolRequest(), sink: sink).run()
    guard case .likelihood(let report) = outcome else {
      Issue.record("not a likelihood report")
      return
    }
    // edu-bivariate of the references; TMB 1.9.2.
    #expect(abs(report.logLikelihood + 8064.79806598853) < 1e-5)
    #expect(report.degreesOfFreedom == 10)
    #expect(report.observations == 3926)
    #expect(abs(report.aic - 16149.5961319771) < 1e-4)
    #expect(abs(report.bic - 16212.3498957254) < 1e-4)
    #expect(report.fixed.count == 6)
    #expect(report.fixed.allSatisfy { $0.p >= 0 && $0.p <= 1 })
    #expect(report.dispersion.first.map { abs($0.estimate - 8.00476348286434) < 1e-4 } == true)
    let steps = sink.events.compactMap { event -> OptimizerStep? in
      if case .optimizer(let step) = event { step } else { nil }
    }
    #expect(steps.count > 3)
    #expect(steps.map(\.iteration) == steps.map(\.iteration).sorted())
    #expect(abs((steps.last?.logLikelihood ?? 0) - report.logLikelihood) < 1e-6)
    #expect(sink.events.contains(.phase(.reading)))
  }

  @Test("with modes only when asked for")
  func modes() throws {
    guard
      case .likelihood(let report) = try FitJob(
        schoolRequest { $0.includesModes = true }, sink: NullSink()
      ).run()
    else { return }
    let modes = try #require(report.modes?.first)
    #expect(modes.levels.count == 60)
    // S01 of edu-bivariate: modes −2.93018521, 0.04118052.
    #expect(abs(modes.modes[0][0] + 2.93018521282457) < 1e-3)
    #expect(abs(modes.standardErrors[0][0] - 1.36141412298353) < 1e-3)
  }

  @Test("penalised by priors with map: a tight prior pulls, a flat one does not")
  func penalised() throws {
    func slope(_ priors: [String]) throws -> Double {
      let request = schoolRequest {
        $0.method = .map
        $0.priors = priors
      }
      guard case .likelihood(let report) = try FitJob(request, sink: NullSink()).run() else {
        return .nan
      }
      return try #require(
        report.fixed.first { $0.name.outcome == "passed" && $0.name.term == "SES" }
      ).estimate
    }
    // The likelihood alone gives 0.6356 with error 0.0562; a normal(0, 0.0562) prior halves it, nearly.
    #expect(abs(try slope([]) - 0.6356) < 0.01)
    #expect(abs(try slope(["b[passed, SES] ~ normal(0, 0.0562)"]) - 0.32) < 0.03)
  }

  @Test(
    "and says in one line what cannot be",
    arguments: [
      (schoolRequest { $0.dataPath = "/nonexistent.csv" }, 74, "/nonexistent.csv"),
      (
        schoolRequest {
          $0.formulas = ["math_score ~ SESS + (1 | school_id)"]
          $0.family = nil
        }, 65,
        "did you mean 'SES'"
      ),
      (schoolRequest { $0.family = "gaussian,poison" }, 65, "poison"),
      (schoolRequest { $0.family = "poisson,binomial" }, 65, "row 1"),
      (schoolRequest { $0.priors = ["b ~ norm(0, 1)"] }, 65, "b ~ norm(0, 1)"),
      (schoolRequest { $0.priors = ["b[nobody] ~ normal(0, 1)"] }, 65, "matches no parameter"),
      (schoolRequest { $0.levels = ["gender"] }, 64, "--levels"),
      (schoolRequest { $0.method = .reml }, 64, "reml is for gaussian outcomes"),
      (
        schoolRequest {
          $0.formulas = [
            "bf(math_score ~ SES + (1 |p| school_id)) + bf(passed ~ SES + (1 |p| school_id)) + set_rescor(TRUE)"
          ]
        }, 65, "'passed' is binomial"
      ),
      (
        schoolRequest {
          $0.formulas = ["bf(math_score ~ SES + (1 | school_id)) + set_rescor(TRUE)"]
          $0.family = nil
        }, 65, "at least two outcomes"
      ),
      (
        schoolRequest { $0.priors = ["rescor ~ lkj(2)"] }, 65, "matches no parameter"
      ),
      (schoolRequest { $0.chains = 0 }, 64, "at least 1"),
    ])
  func refusals(_ request: RunRequest, _ exitCode: Int, _ words: String) throws {
    let error = #expect(throws: FittingError.self) {
      _ = try FitJob(request, sink: NullSink()).run()
    }
    #expect(error.map { Int($0.exitCode) } == exitCode)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("and stops between two iterations when asked")
  func stops() throws {
    let control = RunControl()
    control.apply(.stop)
    let request = schoolRequest { $0.method = .mcmc }
    guard
      case .likelihood(let report) = try FitJob(request, sink: NullSink(), control: control).run()
    else {
      Issue.record("a stopped fit has no chains")
      return
    }
    #expect(!report.converged)
  }
}
