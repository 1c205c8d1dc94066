// The verdicts that other parts of the program give, as entries of the page.

import Diagnostics
import Glibc
import Laplace
import RunFolder

extension PageEntry {
  /// A verdict that was judged already.
  init(_ verdict: Verdict, isCause: Bool? = nil) {
    self.init(
      Finding(
        check: verdict.check, subject: verdict.subject,
        basis: verdict.level == .unavailable ? .unavailable : .judged(verdict.level),
        number: verdict.number, threshold: verdict.threshold, source: verdict.source,
        namesCause: isCause ?? verdict.namesCause, meaning: (verdict.meaning, verdict.meaning),
        advice: verdict.advice), evidence: verdict.evidence)
  }

  /// A verdict on a p value, to be adjusted; a symptom.
  init(_ verdict: Verdict, p: Double) {
    let passed =
      verdict.level <= .unavailable
      ? verdict.meaning : "Not out of the ordinary among so many checks."
    self.init(
      Finding(
        check: verdict.check, subject: verdict.subject, basis: .probability(p), number: p,
        source: verdict.source, namesCause: false, meaning: (passed, verdict.meaning),
        advice: verdict.advice))
  }
}

extension CheckContext {
  /// What the fit itself warns of.
  var fitEntries: [PageEntry] {
    let report = FitReport(likelihood, request: run.request, prepared: run.prepared)
    var entries = report.warnings.map { warning in
      PageEntry(
        Verdict(
          check: Self.words[warning.code] ?? warning.code, subject: nil,
          level: warning.code == "not-converged" ? .failed : .warning, number: nil, threshold: 0,
          source: "maximum likelihood fit", meaning: Self.sentence(warning.message),
          advice: Self.sentence(warning.advice), namesCause: Self.words[warning.code] != nil))
    }
    if likelihood.fit.optimum.hasConverged {
      entries.append(
        PageEntry(
          Verdict(
            check: "optimizer", subject: nil, level: .ok,
            number: nil, threshold: 0,
            source: "maximum likelihood fit", meaning: "The optimizer found the maximum.",
            advice: "")))
    }
    return entries
  }

  private static let words = [
    "separation": "separation", "singular-fit": "singular fit", "flat-direction": "flat direction",
    "not-converged": "optimizer",
  ]

  private static func sentence(_ text: String) -> String {
    guard let first = text.first else { return "" }
    return first.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
  }

  /// What the draws say of convergence: the worst three parameters of each check by name, the others counted.
  var drawEntries: [PageEntry] {
    guard run.drawCount > 0 else { return [] }
    let thresholds = ConvergenceThresholds()
    var byCheck: [(check: String, verdicts: [Verdict])] = []
    for (index, name) in run.names.enumerated() where !name.hasPrefix("r_") && name != "lp__" {
      let columns = run.stores.map { $0.columns[index] }
      let first = columns.first?.first
      // A parameter that a prior fixes has no draws to speak of.
      guard columns.contains(where: { $0.contains { $0 != first } }) else { continue }
      for verdict in thresholds.verdicts(parameter: name, DrawsSummary.summarize(columns)) {
        if let place = byCheck.firstIndex(where: { $0.check == verdict.check }) {
          byCheck[place].verdicts.append(verdict)
        } else {
          byCheck.append((verdict.check, [verdict]))
        }
      }
    }
    let sampler = SamplerReport(
      draws: run.drawCount, divergences: run.stores.reduce(0) { $0 + $1.divergences },
      treeDepthHits: run.stores.reduce(0) { $0 + $1.depthHits },
      energyFractions: run.stores.map { EnergyFraction.eBFMI(energies: $0.energies) })
    return byCheck.flatMap { Self.worst($0.check, $0.verdicts) }
      + thresholds.verdicts(sampler).map { PageEntry($0) }
  }

  private static func worst(_ check: String, _ verdicts: [Verdict]) -> [PageEntry] {
    func badness(_ verdict: Verdict) -> Double {
      let number = verdict.number ?? 0
      return check == "R-hat" ? number : -number
    }
    let bad = verdicts.filter { $0.level >= .warning }.sorted { badness($0) > badness($1) }
    var entries = bad.prefix(3).enumerated().map { index, verdict in
      let more = bad.count - 3
      guard index == 2, more > 0 else { return PageEntry(verdict) }
      return PageEntry(
        Verdict(
          check: check, subject: verdict.subject, level: verdict.level, number: verdict.number,
          threshold: verdict.threshold, source: verdict.source,
          meaning: verdict.meaning + " It is so of \(more) more.", advice: verdict.advice))
    }
    let others = verdicts.filter { $0.level < .warning }
    if let nearest = others.max(by: { badness($0) < badness($1) }) {
      entries.append(
        PageEntry(
          Verdict(
            check: check, subject: "\(others.count) parameters", level: nearest.level,
            number: nearest.number, threshold: nearest.threshold, source: nearest.source,
            meaning: nearest.meaning, advice: "")))
    }
    return entries
  }

  /// Data beside simulated data: those that the folder holds, else new ones.
  func predictiveEntries() throws(FittingError) -> [PageEntry] {
    let known: PredictiveReport?
    do { known = try run.folder.predictiveReport() } catch { throw FittingError(error) }
    let report: PredictiveReport
    if let known {
      report = known
    } else {
      report = try run.predictiveReport(PredictiveOptions(simulations: 250, seed: seed))
    }
    // Plain PIT asks what the uniformity of residuals asks, without a p value that could be adjusted.
    return report.verdicts.filter { $0.check != "PIT" }.map { verdict in
      guard verdict.check.hasPrefix("predictive "), verdict.level != .unavailable else {
        return PageEntry(verdict, isCause: false)
      }
      let p = max(pow(10, -verdict.evidence), SimulatedTail.least)
      var entry = PageEntry(verdict, p: p)
      if verdict.meaning.contains("new groups"), let subject = verdict.subject {
        entry.finding.subject = "\(subject), new groups"
      }
      return entry
    }
  }
}
