// Gives every outcome its family, and decides whether cbind() holds two outcomes or successes and failures.

/// One outcome of the model with its family, before its values are read.
struct OutcomePlan: Sendable {
  /// The index of the formula that it belongs to.
  let formula: Int
  /// The outcome, or the successes of `cbind(successes, failures)`.
  let response: Expression
  /// The failures of `cbind(successes, failures)`.
  let failures: Expression?
  let family: FamilyCall
}

extension FamilyCall {
  /// Whether the family counts successes in trials, so that it can take the number of trials.
  var countsTrials: Bool {
    [
      "binomial", "quasibinomial", "betabinomial", "beta_binomial", "zero_inflated_binomial",
      "zero_inflated_beta_binomial", "multinomial2",
    ].contains(name.lowercased())
  }

  /// Whether an outcome of two categories is read as 0 and 1.
  var isBinary: Bool {
    countsTrials || ["bernoulli", "categorical"].contains(name.lowercased())
  }

  /// Whether an outcome of categories is read as 1, 2, 3 ...
  var isOrdinal: Bool {
    ["cumulative", "ordinal", "sratio", "cratio", "acat", "threshold"].contains(name.lowercased())
  }
}

/// Gives every outcome its family.
struct FamilyAssignment {
  private(set) var plans: [OutcomePlan] = []
  private(set) var notes: [String] = []

  /// Matches families given inside `bf()` and `families`, given beside the formulas, to the outcomes.
  init(_ formulas: [OutcomeFormula], families: [FamilyCall]) throws(FormulaError) {
    let open = formulas.filter(\.families.isEmpty)
    if !families.isEmpty, open.isEmpty, let place = formulas.first?.familyPlace {
      throw place.error("families are given here and again beside the formula: give them once")
    }
    let columnCount = open.reduce(0) { $0 + $1.response.columns.count }
    var remaining = families[...]
    for (index, formula) in formulas.enumerated() {
      var own = formula.families
      if own.isEmpty {
        if families.isEmpty {
          own = [FamilyCall(name: "gaussian")]
          notes.append("no family is given for \(formula.response.place.written): gaussian")
        } else if families.count == 1 {
          own = families
        } else if families.count == columnCount || families.count == open.count {
          let count = families.count == columnCount ? formula.response.columns.count : 1
          own = Array(remaining.prefix(count))
          remaining = remaining.dropFirst(count)
        } else {
          throw Self.mismatch(families, formula.response, outcomeCount: columnCount)
        }
      }
      try assign(own, to: formula.response, formula: index, place: formula.familyPlace)
    }
  }

  private static func mismatch(
    _ families: [FamilyCall], _ response: ResponseFormula, outcomeCount: Int
  ) -> FormulaError {
    response.place.error(
      "\(counted(families.count, "family", "families")) (\(families.map(\.name).joined(separator: ", ")))"
        + " \(families.count == 1 ? "is" : "are") given for \(counted(outcomeCount, "outcome"))")
  }

  private mutating func assign(
    _ families: [FamilyCall], to response: ResponseFormula, formula: Int, place: Place?
  ) throws(FormulaError) {
    let columns = response.columns
    let written = response.place.written
    if columns.count == 2, response.binding == .cbind, families.count == 1,
      families[0].countsTrials
    {
      notes.append(
        "\(written) is read as successes and failures of one \(families[0].name) outcome, as in R; "
          + "for two outcomes give two families")
      plans.append(
        OutcomePlan(
          formula: formula, response: columns[0], failures: columns[1], family: families[0]))
      return
    }
    guard families.count == 1 || families.count == columns.count else {
      throw Self.mismatch(families, response, outcomeCount: columns.count)
    }
    for (index, column) in columns.enumerated() {
      plans.append(
        OutcomePlan(
          formula: formula, response: column, failures: nil,
          family: families.count == 1 ? families[0] : families[index]))
    }
    if columns.count > 1 {
      let list = plans.suffix(columns.count).map { "\($0.response.text) (\($0.family.name))" }
      notes.append(
        "\(written) is read as \(columns.count) outcomes: \(list.joined(separator: ", "))")
    }
  }
}

extension Place {
  /// The text at the place.
  var written: String {
    String(formula.dropFirst(offset).prefix(length))
  }
}
