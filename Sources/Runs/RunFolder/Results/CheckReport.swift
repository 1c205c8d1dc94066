// The verdicts of all checks of a run: what stands in checks.json.

/// How a check came out.
package enum CheckLevel: String, Sendable, CaseIterable {
  case passed
  case unavailable
  case warned
  case failed
}

/// One line of the page of verdicts.
package struct CheckLine: Sendable, Equatable {
  /// What was checked.
  package var check: String
  /// A parameter, a chain, a group or an outcome; nil for the whole run.
  package var subject: String?
  package var level: CheckLevel
  /// NaN where it is not available.
  package var number: Double
  package var threshold: Double
  /// Where the threshold comes from.
  package var source: String
  /// What the number means.
  package var meaning: String
  /// What to try; empty where nothing needs doing.
  package var advice: String

  package init(
    check: String, subject: String?, level: CheckLevel, number: Double, threshold: Double,
    source: String, meaning: String, advice: String
  ) {
    self.check = check
    self.subject = subject
    self.level = level
    self.number = number
    self.threshold = threshold
    self.source = source
    self.meaning = meaning
    self.advice = advice
  }
}

/// All checks of a run, the most serious first: `checks.json`, schema `mglmm-checks/1`.
package struct CheckReport: Sendable, Equatable {
  /// The draws of each chain that the checks rest on; 0 for a fit without draws.
  package var draws: Int
  package var seed: UInt64
  package var lines: [CheckLine]

  package init(draws: Int, seed: UInt64, lines: [CheckLine]) {
    self.draws = draws
    self.seed = seed
    self.lines = lines
  }
}
