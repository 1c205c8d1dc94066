// What the statements of several panes share: draws and their age, limits passed, the end of a run.

import Diagnostics
import RunFolder
import TerminalCore

/// The draws that some statistics rest on, and when they were computed.
struct StatedBasis {
  var words = ""
  /// `nil` when they rest on all draws there will be.
  var computed: Double?
  /// What is not there yet.
  var missing: [String] = []

  /// The basis of the statistics of some parameters, which may have been computed at different times.
  init(_ names: [String], _ snapshot: DashboardSnapshot) {
    let report = snapshot.diagnostics
    let basis = report.basis
    guard basis.draws > 0 else {
      words = snapshot.hasDraws ? "warm-up only" : "no draws yet"
      return
    }
    words = basisWords(basis, of: snapshot.run.chains.count)
    let known = names.compactMap { report.parameters[$0] }
    if known.count < names.count {
      missing = [
        known.isEmpty
          ? "not computed yet"
          : "\(Format.grouped(known.count)) of \(Format.grouped(names.count)) computed"
      ]
    }
    guard let oldest = known.min(by: { $0.drawsPerChain < $1.drawsPerChain }) else { return }
    let isWhole = oldest.drawsPerChain == basis.draws && oldest.summary.chains == basis.chains.count
    if !isWhole {
      words =
        "on \(oldest.summary.chains) × \(Format.grouped(oldest.drawsPerChain)) of "
        + "\(Format.grouped(basis.draws)) draws"
    }
    if snapshot.run.state.isLive || !isWhole { computed = known.map(\.time).min() }
  }
}

extension DashboardSnapshot {
  /// When a file of results was written, as long as a newer one may come.
  func age(of result: RunResult) -> Double? {
    run.state.isLive ? run.resultTimes[result] : nil
  }

  /// Kept draws of all chains.
  var keptDraws: Int { run.chains.reduce(0) { $0 + $1.keptCount } }

  /// `on 400 of 1 000 draws` where some numbers rest on fewer draws than there are.
  func basis(of draws: Int) -> String {
    draws < keptDraws
      ? "on \(Format.grouped(draws)) of \(Format.grouped(keptDraws)) draws"
      : "\(counted(draws, "draw"))"
  }

  /// The statistics of a parameter that are beyond their limits, in words.
  func limitsPassed(_ name: String, isNamed: Bool) -> (words: [String], judgement: Judgement) {
    guard let known = diagnostics.current(name) else { return ([], .none) }
    let subject = isNamed ? " of \(name)" : ""
    let limits = diagnostics.thresholds
    let needed = limits.effectiveDrawsPerChain * Double(known.summary.chains)
    var words: [String] = []
    func draws(_ value: Double?) -> String {
      value.map { Format.grouped(Int($0.rounded())) } ?? Format.notAvailable
    }
    if known.judgements.rHat >= .doubtful {
      words.append(
        "R-hat\(subject) \(Format.fixed(known.summary.rHat ?? .nan, decimals: 3)) above "
          + Format.significant(limits.rHat, digits: 3))
    }
    if known.judgements.bulkESS >= .doubtful {
      words.append("bulk ESS\(subject) \(draws(known.summary.essBulk)) below \(draws(needed))")
    }
    if known.judgements.tailESS >= .doubtful {
      words.append("tail ESS\(subject) \(draws(known.summary.essTail)) below \(draws(needed))")
    }
    return (words, known.judgements.worst)
  }

  /// The worst of some parameters beyond their limits, the worst first.
  func limitsPassed(among names: [String]) -> (words: [String], judgement: Judgement) {
    let report = diagnostics
    let found = names.compactMap { name -> (name: String, badness: Double)? in
      guard let known = report.current(name), known.judgements.worst >= .doubtful else {
        return nil
      }
      return (name, ConvergenceColumn.worst.key(known, report.thresholds) ?? 0)
    }.sorted { ($1.badness, $0.name) < ($0.badness, $1.name) }
    let told = found.map { limitsPassed($0.name, isNamed: true) }
    return (told.compactMap(\.words.first), told.map(\.judgement).max() ?? .none)
  }

  /// A filter in words that follow what is shown.
  func filterWords(_ browsing: Browsing) -> String {
    guard browsing.filter.isActive else { return "" }
    return ", filter \(browsing.filter.pattern) "
      + "(\(browsing.parameters.count) of \(browsing.parameterCount))"
  }
}

extension PaneStatement {
  /// Adds problems of a gravity; what is graver comes first.
  mutating func add(_ words: [String], _ judgement: Judgement) {
    guard !words.isEmpty else { return }
    problems = judgement > self.judgement ? words + problems : problems + words
    self.judgement = max(self.judgement, judgement)
  }

  /// The statement with the end of a run that went wrong before all other problems.
  func ended(_ snapshot: DashboardSnapshot) -> PaneStatement {
    var result = self
    switch snapshot.run.state {
    case .failed(let message): result.add(["the fit failed: \(firstLine(message))"], .bad)
    case .lost: result.add(["the worker is gone"], .bad)
    case .stopped: result.add(["the fit was stopped"], .doubtful)
    default: break
    }
    return result
  }

  /// A pane that has nothing to show, and why.
  static func empty(
    _ shows: String, _ need: Need, _ snapshot: DashboardSnapshot
  ) -> PaneStatement {
    var statement = PaneStatement(shows: shows)
    switch snapshot.run.state {
    case .failed, .lost: break
    default:
      let words = missingWords(need, snapshot)
      statement.problems = [words.hasSuffix(".") ? String(words.dropLast()) : words]
    }
    return statement.ended(snapshot)
  }
}
