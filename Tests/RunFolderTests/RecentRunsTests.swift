// The newest runs of a place, how far they are, and when they last said something.

import Foundation
import Testing

@testable import RunFolder

@Suite("The newest runs are listed, and the others counted")
struct RecentRunsTests {
  @Test("as many as asked for, the newest first; events say how far a run is")
  func recent() throws {
    let root = NSTemporaryDirectory() + "recent-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: root) }
    var request = RunRequest()
    request.dataPath = "/data/edu.csv"
    request.formulas = ["y ~ x"]
    request.method = .mcmc
    for index in 1...5 {
      let folder = try RunFolder.create(for: request, at: "\(root)/run-\(index)")
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000 + Double(index))],
        ofItemAtPath: folder.modelPath)
    }
    let events = [
      StampedEvent(
        time: 10,
        event: .started(
          WorkerStart(version: "0.1.0", method: .mcmc, seed: 1, chains: 2, warmup: 100, draws: 300))
      ),
      StampedEvent(
        time: 12,
        event: .chain(ChainProgress(chain: 1, phase: .sampling, iteration: 200, stepSize: 0.4))),
    ]
    let text = events.map { $0.line + "\n" }.joined()
    try text.write(toFile: "\(root)/run-5/events.ndjson", atomically: true, encoding: .utf8)
    let catalog = RunCatalog(besides: RunFolder(path: "\(root)/run-1"))
    #expect(catalog.root == root)
    let (entries, others) = try catalog.recent(2)
    #expect(entries.map(\.name) == ["run-5", "run-4"] && others == 3)
    // 200 of 2 x 400 iterations; the worker holds no lock.
    #expect(entries[0].share == 0.25 && entries[0].lastEvent == 12 && entries[0].state == .lost)
    #expect(entries[1].share == nil)
    #expect(try RunCatalog(root: root + "/none").recent(2).entries.isEmpty)
  }
}
