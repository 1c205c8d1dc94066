// A model with data made for it: with a fault that the page of verdicts is to name, or with none.

import Diagnostics
import Probability
import RunFolder

/// A line of the page that counts as right.
struct RightLine: Sendable {
  /// The name of the check.
  let check: String
  /// What stands in its subject.
  let subject: String

  init(_ check: String, on subject: String = "") {
    self.check = check
    self.subject = subject
  }

  /// Whether a verdict is this line, and says that something is wrong.
  func matches(_ verdict: Verdict) -> Bool {
    verdict.level >= .warning && verdict.check == check
      && (subject.isEmpty || verdict.subject?.contains(subject) == true)
  }
}

/// A model with data made for it.
struct SuiteModel: Sendable {
  /// What it is called in the results.
  let name: String
  /// The formulas that are fitted.
  let formulas: [String]
  /// The families that are fitted; nil where the formulas say them.
  let family: String?
  /// The lines that name its fault; empty for a model without one.
  let right: [RightLine]
  /// Further choices of the run.
  let change: @Sendable (inout RunRequest) -> Void
  /// What is done to the folder once the run has ended.
  let alter: @Sendable (RunFolder) throws -> Void
  /// The data.
  let data: @Sendable (inout RandomStream) -> DataSketch

  init(
    _ name: String, _ formulas: String..., family: String? = nil, right: [RightLine] = [],
    change: @escaping @Sendable (inout RunRequest) -> Void = { _ in },
    alter: @escaping @Sendable (RunFolder) throws -> Void = { _ in },
    data: @escaping @Sendable (inout RandomStream) -> DataSketch
  ) {
    self.name = name
    self.formulas = formulas
    self.family = family
    self.right = right
    self.change = change
    self.alter = alter
    self.data = data
  }

  /// Few draws: enough for a page, too few for a paper.
  @Sendable static func fewDraws(_ request: inout RunRequest) {
    request.method = .mcmc
    request.chains = 4
    request.warmup = 150
    request.draws = 250
    request.threads = 1
  }
}
