// The command mglmm-fit check RUN runs every check of a run and prints one page of verdicts.

import ArgumentParser
import Fitting
import Glibc
import RunFolder

/// Prints the page of verdicts.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Every check of a run on one page, the most serious first.",
    discussion: """
      Convergence, residuals, predictions, sensitivity, and faults of the model that are found by fitting it again with one \
      change at a time. All p values of the page are adjusted together. The result is written to checks.json in the run \
      folder.
      """)

  @Argument(help: ArgumentHelp("A run folder.", valueName: "run"))
  var folder: String

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "End with exit code 1 if anything warned or failed.")
  var strict = false

  @Option(help: "The seed of the simulations; the run's own if left out.")
  var seed: UInt64?

  func run() throws {
    try Console.ending { () throws(FittingError) in
      let run = try FinishedRun(path: folder)
      let original = run.originalTable()
      let report = try CheckPage(
        run: run, original: original, seed: seed ?? run.request.seed
      ).report
      do {
        try run.folder.write(report)
      } catch {
        Console.writeError("mglmm-fit: \(FittingError(error).message); the page is not kept\n")
      }
      if original == nil {
        Console.writeError(
          "mglmm-fit: \(run.request.dataPath) has gone or changed since the run, so columns that the model does not use are not checked\n"
        )
      }
      Console.write(
        json ? report.json.prettyText : CheckText.text(of: report, width: Self.width()))
      let isBad = report.lines.contains { $0.level == .warned || $0.level == .failed }
      return strict && isBad ? 1 : 0
    }
  }

  /// The columns of the terminal, at most 100.
  private static func width() -> Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 40 else { return 100 }
    return min(Int(size.ws_col), 100)
  }
}
