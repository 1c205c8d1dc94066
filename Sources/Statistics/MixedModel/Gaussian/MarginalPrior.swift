// Which part of a prior a Gaussian marginal density takes over, and what is left of it.

/// A prior divided for a Gaussian model: flat and normal priors of single coefficients are integrated with the likelihood.
struct MarginalPrior {
  /// The priors of the integrated coefficients, by index in ψ.
  var integrated: [Int: GaussianCoefficients.NormalPrior] = [:]
  /// The intercepts that stay parameters at the means of the predictors.
  var centred: [GaussianCoefficients.CentredIntercept] = []
  /// The prior of the parameters that stay, on their slots.
  let rest: PriorDensity

  /// Divides `prior`, with the change of variables or without as it is.
  init(_ prior: PriorDensity, _ model: MixedModel) {
    var means: Set<Int> = []
    var intercepts: Set<Int> = []
    for outcome in model.outcomes {
      let predictor = outcome.predictors[0]
      for (column, name) in predictor.columnNames.enumerated() {
        means.insert(predictor.coefficientOffset + column)
        if name == "(Intercept)" { intercepts.insert(predictor.coefficientOffset + column) }
      }
    }
    var terms: [PriorDensity.Term] = []
    for term in prior.terms {
      switch term {
      case .coefficient(let index, .flat) where means.contains(index):
        integrated[index] = .init()
      case .coefficient(let index, .normal(let mean, let sd)) where means.contains(index):
        integrated[index] = .init(mean: mean, precision: 1 / (sd * sd))
      case .centredIntercept(let parts, let distribution):
        guard let own = parts.first(where: { intercepts.contains($0.index) }) else {
          terms.append(term)
          continue
        }
        centred.append(
          .init(
            index: own.index,
            others: parts.filter { $0.index != own.index }.map { ($0.index, $0.weight) }))
        terms.append(.coefficient(own.index, distribution))
      default: terms.append(term)
      }
    }
    // A coefficient with two terms has a prior of its own and a share in another: it stays a parameter.
    let shared = Set(integrated.keys).intersection(Self.coefficients(of: terms))
    for index in shared.sorted() {
      guard let prior = integrated.removeValue(forKey: index) else { continue }
      let isFlat = prior.precision == 0
      let normal = PriorDistribution.normal(
        mean: prior.mean, sd: isFlat ? 1 : (1 / prior.precision).squareRoot())
      terms.append(.coefficient(index, isFlat ? .flat : normal))
    }
    rest = PriorDensity(
      terms: terms, entries: prior.entries, includesJacobian: prior.includesJacobian,
      barrier: prior.barrier)
  }

  /// The coefficients of means that terms are about; no other term has any.
  private static func coefficients(of terms: [PriorDensity.Term]) -> Set<Int> {
    var found: Set<Int> = []
    for term in terms {
      switch term {
      case .coefficient(let index, _): found.insert(index)
      case .centredIntercept(let parts, _): found.formUnion(parts.map(\.index))
      case .parameter, .correlation, .covariance: continue
      }
    }
    return found
  }
}

extension GaussianMarginal {
  /// The density of a model under a prior, with the coefficients of flat or normal priors integrated out, and what is left
  /// of the prior.
  static func posterior(
    _ model: MixedModel, _ prior: PriorDensity
  ) -> (marginal: GaussianMarginal, rest: PriorDensity) {
    let divided = MarginalPrior(prior, model)
    return (
      GaussianMarginal(
        model,
        GaussianCoefficients(model, priors: divided.integrated, centred: divided.centred)),
      divided.rest
    )
  }
}
