// A finding on its way to a line of the page: its level, and what explains it away.

import Diagnostics
import Glibc

/// A finding with what the page makes of it.
struct PageEntry: Sendable {
  /// The finding.
  var finding: Finding
  /// The index of the outcome, where a change of its model was fitted.
  var outcome: Int?
  /// The change that was fitted.
  var remedy: Remedy?
  /// The check of one outcome that can be asked again of a changed model, where no change was fitted.
  var single: (any OutcomeCheck)?
  /// The p value adjusted for all p values of the page.
  var adjusted: Double?
  /// The check and subject of what explains it.
  var explainedBy: String?
  /// What is left of it on top of the strongest cause of its outcome.
  var remaining: (level: Verdict.Level, gain: Double)?
  /// -log10 p where it was judged without one.
  var evidence = 0.0

  init(_ finding: Finding, evidence: Double = 0) {
    self.finding = finding
    self.evidence = evidence
  }

  /// The level of an adjusted p value: below 0.05 a warning, below 0.001 a failure.
  static func level(adjusted p: Double) -> Verdict.Level {
    p < 0.001 ? .failed : p < 0.05 ? .warning : .ok
  }

  /// The level before anything is explained away.
  var ownLevel: Verdict.Level {
    switch finding.basis {
    case .probability: Self.level(adjusted: adjusted ?? 1)
    case .judged(let level): level
    case .unavailable: .unavailable
    }
  }

  /// The level that is shown.
  var level: Verdict.Level {
    let own = ownLevel
    guard own >= .warning else { return own }
    if explainedBy != nil { return .warning }
    if let remaining { return min(own, max(remaining.level, .warning)) }
    return own
  }

  /// The line of the page.
  var verdict: Verdict {
    let level = level
    let isBad = level >= .warning
    var meaning =
      level == .ok ? finding.meaning.passed : finding.meaning.otherwise
    if let explainedBy, isBad {
      meaning =
        "Explained by \(explainedBy): once that is mended, this is not significant. " + meaning
    }
    return Verdict(
      check: finding.check, subject: finding.subject, level: level,
      number: adjusted ?? finding.number, threshold: finding.threshold,
      source: adjusted == nil
        ? finding.source : "\(finding.source); p adjusted for the page (Holm)",
      meaning: meaning, advice: isBad ? finding.advice : "",
      // What is explained comes after all that is not.
      namesCause: finding.namesCause && explainedBy == nil, evidence: shownEvidence)
  }

  /// Evidence on the scale of -log10 p: half the likelihood ratio per parameter is about -log p.
  private var shownEvidence: Double {
    if explainedBy != nil { return 0 }
    if let gain = remaining?.gain ?? finding.gain { return gain / log(10) }
    if case .probability(let p) = finding.basis { return -log10(max(p, 1e-300)) }
    return evidence
  }
}

extension [PageEntry] {
  /// Adjusts all p values of the page together.
  mutating func adjust() {
    let places = indices.filter { self[$0].probability != nil }
    let adjusted = HolmAdjustment.adjusted(places.map { self[$0].probability ?? 1 })
    for (place, p) in zip(places, adjusted) { self[place].adjusted = p }
  }
}

extension PageEntry {
  /// The unadjusted p value.
  var probability: Double? {
    if case .probability(let p) = finding.basis { p } else { nil }
  }

  /// A line that says that a question could not be put.
  static func unavailable(
    _ check: String, _ reason: String, subject: String? = nil, source: String = ""
  ) -> PageEntry {
    PageEntry(
      Finding(
        check: check, subject: subject, basis: .unavailable, number: nil, source: source,
        namesCause: false, meaning: (reason, reason), advice: ""))
  }
}
