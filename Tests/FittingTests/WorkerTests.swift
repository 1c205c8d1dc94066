// The worker's life in a run folder: what it leaves there, and how it goes on after an interruption.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("A worker leaves a complete run folder", .serialized)
struct WorkerTests {
  private let small = schoolRequest {
    $0.method = .mcmc
    ($0.chains, $0.warmup, $0.draws, $0.seed) = (2, 40, 120, 5)
  }

  /// The lines of a chain's file that do not depend on the time of day.
  private func draws(_ folder: RunFolder, _ chain: Int) throws -> [Substring] {
    let text = try String(contentsOfFile: folder.chainPath(chain), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.contains("seconds") && !$0.contains("file = ") }
  }

  @Test("with every file of the contract")
  func files() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: small, at: place.path + "/run")
    let (exitCode, outcome) = try Worker(folder: folder).run()
    #expect(exitCode == 0)
    guard case .posterior(let report, _) = outcome else {
      Issue.record("no posterior")
      return
    }
    #expect(report.sampler.draws == 120)
    for name in [
      "model.toml", "data.csv", "events.ndjson", "fit.json", "chain-1.csv", "chain-2.csv",
      "residuals.json", "checkpoint-1", "checkpoint-2",
    ] {
      #expect(FileManager.default.fileExists(atPath: folder.path + "/" + name), "\(name)")
    }
    var watcher = RunWatcher(folder: folder)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .finished)
    #expect(watcher.snapshot.chains.map(\.warmupCount) == [40, 40])
    // What the report says of a parameter is what a reader of the files finds.
    let name = "sigma_math_score"
    let pooled = watcher.snapshot.draws(of: name).flatMap { $0 }
    let mean = pooled.reduce(0, +) / Double(pooled.count)
    let reported = try #require(report.parameters.first { $0.name == name })
    #expect(abs(reported.mean - mean) < 1e-12)
    #expect(watcher.snapshot.residualReport?.outcomes.map(\.name) == ["math_score", "passed"])
  }

  @Test("and goes on from its checkpoints to the same draws, bit for bit")
  func resumes() throws {
    let place = try TemporaryFolder()
    let whole = try RunFolder.create(for: small, at: place.path + "/whole")
    _ = try Worker(folder: whole).run()
    // The same run in two parts: half the draws, then a worker that finds the checkpoints and wants the rest.
    var half = small
    half.draws = 37
    let parts = try RunFolder.create(for: half, at: place.path + "/parts")
    _ = try Worker(folder: parts).run()
    var rest = try parts.request()
    rest.draws = small.draws
    try parts.write(rest)
    let (exitCode, outcome) = try Worker(folder: parts).run()
    #expect(exitCode == 0)
    guard case .posterior(let report, _) = outcome else {
      Issue.record("no posterior")
      return
    }
    #expect(report.sampler.draws == small.draws)
    for chain in [1, 2] {
      #expect(try draws(whole, chain) == draws(parts, chain), "chain \(chain)")
    }
  }

  @Test("and refuses data that have changed since")
  func refusesOtherData() throws {
    let place = try TemporaryFolder()
    let data = place.path + "/data.csv"
    try FileManager.default.copyItem(atPath: Golden.path("data/edu.csv"), toPath: data)
    let request = schoolRequest { $0.dataPath = data }
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    #expect(try Worker(folder: folder).run().exitCode == 0)
    let handle = try #require(FileHandle(forWritingAtPath: data))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("2000,S01,male,0,0,50,1\n".utf8))
    try handle.close()
    #expect(try Worker(folder: folder).run().exitCode == 65)
    var watcher = RunWatcher(folder: folder)
    _ = try watcher.refresh()
    guard case .failed(let message) = watcher.snapshot.state else {
      Issue.record("the run does not say that it failed")
      return
    }
    #expect(message.contains("has changed"))
  }
}
