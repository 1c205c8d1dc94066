// Random-effect blocks: which coefficients vary together, and with which levels.

import Tables
import Testing

@testable import Formula

@Suite("Random-effect terms become the right blocks")
struct RandomEffectTests {
  /// `outcome.predictor term` of every member of a block.
  private func members(_ block: RandomEffectBlock) -> [String] {
    block.members.map { "\($0.outcome).\($0.predictor) \($0.term)" }
  }

  private func blocks(_ formulas: String..., families: String = "gaussian") throws -> [[String]] {
    try ModelFrame(
      ModelFormula.parse(formulas), families: FamilyList.parse(families), table: schoolTable()
    ).blocks.map { ["\($0.group)\($0.identifier.map { " |\($0)|" } ?? "")"] + members($0) }
  }

  @Test("codes index the levels that occur, level order is that of the factor")
  func codes() throws {
    let text = try modelFrame("math ~ SES + (1 | school)")
    #expect(text.blocks[0].levels == ["S1", "S2", "S3"])
    #expect(text.blocks[0].codes == [[1, 0, 0, 2, 1, 2, 0, 1]])
    #expect(text.blocks[0].members[0].values == nil)
    // Numbers are ordered as numbers: 2, 3, 10.
    let numbers = try modelFrame("math ~ SES + (SES | grade)")
    #expect(numbers.blocks[0].levels == ["2", "3", "10"])
    #expect(numbers.blocks[0].codes == [[2, 0, 2, 0, 1, 1, 0, 2]])
    #expect(numbers.blocks[0].members[1].values == [0.5, -1, 0, 1.5, 2, -0.5, 0.25, 1])
  }

  @Test("the left of the bar is a formula of its own, with its own intercept")
  func columns() throws {
    #expect(
      try blocks("math ~ 0 + SES + (gender | school)") == [
        ["school", "0.0 (Intercept)", "0.0 gendermale"]
      ])
    #expect(
      try blocks("math ~ SES + (0 + gender | school)") == [
        ["school", "0.0 genderfemale", "0.0 gendermale"]
      ])
    #expect(try blocks("math ~ (1 + SES | school)") == (try blocks("math ~ us(SES | school)")))
  }

  @Test("|| makes independent blocks; a factor keeps its levels together, as in lme4")
  func split() throws {
    #expect(
      try blocks("math ~ SES + (SES + gender || school)") == [
        ["school", "0.0 (Intercept)"], ["school", "0.0 SES"],
        ["school", "0.0 genderfemale", "0.0 gendermale"],
      ])
    #expect(
      try blocks("cbind(math, passed) ~ SES + (SES || school)") == [
        ["school", "0.0 (Intercept)"], ["school", "0.0 SES"], ["school", "1.0 (Intercept)"],
        ["school", "1.0 SES"],
      ])
  }

  @Test("nested and crossed grouping factors")
  func nesting() throws {
    #expect(
      try blocks("math ~ (1 | gender/grade)") == [
        ["gender", "0.0 (Intercept)"], ["gender:grade", "0.0 (Intercept)"],
      ])
    let crossed = try modelFrame("math ~ (1 | gender:grade)").blocks[0]
    // male 10, female 2, female 10, male 2, female 3, male 3, male 2, female 10
    #expect(
      crossed.levels == ["female:2", "female:3", "female:10", "male:2", "male:3", "male:10"])
    #expect(crossed.codes == [[5, 0, 2, 3, 1, 4, 3, 2]])
    #expect(
      try blocks("math ~ (1 | school/gender/passed)").map { $0[0] } == [
        "school", "school:gender", "school:gender:passed",
      ])
  }

  @Test("an identifier joins outcomes and parameters; without it formulas are independent")
  func identifiers() throws {
    #expect(
      try blocks(
        "bf(math ~ SES + (1 |p| school), sigma ~ (1 |p| school)) + bf(passed ~ (SES |p| school))")
        == [
          ["school |p|", "0.0 (Intercept)", "0.1 (Intercept)", "1.0 (Intercept)", "1.0 SES"]
        ])
    #expect(
      try blocks("math ~ (1 | school)", "passed ~ (1 | school)") == [
        ["school", "0.0 (Intercept)"], ["school", "1.0 (Intercept)"],
      ])
    #expect(
      try blocks("bf(math ~ SES + (1 | gr(school, id = 'q'))) + bf(passed ~ (1 |q| school))") == [
        ["school |q|", "0.0 (Intercept)", "1.0 (Intercept)"]
      ])
  }

  @Test("in the cbind form a plain term is correlated across the outcomes, and that is noted")
  func boundOutcomes() throws {
    for binding in ["cbind", "mvbind"] {
      let frame = try modelFrame(
        "\(binding)(math, passed) ~ SES + (SES | school) + diag(1 | grade)",
        families: "gaussian,bernoulli")
      #expect(
        frame.blocks.map(members) == [
          ["0.0 (Intercept)", "0.0 SES", "1.0 (Intercept)", "1.0 SES"],
          ["0.0 (Intercept)", "1.0 (Intercept)"],
        ])
      #expect(frame.blocks.map(\.structure) == [.unstructured, .diagonal])
      #expect(
        frame.notes.last == "(SES | school) is correlated across the outcomes math, passed")
    }
  }

  @Test("one note is enough for a nested term")
  func nestedNote() throws {
    let frame = try modelFrame("mvbind(math, SES) ~ 1 + (1 | school/gender)")
    #expect(
      frame.notes == [
        "mvbind(math, SES) is read as 2 outcomes: math (gaussian), SES (gaussian)",
        "(1 | school/gender) is correlated across the outcomes math, SES",
      ])
    #expect(frame.blocks.map(members).allSatisfy { $0 == ["0.0 (Intercept)", "1.0 (Intercept)"] })
  }

  @Test("levels and codes follow the rows that each outcome uses")
  func unusedLevels() throws {
    var table = schoolTable()
    // Both S3 students lose their math score, and one S1 student the passing.
    table["math"] = .numeric([50, 41.5, 47, .nan, 58, .nan, 52, 49])
    table["passed"] = .numeric([1, .nan, 0, 1, 1, 0, 1, 0])
    let alone = try modelFrame("math ~ SES + (1 | school)", table: table)
    #expect(alone.blocks[0].levels == ["S1", "S2"])
    #expect(alone.blocks[0].codes == [[1, 0, 0, 1, 0, 1]])
    let both = try modelFrame("mvbind(math, passed) ~ SES + (1 | school)", table: table)
    #expect(both.blocks[0].levels == ["S1", "S2", "S3"])
    #expect(both.blocks[0].codes == [[1, 0, 0, 1, 0, 1], [1, 0, 2, 1, 2, 0, 1]])
  }

  @Test("a formula for a further parameter can be added to every outcome")
  func addedParameter() throws {
    let formula = try ModelFormula.parse(["math ~ SES", "passed ~ 1"])
      .adding(parameter: "sigma", formula: "~ gender + (1 | school)")
    let frame = try ModelFrame(formula, families: [], table: schoolTable())
    #expect(
      frame.outcomes.map { $0.predictors.map(\.parameter) } == [["mu", "sigma"], ["mu", "sigma"]])
    #expect(frame.outcomes[1].predictors[1].columnNames == ["(Intercept)", "gendermale"])
    #expect(frame.blocks.map(members) == [["0.1 (Intercept)"], ["1.1 (Intercept)"]])
    #expect(
      formula.columnNames(in: schoolTable()) == ["math", "SES", "gender", "school", "passed"])
    #expect(
      complaint { try formula.adding(parameter: "sigma", formula: "~ 1") }
        .hasPrefix("'sigma' has two formulas"))
  }
}
