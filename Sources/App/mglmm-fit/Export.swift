// The command mglmm-fit export RUN writes the draws of all chains in one file.

import ArgumentParser
import Fitting
import RunFolder

/// Writes the draws of a run in another format.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the draws of a run as one table.",
    discussion:
      "csv and tsv: a row for each draw, with .chain, .iteration and .draw, as R's posterior package has it."
  )

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"))
  var folder: String

  @Option(help: "csv or tsv.")
  var format = "csv"

  @Argument(help: "The file to write.")
  var out: String

  func run() throws {
    try Console.ending { () throws(FittingError) in
      guard format == "csv" || format == "tsv" else {
        throw FittingError("--format '\(format)': there are csv and tsv", exitCode: 64)
      }
      let snapshot = try RunReading.snapshot([folder])
      guard !snapshot.chains.isEmpty else {
        throw FittingError("\(folder): there are no draws yet", exitCode: 65)
      }
      do {
        try DrawTable.write(
          snapshot, to: out, delimiter: UInt8(ascii: format == "csv" ? "," : "\t"))
      } catch {
        throw FittingError(error)
      }
      return 0
    }
  }
}
