// Draws by name: names as the contract with users has them, values that lead back to the parameters.

import Glibc
import TestSupport
import Testing

@testable import MixedModel

@Suite("Reported parameters have the promised names and lose nothing")
struct ReportedParametersTests {
  private func reported(_ model: MixedModel) -> ReportedParameters {
    ReportedParameters(
      model: model, coordinates: Knowledge.some.coordinates(model.effects))
  }

  @Test("of several outcomes")
  func severalOutcomes() throws {
    let built = try ModelCase(
      "", "bf(y ~ x + (1 |i| h), sigma ~ z + (1 | k))", "c ~ 0 + k + (1 + x |i| h)",
      families: "gaussian,nbinom2"
    ).build()
    let names = reported(built.model).names
    #expect(
      names.prefix(17) == [
        "b_y_Intercept", "b_y_x", "b_sigma_y_Intercept", "b_sigma_y_z", "b_c_kk0", "b_c_kk1",
        "b_c_kk2", "shape_c", "sd_h__y_Intercept", "sd_h__c_Intercept", "sd_h__c_x",
        "sd_k__sigma_y_Intercept", "cor_h__y_Intercept__c_Intercept", "cor_h__y_Intercept__c_x",
        "cor_h__c_Intercept__c_x", "r_h__y[h0,Intercept]", "r_h__y[h1,Intercept]",
      ])
    #expect(
      names.suffix(9) == [
        "r_h__c[h4,Intercept]", "r_h__c[h0,x]", "r_h__c[h1,x]", "r_h__c[h2,x]", "r_h__c[h3,x]",
        "r_h__c[h4,x]", "r_k__sigma_y[k0,Intercept]", "r_k__sigma_y[k1,Intercept]",
        "r_k__sigma_y[k2,Intercept]",
      ])
    #expect(names.count == 15 + 3 * 5 + 3)
    #expect(built.model.populationNames.count == 15)
  }

  @Test("of one outcome, whose name is left out")
  func oneOutcome() throws {
    let built = try ModelCase(
      "", "bf(y ~ poly(x, 2) + x:z + (1 + z | k), sigma ~ 1 + (1 | h))", families: "gaussian"
    ).build()
    let names = reported(built.model).names
    #expect(
      names.prefix(12) == [
        "b_Intercept", "b_polyx21", "b_polyx22", "b_x:z", "b_sigma_Intercept", "sd_k__Intercept",
        "sd_k__z", "sd_h__sigma_Intercept", "cor_k__Intercept__z", "r_k[k0,Intercept]",
        "r_k[k1,Intercept]", "r_k[k2,Intercept]",
      ])
    #expect(names.contains("r_k[k1,z]"))
    #expect(names.last == "r_h__sigma[h4,Intercept]")
    let plain = try ModelCase("", "y ~ x", families: "gaussian").build().model
    #expect(reported(plain).names == ["b_Intercept", "b_x", "sigma"])
  }

  @Test("names are cleaned as brms cleans them")
  func cleaning() {
    #expect(ParameterName.cleaned("(Intercept)") == "Intercept")
    #expect(ParameterName.cleaned("I(x^2)") == "IxE2")
    #expect(ParameterName.cleaned("sppEC-A") == "sppECMA")
    #expect(ParameterName.cleaned("minedno:sppPR") == "minedno:sppPR")
    #expect(ParameterName.cleaned("a b+c*d/e=f<g>h!i&j") == "abPcMUdDeEQfLTgGThNiAj")
    #expect(ParameterName.cleaned("math_score.x") == "math_score.x")
  }

  @Test("every name is one of a kind, and effects come last", arguments: ModelCase.all)
  func unique(_ example: ModelCase) throws {
    let built = try example.build()
    let parameters = reported(built.model)
    #expect(Set(parameters.names).count == parameters.names.count)
    #expect(parameters.randomEffectCount == built.model.effects.count)
    #expect(
      parameters.names.firstIndex { $0.hasPrefix("r_") }
        ?? parameters.names.count == parameters.names.count - parameters.randomEffectCount)
  }

  @Test("values lead back to ψ and b", arguments: ModelCase.all)
  func roundTrip(_ example: ModelCase) throws {
    let built = try example.build()
    var parameters = reported(built.model)
    let psi = built.parameters(seed: 41)
    let x = built.effects(seed: 42)
    var values = [Double](repeating: .nan, count: parameters.names.count)
    let s = ParameterCoordinates(model: built.model).coordinates(psi)
    parameters.write((x + s).span, into: &values)
    let point = parameters.point(of: values)
    #expect(distance(point.psi, psi) < 1e-12)
    var factors = CovarianceFactors(layout: built.model.effects)
    factors.update(psi)
    let u = Knowledge.some.coordinates(built.model.effects).standardEffects(x, factors)
    #expect(distance(point.effects, built.naive.factor(psi) * u) < 1e-12)
  }

  @Test("values are on the scale of their names")
  func scales() throws {
    let built = try ModelCase("", "y ~ x + (1 + x | g)", families: "gaussian").build()
    var parameters = ReportedParameters(
      model: built.model,
      coordinates: EffectCoordinates(layout: built.model.effects))
    // s = (β, log σ, log sd, log sd, arsinh t) with t = 3/4: a correlation of 3/5, and arsinh t = log 2. Effects are
    // standard: b₁ = 1/4 u₁, b₂ = 4 (3/5 u₁ + 4/5 u₂).
    let s = [1.5, -0.5, log(2), log(0.25), log(4), log(2)]
    let b = (0..<18).map(Double.init)
    let u = (0..<9).flatMap { level in
      let first = 4 * b[2 * level]
      return [first, (b[2 * level + 1] / 4 - 0.6 * first) / 0.8]
    }
    var values = [Double](repeating: .nan, count: parameters.names.count)
    parameters.write((u + s).span, into: &values)
    #expect(distance(Array(values.prefix(6)), [1.5, -0.5, 2, 0.25, 4, 0.6]) < 1e-14)
    // Names go member by member, b goes level by level.
    #expect(
      distance(
        Array(values.dropFirst(6)),
        (0..<9).map { 2 * Double($0) } + (0..<9).map { 2 * Double($0) + 1 }) < 1e-13)
  }
}
