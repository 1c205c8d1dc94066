// Priors of covariance matrices: against the textbook density with a numerical Jacobian, and against an integral over α.

import Glibc
import TestSupport
import Testing

@testable import MixedModel

@Suite("Inverse Wishart and parameter-expanded priors are those of MCMCglmm")
struct CovariancePriorTests {
  private func inverseWishart(_ covariance: UnstructuredCovariance, _ df: Double)
    -> (prior: PriorDensity, scale: DenseMatrix)
  {
    let k = covariance.size
    var v = DenseMatrix(k, k)
    for i in 0..<k {
      for j in 0..<k { v[i, j] = i == j ? 1 + 0.5 * Double(i) : 0.3 / Double(1 + abs(i - j)) }
    }
    let scaled = v.values.map { df * $0 }
    let term = CovariancePrior(
      covariance: covariance, start: 0, df: df, kind: .inverseWishart(scaled))
    return (
      PriorDensity(terms: [.covariance(term)], entries: [], includesJacobian: true),
      DenseMatrix(order: k, scaled)
    )
  }

  private func expanded(_ covariance: UnstructuredCovariance, _ df: Double, _ squares: [Double])
    -> PriorDensity
  {
    PriorDensity(
      terms: [
        .covariance(
          CovariancePrior(
            covariance: covariance, start: 0, df: df, kind: .parameterExpanded(squares)))
      ], entries: [], includesJacobian: true)
  }

  private func covariance(_ structure: UnstructuredCovariance, _ theta: [Double]) -> DenseMatrix {
    let lambda = DenseMatrix(
      order: structure.size, CovarianceParametrisationTests.factor(structure, theta))
    return lambda * lambda.transposed
  }

  /// The elements of Σ that are free: the lower triangle without the fixed variances.
  private func free(_ sigma: DenseMatrix, _ fixed: [Double?]) -> [Double] {
    (0..<sigma.rowCount).flatMap { i in
      (0...i).filter { $0 < i || fixed[i] == nil }.map { sigma[i, $0] }
    }
  }

  /// log |∂(free elements of Σ)/∂θ| by differences.
  private func logJacobian(_ structure: UnstructuredCovariance, _ theta: [Double]) -> Double {
    let n = theta.count
    var jacobian = DenseMatrix(n, n)
    for column in 0..<n {
      for row in 0..<n {
        jacobian[row, column] = Differences.derivative { t in
          var point = theta
          point[column] += t
          return free(covariance(structure, point), structure.fixedDeviations)[row]
        }
      }
    }
    return 0.5 * (jacobian.transposed * jacobian).logDeterminant
  }

  /// −(ν + k + 1)/2 log |Σ| − tr(M Σ⁻¹)/2.
  private func textbook(_ sigma: DenseMatrix, _ scale: DenseMatrix, _ df: Double) -> Double {
    let k = sigma.rowCount
    let product = scale * sigma.inverse
    return -0.5 * (df + Double(k) + 1) * sigma.logDeterminant
      - 0.5 * (0..<k).reduce(0) { $0 + product[$1, $1] }
  }

  static let structures: [UnstructuredCovariance] =
    [2, 3, 4].map { UnstructuredCovariance(size: $0) } + [
      UnstructuredCovariance(size: 2, fixedDeviations: [1, nil]),
      UnstructuredCovariance(size: 2, fixedDeviations: [nil, 0.5]),
      UnstructuredCovariance(size: 3, fixedDeviations: [nil, 2, nil]),
      UnstructuredCovariance(size: 3, fixedDeviations: [1, nil, 0.7]),
    ]

  @Test(
    "inverse Wishart of Σ times the Jacobian of θ ↦ Σ, fixed variances given",
    arguments: structures.indices, [0.002, 2, 7.5])
  func density(_ index: Int, _ df: Double) {
    let structure = Self.structures[index]
    let (prior, scale) = inverseWishart(structure, df)
    let gaps = ([71, 72, 73] as [UInt64]).map { seed in
      let theta = CovarianceParametrisationTests.parameters(structure, seed: seed)
      return prior.logDensity(at: theta)
        - textbook(covariance(structure, theta), scale, df) - logJacobian(structure, theta)
    }
    for gap in gaps { #expect(abs(gap - gaps[0]) < 1e-7 * (1 + abs(gap))) }
  }

  @Test("as a penalty it is the density of standard deviations and correlations")
  func penalty() {
    let structure = UnstructuredCovariance(size: 2)
    let (prior, scale) = inverseWishart(structure, 3)
    let gaps = ([74, 75] as [UInt64]).map { seed in
      let theta = CovarianceParametrisationTests.parameters(structure, seed: seed)
      let s = [exp(theta[0]), exp(theta[1])]
      // dΣ = 4 s₁s₂ · s₁s₂ ds₁ ds₂ dρ
      return prior.including(jacobian: false).logDensity(at: theta)
        - textbook(covariance(structure, theta), scale, 3) - 2 * log(s[0] * s[1])
    }
    #expect(abs(gaps[0] - gaps[1]) < 1e-11)
  }

  @Test("of one effect the variance is inverse gamma (ν/2, νV/2)")
  func oneEffect() {
    let (df, v) = (0.002, 1.7)
    let prior = PriorDistribution.inverseWishartDeviation(df: df, v: v)
    let gamma = PriorDistribution.inverseGamma(shape: df / 2, scale: df * v / 2)
    let gaps = [0.01, 0.3, 1, 12].map { s in
      prior.logDensity(s).value - gamma.logDensity(s * s).value - log(2 * s)
    }
    for gap in gaps { #expect(abs(gap - gaps[0]) < 1e-12) }
    let wanted = Differences.derivative(step: 1e-3) { prior.logDensity(0.4 + $0).value }
    #expect(abs(prior.logDensity(0.4).derivative - wanted) < 1e-9)
  }

  @Test("gradients are those of differences", arguments: structures.indices)
  func gradients(_ index: Int) {
    let structure = Self.structures[index]
    let squares = (0..<structure.size).map { 0.5 + Double($0) }
    for jacobian in [true, false] {
      for prior in [inverseWishart(structure, 3.5).prior, expanded(structure, 4, squares)] {
        checkGradient(prior.including(jacobian: jacobian), structure)
      }
    }
  }

  @Test("gradients of a block too large for the stack")
  func largeGradient() {
    let structure = UnstructuredCovariance(size: 9)
    checkGradient(inverseWishart(structure, 12).prior, structure)
    checkGradient(expanded(structure, 10, Array(repeating: 2, count: 9)), structure)
  }

  private func checkGradient(_ prior: PriorDensity, _ structure: UnstructuredCovariance) {
    let theta = CovarianceParametrisationTests.parameters(structure, seed: 76).map { 0.5 * $0 }
    var gradient = [Double](repeating: 0, count: theta.count)
    _ = prior.addLogDensity(at: theta, gradient: &gradient)
    let wanted = Differences.gradient(at: theta) { prior.logDensity(at: $0) }
    #expect(distance(gradient, wanted) < 1e-8 * (1 + (wanted.map(abs).max() ?? 0)))
  }

  /// p(Σ) = ∫ IW(W; νV, ν) Π α_i^−(k+1) N(α; 0, A) dα with W_ij = Σ_ij / (α_i α_j), over α = eᵃ of one sign.
  @Test(
    "parameter-expanded: α integrated out by quadrature gives the closed form", arguments: [2.0, 3])
  func expansion(_ df: Double) {
    let structure = UnstructuredCovariance(size: 2)
    let (v, a) = ([1.3, 0.6], [4.0, 0.8])
    let prior = expanded(structure, df, [v[0] * a[0], v[1] * a[1]])
    var scale = DenseMatrix(2, 2)
    for i in 0..<2 { scale[i, i] = df * v[i] }
    let gaps = [[0.2, -0.4, 0.6], [-0.5, 0.3, -1.4], [1.1, 0.9, 0.1]].map { theta in
      let sigma = covariance(structure, theta)
      var integral = 0.0
      let h = 0.1
      for one in stride(from: -9.0, through: 5, by: h) {
        for two in stride(from: -9.0, through: 5, by: h) {
          let alpha = [exp(one), exp(two)]
          var w = sigma
          for i in 0..<2 { for j in 0..<2 { w[i, j] /= alpha[i] * alpha[j] } }
          integral += exp(
            textbook(w, scale, df) - 3 * (one + two) + one + two
              - alpha[0] * alpha[0] / (2 * a[0]) - alpha[1] * alpha[1] / (2 * a[1]))
        }
      }
      return prior.logDensity(at: theta) - log(integral) - logJacobian(structure, theta)
    }
    for gap in gaps { #expect(abs(gap - gaps[0]) < 1e-6) }
  }

  private func entries(_ formulas: [String], _ families: String, _ statement: String) throws
    -> [String]
  {
    let model = try makeModel(
      SyntheticData.table(rows: 60), formulas, families: families, priors: [statement]
    ).model
    return try PriorDensity(model: model, statements: [PriorStatement.parse(statement)]).entries
      .filter { ["sd", "cor", "cov"].contains($0.parameterClass) }
      .map { "\($0.target): \($0.prior)" }
  }

  @Test("a cov prior takes the place of sd and cor priors of its block")
  func choice() throws {
    #expect(
      try entries(["y ~ x + (1 + x | g)"], "gaussian", "cov[g] ~ inv_wishart(2, diag(1, 2))") == [
        "cov_g: inv_wishart(2, diag(1, 2))"
      ])
    #expect(
      try entries(["y ~ x + (1 | g)"], "gaussian", "cov ~ inv_wishart(0.002, 1)") == [
        "cov_g: inv_wishart(0.002, 1)"
      ])
    #expect(
      try entries(["y ~ (1 | g) + (1 + x | h)"], "gaussian", "cov[h] ~ px(2, 1, 0, 625)") == [
        "sd_g__Intercept: student_t(3, 0, 2.5)", "cov_h: px(2, 1, 0, 625)",
      ])
  }

  @Test(
    "what has no closed form or another size is refused",
    arguments: [
      ("cov[g] ~ inv_wishart(2, diag(1, 2, 3))", "V is to be 2 by 2"),
      ("cov[g] ~ px(2, matrix(1, 0.5, 0.5, 1), 0, 100)", "V and alpha_V are to be diagonal"),
      ("cov[g] ~ px(2, 1, 0.3, 100)", "alpha_mu is to be 0"),
    ])
  func refusals(_ statement: String, _ words: String) {
    let error = #expect(throws: ModelError.self) {
      try entries(["y ~ x + (1 + x | g)"], "gaussian", statement)
    }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
