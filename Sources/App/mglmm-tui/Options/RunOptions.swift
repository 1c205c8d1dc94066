// The options that say where runs are, how the dashboard looks, and whether there is one.

import ArgumentParser
import Dashboard
import Glibc
import RunFolder

/// Where runs are.
struct PlaceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The folder of all runs (default: $MGLMM_RUNS, else ~/.local/state/mglmm-tui/runs).",
      valueName: "dir"), completion: .directory)
  var runs: String?

  /// The list of runs there.
  var catalog: RunCatalog {
    runs.map { RunCatalog(root: RunFolder(path: $0).path) } ?? RunCatalog()
  }
}

/// How the dashboard looks.
struct LookOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A theme by name, or the path of a theme file.", valueName: "name"),
    completion: Complete.themes)
  var theme: String?

  @Option(
    help: ArgumentHelp("The glyphs to draw with.", valueName: "braille|block|ascii"),
    completion: .list(["braille", "block", "ascii"]))
  var charset: String?

  @Flag(help: "No colours.")
  var mono = false

  @Option(
    help: ArgumentHelp(
      "The file of settings (default: ~/.config/mglmm-tui/config.toml, if there is one).",
      valueName: "file"), completion: .file(extensions: ["toml"]))
  var config: String?

  /// The settings of the file.
  func configuration() throws(RunError) -> Configuration { try ConfigurationFile.load(config) }

  /// The looks: what the command line says, else what the file says, checked.
  func looks(_ configuration: Configuration, color: String? = nil) throws(LooksError) -> Looks {
    try Looks(
      theme: theme ?? configuration.theme,
      charset: charset ?? configuration.charsetName,
      color: color ?? configuration.color, isMonochrome: mono)
  }

  /// Settings and looks together.
  func settings(color: String? = nil) throws -> (configuration: Configuration, looks: Looks) {
    let configuration = try configuration()
    return (configuration, try looks(configuration, color: color))
  }
}

/// Whether a run is shown as a dashboard or told in lines.
struct PlainOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Tell the run in lines on standard output, for screen readers and logs; no dashboard."))
  var plain = false

  @Option(
    help: ArgumentHelp(
      "With --plain: seconds between lines of progress (default: 60; at each tenth anyway).",
      valueName: "seconds"))
  var every: Double?

  func validate() throws {
    if let every, !(every >= 0.1 && every <= 86_400) {
      throw ValidationError("--every is \(every); it must be from 0.1 to 86400 seconds.")
    }
  }

  /// Whether the run is told in lines: asked for, or on a terminal that cannot move its cursor.
  var isPlain: Bool { plain || (hasTerminal && isDumb) }

  /// Whether there is a way to show a run at all.
  var canShow: Bool { hasTerminal || plain }

  private var isDumb: Bool { getenv("TERM").map { String(cString: $0) == "dumb" } ?? false }
}
