// The program mglmm-bench: what the rooms cost, measured from outside, beside peers where these are installed.

import ArgumentParser
import Glibc
import RunFolder

/// The program.
@main
struct MglmmBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mglmm-bench",
    abstract: "Measures the speed of every part of mglmm-tui on this machine.",
    subcommands: [Measure.self, WriteHardData.self, CountAllocations.self],
    defaultSubcommand: Measure.self)
}

/// Computes gradients and nothing else; `AllocationCounter` runs it under valgrind.
struct CountAllocations: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: AllocationCounter.probe, shouldDisplay: false)

  @Argument var model: String
  @Argument var gradients: Int
  @Option var root: String

  func run() throws { try GradientSection.probe(model, gradients: gradients, root: root) }
}

/// Writes the simulated data of the hard set, to be fitted by other programs too.
struct WriteHardData: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hard-data",
    abstract: "Writes the data of the hard set, and prints how mglmm-fit runs each case.")

  @Argument(help: "The folder for the data; it must be there.")
  var folder: String

  func run() throws {
    for item in HardCase.all {
      guard let path = try item.dataPath(in: folder) else { continue }
      let words = item.arguments(path).map { word in
        word.contains { " ()|~".contains($0) } ? "'\(word)'" : word
      }
      print("# \(item.name): \(item.trouble)\nmglmm-fit \(words.joined(separator: " "))\n")
    }
  }
}

/// Runs the sections asked for and prints their tables as they are finished.
struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measures the speed of every part of mglmm-tui on this machine.",
    discussion: """
      Compare only what was measured in one sitting on one idle machine. Peers (R packages) are run where
      they are installed; where not, the table says so.
      """)

  @Option(
    help: ArgumentHelp(
      "Run one section: \(BenchSection.allCases.map(\.rawValue).joined(separator: ", ")). May be repeated.",
      valueName: "section"))
  var only: [BenchSection] = []

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp("Only models whose name contains this text.", valueName: "text"))
  var name: String?

  @Flag(help: "Fewer repetitions and smaller data, to see that everything runs.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "A peer of the sampler to run, or 'none'. May be repeated; default all: \(SamplerPeer.known.joined(separator: ", ")). None with --quick.",
      valueName: "engine"))
  var peers: [String] = []

  @Option(help: ArgumentHelp("Stop a peer on a model after this time.", valueName: "seconds"))
  var peerSeconds = 900.0

  @Option(help: ArgumentHelp("Also write all tables as JSON.", valueName: "file"))
  var json: String?

  func validate() throws {
    for name in peers where name != "none" && !SamplerPeer.known.contains(name) {
      throw ValidationError(
        "--peers '\(name)': there are \(SamplerPeer.known.joined(separator: ", ")) and none.")
    }
  }

  func run() throws {
    let machine = Machine()
    print(machine.text)
    fflush(nil)
    var settings = BenchSettings(isQuick: quick, filter: name)
    settings.wantedPeers =
      peers.isEmpty ? (quick ? [] : SamplerPeer.known) : peers.filter { $0 != "none" }
    settings.peerSeconds = peerSeconds
    var members = [JSONMember("machine", machine.json), JSONMember("quick", .bool(quick))]
    for section in only.isEmpty ? BenchSection.allCases : only {
      let begin = ContinuousClock().now
      var tables: [BenchTable] = []
      try section.run(settings) { table in
        print(table.text)
        fflush(nil)  // Each table is seen when it is finished, in a file as on a terminal.
        tables.append(table)
      }
      let spent = (ContinuousClock().now - begin).asSeconds
      print("(section \(section.rawValue): \(NumberText.brief(spent)) s)\n")
      fflush(nil)
      members.append(JSONMember(section.rawValue, .array(tables.map(\.json))))
    }
    if let json { try TextFile.write(JSONValue.object(members).prettyText, to: json) }
  }
}

/// What can be measured; the raw value is the name on the command line.
enum BenchSection: String, CaseIterable, ExpressibleByArgument {
  case density, likelihood, designs, gradient, chains, wait, hard, watched, launch, refresh, bulk
  case loo, residuals, screen

  /// Measures, and shows the tables as they are finished.
  func run(_ settings: BenchSettings, _ show: (BenchTable) -> Void) throws {
    switch self {
    case .density: try DensitySection.tables(settings).forEach(show)
    case .likelihood: try LikelihoodSection.tables(settings).forEach(show)
    case .designs: try DesignSection.tables(settings).forEach(show)
    case .gradient: try GradientSection.tables(settings).forEach(show)
    case .chains: try ChainSection.measure(settings, show)
    case .wait: try WaitSection.tables(settings).forEach(show)
    case .hard: try HardSection.tables(settings).forEach(show)
    case .watched: try WatchedSection.tables(settings).forEach(show)
    case .launch: try LaunchSection.tables(settings).forEach(show)
    case .refresh: try RefreshSection.tables(settings).forEach(show)
    case .bulk: try BulkSection.tables(settings).forEach(show)
    case .loo: try LooSection.tables(settings).forEach(show)
    case .residuals: show(try ResidualSection.table(settings))
    case .screen: try ScreenSection.measure(settings, show)
    }
  }
}

/// How thoroughly to measure.
struct BenchSettings: Sendable {
  /// Whether to measure roughly, to see that everything runs.
  let isQuick: Bool
  /// Part of the name of the models to measure; nil for all.
  var filter: String?
  /// The peers of the sampler to run, where they are installed.
  var wantedPeers: [String] = []
  /// How long a peer may work on one model.
  var peerSeconds = 900.0

  /// Whether a model with this name is to be measured.
  func includes(_ name: String) -> Bool {
    guard let filter else { return true }
    return name.contains(filter)
  }

  /// Whether a bar is met; nothing is judged by a rough measurement.
  func verdict(_ isMet: Bool) -> Cell {
    .text(isQuick ? "not judged" : isMet ? "met" : "missed")
  }

  /// `thorough` repetitions or rows, or `quick` of them.
  func choose<Value>(_ thorough: Value, quick: Value) -> Value { isQuick ? quick : thorough }
}

/// What keeps a section from being measured.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
