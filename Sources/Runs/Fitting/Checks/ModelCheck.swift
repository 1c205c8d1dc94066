// What a check of the model is: a question put to a fitted run, answered by findings.

import Diagnostics
import MixedModel
import Probability
import RunFolder
import Tables

/// A fitted run with all that checks look at.
package struct CheckContext: Sendable {
  /// The run, read back from its folder.
  package let run: FinishedRun
  /// Its fit by maximum likelihood, made anew.
  package let likelihood: LikelihoodRun
  /// The data file that the run was started with, if it is still the same; it may have columns that the model does not use.
  package let original: Table?
  /// Fixes everything random.
  package let seed: UInt64

  /// A context.
  package init(
    run: FinishedRun, likelihood: LikelihoodRun, original: Table?, seed: UInt64
  ) {
    self.run = run
    self.likelihood = likelihood
    self.original = original
    self.seed = seed
  }
}

/// What a check found.
package struct Finding: Sendable {
  /// How a finding is judged.
  package enum Basis: Sendable, Equatable {
    /// A p value, to be adjusted for all p values of the page.
    case probability(Double)
    /// A number that was held against a threshold already.
    case judged(Verdict.Level)
    /// The question could not be put, for the reason given as the meaning.
    case unavailable
  }

  /// What was checked, such as "zero inflation".
  package var check: String
  /// What it was checked on: an outcome, a covariate with its grouping factor, a level.
  package var subject: String?
  /// How it is judged.
  package var basis: Basis
  /// The number that is shown: a p value, a ratio, a count.
  package var number: Double?
  /// The threshold that a judged number was held against; 0.05 for p values.
  package var threshold: Double
  /// Where test and threshold come from.
  package var source: String
  /// Whether the finding names one cause rather than a symptom that many faults share.
  package var namesCause: Bool
  /// How much the log likelihood gains for each parameter that the remedy adds, where the remedy was fitted; the scale on
  /// which causes are compared with each other.
  package var gain: Double?
  /// What it means if it is in order, and if it is not.
  package var meaning: (passed: String, otherwise: String)
  /// What to try if it is not in order.
  package var advice: String
  /// The checks of the same outcome whose findings this one accounts for, if it is not in order itself.
  package var explains: [String] = []

  /// A finding.
  package init(
    check: String, subject: String?, basis: Basis, number: Double?, threshold: Double = 0.05,
    source: String, namesCause: Bool, gain: Double? = nil,
    meaning: (passed: String, otherwise: String), advice: String
  ) {
    self.check = check
    self.subject = subject
    self.basis = basis
    self.number = number
    self.threshold = threshold
    self.source = source
    self.namesCause = namesCause
    self.gain = gain
    self.meaning = meaning
    self.advice = advice
  }
}

/// A question put to a fitted run.
package protocol ModelCheck: Sendable {
  /// What it is called where it had no time to run.
  var name: String { get }
  /// What was found: one finding for each thing asked; empty where the question has no meaning for the model.
  func findings(_ context: CheckContext) throws(FittingError) -> [Finding]
}
