// Data that no fit can do justice to, planted on paper, and what the fit says of them.

import Glibc
import Laplace
import LinearAlgebra
import MixedModel
import Probability
import Tables
import TestSupport
import Testing

@Suite("A fit says in words what is wrong with it")
struct WarningTests {
  private func grouped(_ values: [Double], size: Int, _ others: (String, Column)...) -> Table {
    Table(
      rowCount: values.count,
      columns: [
        ("y", .numeric(values)),
        (
          "g",
          SyntheticData.factor(
            values.indices.map { $0 / size }, prefix: "g", count: values.count / size)
        ),
      ] + others)
  }

  @Test("groups that are all the same have no variance between them")
  func zeroVariance() throws {
    // Every group holds 1, 2, 3: nothing varies between groups; σ² is the variance of 1, 2, 3, that is 2/3.
    let fit = try fitted(
      grouped((0..<30).map { Double($0 % 3 + 1) }, size: 3), "y ~ 1 + (1 | g)", families: "gaussian"
    )
    #expect(fit.warnings.map(\.code) == ["singular-fit"])
    let warning = try #require(fit.warnings.first)
    #expect(
      warning.message
        == "the standard deviation of Intercept between levels of g cannot be told from zero")
    #expect(!warning.advice.isEmpty)
    #expect(abs(fit.optimum.psi[0] - 2) < 1e-6)
    #expect(abs(exp(2 * fit.optimum.psi[1]) - 2.0 / 3) < 1e-4)
    // log N with σ² = 2/3 and nothing else.
    let wanted = -15 * (log(2 * Double.pi * 2 / 3) + 1)
    #expect(abs(fit.logLikelihood - wanted) < 1e-4)
    #expect(fit.standardError(2) == nil)
    #expect(abs(try #require(fit.standardError(0)) - (2.0 / 90).squareRoot()) < 1e-4)
  }

  @Test("slopes that are twice the intercepts are perfectly correlated with them")
  func perfectCorrelation() throws {
    var stream = RandomStream(seed: 91)
    let x = (0..<120).map { Double($0 % 6) / 2 - 1.25 }
    let shifts = (0..<20).map { _ in stream.nextNormal() }
    let values = x.indices.map { row in
      shifts[row / 6] * (1 + 2 * x[row]) + 0.3 * stream.nextNormal()
    }
    let fit = try fitted(
      grouped(values, size: 6, ("x", .numeric(x))), "y ~ x + (1 + x | g)", families: "gaussian")
    let summary = CovarianceSummary(lambda: fit.lambdas[0], size: 2)
    if summary.correlations[1] > 0.99999 {
      #expect(fit.warnings.map(\.code) == ["singular-fit"])
      #expect(
        fit.warnings.first?.message
          == "the correlation of x with Intercept between levels of g is at its limit, ±1")
      #expect(fit.standardError(5) == nil)
      #expect(fit.standardError(0) != nil)
    } else {
      #expect(fit.warnings.isEmpty)
      Issue.record("the planted correlation came out as \(summary.correlations[1])")
    }
  }

  @Test("a predictor that decides the response separates")
  func separation() throws {
    // In the second half every response is 1, so its coefficient is infinite.
    let values = (0..<80).map { row in row < 40 ? Double((row / 2) % 2) : 1 }
    let half = (0..<80).map { $0 < 40 ? 0 : 1 }
    let table = Table(
      rowCount: 80,
      columns: [
        ("y", .numeric(values)), ("half", SyntheticData.factor(half, prefix: "h", count: 2)),
        ("g", SyntheticData.factor((0..<80).map { $0 % 8 }, prefix: "g", count: 8)),
      ])
    for formula in ["y ~ half", "y ~ half + (1 | g)"] {
      let fit = try fitted(table, formula, families: "bernoulli")
      let warning = try #require(fit.warnings.first { $0.code == "separation" })
      #expect(warning.message.contains("halfh1 for y"))
    }
    // With a prior on it the coefficient is finite and nothing is said.
    let model = try makeModel(table, ["y ~ half"], families: "bernoulli").model
    let prior = try PriorDensity(
      model: model, statements: [PriorStatement.parse("b ~ normal(0, 2.5)")],
      includesJacobian: false)
    let approximation = LaplaceApproximation(model: model, penalty: Penalty(prior: prior))
    var optimizer = Optimizer(approximation, startingAt: model.startingValues())
    let (optimum, workspace) = try optimizer.run { _ in true }
    let fit = try MaximumLikelihoodFit(approximation, optimum, workspace)
    #expect(fit.warnings.isEmpty)
    #expect(optimum.psi[1] > 1 && optimum.psi[1] < 10)
    // At the maximum the scores are the priors': b ~ normal(0, 2.5), and the default t₃(0, 2.5) of the intercept at the
    // mean of the predictor, one half.
    let p = 1 / (1 + exp(-optimum.psi[0] - optimum.psi[1]))
    let middle = (optimum.psi[0] + 0.5 * optimum.psi[1]) / 2.5
    let score =
      40 * (1 - p) - optimum.psi[1] / 6.25 - 0.5 * 4 * middle / (2.5 * (3 + middle * middle))
    #expect(abs(score) < 1e-6)
    // The likelihood is reported without the prior.
    #expect(fit.logLikelihood > optimum.value)
  }

  private struct Penalty: ParameterPenalty {
    let prior: PriorDensity
    func addLogDensity(at psi: [Double], gradient: inout [Double]) -> Double {
      prior.addLogDensity(at: psi, gradient: &gradient)
    }
  }

  @Test("one row for each level leaves residual and group variance confounded")
  func flatDirection() throws {
    let table = SyntheticData.table()
    let fit = try fitted(table, "y ~ x + (1 | row)", families: "gaussian")
    let warning = try #require(fit.warnings.first { $0.code == "flat-direction" })
    #expect(
      warning.message == "the likelihood has no curvature along sigma, sd_row__Intercept")
    #expect(fit.standardError(0) != nil && fit.standardError(1) != nil)
    #expect(fit.standardError(2) == nil && fit.standardError(3) == nil)
    // The sum of both variances is determined: that of least squares.
    let plain = try fitted(table, "y ~ x", families: "gaussian")
    let total = exp(2 * fit.optimum.psi[2]) + exp(2 * fit.optimum.psi[3])
    #expect(abs(total / exp(2 * plain.optimum.psi[2]) - 1) < 1e-6)
    #expect(abs(fit.logLikelihood - plain.logLikelihood) < 1e-6)
  }

  @Test("a good fit has no warnings")
  func silence() throws {
    let fit = try fitted(
      SyntheticData.table(rows: 400), "y ~ x + (1 | g)", families: "gaussian")
    #expect(fit.warnings.isEmpty)
  }
}
