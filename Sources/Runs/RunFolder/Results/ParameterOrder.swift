// The order in which lists show parameters: those of the population before single levels.

extension ParameterKind {
  /// The names by kind: fixed effects, standard deviations, correlations, dispersions, others, then random effects and the
  /// sampler's columns; the order among those of one kind is kept.
  package static func ordered(_ names: [String]) -> [String] {
    let order: [ParameterKind] = [
      .fixedEffect, .standardDeviation, .correlation, .dispersion, .other, .randomEffect, .sampler,
    ]
    let kinds = names.map { ParameterKind(name: $0) }
    return order.flatMap { kind in names.indices.filter { kinds[$0] == kind }.map { names[$0] } }
  }
}
