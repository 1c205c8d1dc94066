// Writing draws: the exact file, interruption, and disks that fail.

import Foundation
import Synchronization
import Testing

@testable import RunFolder

enum Drawn {
  static let header = DrawHeader(
    chain: 2, names: ["b_y_Intercept", "r_g__y[A,Intercept]", "r_g__y[B.1,Intercept]"],
    model: "y gaussian", seed: 17, warmup: 2, draws: 3, targetAcceptance: 0.9,
    maxTreeDepth: 8, dataPath: "/data/edu.csv")

  static func statistics(_ index: Int) -> DrawStatistics {
    DrawStatistics(
      logDensity: -10.5 - Double(index), acceptance: 0.9, stepSize: 0.25, treeDepth: 3,
      leapfrogSteps: 7, isDivergent: index == 3, energy: 12.125)
  }

  static func values(_ index: Int) -> [Double] { [Double(index) + 0.1, -1e-300, 1.0 / 3] }

  static func fill(_ writer: DrawWriter, _ range: Range<Int>) {
    for index in range { writer.append(statistics(index), values(index)) }
  }
}

@Suite("Draws are written as CmdStan writes them, and interruptions leave no trace")
struct DrawWriterTests {
  @Test("the exact text of a small chain")
  func text() throws {
    let folder = try TemporaryFolder()
    let writer = try DrawWriter(path: folder.file("chain-2.csv"), header: Drawn.header)
    Drawn.fill(writer, 0..<5)
    try writer.finish(warmupSeconds: 0.5, samplingSeconds: 1.25)
    let expected = """
      # stan_version_major = 2
      # stan_version_minor = 36
      # stan_version_patch = 0
      # model = y_gaussian
      # method = sample (Default)
      #   sample
      #     num_samples = 3           ~
      #     num_warmup = 2           ~
      #     save_warmup = 1
      #     thin = 1
      #     adapt
      #       engaged = 1 (Default)
      #       delta = 0.9
      #     algorithm = hmc (Default)
      #       hmc
      #         engine = nuts (Default)
      #           nuts
      #             max_depth = 8
      #         metric = diag_e (Default)
      #         stepsize = 1 (Default)
      #         stepsize_jitter = 0 (Default)
      #     num_chains = 1 (Default)
      # id = 2
      # data
      #   file = /data/edu.csv
      # init = 2 (Default)
      # random
      #   seed = 17
      # output
      #   sig_figs = 17
      # name of r_g__y.1.1: r_g__y[A,Intercept]
      # name of r_g__y.2.1: r_g__y[B.1,Intercept]
      lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,b_y_Intercept,r_g__y.1.1,r_g__y.2.1
      -10.5,0.9,0.25,3,7,0,12.125,0.1,-1e-300,0.3333333333333333
      -11.5,0.9,0.25,3,7,0,12.125,1.1,-1e-300,0.3333333333333333
      # Adaptation terminated
      # Step size = 0.25
      # Diagonal elements of inverse mass matrix:
      # 1, 1, 1
      -12.5,0.9,0.25,3,7,0,12.125,2.1,-1e-300,0.3333333333333333
      -13.5,0.9,0.25,3,7,1,12.125,3.1,-1e-300,0.3333333333333333
      -14.5,0.9,0.25,3,7,0,12.125,4.1,-1e-300,0.3333333333333333
      # ~
      #  Elapsed Time: 0.5 seconds (Warm-up)
      #                1.25 seconds (Sampling)
      #                1.75 seconds (Total)
      # ~

      """.replacingOccurrences(of: "~", with: "")
    #expect(try folder.text("chain-2.csv") == expected)
    #expect(try folder.permissions("chain-2.csv") == 0o600)
  }

  @Test("a file that is there already is not overwritten")
  func existing() throws {
    let folder = try TemporaryFolder()
    try folder.write("precious", to: "chain-1.csv")
    #expect(throws: FileError.self) {
      try DrawWriter(path: folder.file("chain-1.csv"), header: Drawn.header)
    }
    #expect(try folder.text("chain-1.csv") == "precious")
  }

  @Test("a run killed at any byte and resumed at any checkpoint gives the same file")
  func resume() throws {
    let folder = try TemporaryFolder()
    let whole = try DrawWriter(path: folder.file("whole.csv"), header: Drawn.header)
    Drawn.fill(whole, 0..<5)
    try whole.flush()
    let full = Array(try folder.text("whole.csv").utf8)
    let lineEnds = full.indices.filter { full[$0] == 0x0A }
    for checkpoint in 0...5 {
      // The bytes that must be there for the checkpoint: up to the end of its last draw.
      let needed = Self.end(ofDraw: checkpoint, in: full, lineEnds)
      for cut in Set([needed, needed + 1, needed + 30, full.count - 1, full.count]).sorted()
      where cut >= needed && cut <= full.count {
        let name = "cut-\(checkpoint)-\(cut).csv"
        try Data(full[..<cut]).write(to: URL(fileURLWithPath: folder.file(name)))
        let writer = try DrawWriter(
          resuming: folder.file(name), header: Drawn.header, draws: checkpoint)
        #expect(writer.drawCount == checkpoint)
        Drawn.fill(writer, checkpoint..<5)
        try writer.flush()
        #expect(try folder.text(name) == String(decoding: full, as: UTF8.self), "\(name)")
      }
    }
  }

  private static func end(ofDraw count: Int, in bytes: [UInt8], _ lineEnds: [Int]) -> Int {
    var seen = -1
    var start = 0
    for end in lineEnds {
      if bytes[start] != UInt8(ascii: "#") { seen += 1 }
      start = end + 1
      if seen == count { return start }
    }
    return bytes.count
  }

  @Test("an extended run takes the end marks off and announces the new number")
  func extended() throws {
    let folder = try TemporaryFolder()
    let writer = try DrawWriter(path: folder.file("c.csv"), header: Drawn.header)
    Drawn.fill(writer, 0..<5)
    try writer.finish(warmupSeconds: 1, samplingSeconds: 1)
    var header = Drawn.header
    header.draws = 6
    let again = try DrawWriter(resuming: folder.file("c.csv"), header: header, draws: 5)
    Drawn.fill(again, 5..<8)
    try again.finish(warmupSeconds: 1, samplingSeconds: 2)
    let text = try folder.text("c.csv")
    #expect(text.contains("num_samples = 6           \n"))
    #expect(text.components(separatedBy: "Elapsed Time").count == 2)
    #expect(text.components(separatedBy: "Adaptation terminated").count == 2)
    #expect(try DrawReader.read(folder.file("c.csv")).keptCount == 6)
  }

  @Test("a run that was stopped early announces the draws that are there")
  func stopped() throws {
    let folder = try TemporaryFolder()
    let writer = try DrawWriter(path: folder.file("a.csv"), header: Drawn.header)
    Drawn.fill(writer, 0..<4)
    try writer.finish(warmupSeconds: 1, samplingSeconds: 1)
    #expect(try folder.text("a.csv").contains("num_samples = 2           \n"))
    let early = try DrawWriter(path: folder.file("b.csv"), header: Drawn.header)
    Drawn.fill(early, 0..<1)
    try early.finish(warmupSeconds: 1, samplingSeconds: 0)
    let text = try folder.text("b.csv")
    #expect(text.contains("num_samples = 0 ") && text.contains("num_warmup = 1 "))
    // Resumed, it announces the whole plan again.
    _ = try DrawWriter(resuming: folder.file("b.csv"), header: Drawn.header, draws: 1)
    #expect(try folder.text("b.csv").contains("num_samples = 3 "))
  }

  @Test("a checkpoint that the file does not reach, or another model's, is an error")
  func mismatch() throws {
    let folder = try TemporaryFolder()
    let writer = try DrawWriter(path: folder.file("c.csv"), header: Drawn.header)
    Drawn.fill(writer, 0..<2)
    try writer.flush()
    #expect(throws: RunError.self) {
      try DrawWriter(resuming: folder.file("c.csv"), header: Drawn.header, draws: 3)
    }
    var other = Drawn.header
    other.names[0] = "b_z_Intercept"
    #expect(throws: RunError.self) {
      try DrawWriter(resuming: folder.file("c.csv"), header: other, draws: 2)
    }
    #expect(throws: RunError.self) {
      try DrawWriter(resuming: folder.file("none.csv"), header: Drawn.header, draws: 0)
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("none.csv")))
  }

  @Test("cutting back to a number of draws keeps what comes before")
  func truncate() throws {
    let folder = try TemporaryFolder()
    let writer = try DrawWriter(path: folder.file("c.csv"), header: Drawn.header)
    Drawn.fill(writer, 0..<5)
    try writer.flush()
    let whole = try folder.text("c.csv")
    try writer.truncate(toDraws: 2)
    #expect(!(try folder.text("c.csv")).contains("Adaptation"))
    Drawn.fill(writer, 2..<5)
    try writer.flush()
    #expect(try folder.text("c.csv") == whole)
  }
}

@Suite("A disk that fails loses nothing that was drawn and doubles nothing")
struct FailingDiskTests {
  @Test("a full disk is a typed error, and the draws wait")
  func full() throws {
    let folder = try TemporaryFolder()
    let faulty = Mutex(true)
    let isFull = { @Sendable in faulty.withLock { $0 } }
    let writer = try DrawWriter(
      creating: folder.file("c.csv"), header: Drawn.header,
      write: { number, bytes, offset in
        if isFull() {
          // Half of it fits: the worst case.
          let half = UnsafeRawBufferPointer(rebasing: bytes[..<(bytes.count / 2)])
          return AppendFile.systemWrite(number, half, offset)
        }
        return AppendFile.systemWrite(number, bytes, offset)
      })
    Drawn.fill(writer, 0..<3)
    do {
      try writer.flush()
      Issue.record("wrote to a full disk")
    } catch { #expect(error.isDiskFull) }
    #expect(writer.committedDrawCount == 0 && writer.drawCount == 3)
    #expect(try folder.text("c.csv").isEmpty)
    Drawn.fill(writer, 3..<5)
    faulty.withLock { $0 = false }
    try writer.flush()
    #expect(writer.committedDrawCount == 5 && writer.pendingByteCount == 0)
    #expect(
      try DrawReader.read(folder.file("c.csv"))["b_y_Intercept"] == [0.1, 1.1, 2.1, 3.1, 4.1])
  }

  @Test("the device that is always full says so")
  func deviceFull() throws {
    var file = try AppendFile(continuing: "/dev/full")
    file.append { $0.append("x\n") }
    do {
      try file.commit()
      Issue.record("wrote to /dev/full")
    } catch { #expect(error.code == ENOSPC) }
    #expect(file.pending.bytes.count == 2)
  }

  @Test("a folder that is moved away and comes back gets the whole file")
  func folderGone() throws {
    let folder = try TemporaryFolder()
    let run = folder.file("run")
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: false)
    let writer = try DrawWriter(path: run + "/c.csv", header: Drawn.header)
    Drawn.fill(writer, 0..<2)
    try writer.flush()
    try FileManager.default.removeItem(atPath: run)
    Drawn.fill(writer, 2..<4)
    do {
      try writer.flush()
      Issue.record("wrote into a folder that is gone")
    } catch { #expect(error.isMissing) }
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: false)
    Drawn.fill(writer, 4..<5)
    try writer.flush()
    #expect(try DrawReader.read(run + "/c.csv")["b_y_Intercept"] == [0.1, 1.1, 2.1, 3.1, 4.1])
  }

  @Test("whatever fails and however often, the file ends as if nothing had", arguments: 0..<20)
  func randomFailures(seed: Int) throws {
    let folder = try TemporaryFolder()
    let random = Mutex(SplitMix(state: UInt64(seed)))
    let writer = try DrawWriter(
      creating: folder.file("c.csv"), header: Drawn.header,
      write: { number, bytes, offset in
        let fate = random.withLock { Int.random(in: 0..<4, using: &$0) }
        if fate == 0 {
          errno = EIO
          return -1
        }
        if fate == 1 {
          let part = random.withLock { Int.random(in: 0..<bytes.count, using: &$0) }
          return AppendFile.systemWrite(number, .init(rebasing: bytes[..<part]), offset)
        }
        return AppendFile.systemWrite(number, bytes, offset)
      })
    for index in 0..<60 {
      writer.append(Drawn.statistics(index), Drawn.values(index))
      let wish = random.withLock { Int.random(in: 0..<3, using: &$0) }
      if wish == 0 { try? writer.flush() }
      let before = writer.committedDrawCount
      let read = (try? DrawReader.read(folder.file("c.csv")))?.count ?? 0
      #expect(read >= before)
    }
    while (try? writer.flush()) == nil {}
    let clean = try DrawWriter(path: folder.file("clean.csv"), header: Drawn.header)
    Drawn.fill(clean, 0..<60)
    try clean.flush()
    #expect(try folder.text("c.csv") == folder.text("clean.csv"))
  }
}
