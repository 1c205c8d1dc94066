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

  /// The parameters that the verdict counts.
  private var judgedNames: [String] { snapshot.run.countedParameterNames }

  /// The numbers on these parameters, as far as they are not out of date.
  private var known: [ParameterDiagnostics] { judgedNames.compactMap { report.current($0) } }

  /// What the numbers rest on, and how far the oldest of them are behind.
  var basis: String {
    let words = basisWords(report.basis, of: snapshot.run.chains.count)
    let names = snapshot.run.parameterNames
    let current = names.count { report.current($0) != nil }
    if current < names.count {
      return "\(words); \(Format.grouped(current)) of \(Format.grouped(names.count)) computed"
    }
    guard let oldest = report.oldestBasis(of: names), oldest < report.basis.draws else {
      return words
    }
    return "\(words); oldest numbers on \(Format.grouped(oldest))"
  }

  /// What is wrong, gravest first; one reassuring sentence if nothing is and all is known.
  func sentences(most: Int) -> [(text: String, judgement: Judgement)] {
    let known = known
    var all = parameterSentences(known)
    for verdict in Verdict.mostSeriousFirst(report.samplerVerdicts)
    where verdict.level >= .warning {
      all.append((words(for: verdict), Judgement(verdict.level)))
    }
    if all.isEmpty, let sentence = reassurance(known) { all.append(sentence) }
    if let effects = effectSentence { all.append(effects) }
    let kept = all.enumerated().sorted {
      ($1.element.judgement, $0.offset) < ($0.element.judgement, $1.offset)
    }
    return kept.prefix(most).map(\.element)
  }

  /// That nothing is wrong with the parameters that count; no tick before all of them are computed.
  private func reassurance(
    _ known: [ParameterDiagnostics]
  ) -> (text: String, judgement: Judgement)? {
    let total = judgedNames.count
    guard !known.isEmpty else { return nil }
    let limits =
      "R-hat at most \(Format.significant(report.thresholds.rHat, digits: 3)), at least "
      + "\(Format.grouped(neededDraws)) effective draws"
    if known.count < total {
      let share = "\(Format.grouped(known.count)) of \(Format.grouped(total)) parameters computed"
      return ("\(share), no trouble so far: \(limits).", .none)
    }
    return ("All \(counted(total, "parameter"))\(leftOut): \(limits).", .good)
  }

  /// Which parameters the verdict does not count, in words that follow those it does.
  private var leftOut: String {
    let effects = snapshot.run.uncountedParameterCount
    return effects > 0 ? " (\(counted(effects, "random effect")) not counted)" : ""
  }

  private var neededDraws: Int {
    Int(report.thresholds.effectiveDrawsPerChain) * max(1, report.basis.chains.count)
  }

  private func parameterSentences(
    _ known: [ParameterDiagnostics]
  ) -> [(text: String, judgement: Judgement)] {
    let total =
      known.count == judgedNames.count
      ? counted(judgedNames.count, "parameter")
      : "\(Format.grouped(known.count)) computed parameters"
    var all: [(text: String, judgement: Judgement)] = []
    func tell(_ judgement: KeyPath<ParameterJudgements, Judgement>, _ problem: String) {
      let judged = known.map { $0.judgements[keyPath: judgement] }
      let count = judged.count { $0 >= .doubtful }
      guard count > 0 else { return }
      let verb = count == 1 ? "has" : "have"
      all.append(
        ("\(Format.grouped(count)) of \(total) \(verb) \(problem).", judged.max() ?? .doubtful))
    }
    let needed = "\(Format.grouped(neededDraws)) "
    tell(\.rHat, "R-hat above \(Format.significant(report.thresholds.rHat, digits: 3))")
    tell(\.bulkESS, "fewer than \(needed)effective draws in the bulk")
    tell(\.tailESS, "fewer than \(needed)effective draws in the tails")
    let unknown = known.count { $0.summary.rHat == nil }
    if unknown > 0 {
      all.append(
        (
          "\(counted(unknown, "parameter")) without R-hat: too few draws, or constant.", .none
        ))
    }
    return all
  }

  /// How many random effects are beyond a limit, which chance alone brings about among many.
  private var effectSentence: (text: String, judgement: Judgement)? {
    let effects = snapshot.run.parameterNames.filter { !isCountedParameter($0) }
    let known = effects.compactMap { report.current($0) }
    let count = known.count { $0.judgements.worst >= .doubtful }
    guard count > 0 else { return nil }
    let verb = count == 1 ? "is" : "are"
    return (
      "Not counted: \(Format.grouped(count)) of \(counted(known.count, "random effect")) "
        + "\(verb) beyond a limit.", .none
    )
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
