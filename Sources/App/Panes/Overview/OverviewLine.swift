// One line of the page of verdicts, and the pane that shows what it is about.

import Diagnostics
import RunFolder
import TerminalCore

/// How one check came out.
struct OverviewLine: Equatable {
  var judgement: Judgement
  var check: String
  /// A parameter, a chain, a group or an outcome; empty for the whole run.
  var subject: String
  /// The number and its limit as text; empty where there is none.
  var number: String
  var limit: String
  /// The same as numbers, where they are finite.
  private(set) var value: Double?
  private(set) var bound: Double?
  var meaning: String
  var advice: String
  var source: String

  /// A line of checks.json.
  init(_ line: CheckLine) {
    judgement =
      switch line.level {
      case .passed: .good
      case .unavailable: .none
      case .warned: .doubtful
      case .failed: .bad
      }
    check = line.check
    subject = line.subject ?? ""
    number = Self.text(line.number, of: line.check)
    limit = Self.text(line.threshold, of: line.check)
    (value, bound) = (Self.finite(line.number), Self.finite(line.threshold))
    (meaning, advice, source) = (line.meaning, line.advice, line.source)
  }

  /// A verdict that the dashboard has reached itself.
  init(_ verdict: Verdict) {
    judgement = Judgement(verdict.level)
    check = verdict.check
    subject = verdict.subject ?? ""
    number = Self.text(verdict.number ?? .nan, of: verdict.check)
    limit = Self.text(verdict.threshold, of: verdict.check)
    (value, bound) = (Self.finite(verdict.number ?? .nan), Self.finite(verdict.threshold))
    (meaning, advice, source) = (verdict.meaning, verdict.advice, verdict.source)
  }

  /// A warning of the worker.
  init(_ warning: FitWarning) {
    judgement = .doubtful
    check = warning.code
    subject = ""
    number = ""
    limit = ""
    (meaning, advice, source) = (warning.message, warning.advice, "the worker")
  }

  private static func finite(_ number: Double) -> Double? { number.isFinite ? number : nil }

  /// A number as its check has it.
  private static func text(_ number: Double, of check: String) -> String {
    guard number.isFinite else { return "" }
    if check == "R-hat" { return Format.fixed(number, decimals: number == 1.01 ? 2 : 3) }
    if check.hasSuffix("ESS") { return Format.grouped(Int(min(number, 1e15).rounded())) }
    if number == number.rounded(), abs(number) < 1e15 { return Format.grouped(Int(number)) }
    if abs(number) < 0.001 { return Format.significant(number, digits: 2) }
    return Format.compact(number, digits: 3)
  }

  /// The pane that shows what the line is about, by the words of the check.
  var pane: PaneKind {
    let words = check.lowercased()
    func has(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
    switch check {
    case "R-hat", "bulk ESS", "tail ESS": return subject.isEmpty ? .convergence : .trace
    case "rhat", "ess": return .convergence
    default: break
    }
    if has("pareto", "loo", "waic", "predictive") { return .predictive }
    if has("diverg", "depth", "bfmi", "energy", "funnel", "mode-not-usable", "step size") {
      return .sampler
    }
    if has("bimodal", "multimodal", "stuck") { return .trace }
    if has(
      "singular", "random", "slope", "group", "level", "influence", "correlation of effects")
    {
      return .randomEffects
    }
    if has(
      "prior", "contraction", "sensitiv", "identif", "collinear", "separation", "estimate",
      "laplace", "posterior", "flat-direction")
    {
      return .estimates
    }
    if has(
      "residual", "zero", "dispersion", "outlier", "quantile", "uniform", "autocorrelation",
      "link", "tail", "family", "curv", "linear", "distribution", "variance")
    {
      return .residuals
    }
    return .progress
  }
}
