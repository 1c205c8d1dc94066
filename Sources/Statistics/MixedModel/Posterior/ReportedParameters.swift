// The parameters that users see in draws, by name: coefficients, dispersions, standard deviations, correlations, effects.

import Families
import LinearAlgebra

/// The natural parameters of a model as functions of a position (x, ψ), with brms's names.
package struct ReportedParameters: Sendable {
  /// The names, in the order of `write`.
  package let names: [String]
  /// How many of them, at the end, are random effects `r_…`.
  package let randomEffectCount: Int

  let model: MixedModel
  private let coordinates: EffectCoordinates
  private let parameters: ParameterCoordinates
  private var factors: CovarianceFactors
  private var psi: [Double]
  private var u: [Double]
  private var b: [Double]
  private var workspace: EffectWorkspace

  /// The reported parameters of a model whose effects are sampled in `coordinates`.
  package init(model: MixedModel, coordinates: EffectCoordinates) {
    self.model = model
    self.coordinates = coordinates
    parameters = ParameterCoordinates(model: model)
    factors = CovarianceFactors(layout: model.effects)
    psi = Array(repeating: 0, count: model.layout.count)
    u = Array(repeating: 0, count: model.effects.count)
    b = u
    workspace = EffectWorkspace(coordinates)
    let effects = model.randomEffectNames
    names = model.populationNames + effects
    randomEffectCount = effects.count
  }

  /// The value of each of `names` at `position`; `values` has as many elements.
  package mutating func write(_ position: Span<Double>, into values: inout [Double]) {
    for i in psi.indices { psi[i] = position[u.count + i] }
    parameters.stretch(&psi)
    factors.update(psi)
    _ = coordinates.standardEffects(position, factors, into: &u, &workspace)
    factors.effects(of: u, into: &b)
    write(into: &values)
  }

  /// The value of each of `names` at the parameters ψ and the random effects b.
  package mutating func write(
    psi natural: [Double], effects: [Double], into values: inout [Double]
  ) {
    psi.copyElements(of: natural)
    b.copyElements(of: effects)
    factors.update(psi)
    write(into: &values)
  }

  /// The value of each of `names` but the random effects, which stand last, at the parameters ψ.
  package mutating func writePopulation(psi natural: [Double], into values: inout [Double]) {
    psi.copyElements(of: natural)
    factors.update(psi)
    write(into: &values, includesEffects: false)
  }

  /// The values that belong to ψ, Λ and b.
  private func write(into values: inout [Double], includesEffects: Bool = true) {
    var next = 0
    func put(_ value: Double) {
      values[next] = value
      next += 1
    }
    for outcome in model.outcomes {
      for predictor in outcome.predictors where !predictor.isConstant {
        for column in predictor.columnNames.indices {
          put(psi[predictor.coefficientOffset + column])
        }
      }
    }
    for outcome in model.outcomes {
      for (place, predictor) in outcome.predictors.enumerated() where predictor.isOneNumber {
        put(predictor.parameterValue(psi, link: outcome.family.parameters[place].link))
      }
    }
    for (index, block) in model.effects.blocks.enumerated() {
      // A fixed value is written as it was given, so that its column is constant to the last bit.
      let summary = CovarianceSummary(lambda: factors.lambdas[index], size: block.size)
      for (free, fixed) in zip(summary.standardDeviations, block.covariance.fixedDeviations) {
        put(fixed ?? free)
      }
    }
    for (index, block) in model.effects.blocks.enumerated() where block.hasCorrelations {
      let summary = CovarianceSummary(lambda: factors.lambdas[index], size: block.size)
      for a in 0..<block.size {
        for c in (a + 1)..<max(block.size, a + 1) { put(summary.correlations[c + a * block.size]) }
      }
    }
    if let correlation = model.residualCorrelation {
      let values = correlation.correlations(psi)
      for (a, c) in correlation.pairs { put(values[c + a * correlation.outcomeCount]) }
    }
    guard includesEffects else { return }
    for (index, block) in model.effects.blocks.enumerated() {
      for member in block.members.indices {
        for level in block.levels.indices {
          put(b[model.effects.index(block: index, level: level, member: member)])
        }
      }
    }
  }
}

extension ReportedParameters {
  /// ψ and b of one draw, from the values of `names`: the inverse of `write`.
  package func point(of values: [Double]) -> (psi: [Double], effects: [Double]) {
    var psi = [Double](repeating: 0, count: model.layout.count)
    var b = [Double](repeating: 0, count: model.effects.count)
    var rest = values[...]
    for outcome in model.outcomes {
      for predictor in outcome.predictors where !predictor.isConstant {
        for column in predictor.columnNames.indices {
          psi[predictor.coefficientOffset + column] = rest.removeFirst()
        }
      }
    }
    for outcome in model.outcomes {
      for (place, predictor) in outcome.predictors.enumerated() where predictor.isOneNumber {
        let value = rest.removeFirst()
        guard predictor.isConstant else { continue }
        psi[predictor.coefficientOffset] =
          outcome.family.parameters[place].link.predictor(for: value)
      }
    }
    let deviations = model.effects.blocks.map { block in
      (0..<block.size).map { _ in rest.removeFirst() }
    }
    for (index, block) in model.effects.blocks.enumerated() {
      let k = block.size
      var correlations = (0..<(k * k)).map { $0 % (k + 1) == 0 ? 1.0 : 0 }
      if block.hasCorrelations {
        for a in 0..<k {
          for c in (a + 1)..<max(k, a + 1) {
            let value = rest.removeFirst()
            correlations[c + a * k] = value
            correlations[a + c * k] = value
          }
        }
      }
      let theta = block.covariance.parameters(
        standardDeviations: deviations[index], correlations: correlations)
      for (place, value) in theta.enumerated() { psi[block.thetaOffset + place] = value }
    }
    if let correlation = model.residualCorrelation {
      let k = correlation.outcomeCount
      var correlations = (0..<(k * k)).map { $0 % (k + 1) == 0 ? 1.0 : 0 }
      for (a, c) in correlation.pairs {
        correlations[c + a * k] = rest.removeFirst()
        correlations[a + c * k] = correlations[c + a * k]
      }
      for (place, value) in correlation.parameters(of: correlations).enumerated() {
        psi[correlation.offset + place] = value
      }
    }
    for (index, block) in model.effects.blocks.enumerated() {
      for member in block.members.indices {
        for level in block.levels.indices {
          b[model.effects.index(block: index, level: level, member: member)] = rest.removeFirst()
        }
      }
    }
    return (psi, b)
  }
}

extension RandomEffectLayout.Block {
  /// Whether θ has correlation parameters.
  package var hasCorrelations: Bool { covariance.logStandardDeviations.contains(nil) }
}

extension MixedModel {
  /// The outcome's name inside parameter names; nil in a model with one outcome.
  package func nameInParameters(_ outcome: Int) -> String? {
    outcomes.count > 1 ? outcomes[outcome].name : nil
  }

  /// The names of coefficients, dispersions, standard deviations and correlations, in the order of draws.
  package var populationNames: [String] {
    var names: [String] = []
    for (index, outcome) in outcomes.enumerated() {
      for predictor in outcome.predictors where !predictor.isConstant {
        names += predictor.columnNames.map {
          ParameterName.coefficient(
            outcome: nameInParameters(index), parameter: predictor.parameter, term: $0)
        }
      }
    }
    for (index, outcome) in outcomes.enumerated() {
      for predictor in outcome.predictors where predictor.isOneNumber {
        names.append(
          ParameterName.dispersion(
            outcome: nameInParameters(index), parameter: predictor.parameter))
      }
    }
    for block in effects.blocks {
      names += block.members.map {
        ParameterName.standardDeviation(group: block.group, member: memberName($0))
      }
    }
    for block in effects.blocks where block.hasCorrelations {
      for a in 0..<block.size {
        for c in (a + 1)..<max(block.size, a + 1) {
          names.append(
            ParameterName.correlation(
              group: block.group, memberName(block.members[a]), memberName(block.members[c])))
        }
      }
    }
    names += residualCorrelationNames
    return names
  }

  /// The names of the residual correlations, in the order of `ResidualCorrelation.pairs`.
  package var residualCorrelationNames: [String] {
    residualCorrelation?.pairs.map {
      ParameterName.residualCorrelation(outcomes[$0.first].name, outcomes[$0.second].name)
    } ?? []
  }

  /// `outcome_Intercept`: a member of a block inside names.
  package func memberName(_ member: RandomEffectLayout.Member) -> String {
    ParameterName.member(
      outcome: nameInParameters(member.outcome), parameter: member.parameter, term: member.term)
  }

  /// The names of all random effects, block by block, member by member.
  package var randomEffectNames: [String] {
    effects.blocks.flatMap { block in
      block.members.flatMap { member in
        block.levels.map {
          ParameterName.randomEffect(
            group: block.group, outcome: nameInParameters(member.outcome),
            parameter: member.parameter, level: $0, term: member.term)
        }
      }
    }
  }
}
