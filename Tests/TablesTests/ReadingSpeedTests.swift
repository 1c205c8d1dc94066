// A million rows of ten columns in under two seconds on one thread.

import Foundation
import Testing

@testable import Tables

@Suite("A large file is read fast")
struct ReadingSpeedTests {
  @Test("1,000,000 rows, 6 numeric and 4 text columns, in under 2 s")
  func million() throws {
    try withFolder { folder in
      let path = folder + "/large.csv"
      let rows = 1_000_000
      try OutputFile.write(largeFile(rows: rows), to: path, placement: .inPlace)

      // The time of this thread, so that other tests on the same cores do not count.
      let start = threadSeconds()
      let table = try DelimitedFile.read(path: path)
      let seconds = threadSeconds() - start
      print("1,000,000 x 10 read in \(seconds) s")

      #expect(table.rowCount == rows)
      let factors = table.names.filter { table.factor($0) != nil }
      #expect(factors == ["id", "school", "species", "note"])
      #expect(table.names.count == 10)
      #expect(table.factor("id")?.levels.count == rows)
      #expect(table.factor("species")?.levels.count == 7)
      #expect(table.numbers("row").last == Double(rows))
      #expect(seconds < 2)
    }
  }

  /// The processor time of the calling thread.
  private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Short and long numbers, few and a million levels, some quoted and some missing.
  private func largeFile(rows: Int) -> [UInt8] {
    var generator = SplitMix(state: 1)
    var builder = TextBuilder()
    builder.reserveCapacity(rows * 110)
    builder.append("row,id,school,x,z,species,count,score,note,weight\n" as StaticString)
    for row in 1...rows {
      builder.append(row)
      builder.append(",P" as StaticString)
      builder.append(row &* 7919 % 1_000_003)
      builder.append(",S" as StaticString)
      builder.append(Int.random(in: 0..<500, using: &generator))
      builder.append(byte: 44)
      builder.append(Double.random(in: -3...3, using: &generator))
      builder.append(byte: 44)
      builder.append(Double.random(in: -3...3, using: &generator), significantDigits: 6)
      builder.append(",sp" as StaticString)
      builder.append(row % 7)
      builder.append(byte: 44)
      builder.append(Int.random(in: 0..<50, using: &generator))
      builder.append(byte: 44)
      if row % 20 == 0 {
        builder.append("NA" as StaticString)
      } else {
        builder.append(Double.random(in: 0...100, using: &generator), significantDigits: 5)
      }
      builder.append(",\"note, quoted " as StaticString)
      builder.append(row % 100)
      builder.append("\"," as StaticString)
      builder.append(Double.random(in: 0...1, using: &generator))
      builder.append(byte: 10)
    }
    return builder.bytes
  }
}
