// A look at the draws of a run that has a stopping rule, and why its chains ended.

/// One look at the draws: every chain has the same number of them.
package struct StoppingCheck: Sendable, Equatable {
  /// Counts the looks of this worker from 1.
  package var number: Int
  /// The rule as typed.
  package var rule: String
  /// Whether it held.
  package var isMet: Bool
  /// What was found.
  package var figures: StoppingMeasures
  /// Kept draws of a chain at the next look; nil when there is none.
  package var nextDraws: Int?

  /// A look.
  package init(
    number: Int, rule: String, isMet: Bool, figures: StoppingMeasures, nextDraws: Int? = nil
  ) {
    self.number = number
    self.rule = rule
    self.isMet = isMet
    self.figures = figures
    self.nextDraws = nextDraws
  }

  /// What was found, in words: `ess 212, rhat 1.013`; all figures for a rule that cannot be read.
  package var text: String {
    do throws(StoppingRuleError) {
      return try StoppingRule(rule).text(of: figures)
    } catch { return figures.text(of: StoppingMeasure.allCases) }
  }
}

/// Why chains ended where they did.
package struct StopSummary: Sendable, Equatable {
  /// The reasons there are.
  package enum Reason: String, Sendable, CaseIterable {
    /// The draws that were asked for are there.
    case draws
    /// The rule held.
    case until
    /// The greatest number of draws was reached before the rule held.
    case cap
    /// The user stopped the fit.
    case interrupted
  }

  package var reason: Reason
  /// The last look at the draws; nil in runs without a rule, and before the first look.
  package var check: StoppingCheck?

  /// A reason, with the last look at the draws if there was one.
  package init(_ reason: Reason, check: StoppingCheck? = nil) {
    self.reason = reason
    self.check = check
  }
}
