// The command mglmm-fit sensitivity RUN says what a run's results depend on.

import ArgumentParser
import Fitting
import RunFolder

/// Prints sensitivity and structure, and leaves them in the run folder as sensitivity.json.
struct Sensitivity: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How far a run's results depend on the prior, on single groups and on approximations."
  )

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"))
  var folder: String

  @Option(help: ArgumentHelp("The grouping factor whose levels are left out.", valueName: "factor"))
  var group: String?

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Console.ending { () throws(FittingError) in
      let finished = try FinishedRun(path: folder)
      let analysis = try SensitivityAnalysis(
        finished: finished, likelihood: finished.likelihood(), group: group)
      do { try finished.folder.write(analysis.report) } catch { throw FittingError(error) }
      Console.write(
        json ? analysis.report.json.prettyText : SensitivityText.text(of: analysis))
      return 0
    }
  }
}
