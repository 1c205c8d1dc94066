// The command compare: two to four runs side by side, on the terminal or as text.

import ArgumentParser
import CursesScreen
import Dashboard
import RunFolder

/// Compares runs.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two to four runs: models, convergence, estimates, prediction.",
    discussion: """
      On a terminal the comparison follows runs that are live; otherwise it is
      printed as text. mglmm-fit compare --json has the numbers for programs.
      """)

  @Argument(
    help: ArgumentHelp(
      "Runs by their names, numbers or folders; or CSV files of draws.", valueName: "run"),
    completion: Complete.runs)
  var targets: [String]

  @Flag(help: "Print the comparison as text, on a terminal too.")
  var text = false

  @Option(help: ArgumentHelp("The width of lines of text.", valueName: "columns"))
  var width = 100

  @Option(help: ArgumentHelp("Colours as escape sequences.", valueName: "none|8|16|256|true"))
  var color: String?

  @OptionGroup var place: PlaceOptions
  @OptionGroup var look: LookOptions

  func validate() throws {
    guard ComparedRuns.counts.contains(targets.count) else {
      throw ValidationError("compare takes two to four runs, not \(targets.count).")
    }
    guard (20...1000).contains(width) else {
      throw ValidationError("--width \(width) is not from 20 to 1000.")
    }
  }

  func run() throws {
    try reportingFailure {
      let settings = try look.settings(color: color)
      let looks = settings.looks
      var controls: [FolderRunControl] = []
      for target in targets { controls.append(try RunOpening.open(target, in: place.catalog)) }
      var runs = ComparedRuns(controls, now: wallClock())
      guard hasTerminal && !text else {
        try runs.refresh(now: wallClock(), budget: nil)
        for problem in runs.problems { say("mglmm-tui: \(problem)") }
        return try printResult(
          ComparisonText.text(
            runs.snapshots, columns: width, looks: looks,
            depth: looks.colorDepth ?? Looks.outputDepth))
      }
      try show(runs, settings)
    }
  }

  private func show(_ runs: ComparedRuns, _ settings: Session.Settings) throws {
    let screen = try Session.takeTerminal(settings)
    let end = ComparisonLoop(screen: screen, runs: runs, theme: settings.looks.themes.theme).run()
    screen.end()
    switch end {
    case .closed: break
    case .open(let path):
      try Session(
        control: RunOpening.open(path, in: place.catalog), settings: settings,
        catalog: place.catalog
      ).run()
    case .hangup: throw Failure(message: "the terminal has gone away", code: 129)
    case .terminated(let signal):
      throw Failure(message: "ended by signal \(signal)", code: 128 + signal)
    }
  }
}
