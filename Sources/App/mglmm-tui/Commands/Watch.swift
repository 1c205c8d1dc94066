// The command watch: shows the draws of any sampler that writes CSV files as Stan does.

import ArgumentParser
import Dashboard

/// Watches draws of other programs.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch Stan CSV files, or folders of them, written by any sampler, live.")

  @Argument(help: "CSV files of draws, one for each chain, or a folder that holds them.")
  var paths: [String]
  @OptionGroup var look: LookOptions

  func run() throws {
    try reportingFailure {
      try Session(control: FolderRunControl(paths: paths), looks: look.looks()).run()
    }
  }
}
