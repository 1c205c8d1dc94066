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
    subcommands: [Measure.self, CountAllocations.self], defaultSubcommand: Measure.self)
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

  @Option(help: ArgumentHelp("Also write all tables as JSON.", valueName: "file"))
  var json: String?

  func run() throws {
    let machine = Machine()
    print(machine.text)
    fflush(nil)
    let settings = BenchSettings(isQuick: quick, filter: name)
    var members = [JSONMember("machine", machine.json), JSONMember("quick", .bool(quick))]
    for section in only.isEmpty ? BenchSection.allCases : only {
      let begin = ContinuousClock().now
      let tables = try section.run(settings)
      for table in tables { print(table.text) }
      let spent = (ContinuousClock().now - begin).asSeconds
      print("(section \(section.rawValue): \(NumberText.brief(spent)) s)\n")
      fflush(nil)  // Each table is seen when it is finished, in a file as on a terminal.
      members.append(JSONMember(section.rawValue, .array(tables.map(\.json))))
    }
    if let json { try TextFile.write(JSONValue.object(members).prettyText, to: json) }
  }
}

/// What can be measured; the raw value is the name on the command line.
enum BenchSection: String, CaseIterable, ExpressibleByArgument {
  case density, likelihood, designs, gradient, chains, launch, bulk

  /// Measures, and returns the tables to print.
  func run(_ settings: BenchSettings) throws -> [BenchTable] {
    switch self {
    case .density: try DensitySection.tables(settings)
    case .likelihood: try LikelihoodSection.tables(settings)
    case .designs: try DesignSection.tables(settings)
    case .gradient: try GradientSection.tables(settings)
    case .chains: try ChainSection.tables(settings)
    case .launch: try LaunchSection.tables(settings)
    case .bulk: try BulkSection.tables(settings)
    }
  }
}

/// How thoroughly to measure.
struct BenchSettings: Sendable {
  /// Whether to measure roughly, to see that everything runs.
  let isQuick: Bool
  /// Part of the name of the models to measure; nil for all.
  var filter: String?

  /// Whether a model with this name is to be measured.
  func includes(_ name: String) -> Bool {
    guard let filter else { return true }
    return name.contains(filter)
  }

  /// `thorough` repetitions or rows, or `quick` of them.
  func choose<Value>(_ thorough: Value, quick: Value) -> Value { isQuick ? quick : thorough }
}

/// What keeps a section from being measured.
struct BenchError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
