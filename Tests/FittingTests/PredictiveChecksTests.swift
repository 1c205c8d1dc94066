// Predictive checks of whole runs: what they are simulated from, how large they are, and that they tell right from wrong.

import Diagnostics
import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("A run holds its data against simulated data")
struct PredictiveChecksTests {
  /// Runs a request in a folder and reads what is there.
  private func run(
    _ request: RunRequest, in folder: TemporaryFolder
  ) throws -> (RunFolder, PredictiveReport) {
    let run = try RunFolder.create(for: request, at: folder.path + "/run")
    _ = try FitJob(request, folder: run, sink: NullSink()).run()
    return (run, try #require(try run.predictiveReport()))
  }

  @Test(
    "by maximum likelihood with a bootstrap from the normal approximation, for same and new groups")
  func likelihood() throws {
    let folder = try TemporaryFolder()
    let (run, report) = try run(schoolRequest(), in: folder)
    #expect(report.basis == .normalApproximation && report.draws == 0)
    #expect(report.simulations == 250)
    #expect(
      report.outcomes.map { "\($0.name) \($0.isConditional)" } == [
        "math_score true", "math_score false", "passed true", "passed false",
      ])
    let score = report.outcomes[0]
    #expect(score.density?.replicated.count == 50 && score.bars == nil && score.isDiscrete == false)
    #expect(score.statistics.map(\.name) == ["mean", "sd", "min", "median", "max", "skewness"])
    // The school data are simulated from this model; sd 8.0 within, so the mean of 1963 rows is known to 0.18
    // when parameters and effects are drawn together, and to 0.6 if they were drawn apart.
    let means = try #require(score.statistics.first?.check)
    #expect(abs(means.distance ?? 9) < 3)
    let spread = deviation(means.simulated)
    #expect(spread > 0.2 && spread < 0.35, "√(0.18² + 0.18²) = 0.26, not \(spread)")
    let new = try #require(report.outcomes[1].statistics.first?.check)
    // New schools: sd 4.3 / √60 = 0.56 on top, and the intercept's own error as much again.
    #expect(deviation(new.simulated) > 2 * spread)
    #expect(report.outcomes[2].bars?.observed.count == 2)
    #expect(report.outcomes[2].statistics.map(\.name) == ["mean"])
    #expect(score.series.map(\.column) == ["fitted value", "school_id", "gender", "SES"])
    #expect(report.outcomes[1].series.map(\.column) == ["school_id", "gender", "SES"])
    let schools = try #require(score.series.first { $0.column == "school_id" })
    #expect(schools.total == 60 && schools.levels?.count == 40)
    #expect(!report.verdicts.contains { $0.level == .failed })
    let size = try Data(contentsOf: URL(fileURLWithPath: run.predictivePath)).count
    #expect(size < 300_000, "\(size)")

    let finished = try FinishedRun(path: run.path)
    var options = PredictiveOptions(simulations: 250, seed: 1)
    #expect(try finished.predictiveReport(options) == report, "the same seed, the same checks")
    options.statistics = [.quantile(0.9), .mean]
    options.columns = ["SES"]
    options.simulations = 20
    let chosen = try finished.predictiveReport(options).outcomes[0]
    #expect(chosen.statistics.map(\.name).suffix(2) == ["skewness", "quantile:0.9"])
    #expect(chosen.series.map(\.column) == ["fitted value", "SES"])
    options.columns = ["nope"]
    #expect {
      try finished.predictiveReport(options)
    } throws: { error in
      (error as? FittingError).map { $0.exitCode == 64 && $0.message.contains("SES") } ?? false
    }
  }

  private func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
      .squareRoot()
  }

  @Test("from posterior draws, one for each simulation")
  func posterior() throws {
    let folder = try TemporaryFolder()
    let request = schoolRequest {
      $0.method = .mcmc
      ($0.chains, $0.warmup, $0.draws, $0.seed, $0.simulations) = (2, 150, 120, 3, 200)
    }
    let (run, report) = try run(request, in: folder)
    #expect(report.basis == .posterior && report.draws == 240 && report.simulations == 200)
    let mean = try #require(report.outcomes[0].statistics.first?.check)
    #expect(abs(mean.distance ?? 9) < 3)
    #expect(
      report.outcomes.map { $0.calibration?.isLeaveOneOut } == [true, false, true, false])
    let curve = try #require(report.outcomes[0].calibration.map(UniformityCurve.init))
    #expect(curve.count == 1963 && curve.outside.isEmpty)
    #expect(deviation(mean.simulated) > 0.2 && deviation(mean.simulated) < 0.35)
    let again = try FinishedRun(path: run.path).predictiveReport(
      PredictiveOptions(simulations: 200, seed: 3))
    // Draws are written with fewer digits than they have, so that a value next to an edge may change sides.
    #expect(again.outcomes[0].statistics.map(\.name) == report.outcomes[0].statistics.map(\.name))
    #expect(
      abs(again.outcomes[0].statistics[0].pAtLeast - report.outcomes[0].statistics[0].pAtLeast)
        < 0.02)
  }

  @Test("where the estimate is at an edge all simulations are at it, and the report says so")
  func edge() throws {
    let folder = try TemporaryFolder()
    let request = schoolRequest {
      $0.method = .reml; $0.formulas = ["math_score ~ SES + (1 | school_id)"]; $0.family = nil
    }
    let (_, report) = try run(request, in: folder)
    #expect(report.basis == .estimate)
  }

  @Test("zeros and a long tail that a Poisson model has not are named as the cause")
  func misfit() throws {
    let folder = try TemporaryFolder()
    var rows = "y,x\n"
    for i in 0..<400 {
      // A third of zeros, else counts about 6 and some about 30.
      let y = i % 3 == 0 ? 0 : i % 17 == 0 ? 30 : 4 + (i * 7) % 5
      rows += "\(y),\(Double(i % 20) / 10)\n"
    }
    let data = folder.path + "/d.csv"
    try rows.write(toFile: data, atomically: true, encoding: .utf8)
    var request = RunRequest()
    request.dataPath = data
    request.formulas = ["y ~ x"]
    request.family = "poisson"
    let (_, report) = try run(request, in: folder)
    #expect(report.outcomes.count == 1, "without random effects there are no new groups")
    let verdicts = Verdict.mostSeriousFirst(report.verdicts)
    #expect(verdicts[0].level == .failed && verdicts[0].namesCause)
    #expect(
      Set(verdicts.prefix(2).map(\.check)) == ["predictive zeros", "predictive max"])
    let bars = try #require(report.outcomes[0].bars)
    #expect(bars.observed[0] > bars.upper[0])
    #expect(verdicts.contains { $0.check == "PIT" && $0.level == .warning })
  }
}
