// Leave-one-out results of runs: what the worker writes, what is read back, and comparisons of runs.

import Diagnostics
import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("Leaving out observations of a run", .serialized)
struct LooRunTests {
  private func run(
    _ place: TemporaryFolder, _ name: String, _ change: (inout RunRequest) -> Void
  ) throws -> (run: FinishedRun, outcome: FitOutcome?) {
    let request = schoolRequest {
      $0.method = .mcmc
      ($0.chains, $0.warmup, $0.draws, $0.seed) = (2, 60, 150, 5)
      change(&$0)
    }
    let folder = try RunFolder.create(for: request, at: place.path + "/" + name)
    let (_, outcome) = try Worker(folder: folder).run()
    return (try FinishedRun(path: folder.path), outcome)
  }

  @Test("is done by the worker, and again from the folder with the same numbers")
  func worker() throws {
    let place = try TemporaryFolder()
    let (run, outcome) = try run(place, "a") { $0.includesLoo = true }
    guard case .posterior(let report, _) = outcome else {
      Issue.record("no posterior")
      return
    }
    let written = try #require(try run.folder.looReport())
    #expect(report.loo == written.summary)
    #expect(written.points.count == 3926 && written.draws == 300)
    #expect(written.leftOut == nil)
    // JSON has no infinity and no NaN that equals itself: what is compared is its text.
    for threads in [1, 3] {
      let again = try run.leaveOneOut().observations(threads: threads)
      #expect(again.json.prettyText == written.json.prettyText)
    }
    let point = written.points[0]
    #expect(point.outcome == "math_score" && point.label == "1" && !point.level.isEmpty)
    #expect(point.y.isFinite && point.monteCarloError < 0.1)
    // Nearly every school's effect is well determined: p_loo is between the fixed effects and all parameters.
    #expect(written.effectiveParameters > 20 && written.effectiveParameters < 140)
    #expect(try run.looVerdicts().map(\.check) == ["Pareto k", "p_loo"])
    #expect(try run.looVerdicts()[1].level == .ok)
  }

  @Test("is done without being asked where it is cheap, and then only in the folder")
  func cheap() throws {
    let place = try TemporaryFolder()
    let (run, outcome) = try run(place, "a") { $0.draws = 100 }
    #expect(try run.folder.looReport() != nil)
    guard case .posterior(let report, _) = outcome else {
      Issue.record("no posterior")
      return
    }
    #expect(report.loo == nil)
  }

  @Test("by schools predicts new schools, which is harder than new pupils of known ones")
  func groups() throws {
    let place = try TemporaryFolder()
    let (run, _) = try run(place, "a") { $0.draws = 200 }
    let leaveOneOut = try run.leaveOneOut()
    let report = try leaveOneOut.groups("school_id")
    #expect(report.leftOut == "school_id" && report.points.count == 60)
    #expect(report.elpdWAIC.isNaN)
    #expect(report.elpd < (try run.folder.looReport()?.elpd ?? 0))
    // Leaving out a school is nearly leaving out nothing of the population: the log likelihood at the maximum is
    // above, a dozen parameters below.
    #expect(report.elpd < -8064.8 && report.elpd > -8064.8 - 40)
    #expect(report.badPoints.count <= 3)
    #expect(throws: FittingError.self) { try leaveOneOut.groups("gender") }
  }

  @Test("runs are compared with stacking weights, and refused where they are not comparable")
  func comparison() throws {
    let place = try TemporaryFolder()
    let (full, _) = try run(place, "full") { _ in }
    let (poor, _) = try run(place, "poor") {
      $0.formulas = ["cbind(math_score, passed) ~ 1 + (1 | school_id)"]
    }
    let report = try ComparisonReport([poor, full])
    #expect(report.criterion == .elpd && report.observations == 3926)
    #expect(report.entries.map(\.run) == ["full", "poor"])
    let best = try #require(report.entries[0].prediction)
    let worst = try #require(report.entries[1].prediction)
    #expect(best.difference == 0 && best.differenceError == 0)
    #expect(worst.difference < -50 && worst.differenceError > 1)
    #expect(best.stackingWeight > 0.8 && abs(best.stackingWeight + worst.stackingWeight - 1) < 1e-9)
    #expect(best.pseudoWeight > 0.99)
    #expect(report.json.prettyText.contains("\"schema\": \"mglmm-compare/1\""))

    let (likelihood, _) = try run(place, "ml") { $0.method = .ml }
    let (other, _) = try run(place, "ml2") {
      $0.method = .ml
      $0.formulas = ["cbind(math_score, passed) ~ 1 + (1 | school_id)"]
    }
    let criteria = try ComparisonReport([other, likelihood])
    #expect(criteria.criterion == .aic && criteria.entries.map(\.run) == ["ml", "ml2"])
    #expect(abs((criteria.entries[0].likelihood?.aic ?? 0) - 16149.5961319771) < 1e-4)
    #expect(criteria.entries[0].likelihood?.aicDifference == 0)
    let (single, _) = try run(place, "single") {
      $0.method = .ml
      $0.formulas = ["math_score ~ 1 + (1 | school_id)"]
      $0.family = "gaussian"
    }
    for (runs, text) in [
      ([full, likelihood], "compare runs of one method"),
      ([likelihood, single], "the outcomes are"),
      ([full], "at least two"),
    ] {
      do throws(FittingError) {
        _ = try ComparisonReport(runs)
        Issue.record("compared all the same")
      } catch { #expect(error.message.contains(text), "\(error.message)") }
    }
    do throws(FittingError) {
      _ = try likelihood.leaveOneOut()
      Issue.record("left out without draws")
    } catch { #expect(error.message.contains("--method mcmc")) }
  }

  @Test("needs draws that know the data")
  func refusals() {
    for (change, text) in [
      ({ (request: inout RunRequest) in request.method = .ml }, "--method mcmc"),
      ({ (request: inout RunRequest) in request.isPriorOnly = true }, "--prior-only"),
    ] {
      let request = schoolRequest {
        $0.method = .mcmc
        $0.includesLoo = true
        change(&$0)
      }
      do throws(FittingError) {
        _ = try FitJob(request, sink: NullSink()).run()
        Issue.record("fitted all the same")
      } catch {
        #expect(error.exitCode == 64 && error.message.contains(text), "\(error.message)")
      }
    }
  }

  /// brms 2.18 with rstan 2.21.7 and nutpie 0.16.8, PSIS-LOO of 2,000 draws for each outcome given the random effects:
  /// elpd of 2,000 draws has a Monte Carlo error of about 0.3 with 57 effective parameters (more where some k are high),
  /// ours of 2,000 another; the standard error is a property of the data and hardly varies.
  @Test(
    "gives the reference's elpd within Monte Carlo error",
    arguments: isSlowRun ? ["edu", "sleepstudy"] : ["sleepstudy"])
  func reference(_ name: String) throws {
    var request =
      name == "edu"
      ? ReferenceCase.all[0].request(draws: 500, seed: 3)
      : GaussianPosteriorTests.sleepstudy.request(seed: 3)
    request.draws = 500
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    _ = try Worker(folder: folder).run()
    let report = try #require(try folder.looReport())
    let golden = try #require(
      try Golden.json("bayes/\(name).json")["loo_conditional"] as? [String: [String: Double]])
    for (outcome, wanted) in golden {
      let points = report.points.filter {
        golden.count == 1 || $0.outcome.replacingOccurrences(of: "_", with: "") == outcome
      }
      let elpd = PredictiveAccuracy.Total(points.map(\.elpd))
      let parameters = points.reduce(0) { $0 + $1.effectiveParameters }
      #expect(Double(points.count) == wanted["rows"])
      #expect(abs(elpd.value - (wanted["elpd_loo"] ?? 0)) < (name == "edu" ? 2 : 3))
      #expect(abs(elpd.error / (wanted["se"] ?? 1) - 1) < 0.03)
      #expect(abs(parameters - (wanted["p_loo"] ?? 0)) < (name == "edu" ? 2 : 3))
      print("\(name) \(outcome): elpd \(elpd.value), reference \(wanted["elpd_loo"] ?? 0)")
    }
  }
}
