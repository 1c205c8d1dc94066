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

  /// The most serious first; the order among equals is kept.
  package static func mostSeriousFirst(_ verdicts: [Verdict]) -> [Verdict] {
    verdicts.enumerated()
      .sorted { ($1.element.level, $0.offset) < ($0.element.level, $1.offset) }
      .map(\.element)
  }
}
