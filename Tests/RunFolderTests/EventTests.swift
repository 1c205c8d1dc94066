// The lines of events.ndjson in and out.

import Testing

@testable import RunFolder

@Suite("events.ndjson can be read while it is written and after any interruption")
struct EventTests {
  static let all: [FitEvent] = [
    .started(
      WorkerStart(
        version: "0.1", worker: WorkerIdentity(host: "h", processID: 42), method: .mcmc,
        seed: .max, chains: 4, warmup: 200, draws: 1000)),
    .phase(.reading), .phase(.optimizing),
    .optimizer(
      OptimizerStep(
        iteration: 3, logLikelihood: -123.25, gradientMax: 1e-7, stepLength: 0.5, evaluations: 9)),
    .fitted(logLikelihood: -120.5, seconds: 0.75),
    .chain(ChainProgress(chain: 2, phase: .warmup, iteration: 17, stepSize: 0.25)),
    .warning(FitWarning(code: "singular-fit", message: "two\nlines", advice: "do \"this\"")),
    .note("plain"), .checkpoint(chain: 1, draws: 300), .paused, .resumed, .extended(draws: 2000),
    .finished(seconds: 1.5, cpuSeconds: 3), .stopped,
    .failed(message: "no such column", exitCode: 65),
  ]

  @Test("every event survives, in order, with its time")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let writer = try EventWriter(path: folder.file("events.ndjson"), clock: { 1_700_000_000.25 })
    for event in Self.all { try writer.write(event) }
    var reader = EventReader(path: folder.file("events.ndjson"))
    let news = try reader.refresh()
    #expect(news.events.map(\.event) == Self.all)
    #expect(news.events.allSatisfy { $0.time == 1_700_000_000.25 })
    #expect(news.malformed.isEmpty)
    #expect(try reader.refresh() == EventReader.News())
    #expect(try folder.permissions("events.ndjson") == 0o600)
  }

  @Test("the exact text of a line")
  func text() {
    #expect(
      StampedEvent(time: 12.5, event: Self.all[3]).line
        == #"{"time":12.5,"event":"optimizer","iteration":3,"logLik":-123.25,"gradient_max":1e-07,"#
        + #""step_length":0.5,"evaluations":9}"#)
    #expect(
      StampedEvent(time: 1, event: .failed(message: "x", exitCode: 65)).line
        == #"{"time":1,"event":"failed","message":"x","exit_code":65}"#)
  }

  @Test("events, phases and members of later versions are passed over")
  func unknown() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"time":1,"event":"hologram","x":[1,{}]}
      {"time":2,"event":"phase","name":"meditating"}
      {"time":3,"event":"note","text":"known","colour":"red"}

      """, to: "e")
    var reader = EventReader(path: folder.file("e"))
    let news = try reader.refresh()
    #expect(news.events == [StampedEvent(time: 3, event: .note("known"))])
    #expect(news.malformed.isEmpty)
  }

  @Test("a last line without a newline waits until it is whole")
  func torn() throws {
    let folder = try TemporaryFolder()
    var reader = EventReader(path: folder.file("e"))
    #expect(try reader.refresh().events.isEmpty)
    try folder.write(#"{"time":1,"event":"paused"}"# + "\n" + #"{"time":2,"ev"#, to: "e")
    #expect(try reader.refresh().events.map(\.event) == [.paused])
    #expect(try reader.refresh().events.isEmpty)
    try folder.append(#"ent":"resumed"}"# + "\n", to: "e")
    #expect(try reader.refresh().events.map(\.event) == [.resumed])
  }

  @Test("a resumed worker cuts off the torn line of the one that was killed")
  func tornBeforeResume() throws {
    let folder = try TemporaryFolder()
    try folder.write(#"{"time":1,"event":"paused"}"# + "\n" + #"{"time":2,"ev"#, to: "e")
    let writer = try EventWriter(path: folder.file("e"), clock: { 3 })
    try writer.write(.resumed)
    var reader = EventReader(path: folder.file("e"))
    let news = try reader.refresh()
    #expect(news.events.map(\.event) == [.paused, .resumed])
    #expect(news.malformed.isEmpty)
  }

  @Test("a line that is no event is reported with its number and does not hide the others")
  func malformed() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "{\"time\":1,\"event\":\"paused\"}\nrubbish\n{\"time\":2,\"event\":\"note\"}\n"
        + "{\"time\":3,\"event\":\"stopped\"}\n", to: "e")
    var reader = EventReader(path: folder.file("e"))
    let news = try reader.refresh()
    #expect(news.events.map(\.event) == [.paused, .stopped])
    #expect(
      news.malformed.map(\.description) == [
        "\(folder.file("e")):2:1: a value is expected",
        "\(folder.file("e")):3: \"text\" is missing",
      ])
  }

  @Test("control characters from a file do not reach the terminal")
  func sanitised() throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"time\":1,\"event\":\"note\",\"text\":\"a\\u001b[31mb\\nc\"}\n", to: "e")
    var reader = EventReader(path: folder.file("e"))
    #expect(try reader.refresh().events.map(\.event) == [.note("a\u{FFFD}[31mb\nc")])
  }

  @Test("a full disk keeps the event waiting, and it is not doubled later")
  func diskFull() throws {
    let writer = try EventWriter(path: "/dev/full")
    do {
      try writer.write(.paused)
      Issue.record("wrote to a full disk")
    } catch { #expect(error.isDiskFull && error.description.contains("No space left")) }
    #expect(writer.isBehind)
    #expect(throws: FileError.self) { try writer.retry() }
  }

  @Test("threads that write at once do not mix their lines")
  func threads() async throws {
    let folder = try TemporaryFolder()
    let writer = try EventWriter(path: folder.file("e"))
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<4 {
        group.addTask {
          for index in 0..<250 { try? writer.write(.checkpoint(chain: task, draws: index)) }
        }
      }
    }
    var reader = EventReader(path: folder.file("e"))
    let news = try reader.refresh()
    #expect(news.events.count == 1000 && news.malformed.isEmpty)
  }
}
