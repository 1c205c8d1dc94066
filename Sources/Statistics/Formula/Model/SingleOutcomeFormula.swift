// One outcome of a model as a model of its own, to be fitted again with one change at a time.

/// The formula and family of one outcome: what it is in a model of several, if its random effects are looked at alone.
package struct SingleOutcomeFormula: Sendable {
  /// The family.
  package private(set) var family: FamilyCall
  private var outcome: OutcomeFormula

  init(family: FamilyCall, outcome: OutcomeFormula) {
    self.family = family
    self.outcome = outcome
  }

  /// The model of this outcome alone.
  package var model: ModelFormula { ModelFormula(outcomes: [outcome]) }

  /// The columns whose coefficients are in the fixed part of the mean as they stand, without a function around them.
  package var covariates: [String] {
    let variables = outcome.predictors[0].fixed.variables
    let inside = Set(variables.filter { $0.name == nil }.flatMap { $0.names.map(\.name) })
    return variables.compactMap(\.name).filter { !inside.contains($0) }
  }

  /// All columns that the fixed part of the mean is calculated from.
  package var fixedColumns: Set<String> {
    let fixed = outcome.predictors[0].fixed
    return Set((fixed.variables + fixed.offsets).flatMap { $0.names.map(\.name) })
  }

  /// All columns that the model is calculated from, its outcome included.
  package var allColumns: Set<String> {
    Set(outcome.expressions.flatMap { $0.names.map(\.name) })
  }

  /// Whether two columns stand together in a term of the fixed part of the mean.
  package func hasInteraction(_ first: String, _ second: String) -> Bool {
    let fixed = outcome.predictors[0].fixed
    return fixed.terms.contains { term in
      let names = Set(term.variables.flatMap { fixed.variables[$0].names.map(\.name) })
      return term.variables.count > 1 && names.contains(first) && names.contains(second)
    }
  }

  /// A grouping factor of the mean.
  package struct Grouping: Sendable, Equatable {
    /// `school`, `school:class`.
    package let name: String
    /// The columns whose combinations are the groups.
    package let columns: [String]
    /// The columns whose coefficients vary between the groups.
    package var slopes: Set<String>
  }

  /// The grouping factors of the mean, each once, in order of appearance.
  package var groupings: [Grouping] {
    var result: [Grouping] = []
    for term in outcome.predictors[0].random {
      let slopes = Set(term.terms.variables.flatMap { $0.names.map(\.name) })
      if let known = result.firstIndex(where: { $0.name == term.groupName }) {
        result[known].slopes.formUnion(slopes)
      } else {
        result.append(
          Grouping(
            name: term.groupName, columns: term.group.flatMap { $0.names.map(\.name) },
            slopes: slopes))
      }
    }
    return result
  }

  /// Whether the parameter has a formula.
  package func hasFormula(for parameter: String) -> Bool {
    outcome.predictors.contains { $0.parameter == parameter }
  }

  /// A column's name as it is written in a formula.
  package static func quoted(_ name: String) -> String {
    Expression(.name(name), at: Place(formula: name, offset: 0, length: name.count)).text
  }
}

extension SingleOutcomeFormula {
  /// The formula with further terms, such as `x:z` or `(1 | g)`, in the predictor of `parameter`.
  package func adding(
    _ text: String, to parameter: String = "mu"
  ) throws(FormulaError) -> SingleOutcomeFormula {
    let added = try PredictorFormula(
      parameter: parameter, try ExpressionParser.expression(text))
    var result = self
    if let place = outcome.predictors.firstIndex(where: { $0.parameter == parameter }) {
      let old = outcome.predictors[place]
      result.outcome.predictors[place] = PredictorFormula(
        parameter: parameter, fixed: old.fixed.adding(added.fixed),
        random: old.random + added.random)
    } else {
      result.outcome.predictors.append(added)
    }
    return result
  }

  /// The formula with a slope of a column in the first random-effect term of a grouping factor of the mean.
  package func addingSlope(of column: String, by group: String) throws(FormulaError)
    -> SingleOutcomeFormula
  {
    let text = Self.quoted(column)
    let added = try PredictorFormula(parameter: "mu", try ExpressionParser.expression(text))
    var result = self
    let old = outcome.predictors[0]
    var random = old.random
    guard let place = random.firstIndex(where: { $0.groupName == group }) else { return self }
    random[place] = random[place].adding(added.fixed)
    result.outcome.predictors[0] = PredictorFormula(
      parameter: old.parameter, fixed: old.fixed, random: random)
    return result
  }

  /// The formula with another family; formulas of parameters other than the mean and `kept` are left out.
  package func changing(
    family: FamilyCall, keeping kept: Set<String> = []
  ) -> SingleOutcomeFormula {
    var result = self
    result.family = family
    result.outcome.predictors.removeAll { $0.parameter != "mu" && !kept.contains($0.parameter) }
    return result
  }

  /// The formula with another column as its outcome, and perhaps the column of its trials.
  package func changing(
    response: String, trials: String? = nil
  ) throws(FormulaError) -> SingleOutcomeFormula {
    var text = Self.quoted(response)
    if let trials { text += " | trials(\(Self.quoted(trials)))" }
    var result = self
    result.outcome = OutcomeFormula(
      response: try ResponseFormula(try ExpressionParser.expression(text)),
      predictors: outcome.predictors, place: outcome.place)
    return result
  }
}

extension ModelFormula {
  /// Every outcome as a model of its own, in the order of the outcomes of the frame.
  ///
  /// - Parameter families: those given beside the formula, as for the frame.
  package func singleOutcomes(
    families: [FamilyCall]
  ) throws(FormulaError) -> [SingleOutcomeFormula] {
    try FamilyAssignment(outcomes, families: families).plans.map { plan in
      let whole = outcomes[plan.formula]
      let response = ResponseFormula(
        binding: plan.failures == nil ? .none : .cbind,
        columns: [plan.response] + (plan.failures.map { [$0] } ?? []),
        trials: whole.response.trials, weights: whole.response.weights, place: whole.response.place)
      return SingleOutcomeFormula(
        family: plan.family,
        outcome: OutcomeFormula(
          response: response, predictors: whole.predictors, place: whole.place))
    }
  }
}

extension OutcomeFormula {
  fileprivate init(response: ResponseFormula, predictors: [PredictorFormula], place: Place) {
    self.response = response
    self.predictors = predictors
    families = []
    familyPlace = nil
    self.place = place
  }
}

extension PredictorFormula {
  fileprivate init(parameter: String, fixed: FixedTerms, random: [RandomTerm]) {
    self.parameter = parameter
    self.fixed = fixed
    self.random = random
  }
}

extension ResponseFormula {
  fileprivate init(
    binding: Binding, columns: [Expression], trials: Expression?, weights: Expression?, place: Place
  ) {
    self.binding = binding
    self.columns = columns
    self.trials = trials
    self.weights = weights
    self.place = place
  }
}

extension RandomTerm {
  fileprivate func adding(_ other: FixedTerms) -> RandomTerm {
    RandomTerm(
      terms: terms.adding(other), group: group, identifier: identifier, isSplit: isSplit,
      structure: structure, place: place, groupPlace: groupPlace)
  }
}

extension FixedTerms {
  /// The terms with those of `other` that are not among them, by degree.
  fileprivate func adding(_ other: FixedTerms) -> FixedTerms {
    var variables = variables
    let places = other.variables.map { variable -> Int in
      if let known = variables.firstIndex(where: { $0.text == variable.text }) { return known }
      variables.append(variable)
      return variables.count - 1
    }
    var terms = terms
    for term in other.terms {
      let moved = Term(variables: term.variables.map { places[$0] }.sorted(), place: term.place)
      if !terms.contains(moved) { terms.append(moved) }
    }
    let byDegree = terms.enumerated().sorted {
      ($0.element.variables.count, $0.offset) < ($1.element.variables.count, $1.offset)
    }
    return FixedTerms(
      hasIntercept: hasIntercept, variables: variables, terms: byDegree.map(\.element),
      offsets: offsets + other.offsets)
  }
}
