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
      try PriorStatement.parse("sd[present, units] ~ constant(1)").distribution == .constant(1))
    #expect(
      try PriorStatement.parse("sd[y, ID] ~ inv_wishart(3, 2)").distribution
        == .inverseWishartDeviation(df: 3, v: 2))
    #expect(
      try PriorStatement.parse("cov[ID] ~ inv_wishart(0.002, diag(1, 2))").distribution
        == .inverseWishart(df: 0.002, v: .diagonal([1, 2])))
    #expect(
      try PriorStatement.parse("cov ~ px(2, 1, 0, matrix(4, 1, 1, 9))").distribution
        == .parameterExpanded(df: 2, v: .multiple(1), alphaMean: 0, alphaV: .full([4, 1, 1, 9])))
    #expect(
      try PriorStatement.parse("Intercept[math_score] ~ student_t(3, 50, 20)").distribution
        == .studentT(df: 3, location: 50, scale: 20))
  }

  static let distributions =
    "normal(m, s), student_t(df, m, s), cauchy(m, s), logistic(m, s), exponential(rate), "
    + "gamma(shape, rate), inv_gamma(shape, scale), lognormal(m, s), beta(a, b), "
    + "uniform(low, high), constant(v), lkj(eta), inv_wishart(nu, V), px(nu, V, alpha_mu, alpha_V)"
  static let classes =
    "Intercept, b, sd, cor, cov, sigma, shape, phi, nu, zi, hu, zoi, coi, kappa, alpha, rescor"

  static let refusals: [(String, String)] = [
    ("b normal(0, 1)", "write it as 'b ~ normal(0, 2.5)'"),
    ("b ~ normal(0, 1) ~ 2", "write it as 'b ~ normal(0, 2.5)'"),
    ("", "write it as 'b ~ normal(0, 2.5)'"),
    (
      "beta ~ normal(0, 1)",
      "there is no class 'beta'; there are \(classes)"
    ),
    (
      "~ normal(0, 1)",
      "there is no class ''; there are \(classes)"
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
    (
      "b ~ constant(0)",
      "a coefficient is fixed with offset(value * x) in the formula, not with constant()"
    ),
    ("cor ~ constant(0)", "constant() is for sd and for dispersions such as sigma"),
    (
      "sd ~ constant(0)",
      "an sd is fixed at a positive number; leave the term out for an sd of zero"
    ),
    ("cov ~ lkj(1)", "lkj() is for class 'cor' or 'rescor'"),
    ("cov ~ normal(0, 1)", "a covariance matrix takes inv_wishart(nu, V) or px()"),
    (
      "sd ~ inv_wishart(2, diag(1, 2))",
      "px(), and inv_wishart() with a matrix, are for class 'cov', the covariance of a group"
    ),
    (
      "b ~ inv_wishart(2, 1)",
      "inv_wishart(nu, v) is a prior of variances: of cov, sd and sigma"
    ),
    (
      "cov ~ inv_wishart(2, matrix(1, 2, 2, 1))",
      "matrix(1, 2, 2, 1) is no positive definite matrix; write diag(a, b) with positive numbers, or "
        + "matrix(a, b, b, c) with the elements of a symmetric matrix row by row"
    ),
    ("cov ~ inv_wishart(2, diag(1, x))", "'x' is not a number"),
    (
      "cov ~ inv_wishart(2)",
      "'inv_wishart' with 1 number(s) is not a prior with positive scales; there are \(distributions)"
    ),
    ("cov ~ inv_wishart(2, f(1))", "'f(1)' is not a number"),
  ]

  @Test("errors", arguments: refusals)
  func refuses(_ text: String, _ message: String) {
    #expect(throws: ModelError("prior '\(text)': \(message)")) { try PriorStatement.parse(text) }
  }
}
