// The command mglmm-fit residuals RUN prints the simulated-quantile residuals of a run and their tests.

import ArgumentParser
import Fitting
import RunFolder

/// Prints residual tests.
struct Residuals: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulated-quantile residuals of a run, and their tests.")

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"))
  var folder: String

  @Flag(help: "Print JSON, with the residuals.")
  var json = false

  func run() throws {
    try Console.ending { () throws(FittingError) in
      guard let report = try RunReading.snapshot([folder]).residualReport else {
        throw FittingError("\(folder): there are no residuals yet", exitCode: 65)
      }
      Console.write(json ? report.json.prettyText : text(report))
      return 0
    }
  }

  private func text(_ report: ResidualReport) -> String {
    var text =
      "\(report.simulations) simulations, \(report.isConditional ? "conditional on the random effects" : "unconditional"), seed \(report.seed)\n"
    for outcome in report.outcomes {
      text += "\(outcome.name): \(outcome.scaled.count) residuals\n"
      let tests: [(String, Double?)] = [
        ("uniformity", outcome.tests.uniformity?.p), ("dispersion", outcome.tests.dispersion?.p),
        ("outliers", outcome.tests.outliers?.p), ("zero inflation", outcome.tests.zeroInflation?.p),
        ("quantiles", outcome.tests.quantiles?.p),
      ]
      for (name, p) in tests {
        guard let p else { continue }
        let verdict = p < 0.05 ? "deviates" : "no deviation"
        text += "  \(name): p = \(ReportText.fixed(p, 4)), \(verdict)\n"
      }
    }
    return text
  }
}
