// Work on many numbers: a large file, the convergence of many parameters.

import Diagnostics
import Fitting
import Probability
import Tables

/// Reading and convergence summaries; residuals have their own table.
enum BulkSection {
  static func tables(_ settings: BenchSettings) throws -> [BenchTable] {
    var table = BenchTable(
      "Bulk work: median seconds on one thread", columns: ["work", "seconds", "processor"])
    func add(_ name: String, _ repetitions: Int, _ body: () throws -> Void) rethrows {
      let cost = try Stopwatch.medianCost(
        repetitions: settings.choose(repetitions, quick: 1), body)
      table.rows.append([.text(name), .number(cost.wall), .number(cost.processor)])
    }
    let rows = settings.choose(1_000_000, quick: 50_000)
    try TemporaryFolder.with { folder in
      let path = folder + "/large.csv"
      try OutputFile.write(largeFile(rows: rows), to: path, placement: .inPlace)
      try add("read CSV, \(rows) x 10 (6 numeric, 4 text)", 5) {
        guard try DelimitedFile.read(path: path).rowCount == rows else {
          throw BenchError("the file was not read whole")
        }
      }
    }
    let parameters = settings.choose(1000, quick: 50)
    let draws = (0..<parameters).map { autocorrelatedChains(seed: UInt64($0)) }
    add("convergence summaries, \(parameters) parameters x 4 chains x 1000 draws", 5) {
      var calculator = ConvergenceCalculator()
      for chains in draws { _ = calculator.summarize(chains) }
    }
    return [table]
  }

  private static func autocorrelatedChains(seed: UInt64) -> [[Double]] {
    (0..<4).map { chain in
      var stream = RandomStream(seed: seed, stream: UInt64(chain))
      var value = 0.0
      return (0..<1000).map { _ in
        value = 0.3 * value + stream.nextNormal()
        return value
      }
    }
  }

  /// Short and long numbers, few and a million levels, some quoted and some missing.
  private static func largeFile(rows: Int) -> [UInt8] {
    var stream = RandomStream(seed: 1)
    var builder = TextBuilder()
    builder.reserveCapacity(rows * 110)
    builder.append("row,id,school,x,z,species,count,score,note,weight\n" as StaticString)
    for row in 1...rows {
      builder.append(row)
      builder.append(",P" as StaticString)
      builder.append(row &* 7919 % 1_000_003)
      builder.append(",S" as StaticString)
      builder.append(Int(stream.nextUniform() * 500))
      builder.append(byte: 44)
      builder.append(stream.nextNormal())
      builder.append(byte: 44)
      builder.append(stream.nextNormal(), significantDigits: 6)
      builder.append(",sp" as StaticString)
      builder.append(row % 7)
      builder.append(byte: 44)
      builder.append(Int(stream.nextUniform() * 50))
      builder.append(byte: 44)
      if row % 20 == 0 {
        builder.append("NA" as StaticString)
      } else {
        builder.append(100 * stream.nextUniform(), significantDigits: 5)
      }
      builder.append(",\"note, quoted " as StaticString)
      builder.append(row % 100)
      builder.append("\"," as StaticString)
      builder.append(stream.nextUniform())
      builder.append(byte: 10)
    }
    return builder.bytes
  }
}
