// A program of this project that answers on standard output and is never waited for.

import Glibc

/// A running program whose standard output is collected as it comes.
package final class PipedProgram {
  /// How a program ended and what it wrote.
  package struct Ending: Sendable, Equatable {
    /// The exit code, or 128 and the signal that ended it.
    package let status: Int32
    /// All of its standard output.
    package let output: [UInt8]
  }

  /// The end to read from, which has something to read when there is news.
  ///
  /// It is closed when the program has ended.
  package let descriptor: Int32
  private let process: LaunchedWorker
  private var output: [UInt8] = []
  private var isAtEnd = false
  private var hasEnded = false

  /// More than any answer has; what writes more is ended.
  private static let mostBytes = 64 << 20

  /// Starts a program; its standard error goes nowhere.
  package init(program: String, arguments: [String]) throws(RunError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .file(FileError("make a pipe to", program)) }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(writing) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
    do throws(RunError) {
      process = try WorkerLauncher.spawn(program: program, arguments: arguments) { actions in
        posix_spawn_file_actions_adddup2(&actions, writing, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
      }
    } catch {
      close(reading)
      throw error
    }
    descriptor = reading
  }

  deinit { cancel() }

  /// Reads what has come; the ending once the program is done, and `nil` before.
  package func poll() -> Ending? {
    guard !hasEnded else { return nil }
    var block = [UInt8](repeating: 0, count: 65_536)
    while !isAtEnd {
      let count = retrying { read(descriptor, &block, block.count) }
      if count > 0 { output += block[..<count] }
      if count < 0 && errno == EAGAIN { break }
      if count <= 0 { isAtEnd = true }
      if output.count > Self.mostBytes { kill(process.processID, SIGKILL) }
    }
    guard isAtEnd, let status = process.exitStatus() else { return nil }
    finish()
    return Ending(status: status, output: output)
  }

  /// Ends the program without waiting for its answer.
  package func cancel() {
    guard !hasEnded else { return }
    kill(process.processID, SIGKILL)
    var status: Int32 = 0
    _ = retrying { waitpid(process.processID, &status, 0) }
    finish()
  }

  private func finish() {
    hasEnded = true
    close(descriptor)
  }
}
