// The command mglmm-fit describe DATA -f FORMULA says what a fit would fit, without fitting.

import ArgumentParser
import Fitting
import RunFolder

/// Describes a model.
struct Describe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say what a fit would fit: rows, coefficients, groups, priors; without fitting.",
    discussion: """
      Reads the data and builds the model as a fit would, and prints what came of it, or what is wrong and where in \
      the formula. Takes the options of a fit; nothing is written.
      """)

  @Argument(help: "The data: a CSV or TSV file with a header line.")
  var data: String?

  @OptionGroup var model: ModelOptions
  @OptionGroup var sampling: SamplingOptions

  @Flag(help: "Print JSON; an error, too, is then part of it.")
  var json = false

  @Option(
    name: .customLong("model"), help: "Read the options from a TOML file, as in a run folder.")
  var modelFile: String?

  func run() throws {
    try Console.ending { () throws(FittingError) in
      var request = RunRequest()
      if let modelFile {
        do { request = try RunRequest(readingTOML: modelFile) } catch { throw FittingError(error) }
      }
      if let data { request.dataPath = data }
      try model.apply(to: &request)
      sampling.apply(to: &request)
      let report = DescribeReport(describing: request)
      if json { Console.write(report.json.prettyText) }
      switch report.answer {
      case .model(let description):
        if !json { Console.write(DescribeText.text(of: description)) }
      case .fault(let fault):
        Console.writeError("mglmm-fit: \(DescribeText.text(of: fault))\n")
      }
      return report.exitCode
    }
  }
}
