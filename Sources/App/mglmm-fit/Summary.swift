// The command mglmm-fit summary prints the parameter table of a run, or of any Stan CSV files.

import ArgumentParser
import Diagnostics
import Fitting
import RunFolder

/// Prints a parameter table with R-hat, ESS and MCSE.
struct Summary: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Parameter table of runs or of Stan CSV files, with R-hat, ESS and MCSE.")

  @Argument(help: "A run folder, or CSV files of one model's chains.")
  var paths: [String]

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    try Console.ending { () throws(FittingError) in
      let snapshot = try RunReading.snapshot(paths)
      guard !snapshot.chains.isEmpty else {
        guard var report = snapshot.fitReport else {
          throw FittingError(
            "\(paths[0]): there are no draws and no other results in it", exitCode: 65)
        }
        // The run folder always has the modes; the result has them where they were asked for.
        if snapshot.request?.includesModes != true { report.modes = nil }
        Console.write(json ? report.json.prettyText : ReportText.text(of: report))
        return 0
      }
      guard !snapshot.parameterNames.isEmpty else {
        throw FittingError(
          "\(paths[0]): there are no draws in it; give a run folder or CSV files of draws",
          exitCode: 65)
      }
      let summaries = ParameterKind.ordered(snapshot.parameterNames).map { name in
        ParameterSummary(name: name, DrawsSummary.summarize(snapshot.draws(of: name)))
      }
      if json {
        let members = [
          JSONMember("schema", .string("mglmm-fit/1")), JSONMember("method", .string("mcmc")),
          JSONMember("parameters", .array(summaries.map(\.json))),
        ]
        Console.write(JSONValue.object(members).prettyText)
      } else {
        Console.write(ReportText.parameters(summaries))
      }
      return 0
    }
  }
}

/// Reads what a run folder or foreign files hold.
enum RunReading {
  /// A snapshot of the run at the paths.
  static func snapshot(_ paths: [String]) throws(FittingError) -> RunSnapshot {
    do {
      var watcher = try RunWatcher(paths: paths)
      _ = try watcher.refresh()
      return watcher.snapshot
    } catch {
      throw FittingError(error)
    }
  }
}
