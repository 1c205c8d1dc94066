// The summary of a run's data: numbers known on paper, and what happens to large or missing files.

import Foundation
import Tables
import Testing

@testable import RunFolder

@Suite("Data are summed up column by column, and no more is read than there is time for")
struct DataSummaryTests {
  private func folder(_ data: String?) throws -> RunFolder {
    let path = NSTemporaryDirectory() + "data-summary-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    if let data { try data.write(toFile: path + "/data.csv", atomically: true, encoding: .utf8) }
    return RunFolder(path: path)
  }

  @Test("numbers, zeros and ones, factors, numbers that are factors, and empty columns")
  func columns() throws {
    let run = try folder("x,ok,g,id,none\n1,0,b,10,NA\n2,1,a,10,NA\nNA,1,b,2,NA\n5,1,NA,2,NA\n")
    defer { try? FileManager.default.removeItem(atPath: run.path) }
    let summary = try DataSummary(of: run, factors: ["id"], source: run.dataPath)
    #expect(summary.rows == 4 && summary.isComplete)
    #expect(summary.sourceBytes == 63)
    #expect(summary.columns.map(\.name) == ["x", "ok", "g", "id", "none"])
    #expect(summary.columns.map(\.missing) == [1, 0, 1, 0, 4])
    guard case .numbers(let x) = summary.columns[0].content else {
      Issue.record("x holds numbers")
      return
    }
    // 1, 2, 5: mean 8/3, quartiles of type 7 at 1.5 and 3.5, variance 13/3.
    #expect(x.minimum == 1 && x.median == 2 && x.maximum == 5)
    #expect(x.lowerQuartile == 1.5 && x.upperQuartile == 3.5)
    #expect(
      abs(x.mean - 8.0 / 3) < 1e-15 && abs(x.standardDeviation - (13.0 / 3).squareRoot()) < 1e-15)
    #expect(x.bins == [1, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    #expect(summary.columns[1].content == .binary(ones: 3))
    #expect(
      summary.columns[2].content
        == .levels([LevelCount(name: "a", count: 1), LevelCount(name: "b", count: 2)]))
    #expect(
      summary.columns[3].content
        == .levels([LevelCount(name: "2", count: 2), LevelCount(name: "10", count: 2)]))
    #expect(summary.columns[4].content == .empty)
  }

  @Test("of a file beyond the limit the first whole rows are read, and said to be so")
  func large() throws {
    let run = try folder("x\n" + (1...500).map { "\($0)\n" }.joined())
    defer { try? FileManager.default.removeItem(atPath: run.path) }
    let summary = try DataSummary(of: run, factors: [], source: "/no/such/file", limit: 100)
    #expect(!summary.isComplete && summary.sourceBytes == nil)
    // 2 bytes of header, nine rows of 2 bytes, 26 of 3 and a part of the next.
    #expect(summary.rows == 9 + 26)
  }

  @Test("data that are missing or no table are an error in one line")
  func errors() throws {
    let none = try folder(nil)
    defer { try? FileManager.default.removeItem(atPath: none.path) }
    #expect(throws: RunError.self) { try DataSummary(of: none, factors: [], source: nil) }
    let ragged = try folder("a,b\n1,2\n3\n")
    defer { try? FileManager.default.removeItem(atPath: ragged.path) }
    do {
      _ = try DataSummary(of: ragged, factors: [], source: nil)
      Issue.record("a ragged file was read")
    } catch {
      #expect(error.description.contains("data.csv:3"))
    }
  }

  @Test("constant columns have one bin, and huge numbers do not overflow")
  func extremes() {
    func numbers(_ values: [Double]) -> NumberSummary? {
      let table = Table(rowCount: values.count, columns: [("x", .numeric(values))])
      guard case .numbers(let numbers)? = DataSummary(table, factors: []).columns.first?.content
      else { return nil }
      return numbers
    }
    #expect(numbers([3, 3, 3])?.bins == [3])
    #expect(numbers([3])?.standardDeviation.isNaN == true)
    let huge = numbers([-1.7e308, 0, 1.7e308])
    #expect(huge?.bins.reduce(0, +) == 3 && huge?.bins.first == 1 && huge?.bins.last == 1)
  }
}
