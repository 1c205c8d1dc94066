// The Laplace approximation against its definition with dense matrices, and its gradient against differences.

import Laplace
import LinearAlgebra
import MixedModel
import TestSupport
import Testing

@Suite("The Laplace approximation is its definition, and its gradient is exact")
struct GradientTests {
  /// Points that are not optimal; at some a correlation is near ±1 or a standard deviation near 0 or large.
  enum Place: String, CaseIterable, Sendable {
    case moderate, nearlySingular, tiny, wide

    func parameters(_ built: BuiltCase) -> [Double] {
      var psi = built.parameters(seed: 51)
      for (index, block) in built.model.effects.blocks.enumerated() {
        let start = block.thetaOffset
        for place in 0..<block.covariance.parameterCount {
          switch self {
          case .moderate: break
          case .nearlySingular where place >= block.size:
            psi[start + place] = place % 2 == 0 ? 40 : -25
          case .tiny where place == index % block.size: psi[start + place] = -9
          case .wide where place == index % block.size: psi[start + place] = 1.2
          default: break
          }
        }
      }
      return psi
    }
  }

  @Test(
    "the value is the joint density at the modes less half the log determinant",
    arguments: ModelCase.all, Place.allCases)
  func definition(_ example: ModelCase, _ place: Place) throws {
    let built = try example.build()
    let psi = place.parameters(built)
    var workspace = LaplaceWorkspace(model: built.model)
    let value = try LaplaceApproximation(model: built.model).value(at: psi, &workspace)
    let lambda = built.naive.factor(psi)
    let u = workspace.modes
    let rows = built.naive.derivatives(psi, lambda * u)
    let h = lambda.transposed * rows.curvature * lambda + .identity(u.count)
    let wanted = rows.value - 0.5 * u.reduce(0) { $0 + $1 * $1 } - 0.5 * h.logDeterminant
    #expect(abs(value - wanted) < 1e-9 * max(1, abs(wanted)))
    #expect(distance(workspace.effects, lambda * u) < 1e-13)
    // At the modes the gradient in u vanishes.
    let slope = lambda.transposed * rows.effectGradient
    #expect(distance(slope, u) < 1e-7)
  }

  @Test("the gradient is that of differences", arguments: ModelCase.all, Place.allCases)
  func gradient(_ example: ModelCase, _ place: Place) throws {
    let built = try example.build()
    let approximation = LaplaceApproximation(model: built.model)
    let psi = place.parameters(built)
    var workspace = LaplaceWorkspace(model: built.model)
    var gradient = [Double](repeating: .nan, count: psi.count)
    let value = try approximation.valueAndGradient(at: psi, into: &gradient, &workspace)
    var other = LaplaceWorkspace(model: built.model)
    #expect(value == (try approximation.value(at: psi, &other)))
    let wanted = try Differences.gradient(at: psi) { try approximation.value(at: $0, &other) }
    #expect(distance(gradient, wanted) < 1e-6)
  }

  @Test("of ragged outcomes too", arguments: ModelCase.ragged)
  func ragged(_ example: ModelCase) throws {
    try definition(example, .moderate)
    try gradient(example, .moderate)
  }

  @Test("a penalty adds its value and gradient")
  func penalty() throws {
    struct Quadratic: ParameterPenalty {
      func addLogDensity(at psi: [Double], gradient: inout [Double]) -> Double {
        for i in psi.indices { gradient[i] -= psi[i] }
        return -0.5 * psi.reduce(0) { $0 + $1 * $1 }
      }
    }
    let built = try ModelCase("", "p ~ x + (1 | g)", families: "bernoulli").build()
    let psi = built.parameters(seed: 52)
    var workspace = LaplaceWorkspace(model: built.model)
    var (plain, penalised) = (psi, psi)
    let value = try LaplaceApproximation(model: built.model)
      .valueAndGradient(at: psi, into: &plain, &workspace)
    let other = try LaplaceApproximation(model: built.model, penalty: Quadratic())
      .valueAndGradient(at: psi, into: &penalised, &workspace)
    #expect(abs(other - value + 0.5 * psi.reduce(0) { $0 + $1 * $1 }) < 1e-12)
    #expect(distance(penalised, plain.indices.map { plain[$0] - psi[$0] }) < 1e-12)
  }

  @Test("the answer does not depend on the modes it starts from")
  func warmStart() throws {
    let built = try ModelCase("", "c ~ x + (1 + x | g) + (1 | h)", families: "poisson").build()
    let approximation = LaplaceApproximation(model: built.model)
    let psi = built.parameters(seed: 53)
    var cold = LaplaceWorkspace(model: built.model)
    let value = try approximation.value(at: psi, &cold)
    for scale in [0.1, 3, 1e3] {
      var warm = LaplaceWorkspace(model: built.model)
      warm.modes = built.effects(seed: 54, scale: scale)
      #expect(abs(try approximation.value(at: psi, &warm) - value) < 1e-10)
      #expect(distance(warm.modes, cold.modes) < 1e-8)
    }
  }

  @Test("a point without a likelihood is a failure, not a number")
  func failure() throws {
    let built = try ModelCase("", "c ~ x + (1 | g)", families: "poisson").build()
    let approximation = LaplaceApproximation(model: built.model)
    var workspace = LaplaceWorkspace(model: built.model)
    #expect(throws: LaplaceFailure.notFinite) {
      try approximation.value(at: [1e4, 0, 0], &workspace)
    }
    #expect(throws: LaplaceFailure.notFinite) {
      try approximation.value(at: [.nan, 0, 0], &workspace)
    }
    #expect(try approximation.value(at: [0, 0, 0], &workspace).isFinite)
  }
}
