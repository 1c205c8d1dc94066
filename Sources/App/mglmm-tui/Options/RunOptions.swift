// The options that say where runs are and how the dashboard looks.

import ArgumentParser
import Dashboard
import RunFolder

/// Where runs are.
struct PlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of all runs (default: $MGLMM_RUNS, else ~/.local/state/mglmm-tui/runs).",
      valueName: "dir"))
  var runs: String?

  /// The list of runs there.
  var catalog: RunCatalog {
    runs.map { RunCatalog(root: RunFolder(path: $0).path) } ?? RunCatalog()
  }
}

/// How the dashboard looks.
struct LookOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A theme by name, or the path of a theme file.", valueName: "name"))
  var theme: String?

  @Option(help: ArgumentHelp("The glyphs to draw with.", valueName: "braille|block|ascii"))
  var charset: String?

  @Flag(help: "No colours.")
  var mono = false

  /// The looks, checked.
  func looks(color: String? = nil) throws(LooksError) -> Looks {
    try Looks(theme: theme, charset: charset, color: color, isMonochrome: mono)
  }
}
