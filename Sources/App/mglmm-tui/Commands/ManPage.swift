// The hidden command man-page: makes the manual and the completions of a program from what the program says of itself.

import ArgumentParser
import Dashboard
import Glibc
import RunFolder

/// Writes a manual page or a completion script; `make man` and `make completions` call it.
struct ManPage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "man-page",
    abstract: "Write the manual of the program whose --experimental-dump-help is standard input.",
    shouldDisplay: false)

  @Option(help: "Write this completion script for a shell, finished, instead.")
  var script: String?

  @Option(help: "The shell of the script: bash, zsh or fish.")
  var shell = "bash"

  func run() throws {
    try reportingFailure {
      let text = try TextFile.read(STDIN_FILENO, named: "standard input")
      let help: ProgramHelp
      do throws(JSONError) { help = try ProgramHelp(json: text) } catch {
        throw error.asRunError(path: "standard input")
      }
      if let script {
        let generated = try TextFile.read(script)
        guard let finished = CompletionScript.finished(generated, for: shell, of: help) else {
          throw Failure(message: "\(script) is not a completion script for \(shell)", code: 65)
        }
        return try printResult(finished)
      }
      guard let page = ManualPage.text(of: help) else {
        throw Failure.usage("there is no manual of a program '\(help.name)'")
      }
      try printResult(page)
    }
  }
}
