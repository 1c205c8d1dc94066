// What a model makes of its rows: their order, their runs, their counts, and the factor that leads.

import Families
import LinearAlgebra
import MixedModel
import TestSupport
import Testing

@Suite("Rows are sorted by the leading factor and none is lost")
struct RowOrderTests {
  @Test("runs cover every row once, one for each level that occurs", arguments: ModelCase.all)
  func runs(_ example: ModelCase) throws {
    let model = try example.build().model
    for outcome in model.outcomes where !outcome.runs.isEmpty {
      #expect(outcome.runs.first?.start == 0)
      #expect(outcome.runs.last?.end == outcome.response.count)
      for (run, next) in zip(outcome.runs, outcome.runs.dropFirst()) {
        #expect(run.end == next.start && run.level < next.level)
      }
    }
    for outcome in model.outcomes {
      #expect(Set(outcome.tableRows).count == outcome.response.count)
    }
    #expect(model.observationCount == model.outcomes.reduce(0) { $0 + $1.response.count })
    #expect(model.unitCount == Set(model.outcomes.flatMap(\.tableRows)).count)
  }

  @Test("a level that one outcome never meets has effects all the same")
  func missingLevel() throws {
    let model = try ModelCase(
      "", "ym ~ x + (1 |i| g)", "pm ~ z + (1 |i| g)", families: "gaussian,bernoulli"
    ).build().model
    #expect(model.effects.blocks[0].levels.count == 9)
    #expect(model.outcomes[0].runs.map(\.level) == [0, 2, 3, 4, 5, 6, 7, 8])
    #expect(model.outcomes[1].runs.map(\.level) == Array(0..<9))
  }

  @Test("the factor with the most effects leads, the first of equals")
  func leading() throws {
    func leader(_ formula: String) throws -> String? {
      try ModelCase("", formula, families: "gaussian").build().model.effects.leadingGroup
    }
    #expect(try leader("y ~ (1 | h) + (1 | g)") == "g")
    #expect(try leader("y ~ (1 + x | h) + (1 | g)") == "h")
    #expect(try leader("y ~ (1 | g/s)") == "g:s")
    #expect(try leader("y ~ x") == nil)
  }

  @Test("levels that only one block of a factor meets belong to all blocks of it")
  func unionOfLevels() throws {
    let model = try ModelCase(
      "", "ym ~ x + (1 | g)", "p ~ x + (1 | g)", families: "gaussian,bernoulli"
    ).build().model
    #expect(model.effects.blocks.map(\.levels.count) == [9, 9])
    #expect(model.effects.arrow.blockSize == 2)
    #expect(model.effects.arrow.blockCount == 9)
  }
}
