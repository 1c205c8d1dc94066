// The columns of the convergence table: what they show and how they sort.

import Diagnostics
import TerminalCore

/// A column of the convergence table, or the order by what is worst.
enum ConvergenceColumn: Int, CaseIterable {
  /// By how far R-hat and effective sample sizes are beyond their limits; not a column of its own.
  case worst
  case parameter, mean, sd, interval, rHat, bulk, tail, error, basis

  /// The title over the column.
  var title: String {
    switch self {
    case .worst: "worst"
    case .parameter: "parameter"
    case .mean: "mean"
    case .sd: "sd"
    case .interval: "95% interval"
    case .rHat: "R-hat"
    case .bulk: "bulk ESS"
    case .tail: "tail ESS"
    case .error: "MCSE"
    case .basis: "on draws"
    }
  }

  /// The order in which columns give way where there is no room; 0 stays.
  var rank: Int {
    switch self {
    case .worst, .parameter, .rHat: 0
    case .bulk: 1
    case .mean: 2
    case .tail: 3
    case .sd: 4
    case .interval: 5
    case .error: 6
    case .basis: 7
    }
  }

  /// Whether the largest comes first when one begins to sort by it.
  var beginsDescending: Bool { self == .worst || self == .rHat || self == .error }

  /// The columns of the table from left to right.
  static let shown: [ConvergenceColumn] = [
    .parameter, .mean, .sd, .interval, .rHat, .bulk, .tail, .error, .basis,
  ]

  /// The number that a parameter is sorted by; `nil` goes to the end.
  func key(_ known: ParameterDiagnostics, _ thresholds: ConvergenceThresholds) -> Double? {
    let summary = known.summary
    switch self {
    case .worst:
      return thresholds.badness(
        rHat: summary.rHat, effectiveDraws: [summary.essBulk, summary.essTail],
        chains: summary.chains)
    case .parameter: return nil
    case .mean: return summary.mean
    case .sd: return summary.sd
    case .interval: return summary.q2_5
    case .rHat: return summary.rHat
    case .bulk: return summary.essBulk
    case .tail: return summary.essTail
    case .error: return summary.mcseMean
    case .basis: return Double(known.drawsPerChain)
    }
  }

  /// The same from running sums, for a parameter whose turn has not come.
  func key(_ running: RunningSummary, _ thresholds: ConvergenceThresholds) -> Double? {
    switch self {
    case .worst:
      thresholds.badness(
        rHat: running.rHat, effectiveDraws: [running.essMean], chains: running.chains)
    case .mean: running.mean
    case .sd: running.sd
    case .rHat: running.rHat
    case .bulk: running.essMean
    case .basis: Double(running.drawsPerChain)
    case .parameter, .interval, .tail, .error: nil
    }
  }

  /// The text of a cell from running sums: what is only a glance stands behind a tilde.
  func cell(_ name: String, _ running: RunningSummary?) -> StyledText {
    func number(_ value: Double?, _ digits: Int) -> String {
      Format.significant(value ?? .nan, digits: digits)
    }
    let text: String =
      switch self {
      case .worst: ""
      case .parameter: name
      case .mean: Format.measured(running?.mean ?? .nan, spread: running?.sd ?? .nan)
      case .sd: number(running?.sd, 3)
      case .rHat: running?.rHat.map { "~" + Format.fixed($0, decimals: 3) } ?? "…"
      case .bulk:
        running?.essMean.map { "~" + Format.grouped(Int(min($0, 1e15).rounded())) } ?? "…"
      case .basis: running.map { Format.grouped($0.drawsPerChain) } ?? ""
      case .interval, .tail, .error: "…"
      }
    return StyledText(text, Style(self == .parameter ? .text : .muted))
  }

  /// The text of a cell with its judgement.
  func cell(_ name: String, _ known: ParameterDiagnostics, _ charset: Charset) -> StyledText {
    let summary = known.summary
    func number(_ value: Double?, _ digits: Int) -> StyledText {
      StyledText(Format.significant(value ?? .nan, digits: digits))
    }
    func draws(_ value: Double?, _ judgement: Judgement) -> StyledText {
      .judged(value.map { Format.grouped(Int($0.rounded())) } ?? "–", judgement, charset)
    }
    switch self {
    case .worst: return StyledText("")
    case .parameter: return StyledText(name)
    case .mean:
      return StyledText(Format.measured(summary.mean ?? .nan, spread: summary.sd ?? .nan))
    case .sd: return number(summary.sd, 3)
    case .interval: return StyledText(intervalText(summary.q2_5, summary.q97_5))
    case .rHat:
      let text = Format.fixed(summary.rHat ?? .nan, decimals: 3)
      return .judged(text, known.judgements.rHat, charset)
    case .bulk: return draws(summary.essBulk, known.judgements.bulkESS)
    case .tail: return draws(summary.essTail, known.judgements.tailESS)
    case .error: return number(summary.mcseMean, 2)
    case .basis: return StyledText(Format.grouped(known.drawsPerChain))
    }
  }
}
