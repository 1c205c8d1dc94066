// The names of families and links, and the messages about responses that do not fit.

import Testing

@testable import Families

@Suite("Families are found by every package's names, and errors name the mend")
struct ChoiceTests {
  @Test(
    "names",
    arguments: [
      ("gaussian", "gaussian"), ("bernoulli", "bernoulli"), ("categorical", "bernoulli"),
      ("binomial", "binomial"), ("poisson", "poisson"), ("negbinomial", "negbinomial"),
      ("nbinom2", "negbinomial"), ("negative.binomial", "negbinomial"),
      ("neg_binomial_2", "negbinomial"),
    ])
  func names(asked: String, name: String) throws {
    #expect(try ResponseFamilies.named(asked).name == name)
  }

  @Test func linksAreTakenAsText() throws {
    let probit = try ResponseFamilies.named("binomial", link: "probit")
    #expect(probit.parameters == [DistributionalParameter("mu", .probit)])
    let logit = try ResponseFamilies.named("bernoulli", link: nil)
    #expect(logit.parameters[0].link == .logit)
    let counts = try ResponseFamilies.named("nbinom2", link: "log")
    #expect(counts.parameters.map(\.name) == ["mu", "shape"])
    #expect(try ResponseFamilies.named("gaussian").parameters.map(\.name) == ["mu", "sigma"])
  }

  @Test func unknownNamesGetTheNearest() {
    #expect(throws: FamilyError.unknownFamily(name: "poison", suggestion: "poisson")) {
      try ResponseFamilies.named("poison")
    }
    #expect(throws: FamilyError.unknownFamily(name: "gaussain", suggestion: "gaussian")) {
      try ResponseFamilies.named("gaussain")
    }
    #expect(throws: FamilyError.unknownFamily(name: "zebra", suggestion: nil)) {
      try ResponseFamilies.named("zebra")
    }
    #expect(
      FamilyError.unknownFamily(name: "poison", suggestion: "poisson").description
        == "there is no family 'poison' (did you mean 'poisson'?); the families are gaussian, "
        + "bernoulli, binomial, poisson, negbinomial")
  }

  @Test(arguments: ["Gamma", "beta", "student", "tweedie", "zero_inflated_poisson", "nbinom1"])
  func familiesOfOtherPackagesAreSaidToBeMissing(name: String) {
    #expect(throws: FamilyError.familyNotAvailable(name: name)) {
      try ResponseFamilies.named(name)
    }
    let text = FamilyError.familyNotAvailable(name: name).description
    #expect(text.contains("not available yet") && text.contains("negbinomial"))
  }

  @Test func linkErrors() {
    #expect(
      throws: FamilyError.linkNotAvailable(
        name: "probit", family: "poisson", available: ["log", "sqrt", "identity"])
    ) { try ResponseFamilies.named("poisson", link: "probit") }
    #expect(
      throws: FamilyError.linkNotAvailable(
        name: "cauchit", family: "binomial", available: ["logit", "probit", "cloglog"])
    ) { try ResponseFamilies.named("binomial", link: "cauchit") }
    #expect(
      throws: FamilyError.unknownLink(
        name: "logti", family: "bernoulli", suggestion: "logit",
        available: ["logit", "probit", "cloglog"])
    ) { try ResponseFamilies.named("bernoulli", link: "logti") }
  }

  /// The error of a check, as text with its row.
  private func refusal(
    _ family: any ResponseFamily, _ y: [Double], trials: [Double]? = nil
  ) -> String? {
    do {
      try family.check(y: y, trials: trials)
      return nil
    } catch {
      return "\(error.row): \(error.message)"
    }
  }

  @Test func responsesThatFit() {
    #expect(refusal(GaussianFamily(), [-1.5, 0, 1e300]) == nil)
    #expect(refusal(BernoulliFamily(), [0, 1]) == nil)
    #expect(refusal(BinomialFamily(), [0, 1]) == nil)
    #expect(refusal(BinomialFamily(), [0, 3], trials: [0, 3]) == nil)
    #expect(refusal(PoissonFamily(), [0, 1e6]) == nil)
    #expect(refusal(NegativeBinomialFamily(), [0, 1e6]) == nil)
  }

  @Test func responsesThatDoNot() {
    #expect(
      refusal(PoissonFamily(), [3, -1])
        == "1: poisson needs whole numbers from 0 up, and this is -1; "
        + "correct it, or leave the cell empty if it is missing")
    #expect(
      refusal(NegativeBinomialFamily(), [2.5])
        == "0: negbinomial needs whole numbers from 0 up, and this is 2.5; "
        + "round the column, or model it as gaussian")
    #expect(
      refusal(BernoulliFamily(), [0, 2])
        == "1: bernoulli needs 0 or 1, and this is 2; recode the column to 0 and 1, or use "
        + "binomial with trials() for counts of successes")
    #expect(
      refusal(BinomialFamily(), [0, 7])
        == "1: binomial without trials needs 0 or 1, and this is 7; "
        + "give the number of trials, y | trials(n), or cbind(success, failure)")
    #expect(
      refusal(BinomialFamily(), [4], trials: [3])
        == "0: binomial needs no more successes than trials, and this is 4 of 3; "
        + "check which column is which")
    #expect(
      refusal(BinomialFamily(), [1], trials: [2.5])
        == "0: binomial needs whole numbers of trials, and this is 2.5; "
        + "correct the column named in trials()")
    #expect(
      refusal(GaussianFamily(), [0, .infinity])
        == "1: gaussian needs finite numbers, and this is inf; "
        + "leave the cell empty if it is missing")
    #expect(
      refusal(PoissonFamily(), [1], trials: [2])
        == "0: poisson takes no trials; use the family binomial, or leave trials() out")
  }

  @Test func binomialWithoutTrialsIsBernoulli() {
    let y = [0.0, 1, 1, 0, 1]
    let eta = [[0.3, -2, 5, 1, 0]]
    let binomial = BinomialFamily()
    let bernoulli = BernoulliFamily()
    let a = evaluate(binomial, binomial.prepare(y: y, trials: nil), eta: eta)
    let b = evaluate(bernoulli, bernoulli.prepare(y: y, trials: nil), eta: eta)
    #expect(a.sum == b.sum)
    #expect(a.derivatives.values == b.derivatives.values)
    let ones = binomial.prepare(y: y, trials: [1, 1, 1, 1, 1])
    #expect(evaluate(binomial, ones, eta: eta).sum == a.sum && ones.constantSum == 0)
  }
}
