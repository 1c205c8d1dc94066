// MCMCglmm's calls in the model language: what becomes what, and where an error points.

import Testing

@testable import Formula

@Suite("A call of MCMCglmm means the same model in the model language")
struct MCMCglmmTests {
  private func translate(_ text: String) throws -> MCMCglmmTranslation {
    try MCMCglmmTranslation(text)
  }

  @Test("the bivariate call with a categorical outcome fixes its residual variance and says so")
  func categorical() throws {
    let call = try translate(
      """
      fixed = cbind(present, count) ~ trait - 1 + trait:(mined), random = ~ us(trait):ID, \
      rcov = ~ us(trait):units, family = c("categorical", "poisson"), \
      prior = list(R = list(V = diag(2), nu = 0.002), G = list(G1 = list(V = diag(2), nu = 0.002))), \
      nitt = 13000, burnin = 3000, thin = 10
      """)
    #expect(
      call.formulas == [
        "bf(present ~ 1 + (mined) + (1 |G1| ID) + (1 |R| units), family = bernoulli())",
        "bf(count ~ 1 + (mined) + (1 |G1| ID) + (1 |R| units), family = poisson())",
      ])
    #expect(
      call.priors == [
        "b ~ normal(0, 100000)", "Intercept ~ normal(0, 100000)",
        "cov[ID, G1] ~ inv_wishart(0.002, 1)", "sd[present, units, Intercept] ~ constant(1)",
        "cov[units, R] ~ inv_wishart(0.002, 1)",
      ])
    #expect(call.usesUnits)
    #expect(call.keptDraws == 1000)
    #expect(call.warnings.isEmpty)
    #expect(call.notes.contains { $0.contains("'present' (categorical) is not identified") })
    #expect(call.notes[0].hasPrefix("the call of MCMCglmm is run as -f 'bf(present ~ 1"))
  }

  static let univariate: [(String, String, [String])] = [
    (
      "y ~ x + z, random = ~ ID, prior = list(R = list(V = 2, nu = 3), G = list(G1 = list(V = 1, nu = 0.5)))",
      "bf(y ~ 1 + x + z + (1 | ID), family = gaussian())",
      ["sd[y, ID, Intercept] ~ inv_wishart(0.5, 1)", "sigma[y] ~ inv_wishart(3, 2)"]
    ),
    (
      "fixed = y ~ x - 1, random = ~ us(1 + x):ID, prior = list(R = list(V = 1, fix = 1), "
        + "G = list(G1 = list(V = matrix(c(2, 1, 1, 3), 2), nu = 2)))",
      "bf(y ~ 0 + x + (1 + x |G1| ID), family = gaussian())",
      ["cov[ID, G1] ~ inv_wishart(2, matrix(2, 1, 1, 3))", "sigma[y] ~ constant(1)"]
    ),
    (
      "fixed = n ~ 1, random = ~ idh(1 + x):ID + site, family = \"poisson\", "
        + "prior = list(R = list(V = 1, nu = 1), G = list(G1 = list(V = diag(c(1, 4)), nu = 1, "
        + "alpha.mu = c(0, 0), alpha.V = diag(2) * 25^2), G2 = list(V = 1, nu = 0.002)))",
      "bf(n ~ 1 + diag(1 + x | ID) + (1 | site) + (1 | units), family = poisson())",
      [
        "sd[n, ID, Intercept] ~ student_t(1, 0, 25)", "sd[n, ID, x] ~ student_t(1, 0, 50)",
        "sd[n, site, Intercept] ~ inv_wishart(0.002, 1)",
        "sd[n, units, Intercept] ~ inv_wishart(1, 1)",
      ]
    ),
    (
      "fixed = cbind(s, f) ~ x, random = ~ ID, family = \"multinomial2\", "
        + "prior = list(R = list(V = 1, nu = 1), G = list(G1 = list(V = 1, nu = 1)), "
        + "B = list(mu = rep0, V = diag(2)))",
      "", []
    ),
    (
      "MCMCglmm(y ~ 1, random = ~ a:b, family = \"gaussian\", data = d, verbose = FALSE, "
        + "prior = list(B = list(mu = c(1, 1), V = diag(2) * 4), R = list(V = 1, nu = 1), "
        + "G = list(G1 = list(V = 1, nu = 1))))",
      "bf(y ~ 1 + (1 | a:b), family = gaussian())",
      ["sd[y, a:b, Intercept] ~ inv_wishart(1, 1)", "sigma[y] ~ inv_wishart(1, 1)"]
    ),
  ]

  @Test("calls with one outcome", arguments: univariate)
  func oneOutcome(_ text: String, _ formula: String, _ priors: [String]) throws {
    guard !formula.isEmpty else {
      #expect(throws: FormulaError.self) { try translate(text) }
      return
    }
    let call = try translate(text)
    #expect(call.formulas == [formula])
    #expect(Array(call.priors.dropFirst(2)) == priors)
  }

  @Test("the prior of fixed effects is B's")
  func fixedEffects() throws {
    let call = try translate("y ~ x, prior = list(B = list(mu = c(1, 1), V = diag(2) * 4))")
    #expect(call.priors.prefix(2) == ["b ~ normal(1, 2)", "Intercept ~ normal(1, 2)"])
  }

  @Test("successes and failures, effects of one outcome, several terms")
  func several() throws {
    let call = try translate(
      """
      fixed = cbind(s, f, y) ~ trait - 1 + trait:x + at.level(trait, "y"):z, \
      random = ~ us(trait + trait:x):ID + idh(at.level(trait, 1)):site, rcov = ~ idh(trait):units, \
      family = c("multinomial2", "gaussian"), \
      prior = list(R = list(V = diag(c(2, 3)), nu = 1), G = list(G1 = list(V = diag(1:4)), G2 = list(V = 1, nu = 1)))
      """.replacing("diag(1:4)", with: "diag(c(1, 2, 3, 4)), nu = 5"))
    #expect(
      call.formulas == [
        "bf(cbind(s, f) ~ 1 + x + (1 + x |G1| ID) + (1 | site) + (1 | units), family = binomial())",
        "bf(y ~ 1 + x + z + (1 + x |G1| ID), family = gaussian())",
      ])
    // MCMCglmm's rows are s, y, s:x, y:x; here they are s, s:x, y, y:x.
    #expect(
      call.priors.dropFirst(2) == [
        "cov[ID, G1] ~ inv_wishart(5, diag(1, 3, 2, 4))",
        "sd[s, site, Intercept] ~ inv_wishart(1, 1)", "sigma[y] ~ inv_wishart(1, 3)",
        "sd[s, units, Intercept] ~ inv_wishart(1, 2)",
      ])
  }

  @Test("fix = 2 fixes the last row at V")
  func fix() throws {
    let call = try translate(
      """
      cbind(count, present) ~ trait - 1, random = ~ us(trait):ID, rcov = ~ us(trait):units, \
      family = c("poisson", "categorical"), \
      prior = list(R = list(V = diag(c(1, 4)), nu = 0.002, fix = 2), G = list(G1 = list(V = diag(2), nu = 2, \
      alpha.mu = c(0, 0), alpha.V = diag(2) * 100)))
      """)
    #expect(
      call.priors.dropFirst(2) == [
        "cov[ID, G1] ~ px(2, 1, 0, 100)", "sd[present, units, Intercept] ~ constant(2)",
        "cov[units, R] ~ inv_wishart(0.002, diag(1, 4))",
      ])
    #expect(!call.notes.contains { $0.contains("not identified") })
  }

  @Test("Gaussian outcomes with us(trait):units have correlated residuals")
  func residualCorrelation() throws {
    let call = try translate(
      """
      cbind(a, b) ~ trait - 1, random = ~ us(trait):ID, rcov = ~ us(trait):units, \
      family = c("gaussian", "gaussian")
      """)
    #expect(call.formulas.last == "set_rescor(TRUE)")
    #expect(call.warnings.contains { $0.contains("rescor") || $0.contains("residual correlation") })
    #expect(call.warnings.contains { $0.contains("nu = 0") })
  }

  static let refusals: [(String, String, String)] = [
    ("y ~ x, random = ~ us(trait:ID", "this '(' is never closed", "("),
    ("y ~ x, random = ~ ID)", "this ')' closes nothing", ")"),
    ("nitt = 10", "the fixed effects are missing", ""),
    ("y ~ x, chains = 3", "MCMCglmm has no argument 'chains'", "chains"),
    ("y ~ x, pedigree = p", "'pedigree' of MCMCglmm is not available yet", "pedigree"),
    ("y ~ x, family = \"poison\"", "did you mean 'poisson'", "\"poison\""),
    ("y ~ x, family = \"threshold\"", "bernoulli(link = \"probit\")", "\"threshold\""),
    (
      "cbind(a, b) ~ trait - 1 + x, family = c(\"gaussian\", \"poisson\"), rcov = ~ idh(trait):units",
      "written trait:x", "x"
    ),
    (
      "cbind(a, b) ~ x, family = c(\"gaussian\", \"poisson\")",
      "written trait:x", "x"
    ),
    (
      "cbind(a, b) ~ 1, family = c(\"gaussian\", \"poisson\")",
      "without 'trait' all outcomes have one intercept", "1"
    ),
    ("cbind(a, b) ~ trait - 1, family = \"gaussian\"", "'b' has no family", "b"),
    (
      "cbind(a, b) ~ trait - 1, family = c(\"gaussian\", \"poisson\"), rcov = ~ us(trait):units",
      "cannot be correlated with latent residuals", "us(trait):units"
    ),
    (
      "cbind(a, b) ~ trait - 1, random = ~ ID, family = c(\"gaussian\", \"poisson\"), rcov = ~ idh(trait):units",
      "'ID' alone gives all outcomes the same effect", "ID"
    ),
    ("y ~ x, random = ~ corg(trait):ID", "corg() is not available yet", "corg"),
    (
      "y ~ x, random = ~ ID, prior = list(G = list(G1 = list(V = diag(2), nu = 1)))",
      "V has 2 rows", "list(V = diag(2), nu = 1)"
    ),
    (
      "y ~ x, random = ~ ID, prior = list(G = list(G1 = list(V = matrix(c(1, 2, 3, 4), 2), nu = 1)))",
      "this matrix is not symmetric", "matrix(c(1, 2, 3, 4), 2)"
    ),
    ("y ~ x, burnin = 20000", "leaves nothing of nitt", "20000"),
    ("y ~ x, random = ~ ID, prior = list(G = list())", "", ""),
  ]

  @Test("errors point into the call as it was typed", arguments: refusals)
  func refuses(_ text: String, _ words: String, _ under: String) throws {
    guard !words.isEmpty else {
      _ = try translate(text)
      return
    }
    let error = #expect(throws: FormulaError.self) { try translate(text) }
    guard let error else { return }
    #expect(error.message.contains(words), "\(error)")
    #expect(error.formula == text)
    guard !under.isEmpty, under != text else { return }
    let shown = String(Array(text)[error.offset..<min(error.offset + error.length, text.count)])
    #expect(shown == under, "\(error)")
  }
}
