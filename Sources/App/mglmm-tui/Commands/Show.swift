// The command show: one pane drawn once to standard output.

import ArgumentParser
import Dashboard
import Glibc
import RunFolder

/// Draws one pane once.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw one pane once to standard output; needs no terminal.")

  @Argument(
    help: ArgumentHelp(
      "A run by its name, number or folder; or a CSV file of draws.", valueName: "run"),
    completion: Complete.runs)
  var target: String

  @Option(
    help: "\(PaneDrawing.paneNames.joined(separator: ", ")), or their numbers.",
    completion: Complete.panes)
  var pane = "overview"

  @Option(help: ArgumentHelp("The outcome whose residuals are drawn.", valueName: "name"))
  var outcome: String?

  @Option(help: ArgumentHelp("The parameter whose trace is drawn.", valueName: "name"))
  var parameter: String?

  @Option(
    help: ArgumentHelp(
      "The view of a pane that has several, counted from 1; ] goes on to the next.",
      valueName: "number"))
  var view = 1

  @Option(help: ArgumentHelp("Only parameters that match.", valueName: "regex"))
  var filter = ""

  @Flag(help: "Traces begin with the warm-up.")
  var warmup = false

  @Flag(help: "With tabs and keys, as the dashboard looks.")
  var screen = false

  @Option(
    help: ArgumentHelp(
      "As text, or text with colours, drawing, numbers.", valueName: "text|ansi|svg|csv"))
  var format: String?

  @Option(
    help: ArgumentHelp("The table of --format csv; the first if left out.", valueName: "name"))
  var table: String?

  @Option(help: ArgumentHelp("Columns and rows.", valueName: "120x40"))
  var size = "120x40"

  @Option(
    help: ArgumentHelp("Colours as escape sequences.", valueName: "none|8|16|256|true"),
    completion: .list(["none", "8", "16", "256", "true"]))
  var color: String?

  @OptionGroup var place: PlaceOptions
  @OptionGroup var look: LookOptions

  func validate() throws {
    if view < 1 { throw ValidationError("--view \(view): views count from 1.") }
  }

  func run() throws {
    try reportingFailure {
      let (configuration, looks) = try look.settings(color: color)
      var drawing = PaneDrawing()
      try drawing.set(pane: pane)
      try drawing.set(size: size)
      drawing.outcome = outcome
      drawing.parameter = parameter
      drawing.view = view
      drawing.filter = filter
      drawing.includesWarmup = warmup
      drawing.isWholeScreen = screen
      drawing.configuration = configuration
      let control = try RunOpening.open(target, in: place.catalog)
      _ = try control.refresh()
      for problem in control.snapshot.problems { say("mglmm-tui: \(problem)") }
      guard let format = try format.map(PaneDrawing.format(named:)) else {
        return try printResult(
          drawing.text(
            of: control.snapshot, looks: looks, depth: looks.colorDepth ?? Looks.outputDepth,
            now: wallClock()))
      }
      let output = try drawing.output(
        of: control.snapshot, as: format, table: table, looks: looks,
        depth: looks.colorDepth, now: wallClock())
      try printResult(output.text)
      if !output.otherTables.isEmpty {
        say(
          "mglmm-tui: this pane has other tables too (--table): "
            + output.otherTables.joined(separator: ", "))
      }
    }
  }
}
