// Which prior a parameter gets: the narrowest statement, the defaults of brms from small data by hand.

import Glibc
import Tables
import TestSupport
import Testing

@testable import MixedModel

@Suite("Every parameter gets the narrowest prior stated, or the default of brms")
struct PriorChoiceTests {
  /// `a` and `b` with a median of 30 and a mad of 14.826 and counts, in two groups.
  private func model(_ formulas: [String], _ families: String) throws -> MixedModel {
    let table = Table(
      rowCount: 5,
      columns: [
        ("y", .numeric([10, 50, 30, 20, 40])), ("close", .numeric([3, 1, 100, 2, 4])),
        ("count", .numeric([20, 0, 1, 7, 2])), ("p", .numeric([0, 1, 1, 0, 1])),
        ("x", .numeric([1, 2, 3, 4, 10])), ("z", .numeric([1, 0, 0, 1, 1])),
        ("g", SyntheticData.factor([0, 1, 0, 1, 0], prefix: "g", count: 2)),
        ("h", SyntheticData.factor([0, 0, 1, 1, 1], prefix: "h", count: 2)),
      ])
    return try makeModel(table, formulas, families: families).model
  }

  private func table(_ model: MixedModel, _ statements: String...) throws -> [String] {
    let prior = try PriorDensity(
      model: model, statements: statements.map { try PriorStatement.parse($0) })
    return prior.entries.map {
      "\($0.parameterClass) \($0.target): \($0.prior)\($0.isDefault ? "" : " (stated)")"
    }
  }

  @Test("defaults of measurements: location median, scale mad, never below 2.5")
  func gaussianDefaults() throws {
    // y: median 30, |y − 30| = 20, 20, 0, 10, 10, so mad = 1.4826 × 10, rounded to 14.8.
    #expect(
      try table(model(["y ~ x + (1 + x | g)"], "gaussian")) == [
        "Intercept b_Intercept at the predictors' means: student_t(3, 30, 14.8)", "b b_x: flat",
        "sigma sigma: student_t(3, 0, 14.8)", "sd sd_g__Intercept: student_t(3, 0, 14.8)",
        "sd sd_g__x: student_t(3, 0, 14.8)", "cor cor_g: lkj(1)",
      ])
    // close: median 3, |close − 3| = 0, 2, 97, 1, 1, so mad = 1.5 and the scale is 2.5.
    #expect(
      try table(model(["close ~ 0 + x"], "gaussian")) == [
        "b b_x: flat", "sigma sigma: student_t(3, 0, 2.5)",
      ])
  }

  @Test("defaults of counts are on the log scale, of probabilities they are fixed")
  func otherDefaults() throws {
    // log: 3.0, log 0.1 = −2.3, 0, 1.9, 0.69: median 0.7; deviations 2.3, 3.0, 0.7, 1.3, 0: mad 1.9 < 2.5.
    #expect(
      try table(model(["count ~ x + (1 | g)", "p ~ 1 + (1 | g)"], "nbinom2,bernoulli")) == [
        "Intercept b_count_Intercept at the predictors' means: student_t(3, 0.7, 2.5)",
        "b b_count_x: flat", "shape shape_count: inv_gamma(0.4, 0.3)",
        "Intercept b_p_Intercept at the predictors' means: student_t(3, 0, 2.5)",
        "sd sd_g__count_Intercept: student_t(3, 0, 2.5)",
        "sd sd_g__p_Intercept: student_t(3, 0, 2.5)",
      ])
  }

  @Test("a dispersion with a formula has the defaults of its link's scale")
  func dispersionFormula() throws {
    #expect(
      try table(model(["bf(y ~ 1, sigma ~ z)"], "gaussian")) == [
        "Intercept b_Intercept at the predictors' means: student_t(3, 30, 14.8)",
        "Intercept b_sigma_Intercept at the predictors' means: student_t(3, 0, 2.5)",
        "b b_sigma_z: flat",
      ])
  }

  @Test("the narrowest statement wins, in whatever order they come")
  func narrowest() throws {
    let model = try model(
      ["y ~ x + z + (1 |i| g) + (1 | h)", "p ~ x + (1 |i| g)"], "gaussian,bernoulli")
    let broad = ["b ~ normal(0, 1)", "sd ~ exponential(1)", "cor ~ lkj(2)"]
    let narrow = [
      "b[p] ~ normal(0, 2)", "b[*, x] ~ normal(0, 3)", "b[y, x] ~ normal(0, 4)",
      "sd[y] ~ exponential(2)", "sd[y, h] ~ exponential(3)", "sd[p, g, Intercept] ~ exponential(4)",
      "cor[g] ~ lkj(3)", "Intercept[y] ~ normal(30, 5)", "sigma[y] ~ exponential(0.1)",
    ]
    let wanted = [
      "Intercept b_y_Intercept: normal(30, 5) (stated)", "b b_y_x: normal(0, 4) (stated)",
      "b b_y_z: normal(0, 1) (stated)", "sigma sigma_y: exponential(0.1) (stated)",
      "Intercept b_p_Intercept at the predictors' means: student_t(3, 0, 2.5)",
      "b b_p_x: normal(0, 3) (stated)", "sd sd_g__y_Intercept: exponential(2) (stated)",
      "sd sd_g__p_Intercept: exponential(4) (stated)", "cor cor_g: lkj(3) (stated)",
      "sd sd_h__y_Intercept: exponential(3) (stated)",
    ]
    for statements in [broad + narrow, narrow + broad] {
      let prior = try PriorDensity(
        model: model, statements: statements.map { try PriorStatement.parse($0) })
      let entries = prior.entries.map {
        "\($0.parameterClass) \($0.target): \($0.prior)\($0.isDefault ? "" : " (stated)")"
      }
      // b[p] and b[*, x] are equally narrow for p's x: the later wins, here b[*, x].
      #expect(entries == wanted)
    }
  }

  @Test("a statement that matches nothing is refused")
  func unmatched() throws {
    let model = try model(["y ~ x + (1 | g)", "p ~ x"], "gaussian,bernoulli")
    for text in [
      "b[q] ~ normal(0, 1)", "b[y, w] ~ normal(0, 1)", "sd[p] ~ normal(0, 1)", "cor ~ lkj(2)",
      "shape ~ exponential(1)", "b[y, x, z] ~ normal(0, 1)",
    ] {
      #expect(
        throws: ModelError(
          "prior '\(text)' matches no parameter of the model; outcomes are y, p")
      ) { try PriorDensity(model: model, statements: [PriorStatement.parse(text)]) }
    }
  }

  @Test("the joint prior is the sum of what its table says, on the scale of the sampler")
  func jointDensity() throws {
    let model = try model(["y ~ x + (1 + x | g)"], "gaussian")
    let prior = try PriorDensity(
      model: model,
      statements: [
        "b ~ normal(1, 2)", "sd ~ gamma(2, 3)", "cor ~ lkj(2)", "sigma ~ exponential(0.5)",
      ].map { try PriorStatement.parse($0) })
    let psi = [20.0, 0.5, 0.2, -0.3, 0.4, 0.75]
    // The default intercept prior is on β₀ + x̄ β₁, and x̄ = 4.
    let intercept = -2 * log1p((22.0 - 30) * (22 - 30) / (3 * 14.8 * 14.8))
    let natural =
      intercept - 0.5 * (0.5 - 1) * (0.5 - 1) / 4 - 0.5 * exp(0.2)
      + (-0.3 - 3 * exp(-0.3)) + (0.4 - 3 * exp(0.4))
    // |R| = 1 − 0.36; with the change of variables the exponent is (2 + 2·2 − 1)/2 on 1 + t² = 1/|R|.
    var gradient = [Double](repeating: 0, count: psi.count)
    let sampled = prior.addLogDensity(at: psi, gradient: &gradient)
    #expect(abs(sampled - (natural + 0.2 - 0.3 + 0.4 + 2.5 * log(0.64))) < 1e-13)
    let wanted = Differences.gradient(at: psi, step: 1e-3) { point in
      var unused = gradient
      return prior.addLogDensity(at: point, gradient: &unused)
    }
    #expect(distance(gradient, wanted) < 1e-9)
    // A penalty leaves the change of variables out.
    let penalty = prior.including(jacobian: false)
    var penaltyGradient = [Double](repeating: 0, count: psi.count)
    let penalised = penalty.addLogDensity(at: psi, gradient: &penaltyGradient)
    #expect(abs(penalised - (natural + log(0.64))) < 1e-13)
    let difference = Differences.gradient(at: psi, step: 1e-3) { point in
      var unused = gradient
      return penalty.addLogDensity(at: point, gradient: &unused)
    }
    #expect(distance(penaltyGradient, difference) < 1e-9)
  }

  @Test("medians of even and odd counts")
  func medians() {
    #expect(ResponseScale.median([3, 1, 2]) == 2)
    #expect(ResponseScale.median([4, 1, 2, 3]) == 2.5)
    #expect(ResponseScale.median([]).isNaN)
  }
}
