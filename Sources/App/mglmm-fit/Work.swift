// The command mglmm-fit work RUN does what the request in a run folder says; dashboards start it.

import ArgumentParser
import Fitting
import RunFolder

/// Works on a run folder.
struct Work: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Work on a run folder (started by mglmm-tui).",
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("The run folder.", valueName: "run"))
  var folder: String

  func run() throws {
    try Console.ending { () throws(FittingError) in
      try Worker(folder: RunFolder(path: folder)).run(watch: ProgressLine()).exitCode
    }
  }
}
