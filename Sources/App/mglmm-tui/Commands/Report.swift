// The command that writes a report of a run: one page of HTML.

import ArgumentParser
import Dashboard
import RunFolder

/// Writes a report of a run.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a report of a run as one page of HTML that needs nothing beside itself.")

  @Argument(
    help: ArgumentHelp(
      "A run by its name, number or folder; or a CSV file of draws.", valueName: "run"))
  var target: String

  @Argument(help: ArgumentHelp("The file to write; - is standard output.", valueName: "out.html"))
  var path: String

  @Flag(name: .shortAndLong, help: "Replace a file that is there.")
  var force = false

  @Option(help: ArgumentHelp("The theme of the plots, by name or by its file.", valueName: "name"))
  var theme: String?

  @OptionGroup var place: PlaceOptions

  func run() throws {
    try reportingFailure {
      let looks = try Looks(theme: theme)
      let control = try RunOpening.open(target, in: place.catalog)
      _ = try control.refresh()
      for problem in control.snapshot.problems { say("mglmm-tui: \(problem)") }
      // Before the work, so that nobody waits for a refusal.
      if path != "-", !force, NewFile.exists(path) {
        throw Failure.usage("\(path) is there already; --force replaces it")
      }
      let page = RunReport(control.snapshot, theme: looks.themes[0], now: wallClock()).html()
      if path == "-" { return try printResult(page) }
      if force {
        try NewFile.replace(path, with: page)
      } else if try !NewFile.write(page, to: path) {
        throw Failure.usage("\(path) is there already; --force replaces it")
      }
      say("Written to \(path).")
    }
  }
}
