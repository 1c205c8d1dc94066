// One line of diagnosis: a number, its threshold, what it means and what to do.

/// The judgement of one check.
package struct Verdict: Sendable, Equatable {
  /// How serious a check came out; later cases are more serious.
  package enum Level: Int, Sendable, Comparable, CaseIterable {
    /// The check passed.
    case ok
    /// The number does not exist, so nothing is known.
    case unavailable
    /// The results may be off; look before using them.
    case warning
    /// The results must not be used as they are.
    case failed

    /// Whether one level is less serious than another.
    package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// What was checked, such as "R-hat".
  package let check: String
  /// What it was checked on: a parameter, a chain or an outcome; nil for the whole run.
  package let subject: String?
  /// How it came out.
  package let level: Level
  /// The number, nil if it is not available.
  package let number: Double?
  /// The threshold that the number was held against.
  package let threshold: Double
  /// Where the threshold comes from.
  package let source: String
  /// What the number means, in one sentence.
  package let meaning: String
  /// What to do about it, in one sentence; empty where nothing needs doing.
  package let advice: String
  /// Whether the check points to one cause, such as missing zeros, rather than to a symptom that many faults share,
  /// such as residuals that are not uniform.
  package let namesCause: Bool
  /// How strong the evidence is, on the scale of -log10 p; orders verdicts of one level.
  package let evidence: Double

  /// A verdict; evidence is worked out by the check, where it has any.
  package init(
    check: String, subject: String?, level: Level, number: Double?, threshold: Double,
    source: String, meaning: String, advice: String, namesCause: Bool = false,
    evidence: Double = 0
  ) {
    self.check = check
    self.subject = subject
    self.level = level
    self.number = number
    self.threshold = threshold
    self.source = source
    self.meaning = meaning
    self.advice = advice
    self.namesCause = namesCause
    self.evidence = evidence
  }

  /// The most serious first; within a level causes before symptoms, then the stronger evidence; the order among
  /// equals is kept.
  package static func mostSeriousFirst(_ verdicts: [Verdict]) -> [Verdict] {
    func rank(_ verdict: Verdict) -> (Int, Int, Double) {
      (verdict.level.rawValue, verdict.namesCause ? 1 : 0, verdict.evidence)
    }
    return verdicts.enumerated()
      .sorted { a, b in
        let (left, right) = (rank(a.element), rank(b.element))
        return left == right ? a.offset < b.offset : left > right
      }
      .map(\.element)
  }
}
