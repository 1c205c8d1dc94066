// Which prior each parameter of a model gets: the narrowest statement, or the default.

import Families
import Formula

extension PriorDensity {
  /// The priors of a model from the user's statements and the defaults.
  ///
  /// - Precondition: the model was made with the same statements, where some of them fix parameters.
  /// - Throws: `ModelError` for a statement that matches no parameter, or that does not suit the one it matches.
  package init(
    model: MixedModel, statements: [PriorStatement], includesJacobian: Bool = true
  ) throws(ModelError) {
    var builder = PriorBuilder(model: model, statements: statements)
    for index in model.outcomes.indices { builder.addOutcome(index) }
    for block in model.effects.blocks { try builder.addBlock(block) }
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
    for (index, statement) in statements.enumerated()
    where statement.parameterClass == parameterClass && statement.specificity(places) != nil {
      used.insert(index)
    }
    return statements.narrowest(parameterClass, places).map { statements[$0].distribution }
  }

  private mutating func note(
    _ parameterClass: String, _ target: String, at places: [String], _ prior: PriorDistribution,
    isDefault: Bool, size: Int = 1
  ) {
    let brackets = places.isEmpty ? "" : "[\(places.joined(separator: ", "))]"
    entries.append(
      .init(
        parameterClass: parameterClass, target: target, prior: prior.text, isDefault: isDefault,
        isProper: prior.isProper(size: size), address: parameterClass + brackets))
  }

  mutating func addOutcome(_ index: Int) {
    let outcome = model.outcomes[index]
    let scale = ResponseScale(outcome)
    let name = model.outcomes.count > 1 ? outcome.name : nil
    for (position, predictor) in outcome.predictors.enumerated() {
      if predictor.isOneNumber {
        let given = stated(predictor.parameter, [outcome.name])
        let prior = given ?? scale.dispersion(predictor.parameter, of: outcome.family)
        if predictor.isConstant {
          terms.append(
            .parameter(
              predictor.coefficientOffset, outcome.family.parameters[position].link, prior))
        }
        note(
          predictor.parameter,
          ParameterName.dispersion(outcome: name, parameter: predictor.parameter),
          at: [outcome.name], prior, isDefault: given == nil)
        continue
      }
      let qualifier =
        predictor.parameter == "mu" ? outcome.name : "\(predictor.parameter)_\(outcome.name)"
      for (place, term) in predictor.columnNames.enumerated() {
        let at = predictor.coefficientOffset + place
        let target = ParameterName.coefficient(
          outcome: name, parameter: predictor.parameter, term: term)
        let isIntercept = term == "(Intercept)"
        let places = [qualifier, ParameterName.cleaned(term)]
        let given = stated(isIntercept ? "Intercept" : "b", places)
        if isIntercept && given == nil {
          let prior =
            predictor.parameter == "mu"
            ? scale.intercept : scale.dispersionIntercept(predictor.parameter)
          terms.append(.centredIntercept(centred(predictor, outcome.response.count), prior))
          note(
            "Intercept", "\(target) at the predictors' means", at: [qualifier], prior,
            isDefault: true)
        } else {
          let prior = given ?? .flat
          terms.append(.coefficient(at, prior))
          note(
            isIntercept ? "Intercept" : "b", target, at: isIntercept ? [qualifier] : places, prior,
            isDefault: given == nil)
        }
      }
    }
  }

  /// β_0 + Σ x̄_c β_c, β_0 first.
  private func centred(_ predictor: ModelPredictor, _ count: Int) -> [(index: Int, weight: Double)]
  {
    var parts: [(index: Int, weight: Double)] = []
    for (column, name) in predictor.columnNames.enumerated() {
      var sum = 0.0
      for row in 0..<count { sum += predictor.design[column * predictor.stride + row] }
      let index = predictor.coefficientOffset + column
      if name == "(Intercept)" {
        parts.insert((index, 1), at: 0)
      } else {
        parts.append((index, sum / Double(count)))
      }
    }
    return parts
  }

  mutating func addBlock(_ block: RandomEffectLayout.Block) throws(ModelError) {
    let whole = stated("cov", [block.group, block.identifier ?? ""])
    addDeviations(block, isCovered: whole != nil)
    if let whole {
      try addCovariance(block, whole)
    } else if block.hasCorrelations {
      let given = stated("cor", [block.group])
      var eta = 1.0
      if case .lkj(let value)? = given { eta = value }
      terms.append(
        .correlation(
          start: block.thetaOffset + block.covariance.freeDeviationCount, size: block.size,
          eta: eta))
      note(
        "cor", "cor_\(block.group)", at: [block.group], .lkj(eta: eta), isDefault: given == nil)
    }
  }

  mutating func addResidualCorrelation(_ correlation: ResidualCorrelation) {
    let given = stated("rescor", [])
    var eta = 1.0
    if case .lkj(let value)? = given { eta = value }
    terms.append(
      .correlation(start: correlation.offset, size: correlation.outcomeCount, eta: eta))
    note("rescor", "rescor", at: [], .lkj(eta: eta), isDefault: given == nil)
  }

  /// The priors of the standard deviations one by one, the fixed ones included; only those where another prior covers
  /// the rest.
  private mutating func addDeviations(_ block: RandomEffectLayout.Block, isCovered: Bool) {
    let isSeveral = model.outcomes.count > 1
    for (member, about) in block.members.enumerated() {
      let isFixed = block.covariance.fixedDeviations[member] != nil
      let place = block.covariance.logStandardDeviations.firstIndex(of: member)
      guard isFixed || (place != nil && !isCovered) else { continue }
      let outcome = model.outcomes[about.outcome]
      let places = [outcome.name, block.group, ParameterName.cleaned(about.term)]
      let given = stated("sd", places)
      let prior = given ?? ResponseScale(outcome).deviation
      if let place, !isFixed { terms.append(.parameter(block.thetaOffset + place, .log, prior)) }
      note(
        "sd",
        ParameterName.standardDeviation(
          group: block.group,
          member: ParameterName.member(
            outcome: isSeveral ? outcome.name : nil, parameter: about.parameter, term: about.term)),
        at: places, prior, isDefault: given == nil)
    }
  }

  private mutating func addCovariance(
    _ block: RandomEffectLayout.Block, _ prior: PriorDistribution
  ) throws(ModelError) {
    func failure(_ message: String) -> ModelError {
      ModelError("prior 'cov[\(block.group)] ~ \(prior.text)': \(message)")
    }
    let target = "cov_\(block.group)"
    if let covariance = block.covariance as? UnstructuredCovariance {
      terms.append(
        .covariance(
          try CovariancePrior(prior, covariance, start: block.thetaOffset, failure: failure)))
      note(
        "cov", target, at: [block.group], prior, isDefault: false,
        size: block.size - block.covariance.fixedDeviations.count { $0 != nil })
      return
    }
    guard block.covariance is DiagonalCovariance else {
      throw failure(
        "it is for us() and diag() blocks; this one is '\(block.structure.rawValue)'")
    }
    for (place, member) in block.covariance.logStandardDeviations.enumerated() {
      guard let member else { continue }
      terms.append(
        .parameter(
          block.thetaOffset + place, .log,
          try prior.deviationPrior(of: member, size: block.size, failure: failure)))
    }
    note("cov", target, at: [block.group], prior, isDefault: false)
  }
}

extension PriorDistribution {
  /// Whether the density has a finite integral; of a covariance matrix when `size` is above 1.
  func isProper(size: Int) -> Bool {
    switch self {
    case .flat: false
    case .inverseWishart(let df, _), .parameterExpanded(let df, _, _, _): df > Double(size - 1)
    default: true
    }
  }

  /// The prior of one standard deviation of a block without correlations: inverse gamma on its square, or half-t.
  fileprivate func deviationPrior(
    of member: Int, size: Int, failure: (String) -> ModelError
  ) throws(ModelError) -> PriorDistribution {
    switch self {
    case .inverseWishart(let df, let v):
      guard let diagonal = v.diagonal(size: size) else {
        throw failure("V is to be diagonal and \(size) by \(size)")
      }
      return .inverseWishartDeviation(df: df, v: diagonal[member])
    case .parameterExpanded(let df, let v, let mean, let alphaV):
      guard mean == 0 else { throw failure(Self.meanAdvice) }
      guard let diagonal = v.diagonal(size: size), let alpha = alphaV.diagonal(size: size) else {
        throw failure("V and alpha_V are to be diagonal and \(size) by \(size)")
      }
      return .studentT(df: df, location: 0, scale: (diagonal[member] * alpha[member]).squareRoot())
    default: throw failure("it is no prior of a covariance matrix")
    }
  }

  /// What to do about an alpha_mu that is not zero.
  fileprivate static let meanAdvice =
    "alpha_mu is to be 0; for standard deviations away from zero write a prior of sd, "
    + "such as sd ~ normal(1, 0.5), with cor ~ lkj(1)"
}

extension CovariancePrior {
  /// The density of a `cov` prior of an unstructured block.
  fileprivate init(
    _ prior: PriorDistribution, _ covariance: UnstructuredCovariance, start: Int,
    failure: (String) -> ModelError
  ) throws(ModelError) {
    let k = covariance.size
    switch prior {
    case .inverseWishart(let df, let v):
      guard let elements = v.elements(size: k) else {
        throw failure("V is to be \(k) by \(k), one row for each effect of the block")
      }
      self.init(
        covariance: covariance, start: start, df: df,
        kind: .inverseWishart(elements.map { df * $0 }))
    case .parameterExpanded(let df, let v, let mean, let alphaV):
      guard mean == 0 else { throw failure(PriorDistribution.meanAdvice) }
      guard covariance.fixedDeviations.allSatisfy({ $0 == nil }) else {
        throw failure("an sd of the block is fixed; use inv_wishart(nu, V)")
      }
      guard let diagonal = v.diagonal(size: k), let alpha = alphaV.diagonal(size: k) else {
        throw failure(
          "V and alpha_V are to be diagonal and \(k) by \(k): only then is the prior known in "
            + "closed form; else write sd ~ student_t(nu, 0, s) with cor ~ lkj(1)")
      }
      self.init(
        covariance: covariance, start: start, df: df,
        kind: .parameterExpanded((0..<k).map { diagonal[$0] * alpha[$0] }))
    default: throw failure("it is no prior of a covariance matrix")
    }
  }
}
