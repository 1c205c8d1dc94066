// The order in which lists of parameters show them: what a model is about before the effects of single levels.

/// What kind of parameter a name is of, in the order of lists; foreign draws with other names are `other`.
package enum ParameterKind: Int, Sendable, Comparable, CaseIterable {
  case fixedEffect
  case standardDeviation
  case correlation
  /// Dispersions, and all that has no other kind.
  case other
  /// The effect of one level: `r_school_id__passed[S01,Intercept]`.
  case randomEffect

  package static func < (left: ParameterKind, right: ParameterKind) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The kind of a parameter by its name, as brms and this program write them.
  package init(ofParameter name: String) {
    if name.hasPrefix("b_") {
      self = .fixedEffect
    } else if name.hasPrefix("sd_") {
      self = .standardDeviation
    } else if name.hasPrefix("cor_") || name.hasPrefix("rescor_") {
      self = .correlation
    } else if name.hasPrefix("r_"), name.hasSuffix("]") {
      self = .randomEffect
    } else {
      self = .other
    }
  }

  /// The names by kind: fixed effects, standard deviations, correlations, the rest, random effects; the order among
  /// those of one kind is kept.
  package static func ordered(_ names: [String]) -> [String] {
    let kinds = names.map { ParameterKind(ofParameter: $0) }
    return allCases.flatMap { kind in names.indices.filter { kinds[$0] == kind }.map { names[$0] } }
  }
}
