// Which rows an outcome uses, and how dropped rows are counted.

import Tables
import Testing

@testable import Formula

@Suite("Missing values drop rows only for the outcomes that need them")
struct MissingValueTests {
  private let table = Table(
    rowCount: 7,
    columns: [
      ("y1", .numeric([1, 2, .nan, 4, 5, 6, 9])), ("y2", .numeric([.nan, 1, 0, 1, 0, 1, 1])),
      ("x", .numeric([1, .nan, 3, 4, 5, 0, 1])),
      ("f", categories(["u", nil, "v", "v", nil, "w", "u"])),
      ("w", .numeric([1, 1, 1, 2, 1, .nan, 1])),
      ("g", categories(["a", "b", "a", "b", "a", "b", nil])),
    ])

  @Test("a missing outcome drops the row for that outcome alone")
  func outcomes() throws {
    let frame = try modelFrame("mvbind(y1, y2) ~ 1 + (1 | g)", table: table)
    #expect(frame.rowCount == 7)
    #expect(frame.outcomes.map(\.rows) == [[0, 1, 3, 4, 5], [1, 2, 3, 4, 5]])
    #expect(frame.outcomes[1].response == [1, 0, 1, 0, 1])
    #expect(
      frame.dropped.map(\.description) == [
        "1 row left out for 'y1': y1 is missing", "1 row left out for 'y1': g is missing",
        "1 row left out for 'y2': y2 is missing", "1 row left out for 'y2': g is missing",
      ])
  }

  @Test("covariates, weights, offsets and groups count where they are used, joint gaps once")
  func covariates() throws {
    let frame = try modelFrame(
      "bf(y1 | weights(w) ~ x + (1 | g)) + bf(y2 ~ f + offset(log1p(x)))", table: table)
    #expect(frame.outcomes.map(\.rows) == [[0, 3, 4], [2, 3, 5, 6]])
    #expect(
      frame.dropped == [
        DroppedRows(outcome: "y1", columns: ["y1"], count: 1),
        DroppedRows(outcome: "y1", columns: ["w"], count: 1),
        DroppedRows(outcome: "y1", columns: ["x"], count: 1),
        DroppedRows(outcome: "y1", columns: ["g"], count: 1),
        DroppedRows(outcome: "y2", columns: ["y2"], count: 1),
        DroppedRows(outcome: "y2", columns: ["f"], count: 1),
        DroppedRows(outcome: "y2", columns: ["f", "x"], count: 1),
      ])
    #expect(frame.outcomes[0].weights == [1, 2, 1])
    #expect(frame.outcomes[0].predictors[0].offset == nil)
    let offset = try #require(frame.outcomes[1].predictors[0].offset)
    #expect(offset.count == 4 && abs(offset[0] - 1.3862943611198906) < 1e-15 && offset[2] == 0)
  }

  @Test("levels that only dropped rows have are not coded")
  func unusedLevels() throws {
    // Rows 2, 3 and 6 stay; the level u is gone, so v is the reference.
    let frame = try modelFrame("y2 ~ f", table: tableWithoutU())
    #expect(frame.outcomes[0].predictors[0].columnNames == ["(Intercept)", "fw"])
    #expect(rows(frame) == [[1, 0], [1, 0], [1, 1]])
  }

  private func tableWithoutU() -> Table {
    var copy = table
    copy["y2"] = .numeric([.nan, 1, 0, 1, 0, 1, .nan])
    return copy
  }

  @Test("a value outside factor(levels =) is missing, in covariates and in groups")
  func listedLevels() throws {
    let covariate = try modelFrame("y2 ~ factor(f, levels = c('w', 'v'))", table: table)
    #expect(covariate.outcomes[0].rows == [2, 3, 5])
    #expect(
      covariate.outcomes[0].predictors[0].columnNames == [
        "(Intercept)", "factor(f, levels = c(\"w\", \"v\"))v",
      ])
    #expect(
      covariate.dropped.contains {
        $0.columns == ["factor(f, levels = c(\"w\", \"v\"))"] && $0.count == 1
      })
    let group = try modelFrame("y2 ~ 1 + (1 | factor(f, levels = c('w', 'v')))", table: table)
    #expect(group.blocks[0].levels == ["w", "v"])
    #expect(group.blocks[0].codes == [[1, 1, 0]])
  }

  @Test("when no row is left the missing columns are named")
  func nothingLeft() {
    var empty = table
    empty["x"] = .numeric(Array(repeating: .nan, count: 7))
    #expect(
      complaint { try modelFrame("y1 ~ x", table: empty) } == """
        no row can be used for 'y1': in every row one of 'y1', 'x' and 'x' is missing
          y1 ~ x
          ^~
        """)
    let none = Table(rowCount: 0, columns: [("y", .numeric([])), ("x", .numeric([]))])
    #expect(
      complaint { try modelFrame("y ~ log(x + 1)", table: none) }.hasPrefix("the data have no rows")
    )
  }

  @Test("an infinite value that is read is named with its row, in a dropped row it is not")
  func infinite() throws {
    #expect(
      complaint { try modelFrame("y1 ~ I(1/x)", table: table) } == """
        'I(1/x)' is infinite in row 6 of the data
          y1 ~ I(1/x)
               ^~~~~~
        """)
    let frame = try modelFrame("y1 | weights(w) ~ I(1/x)", table: table)
    #expect(frame.outcomes[0].rows == [0, 3, 4, 6])
  }
}
