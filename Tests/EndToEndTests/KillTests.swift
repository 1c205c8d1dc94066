// kill -9 at random moments of mode finding, warm-up and sampling; the run resumed gives the draws of one that ran through.

import Foundation
import Glibc
import Testing

extension EndToEnd {
  /// A moment to be killed at.
  struct Moment: CustomStringConvertible {
    enum Stage: String, CaseIterable { case mode, warmup, sampling }
    var stage: Stage
    /// The share of the stage that has passed.
    var share: Double

    var description: String { "\(stage.rawValue) \(Int(share * 100))%" }

    /// Twenty moments from a fixed seed: 3 while the mode is sought, 8 in warm-up, 9 while sampling.
    static let twenty: [Moment] = {
      var state: UInt64 = 2026
      return (0..<20).map { index in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let share = Double(state >> 11) / Double(UInt64(1) << 53)
        let stage: Stage = index < 3 ? .mode : index < 11 ? .warmup : .sampling
        return Moment(stage: stage, share: share)
      }
    }()
  }

  private static let killedModel = [
    "\(Programs.demoData)/salamanders.csv", "-f",
    "bf(count ~ mined + (1 |p| site), family = negbinomial)"
      + " + bf(present ~ mined + (1 |p| site), family = bernoulli)",
    "--method", "mcmc", "--seed", "29", "--chains", "3",
  ]

  /// Checkpoints so often that a moment of warm-up has some before it.
  private static let often = ["MGLMM_CHECKPOINT_SECONDS": "0.05"]

  @Test("a fit killed at any moment and resumed gives the same draws, bit for bit")
  func killedAtRandom() throws {
    let isSlow = ProcessInfo.processInfo.environment["MGLMM_SLOW_TESTS"] != nil
    let (warmupCount, drawCount) = isSlow ? (1000, 2000) : (600, 200)
    let model =
      Self.killedModel + ["--warmup", "\(warmupCount)", "--draws", "\(drawCount)"]
    let moments = isSlow ? Moment.twenty : [Moment.twenty[6]]
    let scratch = try Scratch()
    let whole = scratch.run("whole")
    let begin = ContinuousClock.now
    let reference = try Programs.start(
      "mglmm-fit", model + ["--run", whole.path], in: scratch, environment: Self.often)
    try eventually("the first draws", every: 0.001) { whole.drawBytes > 0 }
    let modeTime = ContinuousClock.now - begin
    #expect(try reference.end().code == 0)
    let expected = try whole.chainNames.map { try whole.chain($0).draws }
    #expect(expected.map(\.count) == Array(repeating: 1 + warmupCount + drawCount, count: 3))
    let length = try Data(contentsOf: URL(fileURLWithPath: "\(whole.path)/chain-1.csv")).count
    let warmup = length * warmupCount / (warmupCount + drawCount)

    var stages: [String: Int] = [:]
    for (index, moment) in moments.enumerated() {
      let run = scratch.run("killed-\(index)")
      let fit = try Programs.start(
        "mglmm-fit", model + ["--run", run.path], in: scratch, environment: Self.often)
      switch moment.stage {
      case .mode:
        usleep(UInt32(moment.share * Double(modeTime.components.attoseconds) * 1e-12))
      case .warmup, .sampling:
        let bytes =
          moment.stage == .warmup
          ? moment.share * Double(warmup)
          : Double(warmup) + moment.share * Double(length - warmup)
        try eventually("\(moment)", every: 0.001) {
          Double(run.bytes("chain-1.csv")) >= bytes
        }
      }
      kill(fit.child.identifier, SIGKILL)
      let code = try fit.end().code
      guard code == 128 + SIGKILL else {
        // Only the very last draws are made faster than they are looked for.
        #expect(moment.share > 0.9, "\(moment): the fit was over")
        continue
      }
      stages[run.stage(warmup: warmupCount), default: 0] += 1
      guard access("\(run.path)/model.toml", F_OK) == 0 else { continue }

      let resume = try Programs.run(
        "mglmm-tui", ["resume", "-b", "killed-\(index)"], in: scratch, environment: Self.often)
      #expect(resume.code == 0, "\(moment): \(resume.report)")
      try eventually("\(moment): the resumed fit ends", within: 60) { run.has("finished") }
      try #require(run.chainNames == whole.chainNames)
      for (name, draws) in zip(whole.chainNames, expected) {
        let isSame = try run.chain(name).draws == draws
        #expect(isSame, "\(moment): \(name) differs")
      }
      try FileManager.default.removeItem(atPath: run.path)
    }
    print("killed with the last checkpoint in: \(stages)")
    if isSlow {
      #expect(stages["none", default: 0] >= 2 && stages["warm-up", default: 0] >= 4)
      #expect(stages["sampling", default: 0] >= 6)
    }
  }
}

extension RunFiles {
  /// The bytes of a file; 0 while it is not there.
  func bytes(_ name: String) -> Int {
    var status = stat()
    return stat("\(path)/\(name)", &status) == 0 ? Int(status.st_size) : 0
  }

  /// Where the latest checkpoint of any chain lies.
  func stage(warmup: Int) -> String {
    let draws = events.filter { $0["event"] as? String == "checkpoint" }
      .compactMap { ($0["draws"] as? NSNumber)?.intValue }
    guard let last = draws.last else { return "none" }
    return last <= warmup ? "warm-up" : "sampling"
  }
}
