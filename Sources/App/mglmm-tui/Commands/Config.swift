// The command config: shows, writes and checks the file of settings.

import ArgumentParser
import Dashboard
import RunFolder

/// Settings of the dashboard.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the settings in force; write or check the file that holds them.",
    discussion: """
      The file is ~/.config/mglmm-tui/config.toml, or that of --config. Options of the
      command line win over it, NO_COLOR and --mono over both.
      """)

  @Flag(help: "Write a file in which every setting is explained; not over one that is there.")
  var write = false

  @Flag(help: "With --write: over a file that is there.")
  var force = false

  @Flag(help: "Say everything that is wrong in the file; exit code 65 if anything is.")
  var check = false

  @Option(
    name: .long, help: ArgumentHelp("The file of settings.", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var config: String?

  @Argument(
    help: "The file of settings, as with --config.", completion: .file(extensions: ["toml"]))
  var file: String?

  func validate() throws {
    if write && check { throw ValidationError("--write and --check exclude each other.") }
    if force && !write { throw ValidationError("--force goes with --write.") }
    if config != nil && file != nil { throw ValidationError("Two files are named; name one.") }
  }

  func run() throws {
    try reportingFailure {
      let named = file ?? config
      guard let path = named ?? ConfigurationFile.usualPath else {
        throw Failure.usage("there is no home folder, so name a file with --config")
      }
      if write { return try writeFile(path) }
      guard TextFile.exists(path) || named != nil else {
        if check { return say("There is no \(path); the defaults are in force.") }
        try printResult("# \(path) is not there; these are the defaults.\n")
        return try printResult(ConfigurationText.plain(Configuration()))
      }
      if check { return try checkFile(path) }
      let settings = try ConfigurationFile.load(path)
      try printResult("# \(path)\n" + ConfigurationText.plain(settings))
    }
  }

  private func writeFile(_ path: String) throws {
    guard force || !TextFile.exists(path) else {
      throw Failure.usage("\(path) is there already; --force writes over it")
    }
    try TextFile.write(ConfigurationText.commented(), to: path, replacing: force)
    say("Written to \(path)")
  }

  private func checkFile(_ path: String) throws {
    let reading = ConfigurationReading(try TextFile.read(path), path: path)
    guard let last = reading.problems.last else { return say("\(path) is right.") }
    for problem in reading.problems.dropLast() { say("mglmm-tui: \(problem.description)") }
    throw last
  }
}
