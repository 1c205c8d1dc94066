// What the priors say of each parameter before the data: what stands in priors.json.

/// The prior of one parameter that draws report.
package struct ParameterPrior: Sendable, Equatable {
  /// The name of the parameter, as draws have it.
  package var name: String
  /// The prior as written: `normal(0, 2.5)`; empty where it follows from the priors of others.
  package var prior: String
  /// The quantiles 2.5%, 25%, 50%, 75% and 97.5%; nil where the prior is flat, which has none.
  package var quantiles: [Double]?
  /// NaN where the prior has no finite variance.
  package var standardDeviation: Double

  /// - Precondition: five quantiles, if any.
  package init(name: String, prior: String, quantiles: [Double]?, standardDeviation: Double) {
    precondition(quantiles.map { $0.count == 5 } ?? true, "five quantiles are needed")
    self.name = name
    self.prior = prior
    self.quantiles = quantiles
    self.standardDeviation = standardDeviation
  }

  /// Whether the prior has no finite integral: it says nothing of where the parameter is.
  package var isFlat: Bool { quantiles == nil }
}

/// The priors of a model's parameters, random effects left out: `priors.json`, schema `mglmm-priors/1`.
package struct PriorReport: Sendable, Equatable {
  /// The draws from the prior that quantiles and standard deviations rest on.
  package var draws: Int
  package var parameters: [ParameterPrior]

  package init(draws: Int, parameters: [ParameterPrior]) {
    self.draws = draws
    self.parameters = parameters
  }
}
