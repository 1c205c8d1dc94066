// The folder of a run: names, permissions, locks, checkpoints, commands, and the list of runs.

import Foundation
import Testing

@testable import RunFolder

@Suite("A run folder is private, has a name for people, and is replaced file by file at a stroke")
struct FolderTests {
  static func request(_ data: String = "/data/edu.csv") -> RunRequest {
    var request = RunRequest()
    request.dataPath = data
    request.formulas = ["y ~ x"]
    return request
  }

  @Test("folders have mode 0700 and files 0600, also under a lax umask")
  func permissions() throws {
    let folder = try TemporaryFolder()
    let run = try RunFolder.create(for: Self.request(), in: folder.file("state/runs"))
    #expect(try folder.permissions("state") == 0o700)
    #expect(try folder.permissions("state/runs/\(run.name)") == 0o700)
    #expect(try folder.permissions("state/runs/\(run.name)/model.toml") == 0o600)
    #expect(try run.request() == Self.request())
  }

  @Test("names carry the data and the day, and count up")
  func names() throws {
    let folder = try TemporaryFolder()
    // Noon in UTC is the same day nearly everywhere.
    let noon = 1_795_435_200.0
    let names = try (0..<3).map { _ in
      try RunFolder.create(for: Self.request(), in: folder.path, time: noon).name
    }
    #expect(names == ["edu-2026-11-23-1", "edu-2026-11-23-2", "edu-2026-11-23-3"])
    let odd = try RunFolder.create(for: Self.request("/d/my d\u{e4}ta!.tar.gz"), in: folder.path)
    #expect(odd.name.hasPrefix("my-d-ta-2"))
    // A name that begins with a hyphen would look like an option.
    let hyphen = try RunFolder.create(for: Self.request("/d/-x-.csv"), in: folder.path)
    #expect(hyphen.name.hasPrefix("x-2"))
    #expect(try RunFolder.create(for: Self.request(""), in: folder.path).name.hasPrefix("run-"))
  }

  @Test("the place follows MGLMM_RUNS, XDG_STATE_HOME and HOME, in this order")
  func place() {
    func root(_ variables: [String: String]) -> String {
      RunFolder.defaultRoot { variables[$0] }
    }
    let all = ["MGLMM_RUNS": "/m", "XDG_STATE_HOME": "/x", "HOME": "/h"]
    #expect(root(all) == "/m")
    #expect(root(["XDG_STATE_HOME": "/x", "HOME": "/h"]) == "/x/mglmm-tui/runs")
    #expect(root(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/mglmm-tui/runs")
    #expect(root(["MGLMM_RUNS": "", "HOME": "/h"]) == "/h/.local/state/mglmm-tui/runs")
  }

  @Test("a folder of the user's is used, but a run in it is not overwritten")
  func explicit() throws {
    let folder = try TemporaryFolder()
    _ = try RunFolder.create(for: Self.request(), at: folder.file("a/b"))
    do {
      _ = try RunFolder.create(for: Self.request(), at: folder.file("a/b/"))
      Issue.record("overwrote a run")
    } catch { #expect(error.code == EEXIST) }
  }

  @Test("a checkpoint is replaced as a whole and leaves nothing beside it")
  func checkpoint() throws {
    let folder = try TemporaryFolder()
    let run = RunFolder(path: folder.path)
    #expect(try run.checkpoint(1) == nil)
    try run.replace(run.checkpointPath(1), with: [1, 2, 3])
    try run.replace(run.checkpointPath(1), with: [4])
    #expect(try run.checkpoint(1) == [4])
    #expect(try FileSystem.list(folder.path) == ["checkpoint-1"])
    #expect(try folder.permissions("checkpoint-1") == 0o600)
    #expect(throws: FileError.self) { try run.replace("\(folder.path)/none/x", with: [1]) }
  }

  @Test("commands reach the worker that is there, not one that comes later")
  func commands() throws {
    let folder = try TemporaryFolder()
    let run = RunFolder(path: folder.path)
    try run.send(.stop)
    var reader = try CommandReader(path: run.commandsPath)
    #expect(try reader.refresh().isEmpty)
    try run.send(.pause)
    try run.send(.resume)
    try folder.append("{\"time\":1,\"command\":\"dance\"}\nrubbish\n", to: "commands.ndjson")
    try run.send(.extend(draws: 2000))
    #expect(try reader.refresh() == [.pause, .resume, .extend(draws: 2000)])
    #expect(try reader.refresh().isEmpty)
    #expect(try folder.permissions("commands.ndjson") == 0o600)
  }
}

@Suite("A lock tells a living worker from a lost one")
struct LockTests {
  @Test("one holder at a time, named to the others, and free when it lets go")
  func exclusive() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("worker.lock")
    #expect(try WorkerLock.state(path) == .absent)
    var lock: WorkerLock? = try WorkerLock(path: path)
    #expect(try WorkerLock.state(path) == .held(by: .current))
    do {
      _ = try WorkerLock(path: path)
      Issue.record("two workers hold one lock")
    } catch {
      guard case .busy(_, let worker) = error else { throw error }
      #expect(worker == .current && error.description.contains("\(getpid())"))
    }
    withExtendedLifetime(lock) {}
    lock = nil
    #expect(try WorkerLock.state(path) == .free(last: .current))
    lock = try WorkerLock(path: path)
    #expect(try WorkerLock.state(path).isHeld)
  }

  @Test("the lock of another process is seen, and is free once that process is killed")
  func otherProcess() async throws {
    let folder = try TemporaryFolder()
    let path = folder.file("worker.lock")
    try folder.write("{\"host\":\"elsewhere\",\"pid\":99}\n", to: "worker.lock")
    let other = try WorkerLauncher.launch(
      program: "/usr/bin/flock", arguments: ["--no-fork", path, "sleep", "3600"],
      log: folder.file("log.txt"))
    defer { kill(other.processID, SIGKILL) }
    let holder = WorkerIdentity(host: "elsewhere", processID: 99)
    #expect(try await Waiting.until { try WorkerLock.state(path) == .held(by: holder) })
    #expect(throws: RunError.self) { try WorkerLock(path: path) }
    kill(other.processID, SIGKILL)
    #expect(try await Waiting.until { try WorkerLock.state(path) == .free(last: holder) })
    #expect(try await Waiting.until { other.exitStatus() == 128 + SIGKILL })
  }
}

enum Waiting {
  /// Asks every few milliseconds, for ten seconds at most.
  static func until(_ isTrue: () throws -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
      if try isTrue() { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }
}

@Suite("The list of runs knows their state, finds what a user means, and removes what is not alive")
struct CatalogTests {
  let folder: TemporaryFolder
  let catalog: RunCatalog

  init() throws {
    folder = try TemporaryFolder()
    catalog = RunCatalog(root: folder.path)
  }

  func makeRun(_ name: String, created: Double, events: [FitEvent] = []) throws -> RunFolder {
    let run = try RunFolder.create(for: FolderTests.request(), at: folder.file(name))
    if !events.isEmpty {
      let writer = try EventWriter(path: run.eventsPath())
      for event in events { try writer.write(event) }
    }
    let date = Date(timeIntervalSince1970: created)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: run.modelPath)
    return run
  }

  @Test("newest first, each with its state; folders that are no runs are left out")
  func list() throws {
    #expect(try RunCatalog(root: folder.file("none")).list().isEmpty)
    let start = EventTests.all[0]
    _ = try makeRun("done", created: 1000, events: [start, .finished(seconds: 1, cpuSeconds: 1)])
    _ = try makeRun("lost", created: 2000, events: [start, .phase(.sampling)])
    let live = try makeRun("live", created: 3000, events: [start, .phase(.optimizing)])
    _ = try makeRun("bad", created: 4000, events: [.failed(message: "m", exitCode: 65)])
    _ = try makeRun("again", created: 500, events: [start, .stopped, start, .phase(.warmup)])
    _ = try makeRun("dead", created: 400)
    try FileManager.default.createDirectory(
      atPath: folder.file("no-run"), withIntermediateDirectories: false)
    let lock = try WorkerLock(path: live.lockPath())
    let entries = try catalog.list()
    withExtendedLifetime(lock) {}
    #expect(entries.map(\.name) == ["bad", "live", "lost", "done", "again", "dead"])
    #expect(
      entries.map(\.state) == [
        .failed(message: "m"), .optimizing, .lost, .finished, .lost, .lost,
      ])
    #expect(entries[1].worker == .current)
    #expect(entries[0].model == "y ~ x" && entries[0].created == 4000)
  }

  @Test("a long file of events is judged by its end")
  func longEvents() throws {
    let notes = (0..<3000).map { FitEvent.note("line \($0) of a long run") }
    _ = try makeRun(
      "long", created: 1, events: [EventTests.all[0]] + notes + [.phase(.sampling), .stopped])
    #expect(try catalog.list()[0].state == .stopped)
  }

  @Test("a path, a name, a number, the beginning of a name")
  func resolve() throws {
    let old = try makeRun("edu-1", created: 1000)
    let new = try makeRun("edu-12", created: 2000)
    let other = try makeRun("pbc2-1", created: 3000)
    #expect(try catalog.resolve(old.path) == old)
    #expect(try catalog.resolve(old.path + "/") == old)
    #expect(try catalog.resolve("edu-1") == old)
    #expect(try catalog.resolve("1") == other && catalog.resolve("3") == old)
    #expect(try catalog.resolve("pb") == other)
    #expect(try catalog.resolve("edu-12") == new)
    do {
      _ = try catalog.resolve("ed")
      Issue.record("chose one of two")
    } catch {
      #expect(error == .ambiguous(argument: "ed", matches: ["edu-12", "edu-1"]))
      #expect(error.exitCode == 64)
    }
    for wrong in ["nothing", "4", "0", "-1", "", "/nonexistent"] {
      #expect(throws: RunError.self) { try catalog.resolve(wrong) }
    }
  }

  @Test(
    "a living run is not removed; a dead one goes with all that is in it, but not what links point to"
  )
  func remove() throws {
    let run = try makeRun("edu-1", created: 1)
    try folder.write("precious", to: "outside.txt")
    try FileManager.default.createDirectory(
      atPath: run.path + "/sub", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: run.path + "/sub/link", withDestinationPath: folder.file("outside.txt"))
    var lock: WorkerLock? = try WorkerLock(path: run.lockPath(chain: 2))
    #expect(throws: RunError.busy(run: "edu-1", worker: .current)) { try catalog.remove(run) }
    #expect(run.isRun)
    withExtendedLifetime(lock) {}
    lock = nil
    try catalog.remove(run)
    #expect(!FileManager.default.fileExists(atPath: run.path))
    #expect(try folder.text("outside.txt") == "precious")
    #expect(throws: RunError.self) { try catalog.remove(RunFolder(path: folder.path)) }
  }
}
