// The same seed gives the same draws bit for bit: on any number of threads, in a folder or not, watched or not, with a rule or not.

import Fitting
import Foundation
import RunFolder
import Synchronization
import TestSupport
import Testing

/// A request for a small model with one outcome.
func seizureRequest(_ change: (inout RunRequest) -> Void) -> RunRequest {
  var request = RunRequest()
  request.dataPath = Golden.path("data/epilepsy.csv")
  request.formulas = ["count ~ zAge + zBase * Trt + (1 | patient)"]
  request.family = "poisson"
  change(&request)
  return request
}

/// A request for a small model with two outcomes.
func salamanderRequest(_ change: (inout RunRequest) -> Void) -> RunRequest {
  var request = RunRequest()
  request.dataPath = Golden.path("data/salamanders.csv")
  request.formulas = ["count ~ mined + (1 |p| site)", "present ~ mined + (1 |p| site)"]
  request.family = "poisson,bernoulli"
  change(&request)
  return request
}

@Suite("Draws depend on data, model, seed and number of chains alone", .serialized)
struct ReproducibilityTests {
  /// Four chains of a model with two outcomes.
  private let request = salamanderRequest {
    $0.method = .mcmc
    ($0.chains, $0.warmup, $0.draws, $0.seed, $0.threads) = (4, 100, 150, 21, 2)
    $0.simulations = 10
  }

  private func draws(_ change: (inout RunRequest) -> Void) throws -> [String: [[Double]]] {
    var request = request
    change(&request)
    return try FitWithDraws(request).draws
  }

  @Test("one thread, two or four")
  func threads() throws {
    let one = try draws { $0.threads = 1 }
    #expect(one.count > 40 && one.allSatisfy { $0.value.allSatisfy { $0.count == 150 } })
    for threads in [2, 4] {
      #expect(try draws { $0.threads = threads } == one, "\(threads) threads")
    }
    #expect(try draws { $0.seed = 22 } != one)
  }

  @Test("in a run folder that is watched all the time, and without one")
  func watched() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    let isOver = Atomic(false)
    let looks = Atomic(0)
    let watching = Thread {
      var watcher = RunWatcher(folder: folder)
      while !isOver.load(ordering: .relaxed) {
        if let _ = try? watcher.refresh() { looks.add(1, ordering: .relaxed) }
        usleep(500)
      }
    }
    watching.start()
    let outcome = try Worker(folder: folder).run().outcome
    isOver.store(true, ordering: .relaxed)
    #expect(looks.load(ordering: .relaxed) > 10)
    var watcher = RunWatcher(folder: folder)
    _ = try watcher.refresh()
    let alone = try FitWithDraws(request)
    for (name, chains) in alone.draws {
      #expect(watcher.snapshot.draws(of: name) == chains, "\(name)")
    }
    guard case .posterior(let report, _) = outcome else {
      Issue.record("no posterior")
      return
    }
    #expect(report.parameters == alone.report?.parameters)
  }

  @Test("a rule ends chains early, all at the same draw, and changes none of those before")
  func prefix() throws {
    let sink = MemorySink()
    var ruled = request
    ruled.draws = 1000
    ruled.until = "ess >= 400"
    let short = try FitWithDraws(ruled, sink: sink)
    let stop = try #require(short.report?.sampler.stop)
    let count = try #require(short.report?.sampler.draws)
    #expect(stop.reason == .until && stop.check?.isMet == true)
    #expect(count > 100 && count < 1000)
    #expect(CheckSchedule.look(atOrAfter: count) == count)
    let long = try draws { $0.draws = 1000 }
    for (name, chains) in short.draws {
      let isPrefix = chains == long[name]?.map { Array($0.prefix(count)) }
      #expect(isPrefix, "\(name)")
    }
    // The rule held at the last look and at none before, which were at the numbers of the schedule.
    let checks = sink.events.compactMap { if case .check(let check) = $0 { check } else { nil } }
    #expect(checks.map(\.isMet) == checks.indices.map { $0 == checks.count - 1 })
    #expect(checks.first?.figures.draws == 100 && checks.count == stop.check?.number)
    #expect(zip(checks, checks.dropFirst()).allSatisfy { $0.nextDraws == $1.figures.draws })
    #expect(checks.last.map { $0.nextDraws == nil && $0.figures[.ess] >= 150 } == true)
    for threads in [1, 4] {
      ruled.threads = threads
      #expect(try FitWithDraws(ruled).draws == short.draws, "\(threads) threads")
    }
    let finished = sink.events.count {
      if case .chain(let progress) = $0 { progress.phase == .finished } else { false }
    }
    #expect(finished == 4, "each chain says once that it has finished")
  }

  @Test("what a rule compares is what the report says of the worst parameter")
  func figures() throws {
    var ruled = request
    ruled.until = "draws >= 150 and mcse > 0"
    let fit = try FitWithDraws(ruled)
    let report = try #require(fit.report)
    let figures = try #require(report.sampler.stop?.check?.figures)
    // The cap of 150 draws lies between two looks of the schedule and is a look itself.
    #expect(figures.draws == 150 && report.sampler.stop?.reason == .until)
    #expect(figures.bulkESS == report.parameters.map(\.bulkESS).min())
    #expect(figures.tailESS == report.parameters.map(\.tailESS).min())
    #expect(figures.rHat == report.parameters.map(\.rHat).max())
    let errors = report.parameters.map { $0.meanError / $0.standardDeviation }
    #expect(abs(figures.meanError - (errors.max() ?? 0)) < 1e-12)
  }

  @Test("a rule that does not hold ends at the cap with a warning; thinned chains count kept draws")
  func cap() throws {
    let fit = try FitWithDraws(
      seizureRequest {
        $0.method = .mcmc
        ($0.chains, $0.warmup, $0.draws, $0.thin) = (2, 60, 600, 3)
        $0.until = "ess > 1e6 or rhat < 0.5"
      })
    let report = try #require(fit.report)
    #expect(report.sampler.draws == 200)
    #expect(report.sampler.stop?.reason == .cap)
    let warning = try #require(report.warnings.first { $0.code == "until-not-met" })
    #expect(warning.message.contains("200 draws") && warning.message.contains("ess > 1e6"))
  }

  @Test(
    "a bad rule, and one without chains, is refused before anything else",
    arguments: [("ess >> 4", FitMethod.mcmc), ("ess > 4", .ml)])
  func refused(_ rule: String, _ method: FitMethod) throws {
    let request = schoolRequest {
      ($0.until, $0.method) = (rule, method)
      $0.dataPath = "/nonexistent.csv"
    }
    let error = #expect(throws: FittingError.self) {
      _ = try FitJob(request, sink: NullSink()).run()
    }
    #expect(error?.exitCode == 64)
    #expect(error?.message.contains("\n  \(rule)\n  ") == true)
  }
}
