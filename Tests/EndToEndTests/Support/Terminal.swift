// A terminal that a test can type into and read: a shell in a private tmux server.

import Foundation
import Glibc

/// A terminal with a shell in it.
final class Terminal {
  private let socket: String
  private let environment: [String: String]
  private let output: String
  /// Kept until the server is gone: its socket is in there.
  private let scratch: Scratch

  /// A terminal of a size, with the programs on its PATH.
  init(columns: Int, rows: Int, in scratch: Scratch) throws {
    socket = "\(scratch.path)/tmux"
    let programs = URL(fileURLWithPath: try Programs.path("mglmm-tui")).deletingLastPathComponent()
    self.scratch = scratch
    var environment = scratch.environment
    environment["PATH"] = "\(programs.path):\(environment["PATH"] ?? "")"
    self.environment = environment
    output = scratch.newFile("tmux-output")
    try tmux([
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c",
      scratch.path, "env", "PS1=$ ", "/bin/sh",
    ])
    try wait(for: "$")
  }

  deinit { close() }

  /// Takes the terminal away, as a lost connection does.
  func close() { _ = try? tmux(["kill-server"]) }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let child = try Child(
      "tmux", ["-S", socket] + arguments, folder: scratch.path, environment: environment,
      output: output, errors: output + ".errors")
    let code = try child.wait(within: 10)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    guard code == 0 else {
      let errors = try String(contentsOfFile: output + ".errors", encoding: .utf8)
      throw TestFailure("tmux \(arguments.joined(separator: " ")) ended with \(code): \(errors)")
    }
    return text
  }

  /// Presses keys, named as tmux names them.
  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Sends bytes as a terminal would.
  func send(_ bytes: [Int]) throws {
    try tmux(["send-keys", "-H"] + bytes.map { String($0, radix: 16) })
  }

  /// Types a text as it is.
  func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  /// Types a line of the shell.
  func enter(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// The lines on the screen.
  func screen() throws -> [String] {
    try tmux(["capture-pane", "-p"]).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// The screen as one text.
  func text() throws -> String { try screen().joined(separator: "\n") }

  /// What tmux knows of the terminal.
  func property(_ name: String) throws -> String {
    try tmux(["display-message", "-p", "#{\(name)}"]).trimmingCharacters(
      in: .whitespacesAndNewlines)
  }

  /// The process in the terminal.
  var shell: Int32? { (try? property("pane_pid")).flatMap { Int32($0) } }

  func resize(columns: Int, rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// Waits until the screen is as wanted, and returns it.
  @discardableResult
  func wait(
    until claim: String, within seconds: Double = 30, _ condition: ([String]) -> Bool
  ) throws -> [String] {
    var last: [String] = []
    try eventually(
      claim, within: seconds, seen: { "the last screen:\n" + last.joined(separator: "\n") }
    ) {
      last = try screen()
      return condition(last)
    }
    return last
  }

  /// Waits until a text is on the screen.
  @discardableResult
  func wait(for text: String, within seconds: Double = 30) throws -> [String] {
    try wait(until: "'\(text)' is on the screen", within: seconds) { screen in
      screen.contains { $0.contains(text) }
    }
  }
}
