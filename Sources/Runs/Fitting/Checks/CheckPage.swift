// The page of verdicts: every check of a run, put into one order, the most serious first.

import Diagnostics
import MixedModel
import RunFolder
import Tables

/// All checks of a run.
package struct CheckPage: Sendable {
  /// The verdicts, the most serious first; within a level causes before symptoms.
  package let verdicts: [Verdict]
  /// The same as checks.json holds it.
  package let report: CheckReport
  /// What the lines are made of, with unadjusted p values.
  let entries: [PageEntry]

  /// Every check, in the order in which they run.
  static let checks: [any ModelCheck] = [
    FamilyCheck(), OverdispersionCheck(), LinkCheck(), CurvatureCheck(), InteractionCheck(),
    RandomSlopeCheck(), RandomEffectCheck(), PredictorCheck(), WithinBetweenCheck(),
    HeteroscedasticityCheck(), ZerosCheck(), ResponseTailCheck(), AutocorrelationCheck(),
    EffectShapeCheck(), OutcomeDependenceCheck(), StructureCheck(), FunnelCheck(),
    ChainAgreementCheck(),
  ]

  /// Runs all checks on a run.
  ///
  /// - Parameters:
  ///   - original: the data file that the run was started with, if it is still the same.
  ///   - seed: fixes everything random.
  ///   - budget: the seconds after which no further check is begun; nil for none.
  /// - Throws: when the run has no data to be checked with, or cannot be fitted again.
  package init(
    run: FinishedRun, original: Table?, seed: UInt64, budget: Double? = nil
  ) throws(FittingError) {
    try self.init(
      run: run, original: original, seed: seed, budget: budget, checks: CheckPage.checks)
  }

  /// The same with a choice of checks.
  init(
    run: FinishedRun, original: Table?, seed: UInt64, budget: Double?, checks: [any ModelCheck]
  ) throws(FittingError) {
    guard !run.request.isPriorOnly else {
      throw FittingError(
        "\(run.folder.path): its draws are from the prior alone, which no data can check; fit the model without --prior-only",
        exitCode: 65)
    }
    let clock = TimeBudget(seconds: budget)
    let context = CheckContext(
      run: run, likelihood: try run.likelihood(), original: original, seed: seed)
    var entries = context.fitEntries + context.drawEntries + context.residualEntries
    entries += try CheckPage.run(checks, context, clock)
    if original?.rowCount != run.prepared.table.rowCount {
      entries.append(
        .unavailable(
          "columns that the model does not use",
          "The data file is gone or has changed since the run, so that predictors and groups that the model lacks cannot be looked for."
        ))
    }
    entries += clock.ifTime("predictive checks") { () throws(FittingError) in
      try context.predictiveEntries()
    }
    entries += clock.ifTime("Pareto k") { () throws(FittingError) in
      try run.looVerdicts().map { PageEntry($0) }
    }
    entries += clock.ifTime("sensitivity") { () throws(FittingError) in
      try SensitivityAnalysis(finished: run, likelihood: context.likelihood).verdicts.map {
        PageEntry($0)
      }
    }
    entries.adjust()
    for index in run.model.outcomes.indices {
      let places = entries.indices.filter { entries[$0].outcome == index }
      guard places.contains(where: { entries[$0].ownLevel >= .warning }),
        let study = try? OutcomeStudy(context, outcome: index)
      else { continue }
      ExplainingAway(study: study, seed: seed, hasTime: { !clock.isOver })
        .apply(to: &entries, places: places)
    }
    self.entries = entries
    verdicts = Verdict.mostSeriousFirst(entries.map(\.verdict))
    report = CheckReport(
      draws: run.stores.map(\.count).min() ?? 0, seed: seed, lines: verdicts.map(CheckLine.init))
  }

  /// The entries of the checks; those that fit changes of a model know which.
  private static func run(
    _ checks: [any ModelCheck], _ context: CheckContext, _ clock: TimeBudget
  ) throws(FittingError) -> [PageEntry] {
    var entries: [PageEntry] = []
    var studies: [OutcomeStudy?] = []
    for index in context.run.model.outcomes.indices {
      do throws(FittingError) {
        studies.append(try OutcomeStudy(context, outcome: index))
      } catch {
        studies.append(nil)
        entries.append(
          .unavailable(
            "changes of the model", "The outcome could not be fitted alone: \(error.message).",
            subject: context.run.model.outcomes[index].label))
      }
    }
    for check in checks {
      if let single = check as? any OutcomeCheck {
        for (index, study) in studies.enumerated() {
          guard let study else { continue }
          entries += clock.ifTime(check.name) { () throws(FittingError) in
            single.findings(study, seed: context.seed).map {
              var entry = PageEntry($0)
              (entry.outcome, entry.single) = (index, single)
              return entry
            }
          }
        }
        continue
      }
      guard let refits = check as? any RefitCheck else {
        entries += clock.ifTime(check.name) { () throws(FittingError) in
          try check.findings(context).map { PageEntry($0) }
        }
        continue
      }
      for (index, study) in studies.enumerated() {
        guard let study else { continue }
        entries += Self.entries(refits, study, outcome: index, clock)
      }
    }
    return entries
  }

  private static func entries(
    _ check: any RefitCheck, _ study: OutcomeStudy, outcome: Int, _ clock: TimeBudget
  ) -> [PageEntry] {
    var entries: [PageEntry] = []
    for remedy in check.remedies(study) {
      guard !clock.isOver else {
        entries.append(clock.entry(check.name, subject: study.label))
        break
      }
      do throws(RemedyFailure) {
        var entry = PageEntry(Finding(remedy, try study.gain(of: remedy)))
        (entry.outcome, entry.remedy) = (outcome, remedy)
        entries.append(entry)
      } catch {
        if case .unavailable(let reason) = error {
          entries.append(PageEntry(Finding(remedy, reason)))
        }
      }
    }
    return entries
  }
}

/// The time that a page may take.
struct TimeBudget: Sendable {
  private let end: ContinuousClock.Instant?

  init(seconds: Double?) {
    end = seconds.map { ContinuousClock().now + .seconds($0) }
  }

  /// Whether no further check is to begin.
  var isOver: Bool { end.map { ContinuousClock().now > $0 } ?? false }

  /// The line of a check that had no time.
  func entry(_ check: String, subject: String? = nil) -> PageEntry {
    .unavailable(check, "Not run for lack of time: mglmm-fit check RUN runs it.", subject: subject)
  }

  /// The entries of `body`, or a line that says why there are none.
  func ifTime(_ check: String, _ body: () throws(FittingError) -> [PageEntry]) -> [PageEntry] {
    guard !isOver else { return [entry(check)] }
    do throws(FittingError) { return try body() } catch {
      return [.unavailable(check, "Not available: \(error.message).")]
    }
  }
}

extension CheckLine {
  /// A verdict as a line of checks.json.
  init(_ verdict: Verdict) {
    let level: CheckLevel =
      switch verdict.level {
      case .ok: .passed
      case .unavailable: .unavailable
      case .warning: .warned
      case .failed: .failed
      }
    self.init(
      check: verdict.check, subject: verdict.subject, level: level, number: verdict.number ?? .nan,
      threshold: verdict.threshold, source: verdict.source, meaning: verdict.meaning,
      advice: verdict.advice)
  }
}
