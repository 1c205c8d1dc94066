// Convergence of a whole run in a few sentences.

import Diagnostics
import RunFolder
import TerminalCore

/// The verdict on a run in words.
struct ConvergenceWords {
  private let snapshot: DashboardSnapshot
  private let report: DiagnosticReport

  init(_ snapshot: DashboardSnapshot) {
    self.snapshot = snapshot
    report = snapshot.diagnostics
  }

  /// The numbers on the parameters of the model, as far as they are not out of date.
  private var known: [ParameterDiagnostics] {
    snapshot.run.parameterNames.compactMap { report.current($0) }
  }

  /// What the numbers rest on, and how far the oldest of them are behind.
  var basis: String {
    let words = basisWords(report.basis, of: snapshot.run.chains.count)
    let names = snapshot.run.parameterNames
    let missing = names.count - known.count
    if missing > 0 { return "\(words); \(Format.grouped(missing)) of the parameters to follow" }
    guard let oldest = report.oldestBasis(of: names), oldest < report.basis.draws else {
      return words
    }
    return "\(words); oldest numbers on \(Format.grouped(oldest))"
  }

  /// What is wrong, gravest first; one reassuring sentence if nothing is.
  func sentences(most: Int) -> [(text: String, judgement: Judgement)] {
    var all = parameterSentences()
    for verdict in Verdict.mostSeriousFirst(report.samplerVerdicts)
    where verdict.level >= .warning {
      all.append((words(for: verdict), Judgement(verdict.level)))
    }
    if all.isEmpty, !known.isEmpty {
      let needed = Format.grouped(neededDraws)
      all.append(
        (
          "\(everything): R-hat at most "
            + "\(Format.significant(report.thresholds.rHat, digits: 3)), at least \(needed) "
            + "effective draws.", .good
        ))
    }
    let kept = all.enumerated().sorted {
      ($1.element.judgement, $0.offset) < ($0.element.judgement, $1.offset)
    }
    return kept.prefix(most).map(\.element)
  }

  /// How many parameters a reassuring sentence is about.
  private var everything: String {
    let total = snapshot.run.parameterNames.count
    return known.count == total
      ? "All \(counted(total, "parameter"))"
      : "So far \(Format.grouped(known.count)) of \(counted(total, "parameter"))"
  }

  private var neededDraws: Int {
    Int(report.thresholds.effectiveDrawsPerChain) * max(1, report.basis.chains.count)
  }

  private func parameterSentences() -> [(text: String, judgement: Judgement)] {
    let total = known.count
    var all: [(text: String, judgement: Judgement)] = []
    func tell(_ judgement: KeyPath<ParameterJudgements, Judgement>, _ problem: String) {
      let judged = known.map { $0.judgements[keyPath: judgement] }
      let count = judged.count { $0 >= .doubtful }
      guard count > 0 else { return }
      let verb = count == 1 ? "has" : "have"
      all.append(
        (
          "\(Format.grouped(count)) of \(counted(total, "parameter")) \(verb) \(problem).",
          judged.max() ?? .doubtful
        ))
    }
    let needed = "\(Format.grouped(neededDraws)) "
    tell(\.rHat, "R-hat above \(Format.significant(report.thresholds.rHat, digits: 3))")
    tell(\.bulkESS, "fewer than \(needed)effective draws in the bulk")
    tell(\.tailESS, "fewer than \(needed)effective draws in the tails")
    let unknown = known.count { $0.summary.rHat == nil }
    if unknown > 0 {
      all.append(
        ("\(counted(unknown, "parameter")) without R-hat: too few draws, or constant.", .none))
    }
    return all
  }

  private func words(for verdict: Verdict) -> String {
    let number = verdict.number ?? .nan
    switch verdict.check {
    case "divergences": return "\(counted(Int(number), "divergent transition")). \(verdict.advice)"
    case "tree depth":
      return "\(counted(Int(number), "trajectory", "trajectories")) at the largest tree depth. "
        + verdict.advice
    case "E-BFMI":
      return "E-BFMI \(Format.fixed(number, decimals: 2)) in \(verdict.subject ?? "a chain"), "
        + "below \(Format.significant(verdict.threshold, digits: 1)). \(verdict.advice)"
    default: return verdict.meaning
    }
  }
}
