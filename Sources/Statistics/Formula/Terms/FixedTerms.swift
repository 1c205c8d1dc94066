// The terms of a linear predictor, as R's terms.formula makes them of a formula.

/// A product of variables, such as `a`, `a:b` or `x:I(x^2)`.
struct Term: Sendable, Equatable {
  /// Indices into the variables of the predictor, ascending.
  let variables: [Int]
  /// The part of the formula that made the term.
  let place: Place

  static func == (a: Term, b: Term) -> Bool { a.variables == b.variables }
}

/// The terms of a linear predictor: intercept, products of variables by ascending degree, and offsets.
struct FixedTerms: Sendable {
  let hasIntercept: Bool
  /// The variables in order of appearance; no two have the same text.
  let variables: [Expression]
  /// The terms, by degree and then in order of appearance, without duplicates.
  let terms: [Term]
  /// What stands inside each `offset()`.
  let offsets: [Expression]

  /// The name of a term, as R labels it: `a:b`.
  func label(of term: Term) -> String {
    term.variables.map { variables[$0].text }.joined(separator: ":")
  }

  /// For every term and each of its variables whether a factor there is coded by all its levels.
  ///
  /// R's rule (Chambers and Hastie, 1992, section 2.4): a factor in a term is coded by contrasts when the term
  /// without the factor is part of an earlier term (or is the intercept), else by an indicator of each level.
  /// Without an intercept the first factor of the first term that has one is coded by all its levels; but where
  /// the term without the factor is itself in the model, as in `0 + x + x:f`, R's columns would repeat it, and
  /// contrasts are kept.
  func fullCodings(isFactor: [Bool]) -> [[Bool]] {
    var interceptReplaced = hasIntercept
    return terms.indices.map { index in
      terms[index].variables.map { variable in
        guard isFactor[variable] else { return false }
        let rest = terms[index].variables.filter { $0 != variable }
        let earlier = terms[..<index]
        if !interceptReplaced {
          interceptReplaced = true
          return !earlier.contains { $0.variables == rest }
        }
        return !rest.isEmpty
          && !earlier.contains { term in rest.allSatisfy { term.variables.contains($0) } }
      }
    }
  }
}
