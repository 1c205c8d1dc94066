// How a run goes on after an interruption: with its rule, with more draws, and not from what is damaged.

import Fitting
import Foundation
import RunFolder
import TestSupport
import Testing

@Suite("A run goes on as if it had not been interrupted", .serialized)
struct ResumingTests {
  private let ruled = seizureRequest {
    $0.method = .mcmc
    ($0.chains, $0.warmup, $0.seed, $0.simulations) = (2, 50, 5, 10)
    $0.apply(until: "ess >= 200", draws: nil)
  }

  /// The lines of a chain's file that hold names and draws.
  private func lines(_ folder: RunFolder, _ chain: Int) throws -> [Substring] {
    let text = try String(contentsOfFile: folder.chainPath(chain), encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }
  }

  private func stop(_ outcome: FitOutcome?) -> StopSummary? {
    guard case .posterior(let report, _) = outcome else { return nil }
    return report.sampler.stop
  }

  @Test("a run with a rule that is stopped between two looks ends at the same draw")
  func stopped() throws {
    let place = try TemporaryFolder()
    let whole = try RunFolder.create(for: ruled, at: place.path + "/whole")
    let reference = try Worker(folder: whole).run().outcome
    let count = try #require(stop(reference)?.check?.figures.draws)
    #expect(count > 125)
    for beforehand in [100, 110] {
      // A worker that was to make fewer draws leaves what one that was stopped leaves.
      var part = ruled
      (part.until, part.draws) = (nil, beforehand)
      let folder = try RunFolder.create(for: part, at: place.path + "/part-\(beforehand)")
      _ = try Worker(folder: folder).run()
      try folder.write(ruled)
      let outcome = try Worker(folder: folder).run().outcome
      #expect(stop(outcome)?.reason == .until)
      for chain in [1, 2] { #expect(try lines(folder, chain) == lines(whole, chain)) }
    }
  }

  @Test("and more draws can be asked of one that has ended: so many exactly, where the rule holds")
  func extended() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: ruled, at: place.path + "/run")
    let first = try #require(stop(try Worker(folder: folder).run().outcome)?.check?.figures.draws)
    var watcher = RunWatcher(folder: folder)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.plannedDraws == first)
    let more = first * 2 + 1
    var request = try folder.request()
    request.extend(to: more)
    try folder.write(request)
    let outcome = try Worker(folder: folder).run().outcome
    #expect(stop(outcome)?.check?.figures.draws == more)
    #expect(try folder.request().until == ruled.until)
    var long = ruled
    (long.until, long.draws) = (nil, more)
    let whole = try RunFolder.create(for: long, at: place.path + "/long")
    _ = try Worker(folder: whole).run()
    for chain in [1, 2] { #expect(try lines(folder, chain) == lines(whole, chain)) }
    _ = try watcher.refresh()
    #expect(watcher.snapshot.plannedDraws == more && watcher.snapshot.state == .finished)
  }

  @Test(
    "a worker that died before its first checkpoint leaves a file that the next one begins anew")
  func beforeCheckpoints() throws {
    let place = try TemporaryFolder()
    var request = ruled
    request.until = nil
    request.draws = 30
    let whole = try RunFolder.create(for: request, at: place.path + "/whole")
    _ = try Worker(folder: whole).run()
    let text = try String(contentsOfFile: whole.chainPath(1), encoding: .utf8)
    for length in [10, text.utf8.count / 2] {
      let folder = try RunFolder.create(for: request, at: place.path + "/dead-\(length)")
      try Data(text.utf8.prefix(length)).write(to: URL(fileURLWithPath: folder.chainPath(1)))
      #expect(try Worker(folder: folder).run().exitCode == 0)
      for chain in [1, 2] { #expect(try lines(folder, chain) == lines(whole, chain)) }
    }
    // But the file of another program is left alone.
    let folder = try RunFolder.create(for: request, at: place.path + "/foreign")
    try Data("a,b\n1,2\n".utf8).write(to: URL(fileURLWithPath: folder.chainPath(1)))
    let (exitCode, _) = try Worker(folder: folder).run()
    #expect(exitCode == 74)
    #expect(try lines(folder, 1) == ["a,b", "1,2"])
  }

  @Test("a damaged checkpoint, and draws that are fewer than it says, are refused with the mend")
  func damaged() throws {
    let place = try TemporaryFolder()
    var request = ruled
    request.until = nil
    request.draws = 30
    let folder = try RunFolder.create(for: request, at: place.path + "/run")
    _ = try Worker(folder: folder).run()
    let good = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.checkpointPath(1))))
    request.draws = 40
    try folder.write(request)
    func failure() throws -> String {
      let (exitCode, _) = try Worker(folder: folder).run()
      #expect(exitCode == 65)
      var watcher = RunWatcher(folder: folder)
      _ = try watcher.refresh()
      guard case .failed(let message) = watcher.snapshot.state else { return "" }
      return message
    }
    var flipped = good
    flipped[good.count / 2] ^= 4
    var earlier = good
    earlier[8] ^= 1
    for bytes in [
      flipped, earlier, Array(good.dropLast(7)), Array(good.prefix(good.count / 2)), [],
    ] {
      try Data(bytes).write(to: URL(fileURLWithPath: folder.checkpointPath(1)))
      let message = try failure()
      #expect(message.contains("checkpoint-1: the checkpoint is damaged; remove it"), "\(message)")
    }
    try Data(good).write(to: URL(fileURLWithPath: folder.checkpointPath(1)))
    let text = try String(contentsOfFile: folder.chainPath(1), encoding: .utf8)
    try Data(text.utf8.prefix(text.utf8.count * 2 / 3)).write(
      to: URL(fileURLWithPath: folder.chainPath(1)))
    let message = try failure()
    #expect(message.contains("draws where the checkpoint has"), "\(message)")
    // What the message of a damaged checkpoint advises leads to the same draws.
    for path in [folder.chainPath(1), folder.checkpointPath(1)] {
      try FileManager.default.removeItem(atPath: path)
    }
    #expect(try Worker(folder: folder).run().exitCode == 0)
    let whole = try RunFolder.create(for: request, at: place.path + "/whole")
    _ = try Worker(folder: whole).run()
    for chain in [1, 2] { #expect(try lines(folder, chain) == lines(whole, chain)) }
  }

  @Test("two workers cannot take the same run")
  func twoWorkers() throws {
    let place = try TemporaryFolder()
    let folder = try RunFolder.create(for: ruled, at: place.path + "/run")
    let lock = try WorkerLock(path: folder.lockPath())
    let error = #expect(throws: FittingError.self) { _ = try Worker(folder: folder).run() }
    #expect(error?.exitCode == 64)
    #expect(error?.message.contains("is being worked on by process") == true)
    #expect(!FileManager.default.fileExists(atPath: folder.chainPath(1)))
    withExtendedLifetime(lock) {}
  }
}
