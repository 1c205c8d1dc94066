// Runs of draws from the prior: their files, the same draws in one go and in parts, and what they refuse.

import Fitting
import Foundation
import Probability
import RunFolder
import TestSupport
import Testing

@Suite("A run of draws from the prior is a run like any other", .serialized)
struct PriorOnlyTests {
  private let request = schoolRequest {
    $0.method = .mcmc
    $0.isPriorOnly = true
    $0.priors = ["b ~ normal(0, 2.5)", "sd[passed] ~ exponential(2)"]
    ($0.chains, $0.draws, $0.seed) = (2, 400, 11)
  }

  private func lines(_ folder: RunFolder, _ chain: Int) throws -> [Substring] {
    let text = try String(contentsOfFile: folder.chainPath(chain), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.contains("seconds") && !$0.contains("file = ") }
  }

  private func report(_ outcome: FitOutcome?) throws -> SamplerReport {
    guard case .prior(let report) = outcome else { throw FittingError("no draws", exitCode: 70) }
    return report
  }

  @Test("with the files of the contract but those of a fit, read as CmdStan's")
  func files() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    let (exitCode, outcome) = try Worker(folder: folder).run()
    #expect(exitCode == 0)
    let report = try report(outcome)
    #expect(report.sampler.draws == 400)
    #expect(report.sampler.warmup == 0)
    for (name, isThere) in [
      ("model.toml", true), ("data.csv", true), ("events.ndjson", true), ("chain-1.csv", true),
      ("chain-2.csv", true), ("checkpoint-1", true), ("fit.json", false), ("residuals.json", false),
    ] {
      #expect(
        FileManager.default.fileExists(atPath: folder.path + "/" + name) == isThere, "\(name)")
    }
    var watcher = RunWatcher(folder: folder)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .finished)
    #expect(watcher.snapshot.chains.map(\.warmupCount) == [0, 0])
    #expect(watcher.snapshot.draws(of: "accept_stat__").allSatisfy { $0.allSatisfy { $0 == 1 } })
    #expect(watcher.snapshot.divergences == 0)
    #expect(watcher.snapshot.problems.isEmpty)
    // Chains differ, and the draws without a folder are the same.
    let draws = watcher.snapshot.draws(of: "sigma_math_score")
    #expect(draws[0] != draws[1])
    let again = try self.report(try FitJob(request, sink: NullSink()).run())
    #expect(again.parameters == report.parameters)
  }

  @Test("and goes on from any moment to the same draws, bit for bit", arguments: [1, 137, 399])
  func resumes(_ part: Int) throws {
    let place = try TemporaryFolder()
    let whole = try RunFolder.create(for: request, at: place.path + "/whole")
    _ = try Worker(folder: whole).run()
    var half = request
    half.draws = part
    let parts = try RunFolder.create(for: half, at: place.path + "/parts")
    _ = try Worker(folder: parts).run()
    var rest = try parts.request()
    rest.draws = request.draws
    try parts.write(rest)
    let report = try report(try Worker(folder: parts).run().outcome)
    #expect(report.sampler.draws == request.draws)
    for chain in [1, 2] { #expect(try lines(whole, chain) == lines(parts, chain)) }
  }

  @Test("with the quantiles of the priors, effects included")
  func quantiles() throws {
    var large = request
    large.draws = 5000
    large.includesModes = true
    let report = try report(try FitJob(large, sink: NullSink()).run())
    func quantiles(_ name: String) throws -> [Double] {
      try #require(report.parameters.first { $0.name == name }, "\(name)").quantiles
    }
    // Of 10,000 draws the error of F at a quartile is 0.0043.
    func check(_ name: String, _ law: (Double) -> Double) throws {
      for (x, p) in zip(try quantiles(name), [0.025, 0.25, 0.5, 0.75, 0.975]) {
        #expect(abs(law(x) - p) < 0.02, "\(name) \(p)")
      }
    }
    try check("b_passed_SES") { Normal.cumulative($0 / 2.5) }
    try check("sd_school_id__passed_Intercept") { 1 - exp(-2 * $0) }
    let scale = try #require(
      report.priors.first { $0.target == "sigma_math_score" }
    ).prior.dropFirst("student_t(3, 0, ".count).dropLast()
    let half = try #require(Double(scale))
    try check("sigma_math_score") { 2 * StudentT.cumulative($0 / half, degreesOfFreedom: 3) - 1 }
    try check("cor_school_id__math_score_Intercept__passed_Intercept") { ($0 + 1) / 2 }
    // An effect is normal given its sd: its sign is a fair coin and E b² = E sd² = 2/4.
    let effect = try #require(
      report.parameters.first { $0.name == "r_school_id__passed[S01,Intercept]" })
    #expect(abs(effect.quantiles[2]) < 0.03)
    #expect(abs(effect.standardDeviation * effect.standardDeviation - 0.5) < 0.06)
    #expect(report.parameters.allSatisfy { $0.rHat < 1.01 })
    #expect(report.warnings.isEmpty)
  }

  @Test("and thins by leaving draws out")
  func thins() throws {
    var thinned = request
    thinned.thin = 4
    let place = try TemporaryFolder()
    let folders = try [request, thinned].enumerated().map {
      try RunFolder.create(for: $0.element, at: place.path + "/\($0.offset)")
    }
    for folder in folders { _ = try Worker(folder: folder).run() }
    let draws = try folders.map { folder in
      var watcher = RunWatcher(folder: folder)
      _ = try watcher.refresh()
      return watcher.snapshot.draws(of: "b_passed_SES")[0]
    }
    #expect(draws[1] == (1...100).map { draws[0][4 * $0 - 1] })
  }

  @Test("and names the parameters that have no proper prior, and the mend")
  func refusesFlat() throws {
    var flat = request
    flat.priors = ["b[passed] ~ normal(0, 1)"]
    let error = #expect(throws: FittingError.self) { try FitJob(flat, sink: NullSink()).run() }
    #expect(error?.exitCode == 65)
    #expect(
      error?.message
        == "--prior-only: the prior of b_math_score_gendermale, b_math_score_SES is improper (flat), so nothing "
        + "can be drawn from it; give them one each, such as --prior 'b ~ normal(0, 2.5)'")
    var other = request
    other.method = .ml
    #expect(throws: FittingError.self) { try FitJob(other, sink: NullSink()).run() }
  }
}
