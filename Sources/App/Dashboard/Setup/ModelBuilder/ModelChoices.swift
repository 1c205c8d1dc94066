// What a user has chosen of the columns, and the formula that says it.

/// The part of a column in a model.
package enum ColumnRole: Sendable, Equatable {
  case unused, outcome, predictor, group
}

/// The columns chosen, in the order of choosing.
package struct ModelChoices: Sendable, Equatable {
  /// An outcome with the families that suit it, one of which is taken.
  package struct Outcome: Sendable, Equatable {
    package var column: String
    package var suggestion: FamilySuggestion
    package var place = 0

    /// The family taken.
    package var family: FamilyChoice {
      suggestion.choices.indices.contains(place)
        ? suggestion.choices[place] : FamilyChoice("gaussian")
    }
  }

  /// A predictor of all outcomes.
  package struct Predictor: Sendable, Equatable {
    package var column: String
    /// Whether numbers are taken as categories.
    package var isFactor = false
    /// Whether it interacts with the predictor before it.
    package var isCrossed = false
  }

  /// A grouping factor with the predictors whose effects vary over its levels.
  package struct Group: Sendable, Equatable {
    package var column: String
    package var slopes: [String] = []
  }

  package private(set) var outcomes: [Outcome] = []
  package private(set) var predictors: [Predictor] = []
  package private(set) var groups: [Group] = []

  /// Nothing chosen.
  package init() {}

  /// Whether nothing is chosen.
  package var isEmpty: Bool { outcomes.isEmpty && predictors.isEmpty && groups.isEmpty }

  /// The part of a column.
  package func role(of column: String) -> ColumnRole {
    if outcomes.contains(where: { $0.column == column }) { return .outcome }
    if predictors.contains(where: { $0.column == column }) { return .predictor }
    return groups.contains { $0.column == column } ? .group : .unused
  }

  /// The formula: `cbind(a, b) ~ x * z + (1 + x | g)`; empty without an outcome.
  package var formula: String {
    guard !outcomes.isEmpty else { return "" }
    let responses = outcomes.map { outcome in
      let name = Self.quoted(outcome.column)
      return outcome.family.takesLogarithm ? "log(\(name))" : name
    }
    var right = ""
    for predictor in predictors {
      if !right.isEmpty { right += predictor.isCrossed ? " * " : " + " }
      right += term(of: predictor.column)
    }
    if right.isEmpty { right = "1" }
    for group in groups {
      let effects = (["1"] + group.slopes.map(term)).joined(separator: " + ")
      right += " + (\(effects) | \(Self.quoted(group.column)))"
    }
    let left = responses.count == 1 ? responses[0] : "cbind(\(responses.joined(separator: ", ")))"
    return "\(left) ~ \(right)"
  }

  /// The families as `--family` takes them; `nil` without an outcome.
  package var families: String? {
    guard !outcomes.isEmpty else { return nil }
    let families = outcomes.map(\.family)
    guard families.contains(where: { $0.link != nil }) else {
      return families.map(\.family).joined(separator: ",")
    }
    let calls = families.map { choice in
      choice.family + "(" + (choice.link.map { "link = \"\($0)\"" } ?? "") + ")"
    }
    return "list(\(calls.joined(separator: ", ")))"
  }

  private func term(of column: String) -> String {
    let name = Self.quoted(column)
    let isFactor = predictors.first { $0.column == column }?.isFactor == true
    return isFactor ? "factor(\(name))" : name
  }

  /// A name as a formula takes it: in backticks unless it is a plain name of R.
  static func quoted(_ name: String) -> String {
    let reserved = ["TRUE", "FALSE", "NA", "NULL", "Inf", "NaN", "if", "else", "for", "function"]
    let second = name.dropFirst().first
    let begins = name.first.map { $0.isLetter || ($0 == "." && second?.isNumber != true) } ?? false
    let isPlain = begins && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
    return isPlain && !reserved.contains(name) ? name : "`\(name)`"
  }
}

// MARK: - Choosing

extension ModelChoices {
  /// Takes a column out of the model.
  package mutating func remove(_ column: String) {
    outcomes.removeAll { $0.column == column }
    predictors.removeAll { $0.column == column }
    groups.removeAll { $0.column == column }
    for index in groups.indices { groups[index].slopes.removeAll { $0 == column } }
    if !predictors.isEmpty { predictors[0].isCrossed = false }
  }

  /// Makes a column an outcome.
  package mutating func addOutcome(_ column: String, _ suggestion: FamilySuggestion) {
    remove(column)
    outcomes.append(Outcome(column: column, suggestion: suggestion))
  }

  /// Makes a column a predictor.
  package mutating func addPredictor(_ column: String) {
    remove(column)
    predictors.append(Predictor(column: column))
  }

  /// Makes a column a grouping factor.
  package mutating func addGroup(_ column: String) {
    remove(column)
    groups.append(Group(column: column))
  }

  /// Takes the next family that suits an outcome.
  package mutating func cycleFamily(of column: String) {
    guard let index = outcomes.firstIndex(where: { $0.column == column }) else { return }
    let count = max(1, outcomes[index].suggestion.choices.count)
    outcomes[index].place = (outcomes[index].place + 1) % count
  }

  /// Looks anew at what suits each outcome, once it is known which families there are.
  package mutating func renewSuggestions(_ suggestion: (String) -> FamilySuggestion?) {
    for index in outcomes.indices {
      guard let new = suggestion(outcomes[index].column) else { continue }
      let family = outcomes[index].family
      outcomes[index].suggestion = new
      outcomes[index].place = new.choices.firstIndex(of: family) ?? 0
    }
  }

  /// Takes a predictor as categories, or as numbers again.
  package mutating func toggleFactor(_ column: String) {
    guard let index = predictors.firstIndex(where: { $0.column == column }) else { return }
    predictors[index].isFactor.toggle()
  }

  /// Lets a predictor interact with the one before it, or not; whether there is one before it.
  package mutating func toggleCrossing(_ column: String) -> Bool {
    guard let index = predictors.firstIndex(where: { $0.column == column }), index > 0 else {
      return false
    }
    predictors[index].isCrossed.toggle()
    return true
  }

  /// Lets the effect of a predictor vary over the first group, then over the next, then over none.
  ///
  /// - Returns: the group over which it varies now.
  package mutating func cycleSlope(_ column: String) -> String? {
    let current = groups.firstIndex { $0.slopes.contains(column) }
    for index in groups.indices { groups[index].slopes.removeAll { $0 == column } }
    let next = current.map { $0 + 1 } ?? 0
    guard groups.indices.contains(next) else { return nil }
    groups[next].slopes.append(column)
    return groups[next].column
  }
}
