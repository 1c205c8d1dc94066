// Errors as one line on standard error and an exit code.

import ArgumentParser
import CursesScreen
import Dashboard
import Glibc
import RunFolder

/// What went wrong, in one line, with the exit code that INTERFACE.md promises.
struct Failure: Error {
  var message: String
  var code: Int32

  /// Wrong usage.
  static func usage(_ message: String) -> Failure { Failure(message: message, code: 64) }
}

/// Does something; an error becomes a line and an exit code.
func reportingFailure(_ body: () throws -> Void) throws {
  do { try body() } catch let error as Failure {
    try end(error)
  } catch let error as RunError {
    try end(Failure(message: error.description, code: error.exitCode))
  } catch let error as FileError {
    try end(Failure(message: error.description, code: 74))
  } catch let error as LooksError {
    try end(.usage(error.description))
  } catch let error as CursesError {
    try end(Failure(message: error.description, code: 74))
  }
}

private func end(_ failure: Failure) throws -> Never {
  say("mglmm-tui: \(failure.message)")
  throw ExitCode(failure.code)
}

/// Writes a line to standard error: standard output carries results only.
func say(_ line: String) {
  var bytes = Array((line + "\n").utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { return }
    bytes = bytes.dropFirst(written)
  }
}

/// Writes a result to standard output.
func printResult(_ text: String) throws(FileError) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let written = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR { continue }
    guard written > 0 else { throw FileError("write to", "standard output") }
    bytes = bytes.dropFirst(written)
  }
}

/// Whether there is a terminal to show a dashboard on.
var hasTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }
