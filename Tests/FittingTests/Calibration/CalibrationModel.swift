// The models that are calibrated: each a formula with proper priors, and the same model written down again to simulate from.

import Glibc
import Probability
import Testing

/// A model in two forms: the request, and code that draws from its priors.
struct CalibrationModel: Sendable, CustomTestStringConvertible {
  var name: String
  var formulas: [String]
  var family: String?
  var priors: [String]
  /// Draws parameters, effects and data.
  var simulate: @Sendable (inout PriorDraws) -> Void

  var testDescription: String { name }

  static let all = [
    randomIntercept(groups: 20), correlatedSlopes, bernoulli, observationLevel,
    negativeBinomial, crossed, gaussianAndBernoulli, poissonAndBernoulli, nested, dispersion,
  ]

  static func randomIntercept(groups: Int) -> CalibrationModel {
    CalibrationModel(
      name: "Gaussian, random intercept", formulas: ["y ~ x + (1 | g)"], family: "gaussian",
      priors: [
        "Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)", "sigma ~ gamma(3, 3)",
      ]
    ) { prior in
      let g = prior.factor("g", groups, rows: 5)
      let x = prior.covariate("x", g.count)
      let (a, b) = (prior.normal("b_Intercept", 0, 1), prior.normal("b_x", 0, 1))
      let sd = prior.halfNormal("sd_g__Intercept", 1)
      let sigma = prior.gamma("sigma", 3, rate: 3)
      let u = prior.effects(groups, sd: sd, "r_g[#,Intercept]")
      prior.outcome("y", g.count) { prior, i in
        a + b * x[i] + u[g[i]] + sigma * prior.stream.nextNormal()
      }
    }
  }

  static let correlatedSlopes = CalibrationModel(
    name: "Gaussian, correlated slopes", formulas: ["y ~ x + (1 + x | g)"], family: "gaussian",
    priors: [
      "Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)", "sigma ~ gamma(3, 3)",
      "cor ~ lkj(2)",
    ]
  ) { prior in
    let g = prior.factor("g", 20, rows: 5)
    let x = prior.covariate("x", g.count)
    let (a, b) = (prior.normal("b_Intercept", 0, 1), prior.normal("b_x", 0, 1))
    let sd = (prior.halfNormal("sd_g__Intercept", 1), prior.halfNormal("sd_g__x", 1))
    let rho = prior.lkj("cor_g__Intercept__x", 2)
    let sigma = prior.gamma("sigma", 3, rate: 3)
    let (u, v) = prior.pairs(20, sd: sd, correlation: rho, ("r_g[#,Intercept]", "r_g[#,x]"))
    prior.outcome("y", g.count) { prior, i in
      a + b * x[i] + u[g[i]] + v[g[i]] * x[i] + sigma * prior.stream.nextNormal()
    }
  }

  static let bernoulli = CalibrationModel(
    name: "Bernoulli, random intercept", formulas: ["y ~ x + (1 | g)"], family: "bernoulli",
    priors: ["Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)"]
  ) { prior in
    let g = prior.factor("g", 20, rows: 6)
    let x = prior.covariate("x", g.count)
    let (a, b) = (prior.normal("b_Intercept", 0, 1), prior.normal("b_x", 0, 1))
    let u = prior.effects(20, sd: prior.halfNormal("sd_g__Intercept", 1), "r_g[#,Intercept]")
    prior.outcome("y", g.count) { prior, i in prior.bernoulli(a + b * x[i] + u[g[i]]) }
  }

  static let observationLevel = CalibrationModel(
    name: "Poisson, an effect for each row", formulas: ["y ~ x + (1 | g) + (1 | row)"],
    family: "poisson",
    priors: ["Intercept ~ normal(0.5, 0.7)", "b ~ normal(0, 0.5)", "sd ~ normal(0, 0.7)"]
  ) { prior in
    let g = prior.factor("g", 15, rows: 5)
    let row = prior.factor("row", g.count, rows: 1)
    let x = prior.covariate("x", g.count)
    let (a, b) = (prior.normal("b_Intercept", 0.5, 0.7), prior.normal("b_x", 0, 0.5))
    let u = prior.effects(15, sd: prior.halfNormal("sd_g__Intercept", 0.7), "r_g[#,Intercept]")
    let e = prior.effects(
      row.count, sd: prior.halfNormal("sd_row__Intercept", 0.7), "r_row[#,Intercept]")
    prior.outcome("y", g.count) { prior, i in
      prior.stream.nextPoisson(mean: exp(a + b * x[i] + u[g[i]] + e[row[i]]))
    }
  }

  static let negativeBinomial = CalibrationModel(
    name: "negative binomial", formulas: ["y ~ x + (1 | g)"], family: "nbinom2",
    priors: [
      "Intercept ~ normal(1, 0.7)", "b ~ normal(0, 0.5)", "sd ~ normal(0, 0.7)",
      "shape ~ gamma(3, 1)",
    ]
  ) { prior in
    let g = prior.factor("g", 20, rows: 5)
    let x = prior.covariate("x", g.count)
    let (a, b) = (prior.normal("b_Intercept", 1, 0.7), prior.normal("b_x", 0, 0.5))
    let u = prior.effects(20, sd: prior.halfNormal("sd_g__Intercept", 0.7), "r_g[#,Intercept]")
    let shape = prior.gamma("shape", 3, rate: 1)
    // A Poisson count whose mean is gamma distributed about μ with the given shape.
    prior.outcome("y", g.count) { prior, i in
      let mean = exp(a + b * x[i] + u[g[i]])
      return prior.stream.nextPoisson(mean: mean * prior.stream.nextGamma(shape: shape) / shape)
    }
  }

  static let crossed = CalibrationModel(
    name: "binomial, crossed factors", formulas: ["y | trials(n) ~ x + (1 | g) + (1 | h)"],
    family: "binomial",
    priors: ["Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)"]
  ) { prior in
    let g = prior.factor("g", 12, rows: 8)
    let h = g.indices.map { $0 % 8 }
    prior.data.add("h", levels: h)
    let n = g.indices.map { Double(1 + $0 % 5) }
    prior.data.add("n", n)
    let x = prior.covariate("x", g.count)
    let (a, b) = (prior.normal("b_Intercept", 0, 1), prior.normal("b_x", 0, 1))
    let u = prior.effects(12, sd: prior.halfNormal("sd_g__Intercept", 1), "r_g[#,Intercept]")
    let v = prior.effects(8, sd: prior.halfNormal("sd_h__Intercept", 1), "r_h[#,Intercept]")
    prior.outcome("y", g.count) { prior, i in
      (0..<Int(n[i])).reduce(0) { sum, _ in sum + prior.bernoulli(a + b * x[i] + u[g[i]] + v[h[i]])
      }
    }
  }

  static let gaussianAndBernoulli = CalibrationModel(
    name: "Gaussian and Bernoulli, correlated",
    formulas: ["y ~ x + (1 |p| g)", "z ~ x + (1 |p| g)"], family: "gaussian,bernoulli",
    priors: [
      "Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)", "sigma ~ gamma(3, 3)",
      "cor ~ lkj(2)",
    ]
  ) { prior in
    let g = prior.factor("g", 20, rows: 5)
    let x = prior.covariate("x", g.count)
    let y = (prior.normal("b_y_Intercept", 0, 1), prior.normal("b_y_x", 0, 1))
    let z = (prior.normal("b_z_Intercept", 0, 1), prior.normal("b_z_x", 0, 1))
    let sigma = prior.gamma("sigma_y", 3, rate: 3)
    let sd = (
      prior.halfNormal("sd_g__y_Intercept", 1), prior.halfNormal("sd_g__z_Intercept", 1)
    )
    let rho = prior.lkj("cor_g__y_Intercept__z_Intercept", 2)
    let (u, v) = prior.pairs(
      20, sd: sd, correlation: rho, ("r_g__y[#,Intercept]", "r_g__z[#,Intercept]"))
    prior.outcome("y", g.count) { prior, i in
      y.0 + y.1 * x[i] + u[g[i]] + sigma * prior.stream.nextNormal()
    }
    prior.outcome("z", g.count) { prior, i in prior.bernoulli(z.0 + z.1 * x[i] + v[g[i]]) }
  }

  static let poissonAndBernoulli = CalibrationModel(
    name: "Poisson and Bernoulli, correlated",
    formulas: ["y ~ x + (1 |p| g)", "z ~ x + (1 |p| g)"], family: "poisson,bernoulli",
    priors: [
      "Intercept ~ normal(0, 1)", "b ~ normal(0, 0.5)", "sd ~ normal(0, 1)", "cor ~ lkj(2)",
    ]
  ) { prior in
    let g = prior.factor("g", 20, rows: 5)
    let x = prior.covariate("x", g.count)
    let y = (prior.normal("b_y_Intercept", 0, 1), prior.normal("b_y_x", 0, 0.5))
    let z = (prior.normal("b_z_Intercept", 0, 1), prior.normal("b_z_x", 0, 0.5))
    let sd = (
      prior.halfNormal("sd_g__y_Intercept", 1), prior.halfNormal("sd_g__z_Intercept", 1)
    )
    let rho = prior.lkj("cor_g__y_Intercept__z_Intercept", 2)
    let (u, v) = prior.pairs(
      20, sd: sd, correlation: rho, ("r_g__y[#,Intercept]", "r_g__z[#,Intercept]"))
    prior.outcome("y", g.count) { prior, i in
      prior.stream.nextPoisson(mean: exp(y.0 + y.1 * x[i] + u[g[i]]))
    }
    prior.outcome("z", g.count) { prior, i in prior.bernoulli(z.0 + z.1 * x[i] + v[g[i]]) }
  }

  static let nested = CalibrationModel(
    name: "Gaussian, nested factors", formulas: ["y ~ x + (1 | g/s)"], family: "gaussian",
    priors: [
      "Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)", "sigma ~ gamma(3, 3)",
    ]
  ) { prior in
    let g = prior.factor("g", 10, rows: 9)
    let s = g.indices.map { $0 / 3 % 3 }
    prior.data.add("s", levels: s)
    let x = prior.covariate("x", g.count)
    let (a, b) = (prior.normal("b_Intercept", 0, 1), prior.normal("b_x", 0, 1))
    let sigma = prior.gamma("sigma", 3, rate: 3)
    let u = prior.effects(10, sd: prior.halfNormal("sd_g__Intercept", 1), "r_g[#,Intercept]")
    let v = prior.effects(
      30, sd: prior.halfNormal("sd_g:s__Intercept", 1), "r_g:s[a1:#,Intercept]")
    prior.outcome("y", g.count) { prior, i in
      a + b * x[i] + u[g[i]] + v[3 * g[i] + s[i]] + sigma * prior.stream.nextNormal()
    }
  }

  static let dispersion = CalibrationModel(
    name: "Gaussian, formula for the dispersion", formulas: ["bf(y ~ x + (1 | g), sigma ~ z)"],
    family: "gaussian",
    priors: [
      "Intercept ~ normal(0, 1)", "b ~ normal(0, 1)", "sd ~ normal(0, 1)",
      "Intercept[sigma_y] ~ normal(0, 0.5)", "b[sigma_y, z] ~ normal(0, 0.5)",
    ]
  ) { prior in
    let g = prior.factor("g", 20, rows: 5)
    let (x, z) = (prior.covariate("x", g.count), prior.covariate("z", g.count))
    let (a, b) = (prior.normal("b_Intercept", 0, 1), prior.normal("b_x", 0, 1))
    let (c, d) = (
      prior.normal("b_sigma_Intercept", 0, 0.5), prior.normal("b_sigma_z", 0, 0.5)
    )
    let u = prior.effects(20, sd: prior.halfNormal("sd_g__Intercept", 1), "r_g[#,Intercept]")
    prior.outcome("y", g.count) { prior, i in
      a + b * x[i] + u[g[i]] + exp(c + d * z[i]) * prior.stream.nextNormal()
    }
  }
}
