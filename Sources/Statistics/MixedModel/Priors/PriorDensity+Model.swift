// Which prior each parameter of a model gets: the narrowest statement, or the default.

import Families

extension PriorDensity {
  /// The priors of a model from the user's statements and the defaults.
  ///
  /// - Throws: `ModelError` for a statement that matches no parameter.
  package init(
    model: MixedModel, statements: [PriorStatement], includesJacobian: Bool = true
  ) throws(ModelError) {
    var builder = PriorBuilder(model: model, statements: statements)
    for index in model.outcomes.indices { builder.addOutcome(index) }
    for block in model.effects.blocks { builder.addBlock(block) }
    if let correlation = model.residualCorrelation { builder.addResidualCorrelation(correlation) }
    if let unused = statements.indices.first(where: { !builder.used.contains($0) }) {
      throw ModelError(
        "prior '\(statements[unused].text)' matches no parameter of the model; outcomes are "
          + model.outcomes.map(\.name).joined(separator: ", "))
    }
    self.init(terms: builder.terms, entries: builder.entries, includesJacobian: includesJacobian)
  }
}

private struct PriorBuilder {
  let model: MixedModel
  let statements: [PriorStatement]
  var terms: [PriorDensity.Term] = []
  var entries: [PriorDensity.Entry] = []
  var used: Set<Int> = []

  /// The narrowest matching statement; the later of equals.
  private mutating func stated(_ parameterClass: String, _ places: [String]) -> PriorDistribution? {
    var best: (index: Int, specificity: Int)?
    for (index, statement) in statements.enumerated()
    where statement.parameterClass == parameterClass {
      guard let specificity = statement.specificity(places) else { continue }
      used.insert(index)
      if specificity >= best?.specificity ?? 0 { best = (index, specificity) }
    }
    return best.map { statements[$0.index].distribution }
  }

  private mutating func note(
    _ parameterClass: String, _ target: String, _ prior: PriorDistribution, isDefault: Bool
  ) {
    entries.append(
      .init(
        parameterClass: parameterClass, target: target, prior: prior.text, isDefault: isDefault))
  }

  mutating func addOutcome(_ index: Int) {
    let outcome = model.outcomes[index]
    let scale = ResponseScale(outcome)
    let name = model.outcomes.count > 1 ? outcome.name : nil
    for predictor in outcome.predictors {
      if predictor.isConstant {
        let given = stated(predictor.parameter, [outcome.name])
        let prior = given ?? scale.dispersion(predictor.parameter)
        terms.append(.positive(predictor.coefficientOffset, prior))
        note(
          predictor.parameter,
          ParameterName.dispersion(outcome: name, parameter: predictor.parameter), prior,
          isDefault: given == nil)
        continue
      }
      let qualifier =
        predictor.parameter == "mu" ? outcome.name : "\(predictor.parameter)_\(outcome.name)"
      for (place, term) in predictor.columnNames.enumerated() {
        let at = predictor.coefficientOffset + place
        let target = ParameterName.coefficient(
          outcome: name, parameter: predictor.parameter, term: term)
        let isIntercept = term == "(Intercept)"
        let given = stated(
          isIntercept ? "Intercept" : "b", [qualifier, ParameterName.cleaned(term)])
        if isIntercept && given == nil {
          let prior =
            predictor.parameter == "mu"
            ? scale.intercept : scale.dispersionIntercept(predictor.parameter)
          terms.append(.centredIntercept(centred(predictor, outcome.response.count), prior))
          note("Intercept", "\(target) at the predictors' means", prior, isDefault: true)
        } else {
          let prior = given ?? .flat
          terms.append(.coefficient(at, prior))
          note(isIntercept ? "Intercept" : "b", target, prior, isDefault: given == nil)
        }
      }
    }
  }

  /// β_0 + Σ x̄_c β_c.
  private func centred(_ predictor: ModelPredictor, _ count: Int) -> [(index: Int, weight: Double)]
  {
    predictor.columnNames.enumerated().map { column, name in
      var sum = 0.0
      for row in 0..<count { sum += predictor.design[column * predictor.stride + row] }
      return (
        predictor.coefficientOffset + column, name == "(Intercept)" ? 1 : sum / Double(count)
      )
    }
  }

  mutating func addResidualCorrelation(_ correlation: ResidualCorrelation) {
    let given = stated("rescor", [])
    var eta = 1.0
    if case .lkj(let value)? = given { eta = value }
    terms.append(
      .correlation(start: correlation.offset, size: correlation.outcomeCount, eta: eta))
    note("rescor", "rescor", .lkj(eta: eta), isDefault: given == nil)
  }

  mutating func addBlock(_ block: RandomEffectLayout.Block) {
    let isSeveral = model.outcomes.count > 1
    for (place, member) in block.covariance.logStandardDeviations.enumerated() {
      guard let member else { continue }
      let about = block.members[member]
      let outcome = model.outcomes[about.outcome]
      let given = stated(
        "sd", [outcome.name, block.group, ParameterName.cleaned(about.term)])
      let prior = given ?? ResponseScale(outcome).deviation
      terms.append(.positive(block.thetaOffset + place, prior))
      note(
        "sd",
        ParameterName.standardDeviation(
          group: block.group,
          member: ParameterName.member(
            outcome: isSeveral ? outcome.name : nil, parameter: about.parameter, term: about.term)),
        prior, isDefault: given == nil)
    }
    let deviations = block.covariance.logStandardDeviations.compactMap { $0 }.count
    guard block.covariance.parameterCount > deviations else { return }
    let given = stated("cor", [block.group])
    var eta = 1.0
    if case .lkj(let value)? = given { eta = value }
    terms.append(
      .correlation(start: block.thetaOffset + deviations, size: block.size, eta: eta))
    note("cor", "cor_\(block.group)", .lkj(eta: eta), isDefault: given == nil)
  }
}
