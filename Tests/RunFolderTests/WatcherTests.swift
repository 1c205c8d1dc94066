// Watching runs from their beginning to their end, and the files of other programs.

import Foundation
import Testing

@testable import RunFolder

@Suite("A watcher sees all that a run writes, as it is written")
struct WatcherTests {
  @Test("the life of a run")
  func life() throws {
    let folder = try TemporaryFolder()
    var request = FolderTests.request()
    request.method = .mcmc
    let run = try RunFolder.create(for: request, in: folder.path)
    var watcher = RunWatcher(folder: run)
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.state == .waiting && watcher.snapshot.request == request)
    #expect(try !watcher.refresh())
    let revision = watcher.snapshot.revision

    var lock: WorkerLock? = try WorkerLock(path: run.lockPath())
    let events = try EventWriter(path: run.eventsPath())
    try events.write(EventTests.all[0])
    try events.write(.phase(.optimizing))
    let step = OptimizerStep(
      iteration: 1, logLikelihood: -5, gradientMax: 1, stepLength: 1, evaluations: 2)
    try events.write(.optimizer(step))
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.state == .optimizing && watcher.snapshot.optimizerSteps == [step])
    #expect(watcher.snapshot.revision > revision)
    #expect(watcher.snapshot.worker == WorkerIdentity(host: "h", processID: 42))

    try run.write(Reports.fit)
    try events.write(.fitted(logLikelihood: -5, seconds: 1))
    try events.write(.phase(.sampling))
    let warning = FitWarning(code: "c", message: "m", advice: "a")
    try events.write(.warning(warning))
    let writers = try [2, 1].map { chain in
      var header = Drawn.header
      header.chain = chain
      return try DrawWriter(path: run.chainPath(chain), header: header)
    }
    for writer in writers {
      Drawn.fill(writer, 0..<3)
      try writer.flush()
    }
    try events.write(
      .chain(ChainProgress(chain: 1, phase: .sampling, iteration: 3, stepSize: 0.25)))
    try folder.append("hello\nworld", to: "\(run.name)/log.txt")
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.state == .sampling)
    #expect(watcher.snapshot.fitReport?.logLikelihood == Reports.fit.logLikelihood)
    #expect(watcher.snapshot.chains.map(\.id) == [1, 2])
    #expect(watcher.snapshot.warnings == [warning])
    #expect(watcher.snapshot.parameterNames == Drawn.header.names)
    #expect(watcher.snapshot.draws(of: "b_y_Intercept") == [[2.1], [2.1]])
    #expect(watcher.snapshot.draws(of: "b_y_Intercept", includingWarmup: true)[0].count == 3)
    #expect(watcher.snapshot.progress[1]?.iteration == 3)
    #expect(watcher.snapshot.logTail == ["hello"])
    #expect(try !watcher.refresh())

    Drawn.fill(writers[0], 3..<5)
    try writers[0].flush()
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.chains[1].count == 5 && watcher.snapshot.divergences == 1)
    try events.write(.paused)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .paused)
    try events.write(.resumed)
    try run.write(Reports.residuals)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .sampling)
    #expect(watcher.snapshot.residualReport == Reports.residuals)

    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.state == .lost)
    try events.write(.finished(seconds: 2, cpuSeconds: 3))
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .finished && watcher.snapshot.endTime != nil)
    #expect(watcher.snapshot.problems.isEmpty)
  }

  @Test("a file that cannot be used is named, and the rest of the run is shown")
  func problems() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(for: FolderTests.request(), in: folder.path)
    try folder.write("{", to: "\(run.name)/fit.json")
    try folder.write("a\n1\nx\n", to: "\(run.name)/chain-1.csv")
    try folder.write("a\n1\n", to: "\(run.name)/chain-2.csv")
    var watcher = RunWatcher(folder: run)
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.chains.map(\.count) == [1, 1])
    #expect(
      watcher.snapshot.problems.map { $0.replacingOccurrences(of: run.path, with: "RUN") } == [
        "RUN/fit.json:1:2: a member's name in quotes is expected",
        "RUN/chain-1.csv:3:1: not a number",
      ])
    #expect(try !watcher.refresh())
    try run.write(Reports.fit)
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.fitReport != nil && watcher.snapshot.problems.count == 1)
  }

  @Test("workers that run one chain each, on other hosts, are one run")
  func apart() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(for: FolderTests.request(), in: folder.path)
    var locks: [WorkerLock] = []
    for chain in 1...2 {
      locks.append(try WorkerLock(path: run.lockPath(chain: chain)))
      let events = try EventWriter(path: run.eventsPath(chain: chain))
      try events.write(EventTests.all[0])
      try events.write(chain == 1 ? .finished(seconds: 1, cpuSeconds: 1) : .phase(.sampling))
    }
    var watcher = RunWatcher(folder: run)
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .sampling)
    withExtendedLifetime(locks) {}
    locks = []
    try EventWriter(path: run.eventsPath(chain: 2)).write(.finished(seconds: 1, cpuSeconds: 1))
    _ = try watcher.refresh()
    #expect(watcher.snapshot.state == .finished)
    #expect(try RunCatalog(root: folder.path).list()[0].state == .finished)
  }

  @Test("Stan's files are watched by path or by folder, and new chains appear")
  func foreign() throws {
    let folder = try TemporaryFolder()
    try folder.write(StanSample.text, to: "output_2.csv")
    var watcher = try RunWatcher(paths: [folder.path])
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.state == .foreign && watcher.snapshot.chains.count == 1)
    try folder.write("lp__,mu\n1,2\n", to: "output_1.csv")
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.chains.map(\.keptCount) == [1, 3])
    try FileManager.default.removeItem(atPath: folder.file("output_2.csv"))
    #expect(try watcher.refresh())
    #expect(watcher.snapshot.chains.map(\.keptCount) == [1])
    #expect(watcher.snapshot.plannedDraws == nil)
    #expect(throws: RunError.self) { try RunWatcher(paths: [folder.file("none.csv")]) }
    var one = try RunWatcher(paths: [folder.file("output_1.csv")])
    #expect(try one.refresh())
    #expect(one.snapshot.name == "output_1.csv")
  }

  @Test("a folder that goes away is an error, not a crash")
  func folderGone() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(for: FolderTests.request(), in: folder.path)
    var watcher = RunWatcher(folder: run)
    _ = try watcher.refresh()
    try FileManager.default.removeItem(atPath: run.path)
    #expect(throws: RunError.self) { try watcher.refresh() }
  }

  @Test("kinds of parameters by their names")
  func kinds() {
    let expected: [(String, ParameterKind)] = [
      ("b_math_score_Intercept", .fixedEffect), ("b_sigma_y_x", .fixedEffect),
      ("sd_school_id__passed_Intercept", .standardDeviation),
      ("cor_g__y_Intercept__z_Intercept", .correlation), ("rescor__a__b", .correlation),
      ("sigma", .dispersion), ("sigma_math_score", .dispersion), ("shape_count", .dispersion),
      ("r_g__y[A,Intercept]", .randomEffect), ("lp__", .sampler), ("energy__", .sampler),
      ("mu", .other), ("theta[1]", .other), ("sigmoid_y", .other),
    ]
    for (name, kind) in expected { #expect(ParameterKind(name: name) == kind, "\(name)") }
  }
}
