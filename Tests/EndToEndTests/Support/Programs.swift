// Where the programs and the repository are, and one run of a program with all that it says.

import Foundation
import Glibc

/// What a program said and how it ended.
struct Outcome {
  var code: Int32
  var output: String
  var errors: String

  /// The lines of standard error.
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }

  /// All of it, for the message of a failure.
  var report: String {
    "exit code \(code)\n--- output\n\(output.prefix(4000))\n--- errors\n\(errors)"
  }
}

/// Something that a test needs is not there, or did not happen in time.
struct TestFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

enum Programs {
  /// The root of the repository.
  static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let demoData = repository.appendingPathComponent("demo-data").path

  /// The path of a program, which the build puts beside the tests.
  static func path(_ name: String) throws -> String {
    let beside = [
      Bundle.main.executableURL, URL(fileURLWithPath: CommandLine.arguments[0]),
    ].compactMap { $0?.resolvingSymlinksInPath().deletingLastPathComponent() }
    let folders = beside + [repository.appendingPathComponent(".build/release")]
    for folder in folders {
      let path = folder.appendingPathComponent(name).path
      if access(path, X_OK) == 0 { return path }
    }
    throw TestFailure("\(name) is not in \(folders.map(\.path)); build it first (make test does)")
  }

  /// Starts a program without a terminal; its streams go to files in `scratch`.
  static func start(
    _ name: String, _ arguments: [String], in scratch: Scratch, environment: [String: String] = [:]
  ) throws -> RunningProgram {
    let output = scratch.newFile("output")
    let errors = scratch.newFile("errors")
    let child = try Child(
      try path(name), arguments, folder: scratch.path,
      environment: scratch.environment.merging(environment) { $1 }, output: output, errors: errors)
    return RunningProgram(child: child, output: output, errors: errors)
  }

  /// Runs a program to its end.
  static func run(
    _ name: String, _ arguments: [String], in scratch: Scratch, environment: [String: String] = [:]
  ) throws -> Outcome {
    try start(name, arguments, in: scratch, environment: environment).end()
  }
}

/// A program that runs without a terminal.
struct RunningProgram {
  let child: Child
  let output: String
  let errors: String

  /// Waits until it ends.
  func end() throws -> Outcome {
    let code = try child.wait(within: 60)
    return Outcome(
      code: code, output: try String(contentsOfFile: output, encoding: .utf8),
      errors: try String(contentsOfFile: errors, encoding: .utf8))
  }
}

/// Polls until a condition holds; what is thrown says which condition did not, and what was seen last.
func eventually(
  _ claim: String, within seconds: Double = 30, every interval: Double = 0.03,
  seen: () -> String = { "" }, _ condition: () throws -> Bool
) throws {
  let deadline = ContinuousClock.now + .seconds(seconds)
  while true {
    if try condition() { return }
    guard ContinuousClock.now < deadline else {
      throw TestFailure("not within \(seconds) s: \(claim)\n\(seen())")
    }
    usleep(UInt32(interval * 1e6))
  }
}
