// Reading of families and their assignment to outcomes.

import Tables
import Testing

@testable import Formula

@Suite("Families are read in every notation and go to the right outcome")
struct FamilyTests {
  @Test(
    "a list is the same however it is written",
    arguments: [
      "gaussian,binomial(probit)", "list(gaussian(), binomial(link = \"probit\"))",
      "c(gaussian, binomial('probit'))", " gaussian() , binomial( link=probit )",
      "list(\"gaussian\", brmsfamily(\"binomial\", link = \"probit\"))",
    ])
  func notations(text: String) throws {
    #expect(
      try FamilyList.parse(text) == [
        FamilyCall(name: "gaussian"), FamilyCall(name: "binomial", link: "probit"),
      ])
  }

  @Test("what is not a family is refused where it stands")
  func refusals() {
    #expect(
      complaint { try FamilyList.parse("gaussian, 3") } == """
        a family is expected here, such as gaussian or binomial(link = "probit")
          gaussian, 3
                    ^
        """)
    #expect(
      complaint { try FamilyList.parse("student(link = identity, link_sigma = log)") } == """
        the argument 'link_sigma' of a family is not available yet; 'link' is
          student(link = identity, link_sigma = log)
                                   ^~~~~~~~~~
        """)
    #expect(
      complaint { try FamilyList.parse("") } == """
        the formula is empty
          \("")
          ^
        """)
  }

  @Test("one family serves all outcomes, a list serves them in order")
  func assignment() throws {
    let one = try modelFrame("mvbind(math, SES) ~ gender", families: "gaussian")
    #expect(one.outcomes.map(\.family.name) == ["gaussian", "gaussian"])
    let two = try modelFrame(
      "math ~ SES", "cbind(passed, SES) ~ gender", families: "gaussian,bernoulli,gaussian")
    #expect(two.outcomes.map(\.family.name) == ["gaussian", "bernoulli", "gaussian"])
    let inside = try modelFrame(
      "bf(mvbind(math, passed) ~ SES, family = list(gaussian(), bernoulli()))", families: "")
    #expect(inside.outcomes.map(\.family.name) == ["gaussian", "bernoulli"])
    let mixed = try modelFrame(
      "bf(math ~ SES, family = student)", "passed ~ SES", families: "bernoulli")
    #expect(mixed.outcomes.map(\.family.name) == ["student", "bernoulli"])
    let none = try modelFrame("math ~ SES", families: "")
    #expect(none.outcomes[0].family == FamilyCall(name: "gaussian"))
    #expect(none.notes == ["no family is given for math: gaussian"])
  }

  @Test("a count of families that fits nothing is named")
  func mismatch() {
    #expect(
      complaint {
        try modelFrame("cbind(math, passed) ~ SES", families: "gaussian,poisson,binomial")
      } == """
        3 families (gaussian, poisson, binomial) are given for 2 outcomes
          cbind(math, passed) ~ SES
          ^~~~~~~~~~~~~~~~~~~
        """)
    #expect(
      complaint { try modelFrame("bf(math ~ SES, family = gaussian)", families: "gaussian") } == """
        families are given here and again beside the formula: give them once
          bf(math ~ SES, family = gaussian)
                                  ^~~~~~~~
        """)
  }

  private func cattle() -> Table {
    Table(
      rowCount: 4,
      columns: [
        ("ill", .numeric([1, 0, 2, 3])), ("size", .numeric([5, 4, 6, 7])),
        ("seen", .numeric([1, 0, 1, 1])), ("x", .numeric([0, 1, 2, 4])),
        ("state", categories(["yes", "no", nil, "yes"])),
        ("half", .numeric([0.5, 1, 2, 1])),
      ])
  }

  @Test("cbind(successes, failures) with one binomial family is trials, as in R")
  func successes() throws {
    let frame = try modelFrame("cbind(ill, size - ill) ~ x", families: "binomial", table: cattle())
    #expect(frame.outcomes.count == 1)
    #expect(frame.outcomes[0].name == "ill")
    #expect(frame.outcomes[0].response == [1, 0, 2, 3])
    #expect(frame.outcomes[0].trials == [5, 4, 6, 7])
    #expect(
      frame.notes == [
        "cbind(ill, size - ill) is read as successes and failures of one binomial outcome, as in R; "
          + "for two outcomes give two families"
      ])
    #expect(frame.warnings.isEmpty)
  }

  @Test("0 and 1 beside counts under one binomial family looks like a slip and is said so")
  func slip() throws {
    let frame = try modelFrame("cbind(ill, seen) ~ x", families: "binomial", table: cattle())
    #expect(frame.outcomes.count == 1)
    #expect(
      frame.warnings == [
        "'seen' holds only 0 and 1 beside 'ill': this looks like two outcomes, but cbind() with the "
          + "single family binomial means successes and failures; for two outcomes give two families"
      ])
    let meant = try modelFrame(
      "cbind(ill, seen) ~ x", families: "poisson,binomial", table: cattle())
    #expect(meant.outcomes.map(\.name) == ["ill", "seen"])
    #expect(
      meant.notes.contains("cbind(ill, seen) is read as 2 outcomes: ill (poisson), seen (binomial)")
    )
  }

  @Test("trials that cannot be are named with their row")
  func impossibleTrials() {
    #expect(
      complaint { try modelFrame("cbind(half, ill) ~ x", families: "binomial", table: cattle()) }
        == """
        the number of successes 'half' is 0.5 in row 1 of the data, not a whole number; for two outcomes give two families
          cbind(half, ill) ~ x
                ^~~~
        """)
    #expect(
      complaint { try modelFrame("size | trials(ill) ~ x", families: "binomial", table: cattle()) }
        == """
        'ill' is 1 in row 1 of the data, where 'size' is 5: trials are whole numbers, at least the successes
          size | trials(ill) ~ x
                        ^~~
        """)
    #expect(
      complaint { try modelFrame("ill | trials(size) ~ x", families: "poisson", table: cattle()) }
        == """
        trials() needs a binomial family; the family of 'ill' is poisson
          ill | trials(size) ~ x
                       ^~~~
        """)
  }

  @Test("trials and weights can be given together, and trials may be one number")
  func trialsAndWeights() throws {
    let frame = try modelFrame(
      "ill | trials(10) + weights(half) ~ x", families: "binomial", table: cattle())
    #expect(frame.outcomes[0].trials == [10, 10, 10, 10])
    #expect(frame.outcomes[0].weights == [0.5, 1, 2, 1])
    // Of several outcomes those that count successes take the trials.
    let two = try modelFrame(
      "mvbind(ill, half) | trials(size) ~ x", families: "binomial,gaussian", table: cattle())
    #expect(two.outcomes.map(\.trials) == [[5, 4, 6, 7], nil])
  }

  @Test("two categories are 0 and 1 in level order, and the reading is noted")
  func categoriesAsOutcome() throws {
    let frame = try modelFrame("state ~ x", families: "bernoulli", table: cattle())
    #expect(frame.outcomes[0].response == [1, 0, 1])
    #expect(frame.outcomes[0].rows == [0, 1, 3])
    #expect(frame.notes == ["state: 'no' is read as 0 and 'yes' as 1"])
    let ordinal = try modelFrame("state ~ x", families: "cumulative(logit)", table: cattle())
    #expect(ordinal.outcomes[0].response == [2, 1, 2])
    #expect(
      complaint { try modelFrame("state ~ x", families: "gaussian", table: cattle()) } == """
        the outcome 'state' is not numeric: its values are categories, such as 'no' and 'yes', and the family is gaussian
          state ~ x
          ^~~~~
        """)
    #expect(
      complaint { try modelFrame("school ~ SES", families: "bernoulli", table: schoolTable()) }
        == """
        'school' has 3 levels ('S1', 'S2' and 'S3'); a bernoulli outcome has two
          school ~ SES
          ^~~~~~
        """)
  }
}
