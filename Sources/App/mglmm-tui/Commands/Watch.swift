// The command watch: shows the draws of any sampler that writes CSV files as Stan does.

import ArgumentParser
import Dashboard

/// Watches draws of other programs.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch Stan CSV files, or folders of them, written by any sampler, live.")

  @Argument(
    help: "CSV files of draws, one for each chain, or a folder that holds them.",
    completion: .file(extensions: ["csv"]))
  var paths: [String]
  @OptionGroup var look: LookOptions
  @OptionGroup var lines: PlainOptions

  func run() throws {
    try reportingFailure {
      let settings = try look.settings()
      try Session(
        control: FolderRunControl(paths: paths), settings: settings, lines: lines
      ).run()
    }
  }
}
