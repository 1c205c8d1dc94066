// The posterior in every choice of coordinates: round trips, its gradient by differences, its density by definition.

import Glibc
import LinearAlgebra
import Probability
import TestSupport
import Testing

@testable import MixedModel

@Suite("The posterior density and its gradient are those of the model, in all coordinates")
struct PosteriorDensityTests {
  /// Priors of every kind where they apply.
  static func prior(_ model: MixedModel) throws -> PriorDensity {
    try PriorDensity(
      model: model,
      statements: (["b ~ normal(0.2, 1.5)"]
        + (model.effects.blocks.contains(where: \.hasCorrelations) ? ["cor ~ lkj(2.5)"] : [])
        + (model.effects.blocks.isEmpty ? [] : ["sd ~ gamma(2, 1.3)"]))
        .filter { model.layout.coefficientCount > 2 || !$0.hasPrefix("b ") }
        .map { try PriorStatement.parse($0) })
  }

  @Test(
    "coordinates lead to standard effects and back, as dense algebra has it",
    arguments: ModelCase.all, Knowledge.allCases)
  func roundTrip(_ example: ModelCase, _ knowledge: Knowledge) throws {
    let built = try example.build()
    let layout = built.model.effects
    let coordinates = knowledge.coordinates(layout)
    var factors = CovarianceFactors(layout: layout)
    let psi = built.parameters(seed: 21)
    factors.update(psi)
    let z = built.effects(seed: 22)
    let u = coordinates.standardEffects(z, factors)
    let wanted = knowledge.naive(layout, built.naive.factor(psi), z).u
    #expect(distance(u, wanted) < 1e-11)
    #expect(distance(coordinates.coordinates(u, factors), z) < 1e-11)
    if knowledge == .none { #expect(distance(u, z) < 1e-15) }
  }

  @Test("the curvature in z is that in u between L⁻¹ and L⁻ᵀ", arguments: ModelCase.all)
  func curvature(_ example: ModelCase) throws {
    let built = try example.build()
    let layout = built.model.effects
    guard layout.count > 0 else { return }
    var factors = CovarianceFactors(layout: layout)
    let psi = built.parameters(seed: 25)
    factors.update(psi)
    var rows = RowWorkspace(model: built.model)
    built.model.curvaturePass(
      coefficients: psi, effects: built.effects(seed: 26), &rows)
    var curvature = ArrowMatrix(structure: layout.arrow)
    factors.standardCurvature(of: rows.curvature, into: &curvature)
    curvature.fillUpperTriangles()
    let dense = curvature.dense
    let lambda = built.naive.factor(psi)
    let (w, _) = Knowledge.some.information(layout)
    let l = try #require(
      (lambda.transposed * w * lambda + DenseMatrix.identity(layout.count)).cholesky)
    Knowledge.some.coordinates(layout).whiten(&curvature, factors)
    let inverse = l.inverse
    #expect((curvature.dense - inverse * dense * inverse.transposed).largest < 1e-11)
  }

  @Test("the gradient is that of differences", arguments: ModelCase.all, Knowledge.allCases)
  func gradient(_ example: ModelCase, _ knowledge: Knowledge) throws {
    let built = try example.build()
    var density = PosteriorDensity(
      model: built.model, prior: try Self.prior(built.model),
      coordinates: knowledge.coordinates(built.model.effects))
    let point = built.effects(seed: 23) + built.parameters(seed: 24)
    #expect(density.dimension == point.count)
    var gradient = [Double](repeating: .nan, count: point.count)
    _ = value(&density, point, &gradient)
    var unused = gradient
    let wanted = Differences.gradient(at: point, step: 3e-3) { value(&density, $0, &unused) }
    #expect(distance(gradient, wanted) < 1e-8)
  }

  @Test(
    "the density is f(y | b) N(b; 0, Σ) |db/dz| π(ψ) |dψ/ds| up to a constant",
    arguments: ModelCase.all, Knowledge.allCases)
  func definition(_ example: ModelCase, _ knowledge: Knowledge) throws {
    let built = try example.build()
    let prior = try Self.prior(built.model)
    let coordinates = knowledge.coordinates(built.model.effects)
    var density = PosteriorDensity(model: built.model, prior: prior, coordinates: coordinates)
    let gaps = ([31, 32, 33] as [UInt64]).map { seed in
      let (z, s) = (built.effects(seed: seed), built.parameters(seed: seed))
      var gradient = [Double](repeating: 0, count: z.count + s.count)
      let value = value(&density, z + s, &gradient)
      return value - definition(built, knowledge, prior, z, s)
    }
    // The definition leaves out 2π, so the gap is a constant, not zero.
    #expect(abs(gaps[1] - gaps[0]) < 1e-10 * 1000)
    #expect(abs(gaps[2] - gaps[0]) < 1e-10 * 1000)
  }

  /// log f(y | b) + log N(b; 0, ΛΛ') + log |db/dz| + log π(ψ) + log |dψ/ds| at coordinates z and s.
  private func definition(
    _ built: BuiltCase, _ knowledge: Knowledge, _ prior: PriorDensity, _ z: [Double],
    _ s: [Double]
  ) -> Double {
    // The parameters of correlations are sinh s, by definition; those of standard deviations are s.
    var psi = s
    var logJacobian = 0.0
    for block in built.model.effects.blocks where block.hasCorrelations {
      for place in block.size..<block.covariance.parameterCount {
        psi[block.thetaOffset + place] = sinh(s[block.thetaOffset + place])
        logJacobian += log(cosh(s[block.thetaOffset + place]))
      }
    }
    let lambda = built.naive.factor(psi)
    let (u, logMap) = knowledge.naive(built.model.effects, lambda, z)
    // Λ is lower triangular within blocks, so its determinant is a product of diagonals.
    logJacobian += z.indices.reduce(logMap) { $0 + log(lambda[$1, $1]) }
    let b = lambda * u
    var unused = [Double](repeating: 0, count: psi.count)
    return built.naive.logLikelihood(psi, b) + built.naive.effectDensity(psi, b) + logJacobian
      + prior.including(jacobian: true).addLogDensity(at: psi, gradient: &unused)
  }

  @Test("where it cannot be computed the density is zero, never NaN")
  func impossible() throws {
    let built = try ModelCase("", "c ~ x + (1 | g)", families: "poisson").build()
    var density = PosteriorDensity(
      model: built.model, prior: try Self.prior(built.model),
      coordinates: EffectCoordinates(layout: built.model.effects))
    var gradient = [Double](repeating: 0, count: density.dimension)
    let good = built.effects(seed: 1) + built.parameters(seed: 1)
    for (place, bad) in [(0, Double.nan), (0, 1e300), (9, 800), (11, 800), (11, .infinity)] {
      var point = good
      point[place] = bad
      #expect(value(&density, point, &gradient) == -.infinity)
    }
    #expect(value(&density, good, &gradient).isFinite)
    #expect(density.evaluationCount == 6)
  }

  private func value(
    _ density: inout PosteriorDensity, _ point: [Double], _ gradient: inout [Double]
  ) -> Double {
    var span = gradient.mutableSpan
    return density.evaluate(at: point.span, gradient: &span)
  }
}
