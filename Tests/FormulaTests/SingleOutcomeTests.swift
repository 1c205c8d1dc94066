// One outcome taken out of a model, with terms, slopes, families and responses changed.

import Tables
import Testing

@testable import Formula

@Suite("One outcome of a model as a model of its own")
struct SingleOutcomeTests {
  private static let table = Table(
    rowCount: 6,
    columns: [
      ("a", .numeric([1, 2, 3, 4, 5, 7])), ("b", .numeric([0, 1, 0, 1, 1, 0])),
      ("x", .numeric([1, 4, 2, 8, 5, 7])), ("z", .numeric([3, 1, 4, 1, 5, 9])),
      ("g", .factor(Factor(levels: ["p", "q", "r"], codes: [0, 0, 1, 1, 2, 2]))),
    ])

  private func frame(_ formula: SingleOutcomeFormula) throws -> ModelFrame {
    try ModelFrame(formula.model, families: [formula.family], table: Self.table)
  }

  @Test("outcomes keep their own formula, family and random effects")
  func extraction() throws {
    let model = try ModelFormula.parse([
      "bf(a ~ x + (1 |p| g), sigma ~ z) + bf(b ~ log(z) + (1 |p| g))"
    ])
    let single = try model.singleOutcomes(families: FamilyList.parse("gaussian, bernoulli"))
    #expect(single.map(\.family.name) == ["gaussian", "bernoulli"])
    let first = try frame(single[0])
    #expect(first.outcomes.map(\.label) == ["a"])
    #expect(first.outcomes[0].predictors.map(\.parameter) == ["mu", "sigma"])
    #expect(first.blocks.map(\.members.count) == [1])
    #expect(single[0].covariates == ["x"] && single[1].covariates == [])
    #expect(single[1].fixedColumns == ["z"])
    #expect(single[0].allColumns == ["a", "x", "z", "g"])
    #expect(single[0].groupings.map(\.name) == ["g"] && single[0].hasFormula(for: "sigma"))
  }

  @Test("successes and failures stay one outcome")
  func trials() throws {
    let model = try ModelFormula.parse(["cbind(b, a) ~ x"])
    let single = try model.singleOutcomes(families: FamilyList.parse("binomial"))
    #expect(single.count == 1)
    #expect(try frame(single[0]).outcomes[0].trials == [1, 3, 3, 5, 6, 7])
  }

  @Test("terms, slopes and parameters are added where they belong")
  func additions() throws {
    let base = try ModelFormula.parse(["a ~ x + (1 | g)"]).singleOutcomes(families: [])[0]
    let more = try base.adding("z").adding("x:z").adding("z", to: "sigma")
    let outcome = try frame(more).outcomes[0]
    #expect(outcome.predictors[0].columnNames == ["(Intercept)", "x", "z", "x:z"])
    #expect(outcome.predictors[1].columnNames == ["(Intercept)", "z"])
    #expect(more.hasInteraction("x", "z") && !base.hasInteraction("x", "z"))
    let slope = try base.addingSlope(of: "x", by: "g")
    #expect(try frame(slope).blocks.map { $0.members.map(\.term) } == [["(Intercept)", "x"]])
    #expect(slope.groupings[0].slopes == ["x"])
    let twice = try base.adding("(0 + z | g)")
    #expect(try frame(twice).blocks.count == 2)
  }

  @Test(
    "the family and the response are replaced, and formulas of other parameters go with the family")
  func replacements() throws {
    let base = try ModelFormula.parse(["bf(a ~ x, sigma ~ z)"]).singleOutcomes(families: [])[0]
    let counted = base.changing(family: FamilyCall(name: "poisson"))
    #expect(try frame(counted).outcomes[0].predictors.map(\.parameter) == ["mu"])
    #expect(counted.family.name == "poisson")
    let bounded = try counted.changing(family: FamilyCall(name: "binomial"))
      .changing(response: "b", trials: "a")
    #expect(try frame(bounded).outcomes[0].trials == [1, 2, 3, 4, 5, 7])
    #expect(SingleOutcomeFormula.quoted("a b") == "`a b`")
  }
}
