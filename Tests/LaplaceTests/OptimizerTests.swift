// The optimizer's start, its reports, its end, and its obedience.

import Laplace
import MixedModel
import Tables
import TestSupport
import Testing

@Suite("The optimizer starts anywhere, says what it does, and ends where the gradient is zero")
struct OptimizerTests {
  @Test(
    "starting values are finite and have a likelihood", arguments: ModelCase.all + ModelCase.ragged)
  func start(_ example: ModelCase) throws {
    let model = try example.build().model
    let psi = model.startingValues()
    #expect(psi.count == model.layout.count)
    #expect(psi.allSatisfy { $0.isFinite })
    var workspace = LaplaceWorkspace(model: model)
    var gradient = psi
    let value = try LaplaceApproximation(model: model)
      .valueAndGradient(at: psi, into: &gradient, &workspace)
    #expect(value.isFinite)
  }

  @Test(
    "starting values are finite for responses at the edge",
    arguments: [
      ("flat", "gaussian"), ("zero", "poisson"), ("zero", "bernoulli"), ("one", "bernoulli"),
      ("zero", "nbinom2"), ("one", "nbinom2"), ("huge", "poisson"), ("huge", "gaussian"),
    ])
  func edges(_ response: String, _ family: String) throws {
    var table = SyntheticData.table()
    let n = table.rowCount
    table["flat"] = .numeric(Array(repeating: 3, count: n))
    table["zero"] = .numeric(Array(repeating: 0, count: n))
    table["one"] = .numeric(Array(repeating: 1, count: n))
    table["huge"] = .numeric((0..<n).map { $0 % 2 == 0 ? 1e9 : 0 })
    let model = try makeModel(table, ["\(response) ~ x + (1 | g)"], families: family).model
    #expect(model.startingValues().allSatisfy { $0.isFinite })
  }

  static let fits = [
    ModelCase("gaussian", "y ~ x + (1 | g)", families: "gaussian", rows: 200),
    ModelCase("crossed", "c ~ x + (1 | g) + (1 | h)", families: "poisson", rows: 300),
    ModelCase(
      "two outcomes", "ym ~ x + (1 |i| g)", "pm ~ z + (1 |i| g)", families: "gaussian,bernoulli",
      rows: 300),
    ModelCase("counts", "c ~ x + (1 | g)", families: "nbinom2", rows: 300),
  ]

  @Test(
    "at the end the gradient is zero, the Hessian that of differences, the value a maximum",
    arguments: fits)
  func optimum(_ example: ModelCase) throws {
    let built = try example.build()
    let approximation = LaplaceApproximation(model: built.model)
    let fit = try fitted(built.model)
    #expect(fit.optimum.hasConverged)
    let psi = fit.optimum.psi
    var workspace = LaplaceWorkspace(model: built.model)
    let n = psi.count
    let gradient = try Differences.gradient(at: psi) { try approximation.value(at: $0, &workspace) }
    let hessian = try psi.indices.flatMap { column in
      try psi.indices.map { row in
        try Differences.derivative { t in
          var point = psi
          point[column] += t
          var own = psi
          _ = try approximation.valueAndGradient(at: point, into: &own, &workspace)
          return -own[row]
        }
      }
    }
    for i in 0..<n {
      #expect(abs(gradient[i]) < 1e-5 * hessian[i * (n + 1)].squareRoot())
    }
    // The fit's own Hessian is by central differences, whose error is the square of a thousandth of the scale.
    #expect(distance(fit.optimum.hessian, hessian) < 1e-5)
    #expect(abs(fit.optimum.value - fit.logLikelihood) < 1e-10)
    let inverse = DenseMatrix(order: n, hessian).inverse
    #expect(distance(fit.covariance, inverse.values) < 1e-4)
    for i in 0..<n {
      let error = try #require(fit.standardError(i))
      #expect(abs(error / inverse[i, i].squareRoot() - 1) < 1e-4)
    }
  }

  @Test("it finds the same maximum from a distant start", arguments: fits)
  func distantStart(_ example: ModelCase) throws {
    let model = try example.build().model
    let fit = try fitted(model)
    let approximation = LaplaceApproximation(model: model)
    for move in [1.5, -1.5] {
      var start = model.startingValues()
      for i in start.indices { start[i] += move * (i % 2 == 0 ? 1 : -1) }
      var optimizer = Optimizer(approximation, startingAt: start)
      let (optimum, _) = try optimizer.run { _ in true }
      #expect(optimum.hasConverged)
      #expect(abs(optimum.value - fit.optimum.value) < 1e-7)
      #expect(distance(optimum.psi, fit.optimum.psi) < 1e-4)
    }
  }

  @Test("reports count up, never fall in likelihood, and stop the run when told")
  func reports() throws {
    let model = try Self.fits[2].build().model
    let approximation = LaplaceApproximation(model: model)
    var steps: [OptimizerIteration] = []
    var optimizer = Optimizer(approximation, startingAt: model.startingValues())
    let (optimum, _) = try optimizer.run { step in
      steps.append(step)
      return true
    }
    #expect(steps.first?.iteration == 0)
    #expect(steps.map(\.iteration) == steps.map(\.iteration).sorted())
    #expect(steps.map(\.evaluations) == steps.map(\.evaluations).sorted())
    for (step, next) in zip(steps, steps.dropFirst()) {
      #expect(next.logLikelihood > step.logLikelihood - 1e-7)
    }
    #expect(try #require(steps.last).gradientMax < 1e-6)
    #expect(optimum.iterations == steps.last?.iteration)
    #expect(optimum.evaluations >= steps.last?.evaluations ?? .max)

    for limit in 1...3 {
      var count = 0
      var stopped = Optimizer(approximation, startingAt: model.startingValues())
      let (end, _) = try stopped.run { _ in
        count += 1
        return count < limit
      }
      #expect(count == limit)
      #expect(!end.hasConverged)
      #expect(end.iterations <= limit)
    }
  }

  @Test("a limit of iterations is kept, and the fit says so")
  func limit() throws {
    let model = try Self.fits[2].build().model
    let approximation = LaplaceApproximation(model: model)
    var start = model.startingValues()
    for i in start.indices { start[i] += 2 }
    var optimizer = Optimizer(approximation, startingAt: start)
    optimizer.iterationLimit = 2
    let (optimum, workspace) = try optimizer.run { _ in true }
    #expect(!optimum.hasConverged && optimum.iterations == 2)
    let fit = try MaximumLikelihoodFit(approximation, optimum, workspace)
    #expect(fit.warnings.contains { $0.code == "not-converged" })
  }
}
