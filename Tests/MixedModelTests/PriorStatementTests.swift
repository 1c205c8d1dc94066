// How priors are read, and what is said of one that cannot be.

import MixedModel
import Testing

@Suite("Priors are read as written or refused with the mend")
struct PriorStatementTests {
  @Test("class, target and distribution")
  func reads() throws {
    let plain = try PriorStatement.parse("b ~ normal(0, 2.5)")
    #expect(plain.parameterClass == "b")
    #expect(plain.target == [])
    #expect(plain.distribution == .normal(mean: 0, sd: 2.5))
    #expect(plain.text == "b ~ normal(0, 2.5)")

    let narrow = try PriorStatement.parse("  sd [ passed ,school_id ]~exponential( 1e-1 ) ")
    #expect(narrow.parameterClass == "sd")
    #expect(narrow.target == ["passed", "school_id"])
    #expect(narrow.distribution == .exponential(rate: 0.1))
    #expect(try PriorStatement.parse("b[*, SES] ~ cauchy(-1, 2)").target == ["*", "SES"])
    #expect(try PriorStatement.parse("cor ~ lkj(2)").distribution == .lkj(eta: 2))
    #expect(
      try PriorStatement.parse("Intercept[math_score] ~ student_t(3, 50, 20)").distribution
        == .studentT(df: 3, location: 50, scale: 20))
  }

  static let distributions =
    "normal(m, s), student_t(df, m, s), cauchy(m, s), exponential(rate), gamma(shape, rate), "
    + "inv_gamma(shape, scale), lognormal(m, s), beta(a, b), uniform(low, high), lkj(eta)"

  static let refusals: [(String, String)] = [
    ("b normal(0, 1)", "write it as 'b ~ normal(0, 2.5)'"),
    ("b ~ normal(0, 1) ~ 2", "write it as 'b ~ normal(0, 2.5)'"),
    ("", "write it as 'b ~ normal(0, 2.5)'"),
    (
      "beta ~ normal(0, 1)",
      "there is no class 'beta'; there are Intercept, b, sd, cor, sigma, shape, rescor"
    ),
    (
      "~ normal(0, 1)",
      "there is no class ''; there are Intercept, b, sd, cor, sigma, shape, rescor"
    ),
    ("b[passed ~ normal(0, 1)", "the bracket '[' is not closed"),
    ("b ~ normal", "the distribution wants parentheses, as in normal(0, 1)"),
    ("b ~ normal(0, 1", "the distribution wants parentheses, as in normal(0, 1)"),
    ("b ~ normal(0, 1) + 2", "the distribution wants parentheses, as in normal(0, 1)"),
    ("b ~ normal(0, one)", "'one' is not a number"),
    ("b ~ normal(0, inf)", "'inf' is not a number"),
    ("b ~ normal(0, nan)", "'nan' is not a number"),
    ("b ~ normal(0, , 1)", "'' is not a number"),
    ("b ~ normal(0, 1,)", "'' is not a number"),
    (
      "b ~ normal(0)",
      "'normal' with 1 number(s) is not a prior with positive scales; there are \(distributions)"
    ),
    (
      "b ~ normal()",
      "'normal' with 0 number(s) is not a prior with positive scales; there are \(distributions)"
    ),
    (
      "b ~ normal(0, -1)",
      "'normal' with 2 number(s) is not a prior with positive scales; there are \(distributions)"
    ),
    (
      "b ~ uniform(1, 1)",
      "'uniform' with 2 number(s) is not a prior with positive scales; there are \(distributions)"
    ),
    (
      "b ~ horseshoe(1)",
      "'horseshoe' with 1 number(s) is not a prior with positive scales; there are \(distributions)"
    ),
    ("sd ~ lkj(2)", "lkj() is for class 'cor' or 'rescor'"),
    ("cor ~ normal(0, 1)", "correlations take lkj(eta)"),
  ]

  @Test("errors", arguments: refusals)
  func refuses(_ text: String, _ message: String) {
    #expect(throws: ModelError("prior '\(text)': \(message)")) { try PriorStatement.parse(text) }
  }
}
