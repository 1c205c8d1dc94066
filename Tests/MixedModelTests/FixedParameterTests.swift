// Parameters that the user fixes: the model is the free one at those values, with fewer parameters.

import Formula
import Glibc
import TestSupport
import Testing

@testable import MixedModel

@Suite("A fixed standard deviation or dispersion is no parameter of the model")
struct FixedParameterTests {
  static let patterns: [[Double?]] = [
    [0.5, nil, nil], [nil, 2, nil], [nil, nil, 0.1], [3, nil, 1], [1, 2, 3],
  ]

  @Test("the factor and its derivative are those of the free structure", arguments: patterns)
  func structures(_ fixed: [Double?]) {
    let k = fixed.count
    for isDiagonal in [false, true] {
      let free: any CovarianceParametrisation =
        isDiagonal ? DiagonalCovariance(size: k) : UnstructuredCovariance(size: k)
      let held: any CovarianceParametrisation =
        isDiagonal
        ? DiagonalCovariance(size: k, fixedDeviations: fixed)
        : UnstructuredCovariance(size: k, fixedDeviations: fixed)
      let isFree = free.logStandardDeviations.map { $0.map { fixed[$0] == nil } ?? true }
      var whole = CovarianceParametrisationTests.parameters(free, seed: 61)
      for (place, value) in fixed.enumerated() {
        whole[place] = value.map { log($0) } ?? whole[place]
      }
      let part = zip(whole, isFree).filter(\.1).map(\.0)
      #expect(held.parameterCount == part.count)
      #expect(held.fixedDeviations == fixed)
      #expect(held.freeDeviationCount == fixed.count { $0 == nil })
      let lambda = CovarianceParametrisationTests.factor(held, part)
      #expect(distance(lambda, CovarianceParametrisationTests.factor(free, whole)) < 1e-15)
      let weights = (0..<(k * k)).map { 1 / (1.5 + Double($0)) }
      var gradient = [Double](repeating: 0, count: part.count)
      var span = gradient.mutableSpan
      held.pullBack(weights.span, part.span, lambda.span, into: &span, at: 0)
      let wanted = Differences.gradient(at: part) { point in
        zip(weights, CovarianceParametrisationTests.factor(held, point))
          .reduce(0) { $0 + $1.0 * $1.1 }
      }
      #expect(distance(gradient, wanted) < 1e-10)
      let summary = CovarianceSummary(lambda: lambda, size: k)
      let back = held.parameters(
        standardDeviations: summary.standardDeviations, correlations: summary.correlations)
      #expect(distance(back, part) < 1e-11)
    }
  }

  private static let formulas = ["ym ~ x + (1 + z |i| g)", "c ~ x + (1 |i| g) + (1 | h)"]
  private static let families = "gaussian,nbinom2"
  private static let priors = [
    "sd[ym, g, z] ~ constant(0.4)", "sd[c, h] ~ constant(0.7)", "shape ~ constant(3)",
    "sigma[ym] ~ constant(1.25)",
  ]

  private func pair() throws -> (free: MixedModel, held: MixedModel, isFree: [Bool]) {
    let table = SyntheticData.table(rows: 90)
    let free = try makeModel(table, Self.formulas, families: Self.families).model
    let held = try makeModel(
      table, Self.formulas, families: Self.families, priors: Self.priors
    ).model
    // ψ: 2 + sigma, 2 + shape, block i (3 sds, 3 correlations), block h (1 sd).
    return (
      free, held,
      [
        true, true, false, true, true, false, true, false, true, true, true, true, false,
      ]
    )
  }

  /// ψ of the free model with the fixed values in their places.
  private func whole(_ part: [Double], _ isFree: [Bool]) -> [Double] {
    var fixed = [log(1.25), log(3), log(0.4), log(0.7)][...]
    var rest = part[...]
    return isFree.map { $0 ? rest.removeFirst() : fixed.removeFirst() }
  }

  @Test("the posterior is the free one at the fixed values")
  func posterior() throws {
    let (free, held, isFree) = try pair()
    #expect(free.layout.count == 13)
    #expect(held.layout.count == 9)
    let statements = try Self.priors.map { try PriorStatement.parse($0) }
    func density(_ model: MixedModel, _ statements: [PriorStatement]) throws -> PosteriorDensity {
      PosteriorDensity(
        model: model, prior: try PriorDensity(model: model, statements: statements),
        coordinates: EffectCoordinates(layout: model.effects))
    }
    var (one, other) = (try density(free, []), try density(held, statements))
    let effects = BuiltCase.effects(held.effects.count, seed: 62)
    var gaps: [Double] = []
    for seed in [63, 64] as [UInt64] {
      let part = BuiltCase.effects(held.layout.count, seed: seed)
      let all = whole(part, isFree)
      var wanted = [Double](repeating: 0, count: effects.count + all.count)
      var found = [Double](repeating: 0, count: effects.count + part.count)
      let values = (
        value(&one, effects + all, &wanted), value(&other, effects + part, &found)
      )
      gaps.append(values.0 - values.1)
      let kept =
        wanted.prefix(effects.count)
        + zip(wanted.dropFirst(effects.count), isFree).filter(\.1).map(\.0)
      #expect(distance(found, Array(kept)) < 1e-10)
    }
    // The priors of what is fixed are constants.
    #expect(abs(gaps[0] - gaps[1]) < 1e-9)
  }

  private func value(
    _ density: inout PosteriorDensity, _ point: [Double], _ gradient: inout [Double]
  ) -> Double {
    var span = gradient.mutableSpan
    return density.evaluate(at: point.span, gradient: &span)
  }

  @Test("draws show the fixed values to the last bit, and lead back to the free ones")
  func reported() throws {
    let (free, held, isFree) = try pair()
    var parameters = ReportedParameters(
      model: held, coordinates: EffectCoordinates(layout: held.effects))
    #expect(held.populationNames == free.populationNames)
    for seed in [65, 66] as [UInt64] {
      let psi = BuiltCase.effects(held.layout.count, seed: seed)
      var values = [Double](repeating: .nan, count: parameters.names.count)
      parameters.write(
        psi: psi, effects: BuiltCase.effects(held.effects.count, seed: 1), into: &values)
      func value(_ name: String) throws -> Double {
        values[try #require(parameters.names.firstIndex(of: name))]
      }
      #expect(try value("sd_g__ym_z") == 0.4)
      #expect(try value("sd_h__c_Intercept") == 0.7)
      #expect(abs(try value("shape_c") - 3) < 1e-15)
      #expect(abs(try value("sigma_ym") - 1.25) < 1e-15)
      #expect(distance(parameters.point(of: values).psi, psi) < 1e-12)
      #expect(whole(psi, isFree).count == free.layout.count)
    }
  }

  @Test("the narrowest statement decides whether a parameter is fixed")
  func narrowest() throws {
    let statements = ["sd ~ constant(1)", "sd[*, g] ~ exponential(1)", "sd[c, g] ~ constant(2)"]
    let model = try makeModel(
      SyntheticData.table(rows: 90), Self.formulas, families: Self.families, priors: statements
    ).model
    #expect(model.effects.blocks.map(\.covariance.fixedDeviations) == [[nil, nil, 2], [1]])
    let prior = try PriorDensity(
      model: model, statements: statements.map { try PriorStatement.parse($0) })
    #expect(
      prior.entries.filter { $0.parameterClass == "sd" }.map { "\($0.target) \($0.prior)" } == [
        "sd_g__ym_Intercept exponential(1)", "sd_g__ym_z exponential(1)",
        "sd_g__c_Intercept constant(2)", "sd_h__c_Intercept constant(1)",
      ])
  }

  @Test("a dispersion with a formula cannot be fixed, nor one outside its range")
  func refusals() throws {
    let table = SyntheticData.table(rows: 90)
    let statement = "sigma ~ constant(2)"
    let model = try makeModel(
      table, ["bf(y ~ x, sigma ~ z)"], families: "gaussian", priors: [statement]
    ).model
    #expect(throws: ModelError.self) {
      try PriorDensity(model: model, statements: [PriorStatement.parse(statement)])
    }
    #expect(
      throws: ModelError(
        "sigma of 'y' is fixed at -2.0, where its link 'log' is not finite; fix it inside its range"
      )
    ) { try makeModel(table, ["y ~ x"], families: "gaussian", priors: ["sigma ~ constant(-2)"]) }
  }
}
