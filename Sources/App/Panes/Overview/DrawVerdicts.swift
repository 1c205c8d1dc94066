// What the draws so far say of convergence, in lines: those beyond a limit, and one for all others.

import Diagnostics
import RunFolder
import TerminalCore

/// The verdicts on the draws of the parameters computed so far.
///
/// Random effects are not counted, of which some exceed a limit by chance.
struct DrawVerdicts {
  /// A line for each parameter beyond a limit, and one for each check that all others pass.
  private(set) var lines: [OverviewLine] = []
  /// How many parameters have been computed.
  private(set) var computed = 0
  /// The parameters nearest to their limits or beyond, the worst first.
  private(set) var worst: [String] = []

  private static let mostLines = 40

  init(_ snapshot: DashboardSnapshot) {
    let report = snapshot.diagnostics
    let names = snapshot.run.countedParameterNames
    let known = names.compactMap { name in
      report.current(name).map { (name: name, known: $0) }
    }
    computed = known.count
    let rated = known.enumerated().compactMap { place, entry in
      ConvergenceColumn.worst.key(entry.known, report.thresholds).map {
        (name: entry.name, known: entry.known, badness: $0, place: place)
      }
    }.sorted { ($1.badness, $0.place) < ($0.badness, $1.place) }
    worst = rated.prefix(3).map(\.name)
    for check in ["R-hat", "bulk ESS", "tail ESS"] {
      let judged = rated.map { entry in
        let judgement: Judgement
        switch check {
        case "R-hat": judgement = entry.known.judgements.rHat
        case "bulk ESS": judgement = entry.known.judgements.bulkESS
        default: judgement = entry.known.judgements.tailESS
        }
        return (name: entry.name, known: entry.known, judgement: judgement)
      }
      let beyond = judged.filter { $0.judgement >= .doubtful }
      for entry in beyond.prefix(Self.mostLines) {
        if let line = Self.line(check, entry.name, entry.known, report) { lines.append(line) }
      }
      // One line tells that all the others pass, and which of them is nearest to the limit.
      let passed = judged.filter { $0.judgement == .good }
      if let first = passed.min(by: { Self.isWorse($0.known, $1.known, check) }),
        var line = Self.line(check, first.name, first.known, report)
      {
        line.meaning =
          "\(counted(passed.count, "parameter")) within the limit; the nearest to it is "
          + "\(first.name)."
        // No tick before all of them are computed.
        if computed < names.count {
          line.judgement = .none
          line.meaning =
            "\(Format.grouped(computed)) of \(Format.grouped(names.count)) parameters computed; "
            + line.meaning
        }
        lines.append(line)
      }
    }
  }

  private static func isWorse(
    _ left: ParameterDiagnostics, _ right: ParameterDiagnostics, _ check: String
  ) -> Bool {
    switch check {
    case "R-hat": (left.summary.rHat ?? 0) > (right.summary.rHat ?? 0)
    case "bulk ESS": (left.summary.essBulk ?? .infinity) < (right.summary.essBulk ?? .infinity)
    default: (left.summary.essTail ?? .infinity) < (right.summary.essTail ?? .infinity)
    }
  }

  private static func line(
    _ check: String, _ name: String, _ known: ParameterDiagnostics, _ report: DiagnosticReport
  ) -> OverviewLine? {
    report.thresholds.verdicts(parameter: name, known.summary).first { $0.check == check }
      .map { OverviewLine($0) }
  }
}
