// Standard output and standard error of the program: results on the one, everything else on the other.

import ArgumentParser
import Fitting
import Glibc
import RunFolder
import Synchronization

/// The program's two streams.
enum Console {
  /// Runs `body` and leaves the program with its exit code; a failure is one line on standard error.
  static func ending(_ body: () throws(FittingError) -> Int32) throws {
    var code: Int32
    do throws(FittingError) {
      code = try body()
    } catch {
      writeError("mglmm-fit: \(error.message)\n")
      code = error.exitCode
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// Writes to standard output; a reader that went away is no error worth a message.
  static func write(_ text: String) { put(text, to: STDOUT_FILENO) }

  /// Writes to standard error.
  static func writeError(_ text: String) { put(text, to: STDERR_FILENO) }

  private static func put(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { return }
      sent += count
    }
  }

  /// Prints a result: JSON, or tables for people.
  static func printResult(_ outcome: FitOutcome, json: Bool) {
    switch outcome {
    case .likelihood(let report):
      write(json ? report.json.prettyText : ReportText.text(of: report))
    case .posterior(let report, _), .prior(let report):
      write(json ? report.json.prettyText : ReportText.text(of: report))
    }
  }
}

/// A line on standard error that shows how far a fit is, when that is a terminal; warnings always.
final class ProgressLine: FitEventSink {
  private struct State {
    var isShown = false
    var finishedChains = 0
  }

  private let state = Mutex(State())
  private let isTerminal = isatty(STDERR_FILENO) == 1

  func receive(_ event: FitEvent) {
    switch event {
    case .phase(let phase): show("\(phase.rawValue) ...")
    case .optimizer(let step):
      show(
        "optimizing: iteration \(step.iteration), log-likelihood \((step.logLikelihood * 1e4).rounded() / 1e4)"
      )
    case .chain(let progress):
      show("chain \(progress.chain): \(progress.phase.rawValue), iteration \(progress.iteration)")
    case .check(let check):
      let line = "\(check.figures.draws) draws a chain: \(check.text)"
      if isTerminal { show(line) } else { say(check.isMet ? line + "; that is enough" : line) }
    case .note(let text): say("note: \(text)")
    case .warning(let warning): say("warning: \(warning.message); \(warning.advice)")
    case .failed(let message, _): say("mglmm-fit: \(message)")
    default: break
    }
  }

  private func show(_ text: String) {
    guard isTerminal else { return }
    state.withLock {
      $0.isShown = true
      Console.writeError("\r\u{1B}[K\(text)")
    }
  }

  private func say(_ text: String) {
    end()
    Console.writeError(text + "\n")
  }

  /// Takes the line away.
  func end() {
    state.withLock {
      if $0.isShown { Console.writeError("\r\u{1B}[K") }
      $0.isShown = false
    }
  }
}
