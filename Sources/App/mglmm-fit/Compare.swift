// The command mglmm-fit compare RUN RUN ... orders runs of the same data by how well they predict.

import ArgumentParser
import Fitting
import RunFolder

/// Compares runs.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Compare runs of the same data by leave-one-out prediction, or by AIC where there are no draws.",
    discussion: """
      Differences of elpd are to the best run, with the standard error of the paired difference. Stacking weights mix the \
      runs' predictions best. A run without leave-one-out results gets them first.
      """)

  @Argument(help: ArgumentHelp("Run folders.", valueName: "run"))
  var folders: [String]

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Console.ending { () throws(FittingError) in
      var runs: [FinishedRun] = []
      for folder in folders { runs.append(try FinishedRun(path: folder)) }
      let report = try ComparisonReport(runs)
      Console.write(json ? report.json.prettyText : text(report))
      return 0
    }
  }

  private func text(_ report: ComparisonReport) -> String {
    var rows: [[String]] = []
    switch report.criterion {
    case .elpd:
      rows.append(["", "elpd diff", "se diff", "elpd", "se", "p_loo", "stacking", "pseudo-BMA+"])
    case .aic: rows.append(["", "logLik", "df", "AIC", "AIC diff", "BIC", "BIC diff"])
    }
    for entry in report.entries {
      if let prediction = entry.prediction {
        rows.append(
          [entry.run]
            + [
              prediction.difference, prediction.differenceError, prediction.elpd,
              prediction.standardError, prediction.effectiveParameters,
            ].map { ReportText.fixed($0, 1) }
            + [prediction.stackingWeight, prediction.pseudoWeight].map { ReportText.fixed($0, 3) })
      }
      if let likelihood = entry.likelihood {
        rows.append([
          entry.run, ReportText.fixed(likelihood.logLikelihood, 3),
          "\(likelihood.degreesOfFreedom)",
          ReportText.fixed(likelihood.aic, 2), ReportText.fixed(likelihood.aicDifference, 2),
          ReportText.fixed(likelihood.bic, 2), ReportText.fixed(likelihood.bicDifference, 2),
        ])
      }
    }
    return "\(report.observations) observations\n\n" + ReportText.table(rows)
      + report.notes.map { "Note: \($0).\n" }.joined()
  }
}
