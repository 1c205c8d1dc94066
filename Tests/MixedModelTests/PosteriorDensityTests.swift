// The posterior in every choice of coordinates: round trips, its gradient by differences, its density by definition.

import Glibc
import LinearAlgebra
import Probability
import TestSupport
import Testing

@testable import MixedModel

/// Which members of random-effect vectors are sampled as themselves.
enum Centring: String, CaseIterable, Sendable {
  case all, none, odd, even

  func choices(_ model: MixedModel) -> [[Bool]] {
    model.effects.blocks.enumerated().map { index, block in
      (0..<block.size).map { member in
        switch self {
        case .all: true
        case .none: false
        case .odd: (index + member) % 2 == 1
        case .even: (index + member) % 2 == 0
        }
      }
    }
  }
}

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
    "coordinates lead to standard effects and back", arguments: ModelCase.all, Centring.allCases)
  func roundTrip(_ example: ModelCase, _ centring: Centring) throws {
    let built = try example.build()
    let coordinates = EffectCoordinates(
      layout: built.model.effects, isCentred: centring.choices(built.model))
    var factors = CovarianceFactors(layout: built.model.effects)
    let psi = built.parameters(seed: 21)
    factors.update(psi)
    let u = built.effects(seed: 22)
    let x = coordinates.coordinates(u, factors)
    var back = u.map { _ in Double.nan }
    coordinates.standardEffects(x.span, factors, into: &back)
    #expect(distance(back, u) < 1e-13)
    let b = built.naive.factor(psi) * u
    for (index, block) in built.model.effects.blocks.enumerated() {
      for level in block.levels.indices {
        for member in 0..<block.size {
          let at = built.model.effects.index(block: index, level: level, member: member)
          let wanted = coordinates.isCentred[index][member] ? b[at] : u[at]
          #expect(abs(x[at] - wanted) < 1e-13)
        }
      }
    }
  }

  @Test("the gradient is that of differences", arguments: ModelCase.all, Centring.allCases)
  func gradient(_ example: ModelCase, _ centring: Centring) throws {
    let built = try example.build()
    var density = PosteriorDensity(
      model: built.model, prior: try Self.prior(built.model),
      coordinates: EffectCoordinates(
        layout: built.model.effects, isCentred: centring.choices(built.model)))
    let point = built.effects(seed: 23) + built.parameters(seed: 24)
    #expect(density.dimension == point.count)
    var gradient = [Double](repeating: .nan, count: point.count)
    _ = value(&density, point, &gradient)
    var unused = gradient
    let wanted = Differences.gradient(at: point, step: 3e-3) { value(&density, $0, &unused) }
    #expect(distance(gradient, wanted) < 1e-8)
  }

  @Test(
    "the density is f(y | b) N(b; 0, Σ) π(ψ) |dx/db| up to a constant",
    arguments: ModelCase.all, Centring.allCases)
  func definition(_ example: ModelCase, _ centring: Centring) throws {
    let built = try example.build()
    let prior = try Self.prior(built.model)
    let choices = centring.choices(built.model)
    let coordinates = EffectCoordinates(layout: built.model.effects, isCentred: choices)
    var density = PosteriorDensity(model: built.model, prior: prior, coordinates: coordinates)
    let gaps = ([31, 32, 33] as [UInt64]).map { seed in
      let (x, psi) = (built.effects(seed: seed), built.parameters(seed: seed))
      var gradient = [Double](repeating: 0, count: x.count + psi.count)
      let value = value(&density, x + psi, &gradient)
      return value - definition(built, coordinates, prior, x, psi)
    }
    // The definition leaves out 2π, so the gap is a constant, not zero.
    #expect(abs(gaps[1] - gaps[0]) < 1e-10 * 1000)
    #expect(abs(gaps[2] - gaps[0]) < 1e-10 * 1000)
  }

  /// log f(y | b) + log N(b; 0, ΛΛ') + log π(ψ) + log |db/dx| at coordinates x.
  private func definition(
    _ built: BuiltCase, _ coordinates: EffectCoordinates, _ prior: PriorDensity, _ x: [Double],
    _ psi: [Double]
  ) -> Double {
    let lambda = built.naive.factor(psi)
    // Rows of x = T u: those of Λ for centred members, of the identity for others; so b = Λ T⁻¹ x.
    var transform = DenseMatrix.identity(x.count)
    for (index, block) in built.model.effects.blocks.enumerated() {
      for level in block.levels.indices {
        for member in 0..<block.size where coordinates.isCentred[index][member] {
          let at = built.model.effects.index(block: index, level: level, member: member)
          for column in x.indices { transform[at, column] = lambda[at, column] }
        }
      }
    }
    let b = lambda * transform.solve(x)
    // Both matrices are lower triangular within blocks, so their determinants are products of diagonals.
    let logJacobian = x.indices.reduce(0) { $0 + log(lambda[$1, $1]) - log(transform[$1, $1]) }
    var unused = [Double](repeating: 0, count: psi.count)
    return built.naive.logLikelihood(psi, b) + built.naive.effectDensity(psi, b) + logJacobian
      + prior.including(jacobian: true).addLogDensity(at: psi, gradient: &unused)
  }

  @Test("where it cannot be computed the density is zero, never NaN")
  func impossible() throws {
    let built = try ModelCase("", "c ~ x + (1 | g)", families: "poisson").build()
    var density = PosteriorDensity(
      model: built.model, prior: try Self.prior(built.model),
      coordinates: EffectCoordinates(layout: built.model.effects, isCentred: [[false]]))
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
