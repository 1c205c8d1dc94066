// The command mglmm-fit residuals RUN prints simulated-quantile residuals and their tests, stored or computed anew.

import ArgumentParser
import Diagnostics
import Fitting
import RunFolder

/// Prints residual tests.
struct Residuals: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulated-quantile residuals of a run, and their tests.",
    discussion: """
      Without options it prints what the run has stored; with any of them the residuals are computed anew.
      Columns come from the run folder, or from the original data file while it is unchanged.
      """)

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"))
  var folder: String

  @Flag(help: "Print JSON, with the residuals.")
  var json = false

  @Flag(help: "Simulate with new random effects instead of those found.")
  var unconditional = false

  @Option(help: "The number of simulations (default: that of the run).")
  var simulations: Int?

  @Option(help: "Fixes everything random (default: the seed of the run).")
  var seed: UInt64?

  @Option(help: ArgumentHelp("Aggregate the rows of each level first.", valueName: "column"))
  var group: String?

  @Option(help: "How rows become one with --group: sum or mean.")
  var aggregate: Aggregation = .sum

  @Option(help: ArgumentHelp("Test along a column; may be repeated.", valueName: "column"))
  var against: [String] = []

  @Option(help: ArgumentHelp("Test for autocorrelation in time.", valueName: "column"))
  var time: String?

  @Option(help: ArgumentHelp("Test for autocorrelation in space.", valueName: "x,y"))
  var space: String?

  @Flag(help: "Rotate by the covariance of the simulations (implies --unconditional).")
  var rotate = false

  @Option(help: ArgumentHelp("Test dispersion by refits to simulated data.", valueName: "n"))
  var refit = 0

  @Flag(help: "Test dispersion by Pearson's chi-squared statistic at the estimate.")
  var pearson = false

  func validate() throws {
    if let simulations, simulations < 2 {
      throw ValidationError(
        "--simulations must be at least 2, and 250 or more to be of use, not \(simulations).")
    }
    if refit != 0 && refit < 2 {
      throw ValidationError("--refit must be at least 2, not \(refit).")
    }
    if spaceColumns.count != 2 && space != nil {
      throw ValidationError("--space takes two columns, as in --space x,y.")
    }
  }

  private var spaceColumns: [String] { space?.split(separator: ",").map(String.init) ?? [] }

  /// What was asked for.
  private var options: ResidualOptions {
    var options = ResidualOptions()
    options.isUnconditional = unconditional
    options.simulations = simulations
    options.seed = seed
    options.group = group
    options.aggregate = aggregate
    options.against = against
    options.time = time
    options.space = spaceColumns
    options.isRotated = rotate
    options.refits = refit
    options.hasPearson = pearson
    return options
  }

  func run() throws {
    try Console.ending { () throws(FittingError) in
      let report = try report()
      Console.write(json ? report.json.prettyText : ResidualText.text(of: report, options))
      return 0
    }
  }

  private func report() throws(FittingError) -> ResidualReport {
    if options != ResidualOptions() {
      return try ResidualReport(FinishedRun(path: folder), options)
    }
    guard let report = try RunReading.snapshot([folder]).residualReport else {
      throw FittingError("\(folder): there are no residuals yet", exitCode: 65)
    }
    return report
  }
}

extension Aggregation: ExpressibleByArgument {}
