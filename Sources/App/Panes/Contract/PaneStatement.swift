// What a pane says of itself in words: what it shows, on what, how old, and what is wrong.

import TerminalCore

/// One sentence about a pane, in parts.
package struct PaneStatement: Equatable, Sendable {
  /// What is shown: `trace of b_SES, chain 2 in front`.
  package var shows: String
  /// What it rests on: `4 × 812 draws`, `250 simulations`; empty if on nothing.
  package var basis: String
  /// When that was computed, in seconds since 1970; `nil` if it is as new as the screen.
  package var computed: Double?
  /// What is wrong or not yet known, in words, the gravest first.
  package var problems: [String]
  /// How grave the gravest problem is.
  package var judgement: Judgement

  /// A statement.
  package init(
    shows: String, basis: String = "", computed: Double? = nil, problems: [String] = [],
    judgement: Judgement = .none
  ) {
    self.shows = shows
    self.basis = basis
    self.computed = computed
    self.problems = problems
    self.judgement = judgement
  }
}
