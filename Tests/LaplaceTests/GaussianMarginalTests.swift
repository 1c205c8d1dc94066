// Gaussian models integrate on paper: y ~ N(Xβ, ZΣZ' + R).

import Laplace
import MixedModel
import TestSupport
import Testing

@Suite("Of Gaussian models the Laplace approximation is the marginal likelihood itself")
struct GaussianMarginalTests {
  static let cases = [
    ModelCase("one factor", "y ~ x + (1 | g)", families: "gaussian"),
    ModelCase("slopes", "y ~ x + (1 + x + z | g)", families: "gaussian"),
    ModelCase("three factors", "y ~ x + (1 | g) + (1 + z | h) + (1 | k)", families: "gaussian"),
    ModelCase("nested factors", "y ~ x + (1 + x | g/s)", families: "gaussian"),
    ModelCase("independent slopes", "y ~ x + (x || g)", families: "gaussian"),
    ModelCase("dispersion formula", "bf(y ~ x + (1 | g), sigma ~ z)", families: "gaussian"),
    ModelCase("offset", "y ~ x + offset(o) + (1 | g)", families: "gaussian"),
    ModelCase(
      "two outcomes", "ym ~ x + (1 + x |i| g) + (1 |j| h)", "v ~ z + (1 |i| g) + (1 |j| h)",
      families: "gaussian,gaussian"),
  ]

  @Test("log likelihood", arguments: cases)
  func likelihood(_ example: ModelCase) throws {
    let built = try example.build()
    #expect(built.model.isGaussian)
    for seed in [61, 62] as [UInt64] {
      let psi = built.parameters(seed: seed)
      var workspace = LaplaceWorkspace(model: built.model)
      let value = try LaplaceApproximation(model: built.model).value(at: psi, &workspace)
      let wanted = Self.marginal(built, psi)
      #expect(abs(value - wanted) < 1e-9)
    }
  }

  @Test("other models are not called exact")
  func notExact() throws {
    for (formula, family) in [
      ("bf(y ~ x + (1 | g), sigma ~ (1 | g))", "gaussian"), ("d ~ x + (1 | g)", "gaussian(log)"),
      ("p ~ x + (1 | g)", "bernoulli"),
    ] {
      #expect(!(try ModelCase("", formula, families: family).build().model.isGaussian))
    }
  }

  /// log N(y; Xβ, ZΣZ' + R) with dense matrices.
  static func marginal(_ built: BuiltCase, _ psi: [Double]) -> Double {
    let rows = built.naive.rows
    let n = rows.count
    let none = [Double](repeating: 0, count: built.naive.effectCount)
    var z = DenseMatrix(n, built.naive.effectCount)
    var covariance = DenseMatrix(n, n)
    var residual = [Double](repeating: 0, count: n)
    for (i, row) in rows.enumerated() {
      for part in row.predictors[0].random { z[i, part.index] += part.value }
      residual[i] = row.y - row.predictors[0].value(psi, none)
      covariance[i, i] = variance(logSigma: row.predictors[1].value(psi, none))
    }
    let root = z * built.naive.factor(psi)
    covariance = covariance + root * root.transposed
    let solved = covariance.solve(residual)
    let quadratic = zip(residual, solved).reduce(0) { $0 + $1.0 * $1.1 }
    let log2Pi = 1.8378770664093453
    return -0.5 * (Double(n) * log2Pi + covariance.logDeterminant + quadratic)
  }
}
