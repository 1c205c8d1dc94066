// The hidden command man-page: makes the manual of a program from what the program says of itself.

import ArgumentParser
import Dashboard
import Glibc
import RunFolder

/// Writes a manual page; `make man` calls it.
struct ManPage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man-page",
    abstract: "Write the manual of the program whose --experimental-dump-help is standard input.",
    shouldDisplay: false)

  func run() throws {
    try reportingFailure {
      let text = try TextFile.read(STDIN_FILENO, named: "standard input")
      let help: ProgramHelp
      do throws(JSONError) { help = try ProgramHelp(json: text) } catch {
        throw error.asRunError(path: "standard input")
      }
      guard let page = ManualPage.text(of: help) else {
        throw Failure.usage("there is no manual of a program '\(help.name)'")
      }
      try printResult(page)
    }
  }
}
