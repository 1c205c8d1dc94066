// Tailing draws: Stan's own files, growth in random pieces, replacement, and files that are no draws.

import Foundation
import Testing

@testable import RunFolder

enum StanSample {
  /// A file as CmdStan 2.33 writes it with save_warmup=1, after the example of the CmdStan User's Guide
  /// (mc-stan.org/docs/cmdstan-guide, "Stan CSV File Format"); the numbers are made up.
  static let text = """
    # stan_version_major = 2
    # stan_version_minor = 33
    # stan_version_patch = 0
    # model = eight_schools_model
    # start_datetime = 2023-10-05 12:00:00 UTC
    # method = sample (Default)
    #   sample
    #     num_samples = 3
    #     num_warmup = 2
    #     save_warmup = 1
    #     thin = 1 (Default)
    #     adapt
    #       engaged = 1 (Default)
    #       gamma = 0.050000000000000003 (Default)
    #       delta = 0.80000000000000004 (Default)
    #     algorithm = hmc (Default)
    #       hmc
    #         engine = nuts (Default)
    #           nuts
    #             max_depth = 10 (Default)
    #         metric = diag_e (Default)
    # id = 3
    # data
    #   file = eight_schools.data.json
    # random
    #   seed = 4711
    lp__,accept_stat__,stepsize__,treedepth__,n_leapfrog__,divergent__,energy__,mu,theta.1,theta.2,Omega.1.2
    -39.5,0.91,1,2,3,0,44.5,4.25,-1.5,2.5,0.5
    -41.25,0,14.3,0,1,1,42,4.25,-1.5,2.5,0.5
    # Adaptation terminated
    # Step size = 0.401
    # Diagonal elements of inverse mass matrix:
    # 0.9, 1.1, 0.8
    -38,0.99,0.401,3,7,0,41,5.5,-0.25,1e-3,-0.75
    -37,0.98,0.401,3,7,1,40,6.5,nan,inf,-0.5
    -36,0.97,0.401,3,7,0,39,7.5,0.125,-inf,0.25
    # 
    #  Elapsed Time: 0.011 seconds (Warm-up)
    #                0.025 seconds (Sampling)
    #                0.036 seconds (Total)
    # 

    """
}

@Suite("A CSV file of draws is read while it grows, whoever writes it")
struct DrawReaderTests {
  /// A reader and the draws that it fills.
  struct Tail {
    var reader: DrawReader
    var draws = ChainDraws(id: 1)

    init(_ path: String) { reader = DrawReader(path: path) }

    mutating func refresh() throws(RunError) -> Bool { try reader.refresh(&draws) }
  }

  @Test("a file of Stan's own")
  func stan() throws {
    let folder = try TemporaryFolder()
    try folder.write(StanSample.text, to: "output_3.csv")
    let draws = try DrawReader.read(folder.file("output_3.csv"))
    #expect(draws.id == 3)
    #expect(draws.parameterNames == ["mu", "theta[1]", "theta[2]", "Omega[1,2]"])
    #expect(draws.count == 5 && draws.warmupCount == 2 && draws.keptCount == 3)
    #expect(draws["mu"] == [4.25, 4.25, 5.5, 6.5, 7.5])
    #expect(draws.kept("theta[2]").map { Array($0) } == [1e-3, .infinity, -.infinity])
    #expect(try #require(draws["theta[1]"])[3].isNaN)
    #expect(draws.stepSize == 0.401)
    #expect(draws.divergences == 1 && draws.warmupDivergences == 1)
    #expect(
      draws.settings["num_samples"] == "3" && draws.settings["delta"] == "0.80000000000000004")
    #expect(draws.warmupSeconds == 0.011 && draws.samplingSeconds == 0.025)
    #expect(draws.phase == .finished)
  }

  @Test("our own names come back, whatever levels are called")
  func names() throws {
    let folder = try TemporaryFolder()
    var header = Drawn.header
    header.names = [
      "b_count_sppPR:minedno", "r_g__y[S.1,(Intercept)]", "r_g__y[a,b,(Intercept)]",
      "r_g__y[S.1,x]", "b_poly(x, 2)1", "b_x.1", "b_x_1", "r_g__y[= # \"q\",x]", "theta[3]",
    ]
    let writer = try DrawWriter(path: folder.file("c.csv"), header: header)
    writer.append(Drawn.statistics(0), header.names.indices.map { Double($0) })
    try writer.flush()
    let draws = try DrawReader.read(folder.file("c.csv"))
    #expect(draws.parameterNames == header.names)
    #expect(header.names.indices.allSatisfy { draws[header.names[$0]] == [Double($0)] })
    #expect(
      ColumnNames(names: header.names).columns == [
        "b_count_sppPR:minedno", "r_g__y.1.1", "r_g__y.2.1", "r_g__y.1.2", "b_poly(x__2)1", "b_x_1",
        "b_x_1_2", "r_g__y.3.2", "theta.1",
      ])
  }

  @Test("while it warms up, what is there is warm-up")
  func warmingUp() throws {
    let folder = try TemporaryFolder()
    let lines = StanSample.text.components(separatedBy: "\n")
    let header = try #require(lines.firstIndex { $0.hasPrefix("lp__") })
    var tail = Tail(folder.file("o.csv"))
    #expect(try !tail.refresh())
    #expect(tail.draws.phase == .waiting)
    try folder.write(lines[...(header + 1)].joined(separator: "\n") + "\n", to: "o.csv")
    #expect(try tail.refresh())
    #expect(tail.draws.phase == .warmup && tail.draws.warmupCount == 1 && tail.draws.count == 1)
    #expect(tail.draws.stepSize == 1)
    #expect(try !tail.refresh())
    try folder.append(lines[(header + 2)...].joined(separator: "\n"), to: "o.csv")
    #expect(try tail.refresh())
    #expect(tail.draws.phase == .finished && tail.draws.warmupCount == 2)
  }

  @Test("without saved warm-up every draw counts")
  func noWarmup() throws {
    let folder = try TemporaryFolder()
    let text = StanSample.text.replacingOccurrences(of: "save_warmup = 1", with: "save_warmup = 0")
      .components(separatedBy: "\n").filter { !$0.hasPrefix("-39.5") && !$0.hasPrefix("-41.25") }
    try folder.write(text.joined(separator: "\r\n"), to: "o.csv")
    let draws = try DrawReader.read(folder.file("o.csv"))
    #expect(draws.warmupCount == 0 && draws.count == 3 && draws["mu"] == [5.5, 6.5, 7.5])
  }

  @Test("read in random pieces, cut anywhere, it is the file read whole", arguments: 0..<30)
  func randomPieces(seed: Int) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(state: UInt64(seed))
    let bytes = Array(StanSample.text.utf8)
    try folder.write(StanSample.text, to: "whole.csv")
    let whole = try DrawReader.read(folder.file("whole.csv"))
    var tail = Tail(folder.file("o.csv"))
    var done = 0
    while done < bytes.count {
      let next = min(bytes.count, done + Int.random(in: 1...120, using: &random))
      try folder.append(String(decoding: bytes[done..<next], as: UTF8.self), to: "o.csv")
      done = next
      if Bool.random(using: &random) { _ = try tail.refresh() }
    }
    _ = try tail.refresh()
    #expect(tail.draws.names == whole.names)
    #expect("\(tail.draws.columns)" == "\(whole.columns)")
    #expect(tail.draws.warmupCount == whole.warmupCount && tail.draws.phase == whole.phase)
    #expect(tail.draws.settings == whole.settings)
  }

  @Test("a file cut back, replaced, overwritten or deleted is read again")
  func replacement() throws {
    let folder = try TemporaryFolder()
    let short = "lp__,a\n1,2\n"
    try folder.write("lp__,a\n1,2\n3,4\n5,6\n", to: "c.csv")
    var tail = Tail(folder.file("c.csv"))
    _ = try tail.refresh()
    #expect(tail.draws["a"] == [2, 4, 6])
    try folder.write(short, to: "c.csv")
    #expect(try tail.refresh())
    #expect(tail.draws["a"] == [2])
    // Another file under the same name, longer than what was read.
    try folder.write("lp__,b,c\n7,8,9\n10,11,12\n", to: "new.csv")
    #expect(rename(folder.file("new.csv"), folder.file("c.csv")) == 0)
    #expect(try tail.refresh())
    #expect(tail.draws.names == ["lp__", "b", "c"] && tail.draws["c"] == [9, 12])
    // The same file overwritten from the beginning and grown past the reader's place.
    try folder.write("lp__,d\n1,1\n2,2\n3,3\n4,4\n5,5\n6,6\n7,7\n", to: "c.csv")
    #expect(try tail.refresh())
    #expect(tail.draws["d"] == [1, 2, 3, 4, 5, 6, 7])
    try FileManager.default.removeItem(atPath: folder.file("c.csv"))
    #expect(try tail.refresh())
    #expect(tail.draws.names.isEmpty && tail.draws.count == 0)
    try folder.write(short, to: "c.csv")
    #expect(try tail.refresh())
    #expect(tail.draws["a"] == [2])
  }

  @Test(
    "a file that is no draws is an error with its line, and what came before stays",
    arguments: [
      ("1,2\n3,4\n", "c.csv:1: a line of column names is expected, as Stan writes it"),
      ("a,b\n1,2\n3\n", "c.csv:3: 1 columns where the line of names has 2"),
      ("a,b\n1,2\n3,4,5\n", "c.csv:3: more than the 2 columns of the line of names"),
      ("# x\na,b\n1,2\n3,x4\n", "c.csv:4:3: not a number"),
      ("a,a\n", "c.csv:1: two columns have the same name"),
      ("a,,b\n", "c.csv:1: a line of column names is expected, as Stan writes it"),
      ("# only a comment\n", "c.csv: the file has no column names"),
      ("", "c.csv: the file has no column names"),
    ])
  func malformed(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "c.csv")
    do {
      _ = try DrawReader.read(folder.file("c.csv"))
      Issue.record("accepted \(text)")
    } catch {
      #expect(error.description == folder.path + "/" + message)
      #expect(error.exitCode == 65)
    }
  }

  @Test("after an error the reader tells it again until the file is another")
  func recovery() throws {
    let folder = try TemporaryFolder()
    try folder.write("a\n1\nx\n2\n", to: "c.csv")
    var tail = Tail(folder.file("c.csv"))
    #expect(throws: RunError.self) { try tail.refresh() }
    #expect(throws: RunError.self) { try tail.refresh() }
    #expect(tail.draws["a"] == [1])
    try folder.write("a\n1\n", to: "c.csv")
    #expect(try tail.refresh())
    #expect(tail.draws["a"] == [1])
  }

  @Test("numbers in every form that programs write")
  func numbers() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a\n1\n-0\n+2.5\n1e-400\n1e400\n-1E+5\n NaN \nNA\n-inf\nInf\n4.9406564584124654e-324\n",
      to: "c.csv")
    let values = try #require(try DrawReader.read(folder.file("c.csv"))["a"])
    let expected: [Double] = [
      1, -0.0, 2.5, 0, .infinity, -1e5, .nan, .nan, -.infinity, .infinity, .leastNonzeroMagnitude,
    ]
    #expect("\(values)" == "\(expected)")
  }

  @Test("binary rubbish never crashes the reader", arguments: 0..<50)
  func rubbish(seed: Int) throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(state: UInt64(seed))
    var bytes = Array(StanSample.text.utf8)
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    try Data(bytes).write(to: URL(fileURLWithPath: folder.file("c.csv")))
    _ = try? DrawReader.read(folder.file("c.csv"))
  }

  @Test("names with escape sequences are made harmless")
  func sanitised() throws {
    let folder = try TemporaryFolder()
    try folder.write("lp__,a\u{1b}[2J\n1,2\n", to: "c.csv")
    #expect(try DrawReader.read(folder.file("c.csv")).names == ["lp__", "a\u{FFFD}[2J"])
  }
}

@Suite("Reading and writing draws are cheap")
struct DrawSpeedTests {
  static let rows = 2000
  static let columns = 130

  /// A chain of 2,000 draws of 130 columns: about 5 MB.
  static func write(to path: String) throws -> (writer: DrawWriter, seconds: Double) {
    var random = SplitMix(state: 3)
    let names = (0..<columns).map { "b_x\($0)" }
    let values = (0..<rows).map { _ in
      (0..<columns).map { _ in Double.random(in: -3...3, using: &random) }
    }
    let writer = try DrawWriter(
      path: path,
      header: DrawHeader(
        chain: 1, names: names, model: "m", seed: 1, warmup: 0, draws: rows))
    let start = ContinuousClock.now
    for row in 0..<rows {
      writer.append(Drawn.statistics(row), values[row])
      if row % 50 == 49 { try writer.flush() }
    }
    try writer.flush()
    return (writer, (ContinuousClock.now - start) / .seconds(1))
  }

  @Test("a thousand draws of 130 columns cost less than 3% of a second")
  func writing() throws {
    let folder = try TemporaryFolder()
    let (_, seconds) = try Self.write(to: folder.file("c.csv"))
    print("writing: \(seconds / Double(Self.rows) * 1000) s per 1000 draws")
    // Ten times the promise: the machine may be busy with other tests.
    #expect(seconds / Double(Self.rows) * 1000 < 0.3)
  }

  @Test("a refresh costs what is new, not what is there")
  func tailing() throws {
    let folder = try TemporaryFolder()
    let (writer, _) = try Self.write(to: folder.file("c.csv"))
    let size = try folder.text("c.csv").utf8.count
    var reader = DrawReader(path: folder.file("c.csv"))
    var draws = ChainDraws(id: 1)
    let clock = ContinuousClock()
    let whole = try clock.measure { _ = try reader.refresh(&draws) } / .seconds(1)
    print("reading: \(Double(size) / whole / 1e6) MB/s")
    #expect(Double(size) / whole > 10e6)
    var fastest = Double.infinity
    for row in 0..<20 {
      writer.append(Drawn.statistics(row), Array(repeating: 0.5, count: Self.columns))
      try writer.flush()
      fastest = min(fastest, try clock.measure { _ = try reader.refresh(&draws) } / .seconds(1))
    }
    print("one draw more: \(fastest * 1e6) us")
    #expect(draws.count == Self.rows + 20)
    #expect(fastest < whole / 20)
  }
}
