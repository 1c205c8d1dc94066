// What a fit survives: its terminal, and its own violent end.

import Foundation
import Glibc
import Testing

extension EndToEnd {
  /// The recorded run's model: few columns, so that many draws are small files.
  private static let model = [
    "\(Programs.demoData)/salamanders.csv", "-f",
    "bf(count ~ mined + (1 |p| site), family = negbinomial)"
      + " + bf(present ~ mined + (1 |p| site), family = bernoulli)",
    "--method", "mcmc", "--seed", "11", "--chains", "2", "--warmup", "100",
  ]

  @Test("the worker outlives its terminal and can be stopped later")
  func lostTerminal() throws {
    let scratch = try Scratch()
    let terminal = try Terminal(columns: 100, rows: 30, in: scratch)
    let run = scratch.run("watched")
    try terminal.enter(startCommand())
    try terminal.wait(for: "Sampling:")
    let shell = try #require(terminal.shell)
    let dashboard = try #require(children(of: shell).first)
    let worker = try #require(run.worker)
    terminal.close()
    try eventually("the dashboard ends with its terminal") { kill(dashboard, 0) != 0 }
    #expect(run.worker == worker && run.isAlive)
    let bytes = run.drawBytes
    try eventually("draws are written without a terminal") { run.drawBytes > bytes }
    #expect(!run.has("stopped"))

    let stop = try Programs.run("mglmm-tui", ["stop", "watched"], in: scratch)
    #expect(stop.code == 0, "\(stop.report)")
    #expect(stop.errors.contains("watched has stopped"))
    try eventually("the worker is gone") { !run.isAlive }
    #expect(run.has("stopped"))
  }

  @Test(
    "a killed fit is called lost, is resumed, and its draws are those of a fit that ran through, bit for bit"
  )
  func killedWorker() throws {
    let scratch = try Scratch()
    let draws = ["--draws", "40000"]
    let whole = scratch.run("whole")
    let killed = scratch.run("killed")

    let start = try Programs.run(
      "mglmm-tui", Self.model + draws + ["-b", "--name", "killed"], in: scratch)
    #expect(start.code == 0, "\(start.report)")
    try eventually("a checkpoint is made") {
      access("\(killed.path)/checkpoint-1", F_OK) == 0
        && access("\(killed.path)/checkpoint-2", F_OK) == 0
    }
    // Draws beyond the checkpoint, so that the resumed worker has something to cut off.
    let bytes = killed.drawBytes
    try eventually("draws beyond the checkpoint") { killed.drawBytes > bytes }
    kill(try #require(killed.worker), SIGKILL)
    try eventually("the worker is gone") { !killed.isAlive }
    try #require(!killed.has("finished"), "the fit was over before it could be killed")

    let terminal = try Terminal(columns: 110, rows: 30, in: scratch)
    try terminal.enter("mglmm-tui killed")
    try terminal.wait(for: "worker lost")
    try terminal.wait(for: "mglmm-tui resume killed")
    try terminal.press("q")
    try terminal.expectRestored()

    let resume = try Programs.run("mglmm-tui", ["resume", "-b", "killed"], in: scratch)
    #expect(resume.code == 0, "\(resume.report)")
    let reference = try Programs.run(
      "mglmm-fit", Self.model + draws + ["--run", whole.path], in: scratch)
    #expect(reference.code == 0, "\(reference.report)")
    try eventually("the resumed fit ends", within: 60) { killed.has("finished") }

    #expect(whole.chainNames == ["chain-1.csv", "chain-2.csv"])
    #expect(killed.chainNames == whole.chainNames)
    for name in whole.chainNames {
      let (expected, _) = try whole.chain(name)
      let (draws, comments) = try killed.chain(name)
      #expect(expected.count == 1 + 100 + 40_000)
      let isSame = draws == expected
      #expect(isSame, "\(name) differs")
      let times = comments.compactMap { $0.firstMatch(of: /([\d.e-]+) seconds/) }
        .compactMap { Double($0.1) }
      #expect(times.count == 3 && times[0] > 0.001, "the time before the end counts: \(times)")
    }
    // What is computed from the draws at the end is the same too.
    #expect(
      FileManager.default.contentsEqual(
        atPath: "\(whole.path)/residuals.json", andPath: "\(killed.path)/residuals.json"))
  }

  @Test("draws added to a live fit and to a finished one are those of a longer fit")
  func extended() throws {
    let scratch = try Scratch()
    let long = scratch.run("long")
    let short = scratch.run("short")
    let reference = try Programs.run(
      "mglmm-fit", Self.model + ["--draws", "600", "--run", long.path], in: scratch)
    #expect(reference.code == 0, "\(reference.report)")
    let first = try Programs.run(
      "mglmm-fit", Self.model + ["--draws", "200", "--run", short.path], in: scratch)
    #expect(first.code == 0, "\(first.report)")
    let extended = try Programs.run("mglmm-tui", ["extend", "-b", "short", "600"], in: scratch)
    #expect(extended.code == 0, "\(extended.report)")
    try eventually("the extended fit ends") {
      short.events.filter { $0["event"] as? String == "finished" }.count == 2
    }
    for name in long.chainNames {
      let isSame = try short.chain(name).draws == long.chain(name).draws
      #expect(isSame, "\(name) differs")
    }
  }

  /// The processes that a process has started.
  private func children(of parent: Int32) throws -> [Int32] {
    let list = try String(
      contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)
    return list.split(separator: " ").compactMap { Int32($0) }
  }
}
