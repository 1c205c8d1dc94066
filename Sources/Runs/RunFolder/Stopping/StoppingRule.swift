// The rule by which chains end once they are long enough: `ess >= 400 and rhat < 1.01`.

/// A condition on the figures of the draws.
package struct StoppingRule: Sendable, Equatable {
  /// The rule as typed.
  package let text: String
  /// What it says.
  let condition: Condition

  /// A comparison, or several joined.
  indirect enum Condition: Sendable, Equatable {
    case comparison(StoppingMeasure, Comparison, Double)
    case all([Condition])
    case any([Condition])
  }

  /// How a figure is compared with a bound.
  enum Comparison: String, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case more = ">"
    case atLeast = ">="
  }

  /// Reads a rule.
  ///
  /// - Throws: what is wrong with it, and where.
  package init(_ text: String) throws(StoppingRuleError) {
    self.text = text
    condition = try StoppingRuleParser.parse(text)
  }

  /// Whether the rule holds; a comparison with a figure that is not available does not.
  package func holds(for figures: StoppingMeasures) -> Bool { condition.holds(for: figures) }

  /// The figures that the rule names, each once, in its order.
  package var measures: [StoppingMeasure] {
    var named: [StoppingMeasure] = []
    for measure in condition.measures where !named.contains(measure) { named.append(measure) }
    return named
  }

  /// The rule's figures in words: `ess 212, rhat 1.013`.
  package func text(of figures: StoppingMeasures) -> String { figures.text(of: measures) }
}

extension StoppingRule.Condition {
  fileprivate func holds(for figures: StoppingMeasures) -> Bool {
    switch self {
    case .comparison(let measure, let comparison, let bound):
      switch comparison {
      case .less: figures[measure] < bound
      case .atMost: figures[measure] <= bound
      case .more: figures[measure] > bound
      case .atLeast: figures[measure] >= bound
      }
    case .all(let parts): parts.allSatisfy { $0.holds(for: figures) }
    case .any(let parts): parts.contains { $0.holds(for: figures) }
    }
  }

  fileprivate var measures: [StoppingMeasure] {
    switch self {
    case .comparison(let measure, _, _): [measure]
    case .all(let parts), .any(let parts): parts.flatMap(\.measures)
    }
  }
}

/// What is wrong with a rule, and where.
package struct StoppingRuleError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and the mend, in one line.
  package let message: String
  /// The rule as typed.
  package let rule: String
  /// The first character that is wrong, counted from 0.
  package let offset: Int
  /// The number of characters that are wrong, at least 1.
  package let length: Int

  /// The message, the rule, and a caret under the place.
  package var description: String {
    "\(message)\n  \(cleanText(rule))\n  " + String(repeating: " ", count: offset) + "^"
      + String(repeating: "~", count: length - 1)
  }
}
