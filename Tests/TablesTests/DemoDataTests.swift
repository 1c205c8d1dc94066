// The demo data in the repository is what its description says.

import Foundation
import Testing

@testable import Tables

@Suite("The demo data is read as its description says")
struct DemoDataTests {
  private let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("demo-data").path

  @Test("edu: 1963 students in 60 schools, both outcomes numeric")
  func edu() throws {
    let table = try DelimitedFile.read(path: folder + "/edu.csv")
    #expect(table.rowCount == 1963)
    #expect(
      table.names == [
        "student_id", "school_id", "gender", "SES", "school_funding", "math_score", "passed",
      ])
    #expect(table.factor("school_id")?.levels.count == 60)
    #expect(table.factor("school_id")?.levels.first == "S01")
    #expect(table.factor("gender")?.levels == ["female", "male"])
    #expect(Set(table.numbers("passed")) == [0, 1])
    #expect(table.numbers("math_score")[0] == 61.54)
  }

  @Test("pbc2: 1945 visits of 312 patients, 58 + 61 + 73 values missing")
  func pbc2() throws {
    let table = try DelimitedFile.read(
      path: folder + "/pbc2.csv", options: .init(factors: ["id"]))
    #expect(table.rowCount == 1945)
    #expect(table.factor("id")?.levels == (1...312).map(String.init))
    let missing = ["spiders", "hepatomegaly", "platelets"].map { name in
      table.numbers(name).filter(\.isNaN).count
    }
    #expect(missing == [58, 61, 73])
  }

  @Test("salamanders: 644 counts at 23 sites of 7 species, in byte order or the one asked for")
  func salamanders() throws {
    let path = folder + "/salamanders.csv"
    let species = try DelimitedFile.read(path: path).factor("spp")?.levels
    #expect(species == ["DES-L", "DF", "DM", "EC-A", "EC-L", "GP", "PR"])
    let order = ["GP", "PR", "DM", "EC-A", "EC-L", "DES-L", "DF"]
    let table = try DelimitedFile.read(path: path, options: .init(levels: ["spp": order]))
    #expect(table.rowCount == 644)
    #expect(table.factor("site")?.levels.count == 23)
    #expect(table.factor("spp")?.levels == order)
    #expect(table.factor("spp")?.codes[0] == 0)
    #expect(
      zip(table.numbers("count"), table.numbers("present")).allSatisfy { ($0 > 0) == ($1 == 1) })
  }
}
