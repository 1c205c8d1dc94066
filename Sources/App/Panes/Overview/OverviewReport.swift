// All verdicts on a run: those of the worker, or else those the dashboard can reach itself.

import Diagnostics
import RunFolder
import TerminalCore

/// The lines of the page of verdicts, the most serious first.
struct OverviewReport {
  private(set) var lines: [OverviewLine]
  /// What they rest on.
  private(set) var basis: String
  /// The parameters nearest to their limits or beyond; `nil` where the draws were not looked at.
  private(set) var worst: [String]?
  /// Whether the worker has not yet made its own checks.
  private(set) var isPreliminary: Bool

  init(_ snapshot: DashboardSnapshot) {
    if let report = snapshot.run.checkReport {
      self.init(report, snapshot.run)
    } else {
      self.init(preliminary: snapshot)
    }
  }

  /// Whether there is nothing to judge; told without judging.
  static func isEmpty(_ snapshot: DashboardSnapshot) -> Bool {
    let run = snapshot.run
    return run.checkReport?.lines.isEmpty ?? true && run.warnings.isEmpty && run.problems.isEmpty
      && !snapshot.hasKeptDraws && run.fitReport == nil && run.residualReport == nil
  }

  private init(_ report: CheckReport, _ run: RunSnapshot) {
    isPreliminary = false
    basis =
      report.draws > 0 ? "\(counted(report.draws, "draw")) of each chain" : "checks of the fit"
    let own = report.lines.map { OverviewLine($0) }
    let known = Set(own.map(\.check)).union(own.map(\.meaning))
    let warnings = Self.warnings(of: run).filter {
      !known.contains($0.check) && !known.contains($0.meaning)
    }
    lines = Self.seriousFirst(own + warnings)
  }

  private init(preliminary snapshot: DashboardSnapshot) {
    let run = snapshot.run
    isPreliminary = true
    let verdicts = DrawVerdicts(snapshot)
    worst = verdicts.worst
    var words: [String] = []
    var found: [OverviewLine] = []
    if snapshot.hasKeptDraws {
      words.append(basisWords(snapshot.diagnostics.basis, of: run.chains.count))
      let total = run.countedParameterNames.count
      words.append(
        verdicts.computed == total
          ? "\(counted(total, "parameter"))"
          : "\(Format.grouped(verdicts.computed)) of \(Format.grouped(total)) parameters computed")
      found += verdicts.lines
      found += Verdict.mostSeriousFirst(snapshot.diagnostics.samplerVerdicts)
        .map { OverviewLine($0) }
    } else if run.fitReport != nil {
      words.append("checks of the fit")
    }
    if let residuals = run.residualReport {
      found += residuals.calibratedOutcomes.flatMap { ResidualLines.all(of: $0) }
    }
    if !snapshot.hasKeptDraws, let fit = run.fitReport {
      found.append(Self.convergence(of: fit))
    }
    // What the worker says of draws at its end, the verdicts above say already.
    let covered: Set = ["divergences", "treedepth", "rhat", "ess", "ebfmi"]
    found += Self.warnings(of: run).filter { !covered.contains($0.check) }
    lines = Self.seriousFirst(found)
    basis = (words.isEmpty ? [] : ["preliminary"] + words).joined(separator: ", ")
  }

  /// Whether the optimizer has arrived.
  private static func convergence(of fit: FitReport) -> OverviewLine {
    OverviewLine(
      Verdict(
        check: "optimizer", subject: nil, level: fit.converged ? .ok : .failed,
        number: fit.optimizer.gradientMax, threshold: .nan, source: fit.optimizer.name,
        meaning: fit.converged
          ? "The optimizer has arrived: the largest gradient is next to zero."
          : "The optimizer has not arrived: the largest gradient is not zero.",
        advice: fit.converged
          ? "" : "Scale the predictors, simplify the random effects, or use --method map."))
  }

  private static func warnings(of run: RunSnapshot) -> [OverviewLine] {
    run.warnings.map { OverviewLine($0) }
      + run.problems.map {
        OverviewLine(FitWarning(code: "unreadable", message: $0, advice: ""))
      }
  }

  /// The most serious first; what cannot be told stands before what passed; the order among equals is
  /// kept.
  private static func seriousFirst(_ lines: [OverviewLine]) -> [OverviewLine] {
    func rank(_ judgement: Judgement) -> Int {
      switch judgement {
      case .bad: 0
      case .doubtful: 1
      case .none: 2
      case .good: 3
      }
    }
    return lines.enumerated()
      .sorted { (rank($0.element.judgement), $0.offset) < (rank($1.element.judgement), $1.offset) }
      .map(\.element)
  }

  /// `1 failed, 2 warned, 9 passed`.
  var tally: String {
    counts(["failed", "warned", "passed", "not available"]) { "\($0) \($1)" }
  }

  /// `✗ 1  ! 2  ✓ 9` where there is little room.
  func shortTally(in charset: Charset) -> String {
    counts(Self.levels.map { $0.sign(in: charset) }, joined: "  ") { "\($1) \($0)" }
  }

  private static let levels: [Judgement] = [.bad, .doubtful, .good, .none]

  private func counts(
    _ words: [String], joined separator: String = ", ", _ text: (Int, String) -> String
  ) -> String {
    zip(Self.levels, words).compactMap { level, word in
      let count = lines.count { $0.judgement == level }
      return count > 0 ? text(count, word) : nil
    }.joined(separator: separator)
  }
}
