// The command mglmm-fit loo RUN prints how well a run predicts observations that are left out.

import ArgumentParser
import Diagnostics
import Fitting
import RunFolder

/// Prints PSIS-LOO and WAIC.
struct Loo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Leave-one-out prediction of a run by Pareto-smoothed importance sampling.",
    discussion: """
      Every value of every outcome is left out in turn, given the random effects (with residual correlation, every row). \
      With --group all values of a level are left out, and the level's random effects are integrated out. The result is \
      written to loo.json in the run folder.
      """)

  @Argument(help: ArgumentHelp("A run folder with draws.", valueName: "run"))
  var folder: String

  @Option(
    help: ArgumentHelp(
      "Leave out whole levels of the model's main grouping factor.", valueName: "factor"))
  var group: String?

  @Flag(help: "Print JSON, with every observation.")
  var json = false

  func run() throws {
    try Console.ending { () throws(FittingError) in
      let run = try FinishedRun(path: folder)
      let leaveOneOut = try run.leaveOneOut()
      let report =
        if let group { try leaveOneOut.groups(group) } else { try leaveOneOut.observations() }
      try run.write(report)
      let verdicts = try run.looVerdicts(report)
      Console.write(json ? report.json.prettyText : LooText.text(of: report, verdicts))
      return 0
    }
  }
}

/// Leave-one-out results as plain text.
enum LooText {
  static func text(of report: LooReport, _ verdicts: [Verdict]) -> String {
    let unit = report.leftOut.map { "levels of \($0)" } ?? "observations"
    var text = "\(report.points.count) \(unit) left out in turn, \(report.draws) draws\n\n"
    var rows = [["", "estimate", "se"]]
    rows.append(row("elpd_loo", report.elpd, report.standardError))
    rows.append(row("p_loo", report.effectiveParameters, report.effectiveParametersError))
    rows.append(row("looic", -2 * report.elpd, 2 * report.standardError))
    if report.leftOut == nil {
      rows.append(row("elpd_waic", report.elpdWAIC, report.standardErrorWAIC))
      rows.append(["p_waic", ReportText.fixed(report.effectiveParametersWAIC, 1), ""])
    }
    text += ReportText.table(rows)
    text +=
      report.monteCarloError.isFinite
      ? "Monte Carlo standard error of elpd_loo: \(ReportText.fixed(report.monteCarloError, 2))\n\n"
      : "Monte Carlo standard error of elpd_loo: not available while a Pareto k is above its threshold\n\n"
    text += counts(report)
    text += worst(report)
    for verdict in verdicts where verdict.level >= .warning {
      text += "\n\(verdict.check): \(verdict.meaning) \(verdict.advice)\n"
    }
    return text
  }

  private static func row(_ name: String, _ value: Double, _ error: Double) -> [String] {
    [name, ReportText.fixed(value, 1), ReportText.fixed(error, 1)]
  }

  /// How many observations have which k.
  private static func counts(_ report: LooReport) -> String {
    let limit = report.paretoKThreshold
    let text = ReportText.fixed(limit, 2)
    func count(_ isIn: (Double) -> Bool) -> String {
      "\(report.points.count { isIn($0.paretoK) })"
    }
    return "Pareto k (threshold \(text))\n"
      + ReportText.table([
        ["up to \(text)", count { $0 <= limit }, "reliable"],
        ["\(text) to 1", count { $0 > limit && $0 <= 1 }, "not reliable"],
        ["above 1", count { !($0 <= 1) }, "no use at all"],
      ])
  }

  /// The observations that cannot be left out reliably, the worst first, at most twenty.
  private static func worst(_ report: LooReport) -> String {
    let bad = report.badPoints.sorted { $0.paretoK > $1.paretoK }
    guard !bad.isEmpty else { return "" }
    let isGrouped = report.leftOut != nil
    let hasLevels = !isGrouped && bad.contains { !$0.level.isEmpty }
    var rows = [
      ["outcome", isGrouped ? "level" : "row"] + (hasLevels ? ["level"] : [])
        + (isGrouped ? [] : ["y"]) + ["elpd", "Pareto k"]
    ]
    for point in bad.prefix(20) {
      rows.append(
        [point.outcome, point.label] + (hasLevels ? [point.level] : [])
          + (isGrouped ? [] : [ReportText.number(point.y)])
          + [
            ReportText.fixed(point.elpd, 2),
            point.paretoK.isFinite ? ReportText.fixed(point.paretoK, 2) : "infinite",
          ])
    }
    let more = bad.count > 20 ? "  ... and \(bad.count - 20) more\n" : ""
    return "\nNot reliable\n" + ReportText.table(rows) + more
  }
}
