// The command demo: real data, a live run, every pane.

import ArgumentParser
import Dashboard
import RunFolder

/// Fits demo data before the user's eyes.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit demo data and watch it; without a terminal print every pane at the end.")

  @Argument(
    help: "edu (the default), pbc2 or salamanders.",
    completion: .list(DemoRun.all.map(\.name)))
  var name = "edu"
  @OptionGroup(title: "Model options") var model: ModelOptions
  @OptionGroup var place: PlaceOptions
  @OptionGroup var look: LookOptions
  @OptionGroup var lines: PlainOptions

  @Option(help: ArgumentHelp("Columns and rows of the printed panes.", valueName: "120x40"))
  var size = "120x40"

  func run() throws {
    try reportingFailure {
      let settings = try look.settings()
      guard let demo = DemoRun.all.first(where: { $0.name == name }) else {
        let names = DemoRun.all.map(\.name).joined(separator: ", ")
        throw Failure.usage("there is no demo '\(name)'; there are \(names)")
      }
      var request = try demo.request()
      model.apply(to: &request)
      let (folder, worker) = try RunOpening.start(request, named: nil, in: place.catalog)
      let session = Session(
        control: FolderRunControl(folder: folder, worker: worker), settings: settings, lines: lines,
        isNewRun: true)
      if lines.canShow { return try session.run() }
      try session.wait { _ in false }
      try printPanes(session.control.snapshot, settings.looks)
    }
  }

  private func printPanes(_ run: RunSnapshot, _ looks: Looks) throws {
    var drawing = PaneDrawing()
    try drawing.set(size: size)
    let outcomes = run.residualReport?.outcomes.map(\.name) ?? []
    for pane in PaneDrawing.paneNames {
      try drawing.set(pane: pane)
      for outcome in pane == "residuals" && !outcomes.isEmpty ? outcomes : [""] {
        drawing.outcome = outcome.isEmpty ? nil : outcome
        let text = try drawing.text(
          of: run, looks: looks, depth: looks.colorDepth ?? Looks.outputDepth, now: wallClock())
        try printResult(text + "\n")
      }
    }
  }
}
